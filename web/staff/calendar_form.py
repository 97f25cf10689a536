"""The calendar's forms, as the plain values of ``controller.domain.calendar_plain``.

Nothing is judged here: what a person typed goes to the controller as it is, which says
every fault at once. A row that is left empty is a row taken away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from werkzeug.datastructures import MultiDict

from controller.domain.calendar import WEEKDAYS
from controller.domain.school_day import DayTimes

Form = MultiDict[str, str]
Plain = dict[str, Any]

TIMES = tuple(one.name for one in fields(DayTimes))
"""Names of the eight times of a day, in the form and in the plain values alike."""

SCHOOL, OWN, FREE = "school", "own", "free"
"""A class's weekday: as the school, times of its own, or it does not come."""


def with_dates(plain: Mapping[str, Any], form: Form) -> Plain:
    """Return ``plain`` with the terms, closures and half days of the form."""
    return {
        **plain,
        "terms": _rows(form, "term", ("first", "last")),
        "closures": _closures(form),
        "half_days": {
            row["day"]: row["end"] for row in _rows(form, "half", ("day", "end"))
        },
    }


def _closures(form: Form) -> list[Plain]:
    rows = _rows(form, "closure", ("first", "last", "kind"), but=("kind",))
    # A closure of one day needs no second date.
    return [{**row, "last": row["last"] or row["first"]} for row in rows]


def _rows(
    form: Form, prefix: str, names: tuple[str, ...], but: tuple[str, ...] = ()
) -> list[dict[str, str]]:
    """Return a table's rows of fields, without those that are empty but for ``but``."""
    columns = [form.getlist(f"{prefix}-{name}") for name in names]
    rows = [dict(zip(names, cells, strict=True)) for cells in _across(columns)]
    return [row for row in rows if any(row[name] for name in names if name not in but)]


def _across(columns: list[list[str]]) -> list[tuple[str, ...]]:
    length = min(len(column) for column in columns)
    return [tuple(column[n].strip() for column in columns) for n in range(length)]


def with_school_week(plain: Mapping[str, Any], form: Form) -> Plain:
    """Return ``plain`` with the whole school's times of the form."""
    return {**plain, "days": _week(form)}


def with_class_week(plain: Mapping[str, Any], form: Form, class_id: str) -> Plain:
    """Return ``plain`` with one class's own times; none of its own: as the school."""
    classes = {slug: week for slug, week in _classes(plain).items() if slug != class_id}
    if week := _week(form):
        classes[class_id] = week
    return {**plain, "classes": classes}


def _classes(plain: Mapping[str, Any]) -> Mapping[str, Any]:
    classes: Mapping[str, Any] = plain.get("classes", {})
    return classes


def _week(form: Form) -> Plain:
    copy_from = WEEKDAYS[0] if form.get("same") == "yes" else ""
    week: Plain = {}
    for day in WEEKDAYS:
        kind = form.get(f"{day}-is", SCHOOL)
        if kind == OWN:
            week[day] = _times(form, copy_from or day)
        elif kind == FREE:
            week[day] = None
    return week


def _times(form: Form, day: str) -> dict[str, str]:
    return {name: form.get(f"{day}-{name}", "").strip() for name in TIMES}


def week_rows(plain: Mapping[str, Any], class_id: str) -> list[Plain]:
    """Return one row a weekday for the form: what it is and its eight times."""
    school: Mapping[str, Any] = plain.get("days", {})
    own = _classes(plain).get(class_id, {}) if class_id else school
    return [_row(day, own, school) for day in WEEKDAYS]


def _row(day: str, own: Mapping[str, Any], school: Mapping[str, Any]) -> Plain:
    is_ = SCHOOL if day not in own else FREE if own[day] is None else OWN
    times: Mapping[str, str] = (
        own.get(day) or school.get(day) or next(iter(school.values()), {})
    )
    return {
        "day": day,
        "is": is_,
        "times": {name: times.get(name, "") for name in TIMES},
    }
