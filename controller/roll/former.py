"""Who has left and is back: by the school's number or the UPN, never by name alone."""

from __future__ import annotations

from collections.abc import Sequence

from controller.roll.matching import CurrentPupil, index, is_stranger
from controller.roll.model import RollRow
from controller.roll.rows import row_keys


class Former:
    """Pupils who are on the roll no more.

    A number may have been given to another child since: one of the two names must be
    the same. Then it is the same pupil, with the same language and record; what was
    left behind a door is still this pupil's.
    """

    def __init__(self, pupils: Sequence[CurrentPupil]) -> None:
        self._numbers = index(pupils, lambda one: one.keys.external_id)
        self._upns = index(pupils, lambda one: one.keys.upn)

    def of(self, row: RollRow) -> str | None:
        """Return the id of the pupil whom a new row brings back, or ``None``."""
        keys = row_keys(row)
        known = self._numbers.get(keys.external_id) or self._upns.get(keys.upn)
        return None if known is None or is_stranger(row, known) else known.pupil


NOBODY = Former(())
"""Where nobody has left."""
