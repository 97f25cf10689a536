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
