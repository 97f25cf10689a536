"""What a decision may look at besides the state: the moment, the calendar, the bank.

Made anew by the service for each decision; nothing in it changes while one is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from controller.domain.calendar import SchoolCalendar
from controller.domain.state import State


@dataclass(frozen=True, slots=True)
class Place:
    """One compartment as the bank was built.

    Attributes:
        n: its number.
        purpose: ``pupil``, ``holding`` or ``staff``.
        at_desk: it stands in sight of the office's desk, so its door may open from the
            page (CUS-4).
    """

    n: int
    purpose: str = "pupil"
    at_desk: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The bank as it stands on the wall.

    Attributes:
        places: every compartment by its number, in order.
        columns: doors in a row.
        assignment: ``fixed`` or ``first-free``.
    """

    places: Mapping[int, Place]
    columns: int = 6
    assignment: str = "fixed"

    @property
    def blocks(self) -> tuple[int, ...]:
        """How many doors stand together: another room, or not the pupils', is new.

        What a door beside the pupils' is for cannot be read off the wall.
        """
        uses = [(p.purpose == "pupil", p.at_desk) for p in self.places.values()]
        return tuple(len(list(alike)) for _, alike in groupby(uses))

    def row_of(self, n: int) -> int:
        """Return the row of compartment ``n``, from 0 at the top."""
        return (n - 1) // self.columns


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind an order; nobody's fields are empty."""

    person: str = ""
    roles: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


NOBODY = Actor()


@dataclass(frozen=True, slots=True)
class Timings:
    """How long things may take before they are told.

    Attributes:
        quick_ms: a door shut again sooner was perhaps not used. Our own judgement: a
            hand needs more than a second to take a phone out.
        left_open_s: a door that stands open longer is told of.
        open_wait_s: after the coil is cut, how much longer an opening still counts as
            the order's (a hand on its way, a contact's debounce).
        release_min_s: a release stays open at least so long after it was begun, even
            past the end of home time.
    """

    quick_ms: int = 1_500
    left_open_s: float = 60.0
    open_wait_s: float = 0.5
    release_min_s: float = 1_800.0


@dataclass(frozen=True, slots=True)
class Context:
    """The moment of a decision.

    Attributes:
        at_us: wall clock, UTC microseconds since 1970.
        clock: ``synced``, ``rtc`` or ``guessed``.
        calendar: the school's.
        layout: the bank's.
        fresh: gives a new id for a prefix, unique in the journal.
        actor: who asks.
        powered: orders whose coil has been powered (the journal learns at the end).
        open_for_s: how long each open door has stood open, by the monotonic clock.
        timings: seconds and counts of :class:`Timings`.
    """

    at_us: int
    clock: str
    calendar: SchoolCalendar
    layout: Layout
    fresh: Callable[[str], str]
    actor: Actor = NOBODY
    powered: frozenset[str] = frozenset()
    open_for_s: Mapping[int, float] = field(default_factory=dict)
    timings: Timings = Timings()

    @property
    def today(self) -> date:
        """The local date, by a clock that may be guessed."""
        return self.calendar.local(self.at_us).date()

    @property
    def is_guessed(self) -> bool:
        """Whether no time window may open or close by itself (DAY-11)."""
        return self.clock == "guessed"

    def local_hm(self, at_us: int) -> str:
        """Return ``at_us`` as local ``HH:MM``."""
        return f"{self.calendar.local(at_us):%H:%M}"


def setting(state: State, key: str, default: str) -> str:
    """Return the value of a rule, or its default where nobody has set it."""
    found = state.settings.get(key)
    return found.value if found else default
