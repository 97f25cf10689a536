"""Whether a filled-in form can be a record: field by field, then as a whole.

The same answer serves the order, which is refused, and the page, which says what is
wrong beside each field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from controller.domain.context import Context
from controller.domain.record_fields import (
    TEXT,
    YES,
    Field,
    Values,
    as_date,
    takes,
    wanted,
)
from controller.domain.record_shape import Kind
from controller.domain.rights import LEADERSHIP
from controller.domain.state import State

Fault = tuple[str, str]
"""Name of a field and what is wrong with it, in words."""

LONGEST = timedelta(days=366)
"""A permission is looked at again after a year at the latest (REP-5 for policies)."""


def is_asked(one: Field, values: Mapping[str, str]) -> bool:
    """Return whether a field counts: its flag is set, or it has none."""
    return not one.when or values.get(one.when) == YES


def cleaned(kind: Kind, values: Mapping[str, str]) -> Values:
    """Return the values that count, in the form's order, without what is empty."""
    return tuple(
        (one.name, values[one.name])
        for one in kind.fields
        if one.sort != TEXT and values.get(one.name) and is_asked(one, values)
    )


def faults(
    state: State,
    kind: Kind,
    about: str,
    values: Mapping[str, str],
    worded: tuple[str, ...],
    context: Context,
) -> tuple[Fault, ...]:
    """Return what is wrong with a form, field by field; nothing: it can be filed."""
    found = tuple(_fields(state, kind, values, worded))
    if found:
        return found
    check = _WHOLE.get(kind.key, _nothing)
    return (
        *_spans(kind, values),
        *_past(kind, values, context),
        *check(state, about, values, context),
    )


def _fields(
    state: State, kind: Kind, values: Mapping[str, str], worded: tuple[str, ...]
) -> Iterator[Fault]:
    known = {one.name for one in kind.fields if one.sort != TEXT}
    for name in sorted(set(values) - known):
        yield name, "is no field of this form"
    for name in sorted(set(worded) - {one.name for one in kind.texts}):
        yield name, "takes no words"
    for one in kind.fields:
        yield from _field(state, one, values, worded)


def _field(
    state: State, one: Field, values: Mapping[str, str], worded: tuple[str, ...]
) -> Iterator[Fault]:
    if not is_asked(one, values):
        return
    value = values.get(one.name, "")
    if one.required and not value and one.name not in worded:
        yield one.name, "is missing"
    elif value and not takes(state, one, value):
        yield one.name, f"wants {wanted(one)}"


# ------------------------------------------------------------------------- as a whole


def _spans(kind: Kind, values: Mapping[str, str]) -> Iterator[Fault]:
    first, last = as_date(values.get("first", "")), as_date(values.get("last", ""))
    if first and last:
        if last < first:
            yield "last", "is before the first day"
        elif last - first > LONGEST:
            yield "last", "is more than a year ahead"
    if kind.spans_hours and values["ends"] <= values["starts"]:
        yield "ends", "is not after the beginning"


_PAST = ("agreed_on", "told_on", "reported_on")
"""Days of things that have been done."""


def _past(kind: Kind, values: Mapping[str, str], context: Context) -> Iterator[Fault]:
    done = _PAST if kind.spans_hours else (*_PAST, "day")
    for name in done:
        day = as_date(values.get(name, ""))
        if day and day > context.today and not context.is_guessed:
            yield name, "is still to come"


def _nothing(
    _state: State, _about: str, _values: Mapping[str, str], _context: Context
) -> Iterator[Fault]:
    yield from ()


def _search(
    state: State, _about: str, values: Mapping[str, str], _context: Context
) -> Iterator[Fault]:
    """Leadership searches, and nobody is the own witness (REC-2, CUS-8)."""
    searcher = values["searched_by"]
    if LEADERSHIP not in state.staff[searcher].roles:
        yield "searched_by", "wants somebody of leadership"
    if values["witness"] == searcher:
        yield "witness", "wants another person than who searched"


def _exception(
    _state: State, _about: str, values: Mapping[str, str], _context: Context
) -> Iterator[Fault]:
    """The review date is ahead of the first day (REC-3)."""
    if values["last"] == values["first"]:
        yield "last", "wants a later day than the first"


def _exam(
    state: State, about: str, values: Mapping[str, str], _context: Context
) -> Iterator[Fault]:
    sitting = values["pupils"].split(",")
    if any(state.pupils[pupil].klass != about for pupil in sitting):
        yield "pupils", "wants pupils of this class"


def _possession(
    state: State, about: str, values: Mapping[str, str], _context: Context
) -> Iterator[Fault]:
    exam = state.records[values["exam"]]
    if exam.kind != "exam" or about not in exam.get("pupils").split(","):
        yield "exam", "wants an examination that this pupil sat"


def _agreement(
    state: State, about: str, values: Mapping[str, str], _context: Context
) -> Iterator[Fault]:
    if (values["agreed_by"] == "self") is not (about in state.staff):
        yield "agreed_by", "wants who it is about, or the parent"


def _breach(
    state: State, about: str, values: Mapping[str, str], _context: Context
) -> Iterator[Fault]:
    """Somebody else than who it is about is told (REC-9)."""
    visitor = values.get("visitor", "")
    if bool(about) is bool(visitor):
        yield "visitor", "wants either a member of staff or a visitor"
    elif visitor and state.records[visitor].kind != "visitor":
        yield "visitor", "wants a visitor"
    roles = state.staff[about].roles if about in state.staff else ()
    if {"head": LEADERSHIP, "dsl": "dsl"}.get(values["told_to"]) in roles:
        yield "told_to", "wants somebody whom it is not about"


_WHOLE: Mapping[
    str, Callable[[State, str, Mapping[str, str], Context], Iterator[Fault]]
] = {
    "search": _search,
    "exception": _exception,
    "exam": _exam,
    "possession": _possession,
    "agreement": _agreement,
    "breach": _breach,
}
"""Kind -> what its fields must be together."""
