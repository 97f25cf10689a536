"""From letters to a table: delimiter, titles above the headings, quotes, line numbers.

A record's number is the line on which it begins, as an editor shows it, also after
cells with line breaks in them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from controller.roll.errors import (
    RollHeadingsMissing,
    RollQuoteOpen,
    RollTooLarge,
)
from controller.roll.headings import (
    ROLL,
    TITLE_ROWS,
    Columns,
    Headings,
    columns_of,
    known_headings,
    missing_from,
)

MAX_ROWS = 5_000
MAX_COLUMNS = 300
DELIMITERS = ",;\t|"
_OPEN_QUOTE = "unexpected end of data"  # the csv module's words for it, 3.11 to 3.13

NEEDED: tuple[tuple[str, ...], ...] = (
    ("first name", "name"),
    ("last name", "name"),
    ("class",),
)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the file.

    Attributes:
        line: where it begins, counted from 1.
        cells: as they are, white space around them taken off.
        raw: the lines that it was read from.
        torn: whether its quotation marks do not fit; then ``cells`` are a guess.
    """

    line: int
    cells: tuple[str, ...]
    raw: tuple[str, ...]
    torn: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether no cell has anything in it."""
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A file with headings: which columns are which fields, and the records below."""

    where: str
    delimiter: str
    columns: Columns
    records: tuple[Record, ...]

    def cell(self, cells: Sequence[str], field: str) -> str:
        """Return the first cell of ``field`` that has something in it, else ''."""
        filled = (cells[i] for i in self.columns.get(field, ()) if i < len(cells))
        return next(filter(None, filled), "")

    def all_cells(self, cells: Sequence[str], field: str) -> list[str]:
        """Return every cell of ``field`` that has something in it."""
        columns = self.columns.get(field, ())
        return [cells[i] for i in columns if i < len(cells) and cells[i]]

    def split(self, raw: str) -> tuple[str, ...]:
        """Return the cells of one line read by itself."""
        return _lenient((raw,), self.delimiter)


def read_table(
    where: str,
    text: str,
    needed: Sequence[tuple[str, ...]] = NEEDED,
    headings: Headings = ROLL,
    most: int = MAX_ROWS,
) -> Table:
    """Return the table in ``text``, with its headings found and blank rows left out.

    Args:
        where: what the file is called, for messages.
        text: the file.
        needed: which headings there must be, each in one of several forms.
        headings: by which words its columns are known.
        most: rows that are taken.

    Raises:
        RollHeadingsMissing, RollHeadingTwice, RollQuoteOpen, RollTooLarge.
    """
    delimiter = _delimiter(text, headings)
    records = records_of(where, text, delimiter)
    top = list(islice(records, TITLE_ROWS))
    known = {record.line: known_headings(record.cells, headings) for record in top}
    best = max(top, key=lambda record: known[record.line], default=None)
    if best is None:
        raise RollHeadingsMissing(where, missing=missing_from({}, needed))
    columns = columns_of(best.cells, where=where, line=best.line, headings=headings)
    if missing := missing_from(columns, needed):
        raise RollHeadingsMissing(where, missing=missing)
    below = [record for record in top if record.line > best.line]
    for record in records:
        below.append(record)
        if len(below) > most:
            raise RollTooLarge(where, limit=most, unit="rows")
    return Table(where, delimiter, columns, tuple(below))


def records_of(where: str, text: str, delimiter: str) -> Iterator[Record]:
    """Yield the records that are not blank.

    Raises:
        RollQuoteOpen, RollTooLarge.
    """
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = lines.count + 1
        torn = False
        try:
            cells: Sequence[str] = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if _OPEN_QUOTE in str(error):
                raise RollQuoteOpen(where, line=line) from None
            torn = True
        raw = lines.taken()
        if torn:
            cells = _lenient(raw, delimiter)
        if len(cells) > MAX_COLUMNS:
            raise RollTooLarge(where, limit=MAX_COLUMNS, unit="columns")
        record = Record(line, tuple(cell.strip() for cell in cells), raw, torn)
        if not record.is_blank:
            yield record


def _lenient(raw: Sequence[str], delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(
            cell.strip()
            for cells in csv.reader(raw, delimiter=delimiter)
            for cell in cells
        )
    except csv.Error:  # a cell of more than 128 kB
        return ()


def _delimiter(text: str, headings: Headings) -> str:
    """Return the delimiter under which the first rows have most headings."""
    return max(DELIMITERS, key=lambda each: _most_headings(text, each, headings))


def _most_headings(text: str, delimiter: str, headings: Headings) -> int:
    top = islice(io.StringIO(text, newline=""), TITLE_ROWS)
    rows = (_lenient((line,), delimiter) for line in top)
    return max((known_headings(row, headings) for row in rows), default=0)


class _Lines:
    """The lines of a text, counted; remembers those taken since it was last asked."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._taken: list[str] = []
        self.count = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.count += 1
        self._taken.append(line)
        return line

    def taken(self) -> tuple[str, ...]:
        """Return the lines since the last call."""
        taken, self._taken = tuple(self._taken), []
        return taken
