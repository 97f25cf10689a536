"""What the import of a roll, or of adults, would do, before it is done."""

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


class AdultLine(msgspec.Struct):
    """An adult of a pupil's list, as a file is compared with it.

    Attributes:
        line: in the file; 0 for one who is not in it.
        what: that changes, in words; empty where nothing does.
        joins: an adult of another pupil's list, or of another line.
    """

    line: int
    name: str
    relationship: str
    pupil: str
    klass: str
    never: bool = False
    what: str = ""
    joins: bool = False


class AdultsPreview(msgspec.Struct):
    """What an import would do. ``ticket`` is wanted back by ``adults_apply``.

    Attributes:
        absent: on the list of a pupil who is in the file, and not in it themselves.
        bad: rows left out unless mended; then nobody is taken off a list.
        notes: what to look at, and stops nothing.
        unchanged: how many are so already.
        passed: how many may not collect and are on no list.
        apart: how many new names stand for several pupils, each an adult of its own.
    """

    ticket: str
    filename: str
    added: list[AdultLine]
    changed: list[AdultLine]
    absent: list[AdultLine]
    bad: list[BadLine]
    notes: list[BadLine]
    unchanged: int
    passed: int
    apart: int


class AdultsApplied(msgspec.Struct):
    """What an import did, one for each adult of each list."""

    added: int
    changed: int
    removed: int
