"""Reading a roll from whatever the school has: CSV, a OneRoster folder or zip (DAT-1).

Nothing here knows who is on the roll now, and nothing is changed by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from controller.roll.archive import (
    Files,
    from_folder,
    from_zip,
    is_zip,
    read_bounded,
)
from controller.roll.clashes import clashes, without_repeats
from controller.roll.errors import RollEmpty, RollError, RollIncomplete
from controller.roll.model import BadRow, ParsedRoll, RollRow
from controller.roll.oneroster import is_oneroster, read_oneroster
from controller.roll.rows import about_lines, cells_of, in_order, make_row, notes_on
from controller.roll.rows import torn_row as torn
from controller.roll.table import Record, Table, read_table
from controller.roll.text import check_ending, decode


def parse(
    source: Path | bytes, filename: str = "", *, on: date | None = None
) -> ParsedRoll:
    """Return what a roll file says.

    Args:
        source: a CSV file, a OneRoster zip or folder, or the bytes of one of the first
            two.
        filename: what the file is called, for messages; the path's own if not given.
        on: the day for which OneRoster's enrolments count.

    Raises:
        RollError: it cannot be read as a roll at all. Bad rows are no error: they are
            in the result, each with its line and reason.
    """
    if isinstance(source, bytes):
        return _parse_bytes(source, filename or "the file", on)
    where = filename or source.name
    try:
        if source.is_dir():
            return _parse_files(where, from_folder(source), on)
        return _parse_bytes(read_bounded(source), where, on)
    except OSError as error:
        raise RollError(f"{where}: cannot be read ({error.strerror})") from error


def _parse_bytes(data: bytes, where: str, on: date | None) -> ParsedRoll:
    check_ending(where)
    if is_zip(data):
        return _parse_files(where, from_zip(where, data), on)
    return _parse_csv(where, data)


def _parse_files(where: str, files: Files, on: date | None) -> ParsedRoll:
    if is_oneroster(files):
        read = read_oneroster(files, on)
        return _finished(read.rows, read)
    if len(files) == 1:
        ((name, data),) = files.items()
        return _parse_csv(name, data)
    raise RollIncomplete(where, found="neither OneRoster's files nor one CSV in it")


def _parse_csv(where: str, data: bytes) -> ParsedRoll:
    table = read_table(where, decode(where, data))
    if not table.records:
        raise RollEmpty(where)
    read = [_row(table, record) for record in table.records]
    bad = tuple(row for row in read if isinstance(row, BadRow))
    rows = [row for row in read if isinstance(row, RollRow)]
    return _finished(rows, ParsedRoll(rows=(), bad=bad))


def _row(table: Table, record: Record) -> RollRow | BadRow:
    if record.torn:
        return torn(table, record)
    row = make_row(record.line, cells_of(table, record))
    if isinstance(row, BadRow) and len(record.raw) > 1:
        return replace(row, about=about_lines(table, record))
    return row


def _finished(rows: Iterable[RollRow], read: ParsedRoll) -> ParsedRoll:
    """Return the roll with repeats read once and clashes taken out."""
    once, repeats = without_repeats(rows)
    sound, clashing = clashes(once)
    remarks = (note for row in sound for note in notes_on(row))
    return ParsedRoll(
        rows=tuple(sound),
        bad=in_order((*read.bad, *clashing), lambda row: row.line),
        notes=in_order((*read.notes, *repeats, *remarks), lambda note: note.line),
        source=read.source,
    )
