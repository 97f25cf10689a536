"""What is written under a guessed clock, and of which day it is found to be (DAY-11).

Such a record has no date. Once the clock is believed, :class:`DayBegan` gives it one:

1. On the day that the clock vouched for last, everything since is of that day, however
   often the power failed: the record is in order, whatever its times say.
2. On another day only what is proven to be of it: its time, put right by what the clock
   was found to be wrong by, must lie on it, and what cannot come before the day's first
   drop-off (a release, a confirmation, a collection) must come after it. All else is of
   a day that is over. In doubt a morning begins clean.

A time is put right only within one run of the machine; for how long it was off, nobody
can say. A step forward of a clock that stays guessed may be time that passed unseen, so
it proves nothing. What remains is the earliest that a record can be of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import Any

from controller.domain.day_facts import DayBegan
from controller.domain.people_facts import ClockMoved
from controller.domain.state import ClassDay, Custody, Release, State
from controller.domain.today_records import Outing
from controller.domain.visitor_records import Visitor

SESSION = ("marks", "collected", "releases", "outings")
"""Tables of one day, a record each of one moment; class_days go by their parts."""

STAY = ("custody", "visitors")
"""Tables whose records are of one day and stay when it is over."""

NO_DAY = "-"
"""Date of a record whose day nobody can find, where no day was ever vouched for."""

PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "by_hand": ("by_hand", "by_hand_us"),
        "confirmed": ("confirmed_at_us", "confirmed_by"),
        "closed": ("closed", "closed_us"),
    }
)
"""Part of a class's day, said at a moment of its own -> its fields."""

_SAID_US = {
    "by_hand": "by_hand_us",
    "confirmed": "confirmed_at_us",
    "closed": "closed_us",
}
_FROM_MIDNIGHT = ("marks", "by_hand")
"""What may be said before anybody can hand in."""

_TIMES = {
    "marks": ("at_us",),
    "collected": ("at_us",),
    "releases": ("at_us", "wave_at_us"),
    "outings": ("at_us", "stage_us"),
    "custody": ("since_us",),
    "visitors": ("at_us",),
}


def is_any(state: State) -> bool:
    """Return whether anything waits for its date."""
    tables = (getattr(state, table) for table in (*SESSION, *STAY))
    rows = chain.from_iterable(table.values() for table in tables)
    days = state.class_days.values()
    return any(not row.date for row in rows) or any(day.guessed for day in days)


def parts_of(fields: Iterable[str]) -> set[str]:
    """Return which parts of a class's day ``fields`` belong to.

    >>> parts_of(["confirmed_by", "confirmed_at_us"])
    {'confirmed'}
    """
    wanted = set(fields)
    return {part for part, own in PARTS.items() if wanted & set(own)}


# ------------------------------------------------------------------ while it is guessed


def clock_moved(state: State, fact: ClockMoved) -> State:
    """Put the times of undated records right by what the clock was wrong by."""
    if fact.state == "guessed" and fact.by_ms > 0:
        return state
    by_us = fact.by_ms * 1_000
    for table, times in _TIMES.items():
        rows = getattr(state, table).items()
        state = _with(state, table, {k: _moved(row, times, by_us) for k, row in rows})
    days = {k: _day_moved(day, by_us) for k, day in state.class_days.items()}
    return _with(state, "class_days", days)


def _moved(row: Any, times: Iterable[str], by_us: int) -> Any:  # noqa: ANN401  any record with a date
    if row.date:
        return row
    known = {name: getattr(row, name) for name in times}
    return replace(row, **{name: us + by_us for name, us in known.items() if us})


def _day_moved(day: ClassDay, by_us: int) -> ClassDay:
    names = [_SAID_US[part] for part in day.guessed]
    return replace(day, **{name: getattr(day, name) + by_us for name in names})


def machine_was_off(state: State) -> State:
    """Return ``state`` with what was undated given to the last day vouched for.

    For how long the machine was off, nobody knows, so it is proven to be of no later
    one. Devices keep waiting for their date: they are there, whenever they came.
    """
    date = state.the_bank.date or NO_DAY
    for table in (*SESSION, "visitors"):
        rows = getattr(state, table).items()
        state = _with(state, table, {key: _dated(row, date) for key, row in rows})
    days = state.class_days.items()
    unproven = {key: replace(_dated(day, date), guessed=()) for key, day in days}
    return _with(state, "class_days", unproven)


def _dated(row: Any, date: str) -> Any:  # noqa: ANN401  any record with a date
    return row if row.date else replace(row, date=date)


def _with(state: State, table: str, rows: Mapping[str, object]) -> State:
    """Return ``state`` with other rows, or itself where all are as they were."""
    changes: dict[str, Any] = {table: rows}
    return state if rows == getattr(state, table) else replace(state, **changes)


# ----------------------------------------------------------------- once it is believed


def day_began(state: State, fact: DayBegan) -> State:
    """Return ``state`` with every record dated, and only those of ``fact``'s day left.

    Devices stay where they are, whatever day they were handed in on.
    """
    if fact.date == state.the_bank.date:
        return _all_of_today(state, fact)
    for table in SESSION:
        rows = getattr(state, table).items()
        kept = {
            k: _dated(row, fact.date) for k, row in rows if _is_of(table, row, fact)
        }
        state = _with(state, table, kept)
    days = {k: _proven(day, fact) for k, day in state.class_days.items()}
    state = _with(state, "class_days", {k: day for k, day in days.items() if day})
    custody = {k: _found(one, state, fact) for k, one in state.custody.items()}
    state = _with(state, "custody", custody)
    cards = {k: _card(one, state, fact) for k, one in state.visitors.items()}
    return _with(state, "visitors", cards)


def _all_of_today(state: State, fact: DayBegan) -> State:
    for table in (*SESSION, *STAY):
        rows = getattr(state, table).items()
        state = _with(state, table, {k: _dated(row, fact.date) for k, row in rows})
    days = state.class_days.items()
    dated = {k: replace(_dated(day, fact.date), guessed=()) for k, day in days}
    return _with(state, "class_days", dated)


def outlives(one: Release | Outing, fact: DayBegan) -> bool:
    """Return whether a release or an outing is found to be of the day that begins."""
    return _is_of("releases", one, fact)


def _is_of(table: str, row: Any, fact: DayBegan) -> bool:  # noqa: ANN401  any record with a date
    return not row.date and row.at_us >= _earliest_us(table, fact)


def _earliest_us(what: str, fact: DayBegan) -> int:
    return fact.since_us if what in _FROM_MIDNIGHT else fact.opens_us


def _proven(day: ClassDay, fact: DayBegan) -> ClassDay | None:
    parts = [
        part
        for part in day.guessed
        if getattr(day, _SAID_US[part]) >= _earliest_us(part, fact)
    ]
    fields = [name for part in parts for name in PARTS[part]]
    said = {name: getattr(day, name) for name in fields}
    return ClassDay(day.klass, fact.date, **said) if parts else None


def _found(custody: Custody, state: State, fact: DayBegan) -> Custody:
    """Date a device's hand-in: today, or the day that was vouched for last."""
    last = state.the_bank.date
    stayed = custody.since_us < fact.since_us and last and last < fact.date
    return (
        custody
        if custody.date
        else replace(custody, date=last if stayed else fact.date)
    )


def _card(visitor: Visitor, state: State, fact: DayBegan) -> Visitor:
    """Date a visitor's card: today where that is proven, else a day that is over."""
    proven = visitor.at_us >= fact.since_us
    day = fact.date if proven else state.the_bank.date or NO_DAY
    return visitor if visitor.date else replace(visitor, date=day)
