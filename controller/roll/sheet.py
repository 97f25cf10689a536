"""One OneRoster file as rows by column name; the standard fixes the names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from controller.roll.archive import Files
from controller.roll.errors import RollIncomplete, RollQuoteOpen, RollTooLarge
from controller.roll.table import records_of
from controller.roll.text import decode

MAX_ROWS = 50_000
"""Enrolments: 5,000 pupils in ten classes each."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: ``row["givenName"]`` is its cell, '' where it has none."""

    line: int
    cells: Sequence[str]
    columns: Mapping[str, int]
    torn: bool

    def __getitem__(self, name: str) -> str:
        column = self.columns.get(name.lower(), len(self.cells))
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def is_deleted(self) -> bool:
        """Whether the sender says that this row is to go (OneRoster 4.13.8)."""
        return self["status"].lower() == "tobedeleted"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of the export."""

    name: str
    columns: Mapping[str, int]
    rows: tuple[SheetRow, ...]

    def __iter__(self) -> Iterator[SheetRow]:
        return iter(self.rows)


def read_sheet(files: Files, name: str, wanted: Sequence[str]) -> Sheet:
    """Return the file ``name``, which must have the columns ``wanted``.

    Raises:
        RollIncomplete: no such file, or it lacks a column.
        RollError: it cannot be read.
    """
    if name not in files:
        raise RollIncomplete(name, found="is not in the export")
    records = records_of(name, decode(name, files[name]), ",")
    try:
        top = next(records, None)
    except RollQuoteOpen:
        top = None
    columns = {} if top is None else _columns(top.cells)
    if missing := [one for one in wanted if one.lower() not in columns]:
        raise RollIncomplete(name, found=f"has no column {', '.join(missing)}")
    rows = []
    for record in records:
        rows.append(SheetRow(record.line, record.cells, columns, record.torn))
        if len(rows) > MAX_ROWS:
            raise RollTooLarge(name, limit=MAX_ROWS, unit="rows")
    return Sheet(name, columns, tuple(rows))


def _columns(cells: Sequence[str]) -> dict[str, int]:
    return {cell.lower(): column for column, cell in reversed([*enumerate(cells)])}
