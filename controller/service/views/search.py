"""What one asks the journal for: a person, a door, a day, a kind (REP-3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any, Protocol

from controller.domain.calendar import SchoolCalendar
from controller.domain.custody_records import door_of
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.facts import FACTS, Fact
from controller.domain.record_state import Record
from controller.domain.state import State
from controller.domain.whose import FOLLOWS
from controller.journal.entry import Entry, Position
from controller.journal.searching import Search

_KEPT = ("hold", "holds", "handover", "concern", "record")

LINKED_KINDS = tuple(
    kind.__name__
    for kind, field in FOLLOWS.items()
    if field in _KEPT and kind is not ReleaseOrdered
)
"""Kinds that name a hold, a hand-over, a concern or a record, and not whose it is; a
door that opens for one is looked for by its door."""

MOST_LINKED = 60
"""Ids of one pupil that are looked for, the newest: more than a year brings."""

DOOR_FIELDS = ("compartment", "first_door", "second_door")
PLACE_FIELDS = ("place", "origin")
"""Fields of facts that hold a door's number, or a place such as ``door:7``."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader asked for; empty fields ask for everything.

    Attributes:
        kind: an entry's kind.
        person: somebody's id.
        door: its number.
        day: a local date.
    """

    kind: str = ""
    person: str = ""
    door: int = 0
    day: date | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether it asks about a person, a door or a kind.

        A sealed entry must not answer such a question, not even by being there.
        """
        return bool(self.kind or self.person or self.door)

    @property
    def is_open(self) -> bool:
        """Whether it asks for everything there is."""
        return not (self.is_narrow or self.day)

    def search(self, state: State, calendar: SchoolCalendar) -> Search:
        """Return what the database is to look for."""
        since, until = _instants(self.day, calendar) if self.day else (None, None)
        about = about_person(state, self.person) if self.person else Search()
        return replace(
            about,
            kinds=(self.kind,) if self.kind else (),
            parts=about.parts or _of_door(self.door),
            since_us=since,
            until_us=until,
        )

    def takes(self, fact: Fact | None) -> bool:
        """Return whether an entry that was found is one that was asked for.

        What was forgotten says nothing of doors any more.
        """
        return not self.door or (fact is not None and self.door in doors_of(fact))


class Reader(Protocol):
    """Who reads: as far as it may know."""

    def may_know(self, fact: Fact | None) -> bool:
        """Return whether this reader may know what ``fact`` says."""


class Decoder(Protocol):
    """Reads bodies, ``journal.codec.Codec``."""

    def decode(self, kind: str, body: str) -> Any:  # noqa: ANN401  any fact
        """Return the fact of ``kind`` that ``body`` holds."""


def sift(
    found: Iterable[Entry],
    wanted: Filter,
    reader: Reader,
    codec: Decoder,
    limit: int,
) -> tuple[list[Entry], Position | None]:
    """Return the first ``limit`` entries that were asked for and may be shown.

    Whether there are older ones is known from one more that may be shown: what is
    sealed is not even counted. The position is where older ones begin, if any.
    """
    shown: list[Entry] = []
    for entry in found:
        fact = fact_of(entry, codec)
        if not wanted.takes(fact) or (wanted.is_narrow and not reader.may_know(fact)):
            continue
        if len(shown) == limit:
            return shown, shown[-1].position
        shown.append(entry)
    return shown, None


def fact_of(entry: Entry, codec: Decoder) -> Fact | None:
    """Return what an entry says; nothing where it is the journal's own or forgotten."""
    if entry.body is None or entry.kind not in FACTS:
        return None
    fact: Fact = codec.decode(entry.kind, entry.body)
    return fact


def doors_of(fact: Fact) -> set[int]:
    """Return the doors that a fact is about.

    >>> from controller.domain.custody_facts import HoldMoved
    >>> doors_of(HoldMoved("h1", "door:7", "safe", "s1"))
    {7}
    """
    numbers = {getattr(fact, name, 0) for name in DOOR_FIELDS}
    numbers |= {door_of(getattr(fact, name, "")) for name in PLACE_FIELDS}
    return numbers - {0}


def about_person(state: State, person: str) -> Search:
    """Return how entries are found that are about somebody, by name or by a hold."""
    linked = tuple(f'"{one}"' for one in _linked(state, person))
    return Search(
        parts=_naming(person),
        linked=linked,
        linked_kinds=LINKED_KINDS if linked else (),
    )


def everything_about(person: str) -> Search:
    """Return how entries are found that may be about somebody, or go on with theirs.

    Whose they are says a :class:`~controller.domain.whose.Trail`.
    """
    kinds = tuple(kind.__name__ for kind in FOLLOWS)
    return Search(parts=_naming(person), besides=kinds)


def _instants(day: date, calendar: SchoolCalendar) -> tuple[int, int]:
    """Return the first instant of a local day and of the next, microseconds.

    >>> first, next_ = _instants(date(2026, 10, 25), SchoolCalendar())
    >>> (next_ - first) / 3_600_000_000
    25.0
    """
    tomorrow = day + timedelta(days=1)
    return calendar.instant(day, time.min), calendar.instant(tomorrow, time.min)


def _naming(person: str) -> tuple[str, ...]:
    """Return how a body names somebody.

    A place may be ``carried:`` and a person; a field of a form may be ids with commas
    between.
    """
    return (
        *(f'"{person}"', f':{person}"'),
        *(f'"{person},', f",{person},", f',{person}"'),
    )


def _of_door(door: int) -> tuple[str, ...]:
    """Return how a body names a door, and sometimes another number; none for no door.

    >>> _of_door(7)
    (':7,', ':7}', '"door:7"')
    """
    return (f":{door},", f":{door}}}", f'"door:{door}"') if door else ()


def _linked(state: State, person: str) -> list[str]:
    """Return ids of what is a person's, the newest first."""
    found = list(_ids(state, person))
    return found[::-1][:MOST_LINKED]


def _ids(state: State, person: str) -> Iterator[str]:
    past = state.past_holds.values()
    holds = [p.hold.hold for p in past if p.hold.person == person]
    yield from holds
    yield from {p.handover for p in past if p.hold.person == person and p.handover}
    yield from (r.record for r in state.records.values() if _is_in(r, person))
    if visitor := state.visitors.get(person):
        yield visitor.record
    yield from (k.concern for k in state.concerns.values() if k.person == person)
    now = [h.hold for h in state.holds.values() if h.person == person]
    yield from now
    for handover in state.handovers.values():
        if set(handover.holds) & {*now}:
            yield handover.handover


def _is_in(record: Record, person: str) -> bool:
    """Return whether somebody stands in a record, alone or in a list."""
    values = (value for _, value in record.values)
    return record.about == person or any(person in v.split(",") for v in values)
