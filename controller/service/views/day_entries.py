"""The entries of one day: which they are, where a part of it was written by a guess.

What is written while the clock is only guessed has no date. Once the clock is believed
it is found to be of a day, by the rules of :mod:`controller.domain.undated`; the same
rules are followed here, entry by entry.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from controller.domain.day_facts import DayBegan, DeviceSaidIn
from controller.domain.facts import Fact
from controller.domain.people_facts import ClockMoved, Started
from controller.journal.entry import Entry, Position
from controller.journal.searching import Search, newest_first
from controller.service.views.search import Decoder, fact_of

CLOCK_KINDS = ("ClockMoved", "DayBegan", "Started")
"""Kinds that say of which day the others are."""

MOST_DAYS = 60
"""Days that can be chosen from: a term."""


@dataclass(slots=True)
class Dated:
    """An entry, what it says, and when that was, as far as it could be put right.

    Attributes:
        day: ISO; empty while nobody knows.
        at_us: UTC, microseconds since 1970.
    """

    entry: Entry
    fact: Fact
    at_us: int
    day: str = ""


class Days:
    """The days of a journal, by where the clock first vouched for each.

    Args:
        connection: for reading.
        node: whose journal.
        codec: reads bodies.
        local: gives the school's wall clock at an instant.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        node: str,
        codec: Decoder,
        local: Callable[[int], datetime],
    ) -> None:
        self._connection = connection
        self._node = node
        self._codec = codec
        self._local = local
        began = [*self._find(("DayBegan",), None)][::-1]
        self._began = [(one.position, self._date(one)) for one in began]

    def _find(self, kinds: Iterable[str], until: Position | None) -> Iterator[Entry]:
        """Yield entries of ``kinds``, newest first, from the one at ``until`` back."""
        before = None if until is None else Position(until.epoch, until.seq + 1)
        wanted = Search(kinds=tuple(kinds))
        return newest_first(self._connection, self._node, wanted, before)

    def _date(self, entry: Entry) -> str:
        fact = fact_of(entry, self._codec)
        return fact.date if isinstance(fact, DayBegan) else ""

    @property
    def newest(self) -> list[str]:
        """The newest days, ISO, newest first."""
        return sorted({day for _, day in self._began if day}, reverse=True)[:MOST_DAYS]

    def facts_of(self, wanted: date, kinds: Iterable[str]) -> list[Dated]:
        """Return what was written on ``wanted``, of ``kinds``, in order."""
        day = wanted.isoformat()
        after, until = self._around(day)
        found: list[Entry] = []
        for entry in self._find((*kinds, *CLOCK_KINDS), until):
            if after is not None and entry.position <= after:
                break
            found.append(entry)
        last = self._last_before(after)
        dated = date_all(self._facts(reversed(found)), last, self._day_of)
        return [one for one in dated if one.day == day]

    def _around(self, day: str) -> tuple[Position | None, Position | None]:
        """Return between which beginnings of a day its entries can stand."""
        mine = [n for n, (_, began) in enumerate(self._began) if began == day]
        if not mine:
            return (self._began[-1][0] if self._began else None), None
        before, after = mine[0] - 1, mine[-1] + 1
        return (
            self._began[before][0] if before >= 0 else None,
            self._began[after][0] if after < len(self._began) else None,
        )

    def _last_before(self, position: Position | None) -> str:
        return next((day for at, day in self._began if at == position), "")

    def _facts(self, entries: Iterable[Entry]) -> Iterator[Dated]:
        for entry in entries:
            fact = fact_of(entry, self._codec)
            if fact is not None:
                yield Dated(entry, fact, entry.at_us)

    def _day_of(self, at_us: int) -> str:
        return f"{self._local(at_us):%Y-%m-%d}"


def date_all(
    facts: Iterable[Dated], last: str, day_of: Callable[[int], str]
) -> list[Dated]:
    """Return all facts in order, each with its day.

    Args:
        facts: in order, those of :data:`CLOCK_KINDS` among them.
        last: the day that was vouched for before them, if any.
        day_of: gives the local date of an instant.
    """
    dated: list[Dated] = []
    waiting: list[Dated] = []
    for one in facts:
        dated.append(one)
        match one.fact:
            case ClockMoved(by_ms, state):
                _put_right(waiting, by_ms, state)
            case Started() if one.fact.was_off:
                waiting = list(_unproven(waiting, last))
            case DayBegan():
                _found(waiting, one.fact, last)
                waiting, last = [], one.fact.date
            case _ if one.entry.clock == "guessed":
                waiting.append(one)
                continue
        one.day = day_of(one.at_us)
    for one in waiting:
        one.day = day_of(one.at_us)
    return dated


def _put_right(waiting: list[Dated], by_ms: int, state: str) -> None:
    """A step forward of a clock that stays guessed may be time that passed unseen."""
    if state == "guessed" and by_ms > 0:
        return
    for one in waiting:
        one.at_us += by_ms * 1_000


def _unproven(waiting: list[Dated], last: str) -> Iterator[Dated]:
    """Give what waits to the last day that was vouched for; yield what waits on.

    For how long the machine was off, nobody knows. A device is there, whenever it came.
    """
    for one in waiting:
        if isinstance(one.fact, DeviceSaidIn) or not last:
            yield one
        else:
            one.day = last


def _found(waiting: list[Dated], began: DayBegan, last: str) -> None:
    for one in waiting:
        is_in = isinstance(one.fact, DeviceSaidIn)
        earliest_us = began.since_us if is_in else began.opens_us
        is_of = last in ("", began.date) or one.at_us >= earliest_us
        one.day = began.date if is_of else last
