"""From a preview to what is applied: everything in one act, or nothing (DAT-1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from controller.roll.model import RollRow
from controller.roll.preview import Preview


@dataclass(frozen=True, slots=True)
class Leave:
    """A pupil leaves the roll; cards are dead from then on."""

    pupil: str


@dataclass(frozen=True, slots=True)
class Change:
    """A pupil on the roll is as ``row`` says; where it says nothing, as before."""

    pupil: str
    row: RollRow
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Join:
    """A pupil is new on the roll."""

    row: RollRow


RollChange = Leave | Change | Join


class Refused(Enum):
    """Why an import is not applied."""

    BAD_ROWS = "roll-bad-rows"
    MANY_LEAVERS = "roll-many-leavers"


@dataclass(frozen=True, slots=True)
class RollRefused:
    """An import that is not applied, in whole: the reason, and what to do."""

    reason: Refused
    message: str
    remedy: str


def plan(
    preview: Preview, *, leave_out_bad: bool = False, accept_leavers: bool = False
) -> list[RollChange] | RollRefused:
    """Return all that is to be applied in one act, or why nothing is.

    Leavers come first, since their cards and compartments may have new owners.
    """
    if preview.bad and not leave_out_bad:
        return RollRefused(
            Refused.BAD_ROWS,
            f"{len(preview.bad)} rows cannot be taken as they are",
            "Correct them in the school's own system and export again, "
            "or leave these rows out.",
        )
    if preview.asks_leavers and not accept_leavers:
        return RollRefused(
            Refused.MANY_LEAVERS,
            f"{len(preview.left)} of {preview.pupils} pupils would leave the roll, "
            "which is more than a fifth",
            "Look whether the file has the whole school. If they do leave, say so.",
        )
    return [
        *(Leave(pupil.pupil) for pupil in preview.left),
        *(Change(one.before.pupil, one.row, one.fields) for one in preview.changed),
        *(Join(row) for row in preview.added),
    ]
