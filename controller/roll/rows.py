"""From a record's cells to a pupil's row, or to every reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from controller.roll import cells, folding
from controller.roll.model import BadRow, Note, RollRow, RowKeys
from controller.roll.table import Record, Table

Cells = Mapping[str, str]
"""By the names of ``headings.HEADINGS``: what the row has in each field, or ''."""

FIELDS = (
    "first name",
    "last name",
    "name",
    "class",
    "admission number",
    "UPN",
    "year",
    "language",
    "card",
    "compartment",
    "table",
)
C = TypeVar("C")
T = TypeVar("T")


def cells_of(table: Table, record: Record) -> dict[str, str]:
    """Return the record's cell of each field."""
    return {field: table.cell(record.cells, field) for field in FIELDS}


def make_row(line: int, found: Cells) -> RollRow | BadRow:
    """Return the pupil's row, or one bad row with every reason at once."""
    reading = Reading()
    first, last = _names(reading, found)
    class_name = reading.read("class", cells.class_name, found["class"])
    external_id = reading.given("admission number", cells.external_id, found)
    upn = reading.given("UPN", cells.upn, found)
    year = reading.given("year", cells.year, found)
    language = reading.given("language", cells.language, found)
    card = reading.given("card", cells.card, found)
    compartment = reading.given("compartment", cells.compartment, found)
    group = reading.given("table", cells.table, found)
    if reading.faults or first is None or last is None or class_name is None:
        return BadRow(line, "; ".join(reading.faults), frozenset({keys_of(found)}))
    return RollRow(
        line=line,
        first_name=first,
        last_name=last,
        class_name=class_name,
        class_slug=folding.slug(class_name),
        external_id=external_id or None,
        upn=upn,
        year=year,
        language=language,
        card=card,
        compartment=compartment,
        group=group,
    )


def torn_row(table: Table, record: Record) -> BadRow:
    """Return the bad row for a record whose quotation marks do not fit."""
    return BadRow(
        record.line,
        "a quotation mark is followed by other text, remove it or close it",
        about_lines(table, record),
    )


def about_lines(table: Table, record: Record) -> frozenset[RowKeys]:
    """Return whom each line of a record may be about, were it read by itself.

    A stray quotation mark swallows the lines below it into one cell; the pupils on them
    must not leave for that.
    """
    apart = [table.split(raw) for raw in record.raw]
    return frozenset(
        keys_of({field: table.cell(split, field) for field in FIELDS})
        for split in (record.cells, *apart)
    )


def keys_of(found: Cells) -> RowKeys:
    """Return by what the pupil of a row may be known, whatever else is wrong."""
    first, last = found["first name"], found["last name"]
    if not (first and last) and "," in found["name"]:
        last, _, first = found["name"].partition(",")
    return RowKeys(
        external_id=folding.number(cells.unguarded(found["admission number"])),
        upn="".join(found["UPN"].split()).upper(),
        name=(folding.folded(first), folding.folded(last)),
    )


def row_keys(row: RollRow) -> RowKeys:
    """Return by what the pupil of a sound row is known."""
    return RowKeys(
        external_id=folding.number(row.external_id or ""),
        upn=row.upn or "",
        name=(folding.folded(row.first_name), folding.folded(row.last_name)),
    )


def notes_on(row: RollRow) -> Iterator[Note]:
    """Yield what somebody should look at in a row that is taken as it is."""
    for field, text in (("first name", row.first_name), ("last name", row.last_name)):
        if cells.looks_like_formula(text):
            yield Note(row.line, f"{field}: begins like a formula, kept as text")
        if cells.looks_misread(text):
            yield Note(
                row.line,
                f"{field}: letters look wrongly read, export again as UTF-8 if so",
            )


def in_order(items: Iterable[T], line: Callable[[T], int]) -> tuple[T, ...]:
    """Return ``items`` in the order of the file."""
    return tuple(sorted(items, key=line))


class Reading:
    """Reads cells and remembers every fault on the way."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def read(self, field: str, rule: Callable[[C], T], cell: C) -> T | None:
        """Return what ``rule`` makes of the cell, ``None`` with a fault noted."""
        try:
            return rule(cell)
        except cells.BadCell as bad:
            self.faults.append(f"{field}: {bad}")
            return None

    def given(self, field: str, rule: Callable[[str], T], found: Cells) -> T | None:
        """Return what ``rule`` makes of a cell that may be empty."""
        return self.read(field, rule, found[field]) if found[field] else None


def _names(reading: Reading, found: Cells) -> tuple[str | None, str | None]:
    if found["name"] and not (found["first name"] or found["last name"]):
        both = reading.read("name", cells.split_name, found["name"])
        return (None, None) if both is None else (both[1], both[0])
    return (
        reading.read("first name", cells.name, found["first name"]),
        reading.read("last name", cells.name, found["last name"]),
    )
