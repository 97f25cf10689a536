"""What the import of a roll would do, before it is done."""

from __future__ import annotations

import msgspec


class BadLine(msgspec.Struct):
    """A row of a file that cannot be taken as it is: line and reason, no content."""

    line: int
    reason: str


class RollPreview(msgspec.Struct):
    """What an import would do. ``ticket`` is wanted back by ``roll_apply``.

    Attributes:
        added, left: ``[id or line, name, class]``; changed: ``[name, class, what]``.
        bad: rows left out unless mended.
        asks_leavers: more than a fifth of the pupils would leave.
        notes: what to look at, and stops nothing.
        held_back: pupils who stay as they are because a bad row may be about them.
        doors: how many would be given the first free door.
        no_door: of whom no door is free, ``[line, name, class]``.
        elsewhere: how many have no door here since their class has another bank.
    """

    ticket: str
    filename: str
    added: list[list[str]]
    changed: list[list[str]]
    left: list[list[str]]
    bad: list[BadLine]
    asks_leavers: bool
    unchanged: int
    notes: list[BadLine] = []
    held_back: int = 0
    doors: int = 0
    no_door: list[list[str]] = []
    elsewhere: int = 0


class RollApplied(msgspec.Struct, omit_defaults=True):
    """What an import did.

    Attributes:
        added, changed, left: how many pupils.
        doors: how many were given the first free door.
        no_door: who has none since none is free, ``[id, name, class]``.
        elsewhere: how many have no door here since their class has another bank.
    """

    added: int
    changed: int
    left: int
    doors: int = 0
    no_door: list[list[str]] = []
    elsewhere: int = 0
