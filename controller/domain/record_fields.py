"""The fields of a record's form: their sorts, and which values each takes.

A value is a text whatever its sort, so that a form, an entry and a table read alike:
``2026-11-23``, ``10:30``, ``3``, ``yes``, an id, ids with commas between. Words never
are values: they go into people.db, and of them only the field's name stands in a body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from controller.domain.state import State

CODE, FLAG, DATE, TIME, NUMBER = "code", "flag", "date", "time", "number"
PUPIL, PUPILS, STAFF, CLASS, RECORD = "pupil", "pupils", "staff", "class", "record"
TEXT = "text"

YES = "yes"
"""The value of a flag that is set; one that is not set has no value."""

MAX_NUMBER = 9_999
MAX_WORDS = 300
"""Longest text of a field in characters: two sentences. A form is no diary."""

Values = tuple[tuple[str, str], ...]
"""Name of a field and its value, in the order of the form; nothing that is empty."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    Attributes:
        name: key of its value, for ever.
        label, help: for people; a sentence each at most.
        sort: one of the sorts above.
        required: it must have a value; a flag must then be set.
        default: a value, or one of :data:`DEFAULTS` to be worked out.
        choices: value -> words, for ``code``.
        when: name of a flag without which this field is not asked.
        sees: the right without which its value is left out of every answer.
        writes: the right without which it cannot be filled in.
        most: longest text in characters.
    """

    name: str
    label: str
    sort: str = CODE
    help: str = ""
    required: bool = True
    default: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    when: str = ""
    sees: str = ""
    writes: str = ""
    most: int = MAX_WORDS


DEFAULTS = ("today", "now", "me", "term-end", "year-end", "everybody", "version")
"""Defaults that depend on the moment and on who fills the form in."""

_HH_MM = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 2000, 2099
"""A record's dates lie between; a typing error of a century is none of ours."""


def as_date(value: str) -> date | None:
    """Return a date, or ``None`` where it is none.

    >>> as_date("2026-02-30") is as_date("23.11.2026") is as_date("0026-11-23") is None
    True
    """
    if not _DATE.fullmatch(value):
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _is_number(value: str) -> bool:
    plain = value.isascii() and value.isdigit() and len(value) <= len(str(MAX_NUMBER))
    return plain and str(int(value)) == value


def _are_pupils(state: State, value: str) -> bool:
    named = value.split(",")
    return len(set(named)) == len(named) and set(named) <= set(state.pupils)


def _is_active(state: State, value: str) -> bool:
    found = state.staff.get(value)
    return found is not None and found.active


_SORTS: Mapping[str, tuple[str, Callable[[State, str], bool]]] = MappingProxyType(
    {
        FLAG: ("yes or nothing", lambda _s, v: v == YES),
        DATE: ("a date", lambda _s, v: as_date(v) is not None),
        TIME: ("a time such as 10:30", lambda _s, v: bool(_HH_MM.fullmatch(v))),
        NUMBER: (f"a whole number up to {MAX_NUMBER}", lambda _s, v: _is_number(v)),
        PUPIL: ("a pupil", lambda s, v: v in s.pupils),
        PUPILS: ("pupils", _are_pupils),
        STAFF: ("a member of staff", _is_active),
        CLASS: ("a class", lambda s, v: v in s.classes),
        RECORD: ("a record", lambda s, v: v in s.records),
    }
)
"""Sort -> what is wanted, in words, and whether a value is that."""


def wanted(one: Field) -> str:
    """Return what a field wants, in words."""
    return "one of the list" if one.sort == CODE else _SORTS[one.sort][0]


def takes(state: State, one: Field, value: str) -> bool:
    """Return whether ``value`` is of the field's sort and names what is there."""
    if one.sort == CODE:
        return value in one.choices
    return one.sort != TEXT and _SORTS[one.sort][1](state, value)
