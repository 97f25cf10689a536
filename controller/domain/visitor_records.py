"""What is so of a visitor's day card: a row of the state's table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visitor:
    """A visitor, without anything that says who it is.

    Attributes:
        visitor: id of the person.
        record: the visit (REC-6).
        date: local day on which the card opens; empty while a guessed clock is not
            believed.
        by, at_us: who gave it, and when.
        ended_us, ended_by: when it ended, and by whom; nobody: its day was over.
    """

    visitor: str
    record: str
    date: str
    by: str
    at_us: int
    ended_us: int = 0
    ended_by: str = ""
