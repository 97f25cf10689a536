"""The school's calendar as plain values, as the journal and the settings page hold it.

Dates are ``YYYY-MM-DD``, times ``HH:MM``, weekdays ``mon`` to ``sun``; no text of a
person is in it. ``from_plain(to_plain(calendar)) == calendar`` for every calendar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date, time
from typing import Any, TypeVar

from controller.domain.calendar import (
    WEEKDAYS,
    CalendarFaults,
    Closure,
    ClosureKind,
    DayTimes,
    SchoolCalendar,
    Term,
)

MAX_ENTRIES = 1000
"""Longest list or table that is read; a school year fills a tenth of it."""

Plain = dict[str, Any]
T = TypeVar("T")


def to_plain(calendar: SchoolCalendar) -> Plain:
    """Return ``calendar`` as dicts, lists and strings.

    >>> to_plain(SchoolCalendar(terms=(Term(date(2026, 9, 2), date(2026, 12, 18)),)))[
    ...     "terms"
    ... ]
    [{'first': '2026-09-02', 'last': '2026-12-18'}]
    """
    return {
        "timezone": calendar.timezone,
        "terms": [_span(term) for term in calendar.terms],
        "closures": [
            {**_span(closure), "kind": closure.kind.value}
            for closure in calendar.closures
        ],
        "half_days": {
            day.isoformat(): _hhmm(end)
            for day, end in sorted(calendar.half_days.items())
        },
        "days": _week(calendar.days),
        "classes": {slug: _week(week) for slug, week in calendar.classes.items()},
    }


def from_plain(plain: object) -> SchoolCalendar:
    """Return the calendar that ``plain`` describes; what is left out has its default.

    Raises:
        CalendarFaults: with every fault at once, each with its place.
    """
    reading = _Reading()
    table = reading.table("calendar", plain, _READERS)
    values: Plain = {}
    for name, value in table.items():
        before = len(reading.faults)
        read = _READERS[name](reading, name, value)
        # A list with holes would be counted wrongly in what is said of it below.
        if len(reading.faults) == before or not isinstance(read, tuple):
            values[name] = read
    try:
        calendar = SchoolCalendar(**values)
    except CalendarFaults as contradictory:
        reading.faults.extend(contradictory.faults)
    if reading.faults:
        raise CalendarFaults(tuple(reading.faults))
    return calendar


# -------------------------------------------------------------------------- writing


def _span(span: Term | Closure) -> Plain:
    return {"first": span.first.isoformat(), "last": span.last.isoformat()}


def _hhmm(at: time) -> str:
    return f"{at:%H:%M}"


def _week(week: Mapping[int, DayTimes | None]) -> Plain:
    return {WEEKDAYS[day]: _times(times) for day, times in sorted(week.items())}


def _times(times: DayTimes | None) -> Plain | None:
    if times is None:
        return None
    return {one.name: _hhmm(getattr(times, one.name)) for one in fields(times)}


# -------------------------------------------------------------------------- reading


class _Reading:
    """Reads plain values and remembers every fault on the way."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def fault(self, place: str, wanted: str) -> None:
        self.faults.append(f"{place}: not understood, wanted {wanted}")

    def table(
        self, place: str, value: object, known: object = None
    ) -> Mapping[str, object]:
        """Return a dict with names from ``known``, if any are given."""
        if not isinstance(value, Mapping) or len(value) > MAX_ENTRIES:
            self.fault(place, f"a table of at most {MAX_ENTRIES} entries")
            return {}
        strange = [
            key
            for key in value
            if not isinstance(key, str)
            or (isinstance(known, (Mapping, tuple)) and key not in known)
        ]
        if strange:
            self.fault(place, f"only names it has; {len(strange)} others are there")
        return {key: item for key, item in value.items() if key not in strange}

    def items(self, place: str, value: object) -> Iterator[tuple[str, object]]:
        """Yield the items of a list, each with its place, counted from 1."""
        if not isinstance(value, (list, tuple)) or len(value) > MAX_ENTRIES:
            self.fault(place, f"a list of at most {MAX_ENTRIES} entries")
            return
        for number, item in enumerate(value, start=1):
            yield f"{place}[{number}]", item

    def date(self, place: str, value: object) -> date | None:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass  # the 30th of February: said below
        self.fault(place, "a date such as 2026-09-02")
        return None

    def time(self, place: str, value: object) -> time | None:
        if isinstance(value, str) and re.fullmatch(
            r"([01]\d|2[0-3]):[0-5]\d", value, re.ASCII
        ):
            return time.fromisoformat(value)
        self.fault(place, "a time such as 15:15")
        return None


def _text(reading: _Reading, place: str, value: object) -> str:
    if isinstance(value, str):
        return value
    reading.fault(place, "a name such as Europe/London")
    return "Europe/London"


def _ends(
    reading: _Reading, place: str, row: Mapping[str, object]
) -> tuple[date, date] | None:
    first = reading.date(f"{place}.first", row.get("first"))
    last = reading.date(f"{place}.last", row.get("last"))
    return None if first is None or last is None else (first, last)


def _terms(reading: _Reading, place: str, value: object) -> tuple[Term, ...]:
    terms = []
    for where, item in reading.items(place, value):
        row = reading.table(where, item, ("first", "last"))
        if ends := _ends(reading, where, row):
            terms.append(Term(*ends))
    return tuple(terms)


def _closures(reading: _Reading, place: str, value: object) -> tuple[Closure, ...]:
    closures = []
    for where, item in reading.items(place, value):
        row = reading.table(where, item, ("first", "last", "kind"))
        ends = _ends(reading, where, row)
        kind = _kind(reading, f"{where}.kind", row.get("kind"))
        if ends and kind:
            closures.append(Closure(*ends, kind))
    return tuple(closures)


def _kind(reading: _Reading, place: str, value: object) -> ClosureKind | None:
    for kind in ClosureKind:
        if value == kind.value:
            return kind
    reading.fault(place, " or ".join(kind.value for kind in ClosureKind))
    return None


def _half_days(reading: _Reading, place: str, value: object) -> dict[date, time]:
    half_days = {}
    for number, (key, item) in enumerate(reading.table(place, value).items(), start=1):
        day = reading.date(f"{place}[{number}]", key)
        end = reading.time(f"{place}[{number}].end", item)
        if day is not None and end is not None:
            half_days[day] = end
    return half_days


def _day_times(reading: _Reading, place: str, value: object) -> DayTimes:
    row = reading.table(place, value, tuple(one.name for one in fields(DayTimes)))
    times = {name: reading.time(f"{place}.{name}", row[name]) for name in row}
    return DayTimes(**{name: at for name, at in times.items() if at is not None})


def _own_week(
    reading: _Reading, place: str, value: object
) -> dict[int, DayTimes | None]:
    return {
        WEEKDAYS.index(name): None
        if item is None
        else _day_times(reading, f"{place}.{name}", item)
        for name, item in reading.table(place, value, WEEKDAYS).items()
    }


def _school_week(reading: _Reading, place: str, value: object) -> dict[int, DayTimes]:
    week = {}
    for weekday, times in _own_week(reading, place, value).items():
        if times is None:
            reading.fault(f"{place}.{WEEKDAYS[weekday]}", "times, or to be left out")
        else:
            week[weekday] = times
    return week


def _classes(
    reading: _Reading, place: str, value: object
) -> dict[str, dict[int, DayTimes | None]]:
    return {
        slug: _own_week(reading, f"{place}.{slug}", week)
        for slug, week in reading.table(place, value).items()
    }


_READERS: Mapping[str, Callable[[_Reading, str, object], Any]] = {
    "timezone": _text,
    "terms": _terms,
    "closures": _closures,
    "half_days": _half_days,
    "days": _school_week,
    "classes": _classes,
}
