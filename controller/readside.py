"""The last known public state, read from ``hometime.db`` while no controller answers.

There is nothing personal in that file; people.db is never opened here. A controller
that was killed leaves its log beside the file, and in it the newest entries: it is read
too, and nothing is written, so that the next controller finds what the last one left.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import msgspec

from controller.domain.state import Bank, Compartment, SchoolClass
from controller.errors import JournalError
from controller.journal.layout import Layout
from controller.journal.reading import open_read_only
from controller.protocol import Board, BoardDoor
from controller.service.doorwords import door_word

COPY_MOST = 64 * 1024 * 1024
"""A log that has lost its index can only be read from a copy. Bytes of the largest one:
a school year is about 40 MB; the site may have 256 MB (``hometime-web.service``), and
its temporary files may count as such."""


NEWEST = "SELECT at FROM entry ORDER BY node DESC, epoch DESC, seq DESC LIMIT 1"
"""By its place, never by its time: a clock may have been ahead once."""


def last_known(data: Path) -> Board | None:
    """Return the board as it was written last, or ``None`` where nothing can be read.

    Its ``at_us`` is when the last entry was written, which is how old it is.
    """
    try:
        if _needs_copy(Layout(data)) > COPY_MOST:
            return None
        with open_read_only(data) as database:
            return _board(database)
    except (sqlite3.Error, OSError, JournalError, msgspec.MsgspecError):
        return None


def _needs_copy(layout: Layout) -> int:
    """Return how many bytes of a log without its index would have to be copied."""
    if layout.wal_index.exists() or not layout.wal.exists():
        return 0
    return layout.database.stat().st_size + layout.wal.stat().st_size


def _board(database: sqlite3.Connection) -> Board | None:
    bank = _table(database, "bank", Bank).get("bank")
    if bank is None:
        return None
    classes = _table(database, "classes", SchoolClass)
    sign = classes.get(bank.klass) or next(iter(classes.values()), None)
    doors = _table(database, "compartments", Compartment)
    newest = database.execute(NEWEST).fetchone()
    return Board(
        bank=bank.bank,
        class_name=sign.name if sign else bank.bank,
        year=sign.year if sign else "",
        columns=bank.columns,
        at_us=newest[0] if newest else 0,
        clock="guessed",
        timezone=bank.timezone,
        school_day=False,
        phase="closed-day",
        stops=[],
        next_label="",
        next_at_us=0,
        doors=[
            BoardDoor(n, door_word(doors.get(str(n)) or Compartment(n)))
            for n in bank.places
        ],
        evacuated=bank.evacuated_us > 0,
        readers_out=[],
        blocks=list(bank.blocks),
    )


def _table(database: sqlite3.Connection, name: str, kind: type[Any]) -> dict[str, Any]:
    rows = database.execute(
        "SELECT key, value FROM projection WHERE name = ? ORDER BY key", (name,)
    )
    return {key: msgspec.json.decode(value, type=kind) for key, value in rows}
