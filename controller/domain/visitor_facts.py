"""Facts about visitors' day cards (REC-6).

Who a visitor is, stands in people.db; what was agreed, in the record of the visit.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VisitorCardGiven:
    """Reception lets a visitor have a card for today; the card itself is enrolled next.

    Attributes:
        visitor: id of the person.
        record: the visit as it was filed (REC-6).
        by: who gave it.
    """

    visitor: str
    record: str
    by: str


@dataclass(frozen=True, slots=True)
class VisitorCardEnded:
    """A visitor's card opens nothing any more; ``by`` empty: its day is over."""

    visitor: str
    by: str = ""


VisitorFact = VisitorCardGiven | VisitorCardEnded
