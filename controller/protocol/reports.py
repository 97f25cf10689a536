"""The proof of one day: every order with what came of it."""

from __future__ import annotations

import msgspec


class ProofLine(msgspec.Struct, omit_defaults=True):
    """One order at the end of a day (DAY-6); times are local ``HH:MM:SS`` or empty."""

    compartment: int
    pupil: str
    name: str
    class_id: str
    asked: str = ""
    pulsed: str = ""
    opened: str = ""
    shut: str = ""
    result: str = ""


class HeldLine(msgspec.Struct, omit_defaults=True):
    """A held device in the proof of a day, for a role that may know of it.

    Attributes:
        what: ``held``, ``handed-over`` or ``overdue``.
        hold: its id. name: whose it is.
        words: what became of it, a sentence.
        at: local ``HH:MM``, or since which day.
        place: epoch and number of the entry that says so.
    """

    what: str
    hold: str
    name: str
    words: str
    at: str
    place: list[int] = []


class DayReport(msgspec.Struct):
    """The proof of one day; ``days`` are the dates (ISO) that can be chosen.

    ``held``: taken away and handed over that day; for today, what is overdue.
    """

    day: str
    days: list[str]
    lines: list[ProofLine]
    summary: list[str]
    held: list[HeldLine] = []
