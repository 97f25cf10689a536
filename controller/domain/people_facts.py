"""Facts about people, cards, accounts and rules: ids, numbers, codes, never a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ClassSet:
    """A class exists: its slug, what its door sign says, its year group."""

    klass: str
    name: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class PupilSet:
    """A pupil is on the roll, or what is known of the pupil changed.

    Attributes:
        pupil: id.
        klass: slug of the class.
        group: table in class, or empty.
        compartment: the fixed compartment, or 0.
        language: of the kiosk's words.
        kinds: kinds of device the pupil usually brings (DAY-2).
        provisional: enrolled before the roll knew the pupil (ACC-9).
        by: who did it, or empty for an import by the command line.
    """

    pupil: str
    klass: str
    group: str = ""
    compartment: int = 0
    language: str = "en"
    kinds: tuple[str, ...] = ("phone",)
    provisional: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class PupilLeft:
    """A pupil left the roll; cards are dead, a device behind a door is a question."""

    pupil: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class StaffSet:
    """A member of staff has an account, or its roles or classes changed."""

    staff: str
    roles: tuple[str, ...]
    classes: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class StaffLeft:
    """An account ended."""

    staff: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class CardEnrolled:
    """A card stands for a person from now on."""

    credential: str
    person: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class CardRevoked:
    """A card is dead: ``lost``, ``replaced``, ``undone`` or ``left``."""

    credential: str
    why: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class RollImported:
    """One import of the roll was applied; what it changed stands beside it."""

    added: int
    changed: int
    left: int
    by: str = ""


@dataclass(frozen=True, slots=True)
class SettingSet:
    """A rule was set on the page."""

    key: str
    value: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class CalendarSet:
    """The school calendar was set: plain values, see ``controller.domain.calendar``."""

    plain: dict[str, Any] = field(default_factory=dict)
    by: str = ""


@dataclass(frozen=True, slots=True)
class ClubSet:
    """A club: when it ends (local ``HH:MM``) and which member of staff releases it."""

    club: str
    name: str
    ends: str
    leader: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class ClubRemoved:
    """A club is no more; whoever was at it today has been unmarked beside this."""

    club: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person signed in: ``where`` is ``page`` or ``bank``."""

    person: str
    where: str


@dataclass(frozen=True, slots=True)
class SignedOut:
    """A person's session ended; ``everywhere``: all of them."""

    person: str
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class SecretsRefused:
    """Wrong passwords, PINs or codes, folded to one entry a minute and person.

    ``person`` is empty where the name was nobody's.
    """

    person: str
    what: str
    count: int


@dataclass(frozen=True, slots=True)
class SecretChanged:
    """A password or PIN was set: ``what`` is ``password`` or ``pin``."""

    person: str
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class PersonExported:
    """Everything about a person was given out, by a member of staff (DAT-4)."""

    person: str
    by: str


@dataclass(frozen=True, slots=True)
class KioskPaired:
    """A browser became the kiosk of the bank."""

    kiosk: str
    by: str


@dataclass(frozen=True, slots=True)
class KioskUnpaired:
    """A kiosk's pairing ended."""

    kiosk: str
    by: str


@dataclass(frozen=True, slots=True)
class BankDescribed:
    """How the bank is built, by its configuration; written where a start finds it new.

    Attributes:
        bank: its name. klass: the class that its board shows, or empty.
        columns: doors in a row. places: numbers of its compartments, in order.
        timezone: IANA name.
        blocks: how many doors stand together, from the top.
    """

    bank: str
    klass: str
    columns: int
    places: tuple[int, ...]
    timezone: str
    blocks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Started:
    """The controller started.

    Attributes:
        version: of the program.
        after: ``stop``, or ``cut`` where its last run did not end in order.
        was_off: the machine was too, for nobody knows how long.
    """

    version: str
    after: str = "stop"
    was_off: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """The controller was stopped in order."""

    why: str


@dataclass(frozen=True, slots=True)
class ClockMoved:
    """The wall clock jumped by ``by_ms`` or is now believed otherwise (``state``)."""

    by_ms: int
    state: str


PeopleFact = (
    ClassSet
    | PupilSet
    | PupilLeft
    | StaffSet
    | StaffLeft
    | CardEnrolled
    | CardRevoked
    | RollImported
    | SettingSet
    | CalendarSet
    | ClubSet
    | ClubRemoved
    | SignedIn
    | SignedOut
    | SecretsRefused
    | SecretChanged
    | PersonExported
    | KioskPaired
    | KioskUnpaired
    | BankDescribed
    | Started
    | Stopped
    | ClockMoved
)
