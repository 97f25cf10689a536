"""Facts about readers and cards."""

from __future__ import annotations

from dataclasses import dataclass

from controller.domain.card_facts import CardFact


@dataclass(frozen=True, slots=True)
class CardTapped:
    """An enrolled card was presented; what came of it is another fact of the moment."""

    reader: str
    credential: str
    person: str


@dataclass(frozen=True, slots=True)
class TapRefused:
    """A pupil's tap was turned away by ``rule`` (``controller.domain.refusals``)."""

    reader: str
    person: str
    rule: str


@dataclass(frozen=True, slots=True)
class OrderRefused:
    """An order of a member of staff was turned away by ``rule``."""

    order: str
    by: str
    rule: str


@dataclass(frozen=True, slots=True)
class StrangeCardsSeen:
    """Taps that point to nobody, folded to at most one entry a minute (ACC-7).

    Attributes:
        reader: the reader's name.
        unknown: cards that nobody enrolled, or that are revoked.
        random: random UIDs (phones, privacy cards).
        crowded: times that two cards lay on the reader.
    """

    reader: str
    unknown: int = 0
    random: int = 0
    crowded: int = 0


@dataclass(frozen=True, slots=True)
class ReaderLost:
    """A reader stopped answering or lost its configuration (HW-4)."""

    reader: str
    cause: str


@dataclass(frozen=True, slots=True)
class ReaderRestored:
    """A reader works again."""

    reader: str


TapFact = (
    CardFact
    | CardTapped
    | TapRefused
    | OrderRefused
    | StrangeCardsSeen
    | ReaderLost
    | ReaderRestored
)
