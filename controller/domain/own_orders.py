"""Orders about staff's and visitors' own devices, and visitors' day cards."""

from __future__ import annotations

from dataclasses import dataclass

from controller.domain.record_orders import FileRecord


@dataclass(frozen=True, slots=True)
class OpenOwnDoor:
    """Let a member of staff put the own device away, or have it back."""


@dataclass(frozen=True, slots=True)
class GiveBackOwn:
    """Open the door of a device whose owner's card opens nothing any more.

    ``at_bank``: whoever orders it stands there, with card and PIN.
    """

    person: str
    at_bank: bool = False


@dataclass(frozen=True, slots=True)
class AdmitVisitor:
    """File a visit and let the visitor have a day card, both or neither (REC-6)."""

    visitor: str
    filing: FileRecord


@dataclass(frozen=True, slots=True)
class GiveVisitorCard:
    """Let the visitor of a record that is filed have a card for today."""

    visitor: str
    record: str


@dataclass(frozen=True, slots=True)
class EndVisitorCard:
    """End a visitor's card before its day is over."""

    visitor: str


OwnOrder = OpenOwnDoor | GiveBackOwn | AdmitVisitor | GiveVisitorCard | EndVisitorCard
