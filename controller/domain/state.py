"""What is so now: the fold of all entries, as tables of frozen records.

Each field of :class:`State` is a table: key -> record. The journal writes the rows that
an entry changed beside the entry, in the same transaction; a test replays from zero and
compares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from controller.domain import custody_records as c
from controller.domain import today_records as t
from controller.domain.access_records import Access, Grant
from controller.domain.card_tokens import CardToken
from controller.domain.compartment import DoorState
from controller.domain.day_facts import LeftOut, Wave
from controller.domain.record_state import Record
from controller.domain.visitor_records import Visitor


@dataclass(frozen=True, slots=True)
class Compartment:
    """One compartment.

    Attributes:
        n: its number, from 1.
        door: what is known of door and bolt.
        since_us: since when (wall clock of the entry).
        order: the last order for it, or empty.
        purpose, pupil: of that order; kept until it is over or the door shut again.
        hold, by: of that order: the held device it is about, and the member of staff.
        left_open: the door was told to have stood open too long.
        missed: releases in a row that nobody opened.
        faults: latched codes.
        in_use: whether it may be given to anybody.
    """

    n: int
    door: DoorState = DoorState.SHUT
    since_us: int = 0
    order: str = ""
    purpose: str = ""
    pupil: str = ""
    left_open: bool = False
    missed: int = 0
    faults: tuple[str, ...] = ()
    in_use: bool = True
    hold: str = ""
    by: str = ""

    @property
    def stands_open(self) -> bool:
        """Whether the door can be taken to stand open for whoever it was released to.

        Not after a while, or where the contact is doubted: a cut wire reads "open", and
        a device behind such a door must still come out.
        """
        doubted = self.left_open or "contact" in self.faults
        return self.door is DoorState.AJAR and not doubted


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order whose outcome is not in the journal yet. ``pulsed``: its coil was on."""

    order: str
    compartment: int
    purpose: str
    cause: str
    pupil: str
    at_us: int
    pulsed: bool = False
    hold: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class as its door sign names it."""

    klass: str
    name: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil, without anything that says who it is."""

    pupil: str
    klass: str
    group: str = ""
    compartment: int = 0
    language: str = "en"
    kinds: tuple[str, ...] = ("phone",)
    provisional: bool = False
    on_roll: bool = True


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff: roles and classes.

    Attributes:
        grants: each role with since when and by whom.
        used_us: the last sign-in, on the page or at the bank; 0: never.
        ended_us, ended_by: when and by whom the account was ended.
    """

    staff: str
    roles: tuple[str, ...]
    classes: tuple[str, ...] = ()
    active: bool = True
    grants: tuple[Grant, ...] = ()
    used_us: int = 0
    ended_us: int = 0
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class Credential:
    """A card. ``revoked`` is empty while it is good, else why it is dead."""

    credential: str
    person: str
    since_us: int = 0
    revoked: str = ""


@dataclass(frozen=True, slots=True)
class Custody:
    """A pupil's device that was handed in, and since which fact.

    Its basis is ``deposit``; what is held on another one stands among the holds.

    Attributes:
        pupil: the owner.
        compartment: where it is.
        stage: ``said`` (said to be in) or ``in`` (handed in: an adult confirmed it).
        date: local date of the hand-in; empty until a guessed clock is believed.
        since_us: wall clock of the fact.
        kinds: what was handed in.
        quick: the door was shut again so soon that perhaps nothing was put in.
        asked: the office has been told that it stayed behind.
    """

    pupil: str
    compartment: int
    stage: str
    date: str
    since_us: int
    kinds: tuple[str, ...]
    quick: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What holds for a pupil on one day."""

    pupil: str
    mark: str
    date: str
    by: str
    at_us: int
    until: str = ""
    club: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """A pupil has the device back since today's home time."""

    pupil: str
    compartment: int
    date: str
    at_us: int
    quick: bool = False


@dataclass(frozen=True, slots=True)
class ClassDay:
    """One class on one day.

    Attributes:
        klass: slug.
        date: local date.
        by_hand: drop-off ``open``, ``shut`` or, empty, as the calendar says.
        by_hand_us: when that was said.
        confirmed_at_us, confirmed_by: "class seen, all off".
        closed: home time is over and what stayed has passed to the office.
        closed_us: when that was found.
        guessed: parts said under a guessed clock and not found to be of a day yet:
            ``by_hand``, ``confirmed``, ``closed``.
    """

    klass: str
    date: str
    by_hand: str = ""
    by_hand_us: int = 0
    confirmed_at_us: int = 0
    confirmed_by: str = ""
    closed: bool = False
    closed_us: int = 0
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """A class release.

    Attributes:
        wave: the wave that is open, -1 before the first.
        state: ``running``, ``stopped`` or ``ended``.
    """

    release: str
    klass: str
    club: str
    mode: str
    waves: tuple[Wave, ...]
    left_out: tuple[LeftOut, ...]
    by: str
    date: str
    at_us: int
    wave: int = -1
    wave_at_us: int = 0
    state: str = "running"

    @property
    def pupils(self) -> tuple[str, ...]:
        """Everybody whom the release is meant for, in the order of the waves."""
        return tuple(p for wave in self.waves for p in wave.pupils)

    def may_collect(self, pupil: str) -> bool:
        """Whether this pupil's tap opens: the wave has come, or each child taps."""
        if self.state == "stopped":
            return False
        if self.mode == "tap":
            return pupil in self.pupils
        return any(pupil in wave.pupils for wave in self.waves[: self.wave + 1])


@dataclass(frozen=True, slots=True)
class Question:
    """Something the office must explain or hand back."""

    question: str
    about: str
    compartment: int
    pupil: str
    date: str
    at_us: int


@dataclass(frozen=True, slots=True)
class ReaderState:
    """A reader. ``lost_since_us`` is 0 while it works."""

    reader: str
    lost_since_us: int = 0
    cause: str = ""
    times_lost: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """A rule: its value as text, how often and by whom it was set."""

    key: str
    value: str
    version: int
    by: str
    at_us: int


@dataclass(frozen=True, slots=True)
class CalendarRecord:
    """The school calendar as it was set last; plain values."""

    plain: dict[str, Any]
    version: int
    by: str
    at_us: int


@dataclass(frozen=True, slots=True)
class Club:
    """A club: name, end (local ``HH:MM``), leader."""

    club: str
    name: str
    ends: str
    leader: str


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A browser that was paired with the bank."""

    kiosk: str
    by: str
    at_us: int


@dataclass(frozen=True, slots=True)
class Bank:
    """The bank as a whole, and how it is built.

    ``evacuated_us`` is 0 unless "Leave it. Go." holds.
    """

    date: str = ""
    evacuated_us: int = 0
    evacuated_by: str = ""
    running: bool = False
    started_us: int = 0
    version: str = ""
    bank: str = ""
    klass: str = ""
    columns: int = 6
    places: tuple[int, ...] = ()
    timezone: str = "Europe/London"
    blocks: tuple[int, ...] = ()


Table = Mapping[str, Any]


def _empty() -> Any:  # noqa: ANN401  a default for tables of every record type
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class State:
    """Everything, as tables; unchanging: :func:`put` and :func:`drop` make new ones."""

    bank: Mapping[str, Bank] = field(default_factory=_empty)
    compartments: Mapping[str, Compartment] = field(default_factory=_empty)
    orders: Mapping[str, OpenOrder] = field(default_factory=_empty)
    classes: Mapping[str, SchoolClass] = field(default_factory=_empty)
    pupils: Mapping[str, Pupil] = field(default_factory=_empty)
    staff: Mapping[str, Staff] = field(default_factory=_empty)
    credentials: Mapping[str, Credential] = field(default_factory=_empty)
    custody: Mapping[str, Custody] = field(default_factory=_empty)
    marks: Mapping[str, Mark] = field(default_factory=_empty)
    collected: Mapping[str, Collected] = field(default_factory=_empty)
    class_days: Mapping[str, ClassDay] = field(default_factory=_empty)
    releases: Mapping[str, Release] = field(default_factory=_empty)
    questions: Mapping[str, Question] = field(default_factory=_empty)
    readers: Mapping[str, ReaderState] = field(default_factory=_empty)
    settings: Mapping[str, Setting] = field(default_factory=_empty)
    calendar: Mapping[str, CalendarRecord] = field(default_factory=_empty)
    clubs: Mapping[str, Club] = field(default_factory=_empty)
    kiosks: Mapping[str, Kiosk] = field(default_factory=_empty)
    holds: Mapping[str, c.Hold] = field(default_factory=_empty)
    past_holds: Mapping[str, c.PastHold] = field(default_factory=_empty)
    handovers: Mapping[str, c.HandOver] = field(default_factory=_empty)
    contacts: Mapping[str, c.Contact] = field(default_factory=_empty)
    clauses: Mapping[str, c.Clause] = field(default_factory=_empty)
    authorities: Mapping[str, c.Authority] = field(default_factory=_empty)
    tallies: Mapping[str, c.Tally] = field(default_factory=_empty)
    concerns: Mapping[str, c.Concern] = field(default_factory=_empty)
    own: Mapping[str, c.Own] = field(default_factory=_empty)
    visitors: Mapping[str, Visitor] = field(default_factory=_empty)
    access: Mapping[str, Access] = field(default_factory=_empty)
    tokens: Mapping[str, CardToken] = field(default_factory=_empty)
    records: Mapping[str, Record] = field(default_factory=_empty)
    outings: Mapping[str, t.Outing] = field(default_factory=_empty)
    covers: Mapping[str, t.Cover] = field(default_factory=_empty)
    habits: Mapping[str, t.Habit] = field(default_factory=_empty)
    sheets: Mapping[str, t.SheetSent] = field(default_factory=_empty)
    stocks: Mapping[str, t.StockTake] = field(default_factory=_empty)

    def compartment(self, n: int) -> Compartment:
        """Return compartment ``n``; one that no fact has touched is shut and sound."""
        return self.compartments.get(str(n)) or Compartment(n)

    @property
    def the_bank(self) -> Bank:
        """The bank's own record."""
        return self.bank.get("bank") or Bank()

    @property
    def the_access(self) -> Access:
        """The record of the list of those who have access."""
        return self.access.get("access") or Access()


def put(state: State, table: str, key: str, record: object) -> State:
    """Return ``state`` with ``record`` at ``key`` of ``table``."""
    rows = dict(getattr(state, table))
    rows[key] = record
    return replace(state, **{table: rows})


def drop(state: State, table: str, *keys: str) -> State:
    """Return ``state`` without ``keys`` of ``table``; absent keys do no harm."""
    rows = {k: v for k, v in getattr(state, table).items() if k not in keys}
    return replace(state, **{table: rows})
