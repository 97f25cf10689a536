"""A list of adults from a file: one row for each pupil and adult (CUS-4).

What is read of an adult is what a list here has: a name, what the adult is to the
pupil, and whether nothing may ever be released to the adult.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from controller.roll import adult_cells, cells, folding
from controller.roll.adult_headings import ADULT_LISTS
from controller.roll.errors import RollEmpty
from controller.roll.model import BadRow, Note
from controller.roll.rows import Reading
from controller.roll.table import Record, Table, read_table
from controller.roll.text import decode

MOST_ROWS: Final = 10_000
"""Five adults for each of 2,000 pupils."""

NEVER, COLLECTS = "never release", "may collect"
NEEDED: Final = (
    ("admission number", "UPN", "first name", "name"),
    ("adult's last name", "adult's name"),
)


@dataclass(frozen=True, slots=True)
class AdultRow:
    """One adult of one pupil, as the file has it.

    Attributes:
        line: where it begins in the file.
        number, upn, name, class_slug: by what the pupil is known, '' where unsaid.
        adult: the adult's name.
        adult_id: by what the school's system knows the adult; '' where unsaid.
        relationship: of the adult to the pupil; '' where unsaid.
        never: whether nothing may be released to the adult; ``None`` where unsaid.
        collects: whether the adult may collect; ``None`` where unsaid.
    """

    line: int
    number: str = field(repr=False)
    upn: str = field(repr=False)
    name: tuple[str, str] = field(repr=False)
    class_slug: str
    adult: str = field(repr=False)
    adult_id: str = field(default="", repr=False)
    relationship: str = ""
    never: bool | None = None
    collects: bool | None = None

    @property
    def belongs(self) -> bool:
        """Whether the adult is to be on the list: to collect, or to be warned of."""
        return bool(self.never) or self.collects is not False


@dataclass(frozen=True, slots=True)
class ParsedAdults:
    """A file of adults, read."""

    rows: tuple[AdultRow, ...]
    bad: tuple[BadRow, ...]
    notes: tuple[Note, ...] = ()


def parse_adults(data: bytes, filename: str = "") -> ParsedAdults:
    """Return what a CSV of adults says.

    Raises:
        RollError: it cannot be read as one at all.
    """
    where = filename or "the file"
    text = decode(where, data)
    table = read_table(where, text, NEEDED, ADULT_LISTS, MOST_ROWS)
    if not table.records:
        raise RollEmpty(where)
    read = [_row(table, record) for record in table.records]
    rows = tuple(row for row in read if isinstance(row, AdultRow))
    return ParsedAdults(
        rows=rows,
        bad=tuple(row for row in read if isinstance(row, BadRow)),
        notes=tuple(note for row in rows for note in _notes(row)),
    )


def _row(table: Table, record: Record) -> AdultRow | BadRow:
    if record.torn:
        return BadRow(record.line, "a quotation mark in the wrong place, remove it")
    found = {name: table.cell(record.cells, name) for name in ADULT_LISTS.words}
    reading = Reading()
    names = reading.read("name", _pupils_name, found)
    adult = reading.read("adult's name", _adults_name, found)
    adult_id = reading.read("adult's id", cells.external_id, found["adult's id"])
    what = reading.read("relationship", adult_cells.relationship, found["relationship"])
    never = reading.read("never release", _any_yes, _all(table, record, NEVER))
    collects = reading.read("may collect", _any_no, _all(table, record, COLLECTS))
    if reading.faults or names is None or adult is None:
        return BadRow(record.line, "; ".join(reading.faults))
    return AdultRow(
        line=record.line,
        number=folding.number(cells.unguarded(found["admission number"])),
        upn="".join(found["UPN"].split()).upper(),
        name=(folding.folded(names[0]), folding.folded(names[1])),
        class_slug=folding.slug(found["class"]),
        adult=adult,
        adult_id=folding.number(adult_id or ""),
        relationship=what or "",
        never=never,
        collects=collects,
    )


def _pupils_name(found: Mapping[str, str]) -> tuple[str, str]:
    """Return the pupil's first and last name; beside a number they may be left out."""
    if found["first name"] or found["last name"] or not found["name"]:
        return found["first name"], found["last name"]
    try:
        last, first = cells.split_name(found["name"])
    except cells.BadCell:
        if found["admission number"] or found["UPN"]:
            return "", ""
        raise
    return first, last


def _adults_name(found: Mapping[str, str]) -> str:
    """Return "Forename Surname", out of two columns or of one."""
    first, last = found["adult's first name"], found["adult's last name"]
    if not (first or last):
        last, comma, first = found["adult's name"].partition(",")
        if not comma:
            first, last = last, ""
    return adult_cells.adult_name(first.strip(), last.strip())


def _all(table: Table, record: Record, name: str) -> list[str]:
    return table.all_cells(record.cells, name)


def _any_yes(cells_: Sequence[str]) -> bool | None:
    """Return whether one of the columns of a meaning says yes."""
    said = {adult_cells.yes_or_no(one) for one in cells_}
    return True in said if said else None


def _any_no(cells_: Sequence[str]) -> bool | None:
    """Return ``False`` where one of the columns of a meaning says no."""
    said = {adult_cells.yes_or_no(one) for one in cells_}
    return False not in said if said else None


def _notes(row: AdultRow) -> list[Note]:
    notes = []
    if cells.looks_like_formula(row.adult):
        notes.append("adult's name: begins like a formula, kept as text")
    if cells.looks_misread(row.adult):
        notes.append(
            "adult's name: letters look wrongly read, export again as UTF-8 if so"
        )
    return [Note(row.line, text) for text in notes]
