"""What staff may order about what a day brings besides hand-in and home time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BeginOuting:
    """Let a class, or ``pupils`` of it, take its devices out (DAY-7).

    ``why``: a code of :data:`controller.domain.today_facts.OUTINGS`; ``lesson`` needs
    an approved record that holds now (REC-4).
    """

    klass: str
    why: str
    pupils: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveOuting:
    """Take an outing to its next stage: ``away``, ``returning`` or ``over``."""

    outing: str
    stage: str


@dataclass(frozen=True, slots=True)
class LeaveEarly:
    """Let a pupil leave now, and the device with it.

    ``whom``: a code of :data:`controller.domain.today_facts.COLLECTORS`.
    """

    pupil: str
    whom: str
    contact: str = ""
    note: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class HandToSibling:
    """Open a pupil's door on an adult's word for the pupil's sibling (DAY-16)."""

    pupil: str
    sibling: str


@dataclass(frozen=True, slots=True)
class SwapDevices:
    """Say that two devices are in each other's compartments (DAY-16)."""

    pupil: str
    other: str


@dataclass(frozen=True, slots=True)
class GiveCover:
    """Let a new cover account have classes until ``until_us`` (DAY-12)."""

    staff: str
    classes: tuple[str, ...]
    until_us: int


@dataclass(frozen=True, slots=True)
class EndCover:
    """End a cover before its time."""

    staff: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the sheet, as it was written by hand.

    Attributes:
        pupil: whose device.
        what: ``in`` or ``out``.
        at: local ``HH:MM`` that stands on the paper.
        compartment: where it went, for ``in``; 0: the pupil's own.
    """

    pupil: str
    what: str
    at: str
    compartment: int = 0


@dataclass(frozen=True, slots=True)
class EnterFromPaper:
    """Type a sheet back in, all lines or none (DAY-13). ``day``: its local date."""

    day: str
    lines: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class BeginStock:
    """Open every door that is empty by the record, to look (REP-6)."""


@dataclass(frozen=True, slots=True)
class RecordStock:
    """Write what a stock-take found; doors that are not named were not looked at."""

    stock: str
    agreed: tuple[int, ...]
    extra: tuple[int, ...]
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StopStock:
    """Stop a stock-take."""

    stock: str


TodayOrder = (
    BeginOuting
    | MoveOuting
    | LeaveEarly
    | HandToSibling
    | SwapDevices
    | GiveCover
    | EndCover
    | EnterFromPaper
    | BeginStock
    | RecordStock
    | StopStock
)
