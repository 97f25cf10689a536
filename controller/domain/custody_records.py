"""What is so of held devices now: records of the state's tables."""

from __future__ import annotations

from dataclasses import dataclass

DOOR, SAFE, CARRIED = "door", "safe", "carried"
"""Kinds of place: behind a door, in the office safe, in somebody's hand."""


def door_place(n: int) -> str:
    """Return the place behind the door of compartment ``n``."""
    return f"{DOOR}:{n}"


def carried_by(staff: str) -> str:
    """Return the place in a member of staff's hand."""
    return f"{CARRIED}:{staff}"


def door_of(place: str) -> int:
    """Return the compartment's number, or 0 where the place is none.

    >>> door_of("door:7"), door_of("safe")
    (7, 0)
    """
    kind, _, n = place.partition(":")
    return int(n) if kind == DOOR else 0


def carrier_of(place: str) -> str:
    """Return who carries it, or an empty text."""
    kind, _, staff = place.partition(":")
    return staff if kind == CARRIED else ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A device that somebody holds; fields as in :class:`custody_facts.DeviceHeld`.

    Attributes:
        since_us: wall clock of its first fact.
        date: local date of that day; empty while a guessed clock is not believed.
        told: how home was told last, by whom and when; empty: it was not.
        told_times: how often home was told; reminders count.
        travels, home_knows: how the child gets home.
        fetch_by: who asked for it to be fetched, or empty.
        handover: the hand-over it is in, or empty.
        ref: epoch and sequence of its first entry.
    """

    hold: str
    basis: str
    person: str
    kinds: tuple[str, ...]
    place: str
    by: str
    since_us: int
    date: str
    clause: str = ""
    where: str = ""
    occurrence: int = 0
    step: str = ""
    until: str = ""
    review_by: str = ""
    individual: bool = False
    seal: str = ""
    condition: str = ""
    note: str = ""
    concern: str = ""
    told: str = ""
    told_by: str = ""
    told_us: int = 0
    told_times: int = 0
    travels: str = ""
    home_knows: bool = False
    fetch_by: str = ""
    fetch_us: int = 0
    handover: str = ""
    ref: tuple[int, int] = (0, 0)

    @property
    def door(self) -> int:
        """The compartment it is behind, or 0."""
        return door_of(self.place)


@dataclass(frozen=True, slots=True)
class HandOver:
    """A hand-over that has been prepared and is neither done nor undone.

    Attributes:
        begun_us: when it went on, with a witness where two are needed; 0: not yet.
        opened: doors that have been seen open for it.
    """

    handover: str
    holds: tuple[str, ...]
    to: str
    by: str
    at_us: int
    contact: str = ""
    identity: str = ""
    override: bool = False
    note: str = ""
    witness: str = ""
    begun_us: int = 0
    opened: tuple[int, ...] = ()

    @property
    def has_begun(self) -> bool:
        """Whether whoever is needed has said that it goes on."""
        return bool(self.begun_us)


@dataclass(frozen=True, slots=True)
class Contact:
    """An adult of a pupil's list."""

    contact: str
    pupil: str
    never: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the school's policy."""

    clause: str
    name: str
    longer: bool


@dataclass(frozen=True, slots=True)
class Authority:
    """Who may confiscate, authorised by whom, since when."""

    staff: str
    by: str
    at_us: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A pupil's confiscations: local dates, oldest first, for the ladder."""

    pupil: str
    dates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concern:
    """A concern.

    Attributes:
        seen_by: who has read it; empty: nobody.
        told: agency and date, in order.
        closed_us: when it was closed, or 0.
    """

    concern: str
    about: str
    person: str
    by: str
    at_us: int
    note: str = ""
    seen_by: str = ""
    told: tuple[tuple[str, str], ...] = ()
    closed_us: int = 0


@dataclass(frozen=True, slots=True)
class Own:
    """Staff's or a visitor's own device behind a door set aside for such.

    Attributes:
        since_us: wall clock of its fact.
        asked: the office has been told that it stayed behind.
        quick_us: when its door was shut again so soon that perhaps nothing was taken;
            0: it was not.
    """

    person: str
    compartment: int
    basis: str
    since_us: int
    asked: bool = False
    quick_us: int = 0


@dataclass(frozen=True, slots=True)
class PastHold:
    """A hold that is over: to whom the device went, when, by whose hand.

    ``note``: the words with which it was prepared.
    """

    hold: Hold
    to: str
    contact: str
    by: str
    witness: str
    ended_us: int
    date: str
    signed: str
    handover: str
    note: str = ""
