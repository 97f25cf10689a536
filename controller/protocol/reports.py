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


class DayReport(msgspec.Struct):
    """The proof of one day; ``days`` are the dates (ISO) that can be chosen."""

    day: str
    days: list[str]
    lines: list[ProofLine]
    summary: list[str]
