"""The roll as CSV, safe to open in a spreadsheet, and read back without a change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from controller.roll.cells import FORMULA_STARTS
from controller.roll.matching import CurrentPupil
from controller.roll.model import RollRow

_COLUMNS: Mapping[str, str] = {
    "Admission number": "external_id",
    "UPN": "upn",
    "Forename": "first_name",
    "Surname": "last_name",
    "Class": "class",
    "Year": "year",
    "Language": "language",
    "Card": "card",
    "Compartment": "compartment",
    "Table": "group",
}


def to_csv(pupils: Iterable[RollRow | CurrentPupil]) -> str:
    """Return a CSV of ``pupils`` with headings; :func:`parse` reads it back."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for pupil in pupils:
        writer.writerow(_cell(pupil, attribute) for attribute in _COLUMNS.values())
    return out.getvalue()


def guarded(text: str) -> str:
    """Return ``text`` so that a spreadsheet shows it instead of running it.

    >>> guarded("=1+1"), guarded("O'Brien"), guarded("'=1")
    ("'=1+1", "O'Brien", "''=1")
    """
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def _cell(pupil: RollRow | CurrentPupil, attribute: str) -> str:
    if attribute == "class":
        return guarded(
            pupil.class_name if isinstance(pupil, RollRow) else pupil.class_slug
        )
    value = getattr(pupil, attribute)
    if value is None:
        return ""
    return value.hex(":").upper() if isinstance(value, bytes) else guarded(str(value))
