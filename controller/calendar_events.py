"""The events of an iCalendar file as days of the school (DAY-10).

All-day events end the day before their ``DTEND``; times are the school's own, whatever
zone the file writes them in; an event from midnight to midnight is an all-day event, as
Outlook writes them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from controller.calendar_rules import RuleNotUnderstood, days_of, read_rule
from controller.errors import HometimeError

if TYPE_CHECKING:
    import icalendar

MAX_BYTES = 2_000_000
MAX_EVENTS = 5_000
MAX_SUMMARY = 200
_ONE_DAY = timedelta(days=1)
_TAGS = ("VCALENDAR", "VEVENT")


class CalendarFileError(HometimeError):
    """An iCalendar file cannot be read; the calendar is as it was."""

    code: ClassVar[str] = "calendar-file"
    remedy: ClassVar[str] = "Export the calendar again as iCalendar (.ics)."

    def __init__(self, where: str, *, found: str) -> None:
        super().__init__(f"{where}: {found}")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event on the day or the days on which it falls.

    Attributes:
        summary: its title.
        first, last: days, both included.
        starts, ends: local times of an event within one day; ``None`` for all day.
    """

    summary: str = field(repr=False)
    first: date
    last: date
    starts: time | None = None
    ends: time | None = None

    @property
    def hours(self) -> float:
        """How long it lasts on its day, 24 for all day."""
        if self.starts is None or self.ends is None:
            return 24.0
        minutes = self.ends.hour * 60 + self.ends.minute
        return (minutes - self.starts.hour * 60 - self.starts.minute) % 1440 / 60


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """An event that nothing is made of; ``first`` is ``None`` if even that is odd."""

    summary: str = field(repr=False)
    first: date | None
    why: str


Read = Occurrence | NotUnderstood
Days = tuple[date, date]
"""First and last day, both included."""


def read_events(
    data: bytes, *, timezone: str, first: date, last: date, where: str = "the file"
) -> tuple[Read, ...]:
    """Return what falls between ``first`` and ``last``, in order of days.

    Raises:
        CalendarFileError: no iCalendar file, or larger than a school's.
    """
    events = _components(where, data)
    zone = ZoneInfo(timezone)
    moved = _moved(events, zone)
    read: list[Read] = []
    for event in events:
        uid = str(event.get("UID", ""))
        skipped = moved[uid] if "RECURRENCE-ID" not in event else frozenset[date]()
        try:
            read += [*_occurrences(event, zone, skipped, (first, last))]
        except _BROKEN:
            read.append(NotUnderstood(_summary(event), None, "its dates are broken"))
    within = [one for one in read if _is_within(one, first, last)]
    return tuple(sorted(within, key=lambda one: one.first or date.min))


# What icalendar raises on broken input, found by damaging files at random.
_BROKEN = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    LookupError,
    RecursionError,
)


def _components(where: str, data: bytes) -> list[icalendar.Event]:
    if len(data) > MAX_BYTES:
        raise CalendarFileError(where, found=f"wanted at most {MAX_BYTES:,} bytes")
    text = _text(data)
    tags = Counter(
        re.findall(r"^(?:BEGIN|END):V(?:CALENDAR|EVENT)\b", text.upper(), re.MULTILINE)
    )
    if not tags["BEGIN:VCALENDAR"]:
        raise CalendarFileError(where, found="not an iCalendar file")
    if any(tags[f"BEGIN:{one}"] != tags[f"END:{one}"] for one in _TAGS):
        raise CalendarFileError(where, found="is not whole, its end is missing")
    if not 0 < tags["BEGIN:VEVENT"] <= MAX_EVENTS:
        raise CalendarFileError(
            where,
            found=f"{tags['BEGIN:VEVENT']:,} events, wanted 1 to {MAX_EVENTS:,}",
        )
    # 9 MB of memory and 0.1 s at the start, for a file that is read once a year.
    import icalendar  # noqa: PLC0415  see above

    try:
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
        found = [event for one in calendars for event in one.walk("VEVENT")]
    except _BROKEN as error:
        raise CalendarFileError(where, found="is broken and cannot be read") from error
    events = [event for event in found if isinstance(event, icalendar.Event)]
    if len(events) != tags["BEGIN:VEVENT"]:
        raise CalendarFileError(where, found="is broken and cannot be read")
    return events


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _summary(event: icalendar.Event) -> str:
    text = " ".join(str(event.get("SUMMARY", "")).split())
    return text[:MAX_SUMMARY]


def _moved(
    events: Sequence[icalendar.Event], zone: ZoneInfo
) -> Mapping[str, frozenset[date]]:
    """Return for each repeating event the days that an event of its own replaces."""
    moved: defaultdict[str, frozenset[date]] = defaultdict(frozenset)
    for event in events:
        try:
            replaced = event.RECURRENCE_ID
        except _BROKEN:
            continue
        if replaced is not None:
            moved[str(event.get("UID", ""))] |= {_day(_local(replaced, zone))}
    return moved


def _occurrences(
    event: icalendar.Event, zone: ZoneInfo, skipped: frozenset[date], within: Days
) -> Iterator[Read]:
    summary = _summary(event)
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        yield NotUnderstood(summary, _day(event.start), "is cancelled")
        return
    once = _once(summary, event, zone)
    skipped |= {_day(_local(one, zone)) for one in event.exdates}
    try:
        days = sorted({*_repeats(event, once, zone, within)})
    except RuleNotUnderstood as odd:
        yield NotUnderstood(summary, once.first, str(odd))
        return
    for day in days:
        if day not in skipped:
            yield replace(once, first=day, last=day + (once.last - once.first))


def _once(summary: str, event: icalendar.Event, zone: ZoneInfo) -> Occurrence:
    start, end = _local(event.start, zone), _local(event.end, zone)
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        first, after = _day(start), _day(end)
        # A DTEND on the first day is against the standard and means that one day.
        return Occurrence(summary, first, max(first, after - _ONE_DAY))
    if start.time() == end.time() == time.min and end > start:
        return Occurrence(summary, start.date(), end.date() - _ONE_DAY)
    last = max(start, end - timedelta(microseconds=1)).date()
    if last > start.date():
        return Occurrence(summary, start.date(), last)
    return Occurrence(summary, last, last, start.time(), end.time())


def _repeats(
    event: icalendar.Event, once: Occurrence, zone: ZoneInfo, within: Days
) -> Iterator[date]:
    yield once.first
    for extra in event.rdates:
        yield _day(_local(extra[0], zone))
    for rule in event.rrules:
        parts = {
            name.upper(): [str(one) for one in (v if isinstance(v, list) else [v])]
            for name, v in rule.items()
        }
        until = next(iter(rule.get("UNTIL", [])), None)
        bound = None if until is None else _day(_local(until, zone))
        first, last = within
        first -= once.last - once.first  # it may begin before and reach in
        yield from days_of(read_rule(parts, bound), once.first, first, last)


def _local(moment: date, zone: ZoneInfo) -> date:
    """Return a moment on the school's wall clock; without a zone it is that already."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(zone).replace(tzinfo=None)
    return moment


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _is_within(one: Read, first: date, last: date) -> bool:
    if one.first is None:
        return True
    ends = one.last if isinstance(one, Occurrence) else one.first
    return one.first <= last and ends >= first
