"""The public state of a bank: what any passer-by may read off a screen.

No name and no reason is in it, so it is sent to whoever asks and kept on disk for the
time the controller is down.
"""

from __future__ import annotations

from typing import Literal

import msgspec

DoorWord = Literal["shut", "open", "broken"]
"""The three words of public screens; a held device's door looks like any other."""


class BoardDoor(msgspec.Struct):
    """One door as passers-by may see it."""

    n: int
    state: DoorWord


class Stop(msgspec.Struct):
    """One stop on the line of the day: ``at`` is local ``HH:MM``."""

    at: str
    label: Literal["phones-in", "lessons", "home-time", "clubs-end"]
    state: Literal["done", "now", "todo"]


class Board(msgspec.Struct):
    """All that a public screen may show: no names, no reasons.

    Attributes:
        bank: the bank's name, a slug.
        class_name: what the board is headed with, e.g. ``Kestrels``.
        year: e.g. ``Year 4``, or empty.
        columns: doors in a row, as they stand on the wall.
        blocks: how many doors stand together, from the top; their sum is all doors.
        at_us: the controller's wall clock, UTC microseconds since 1970.
        clock: ``synced``, ``rtc`` or ``guessed``.
        timezone: IANA name for showing ``at_us``.
        school_day: whether the calendar calls today a school day.
        phase: ``closed-day``, ``before``, ``drop-off``, ``late``, ``lessons``,
            ``home-time`` or ``after``.
        stops: the day as a line; empty when it is no school day.
        next_label, next_at_us: the next change, or empty and 0.
        doors: every compartment in order of its number.
        evacuated: whether "Leave it. Go." holds.
        readers_out: names of readers that do not work.
    """

    bank: str
    class_name: str
    year: str
    columns: int
    at_us: int
    clock: str
    timezone: str
    school_day: bool
    phase: str
    stops: list[Stop]
    next_label: str
    next_at_us: int
    doors: list[BoardDoor]
    evacuated: bool
    readers_out: list[str]
    blocks: list[int] = []
