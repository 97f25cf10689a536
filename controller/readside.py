"""The last known public state, read from ``hometime.db`` while no controller runs.

There is nothing personal in that file; people.db is never opened here. While a writer
is there, or a log that it left, the file cannot be read without it: nothing is known.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from controller.domain.state import Bank, Compartment, SchoolClass
from controller.journal.layout import Layout
from controller.protocol import Board, BoardDoor
from controller.service.doorwords import door_word


def last_known(data: Path) -> Board | None:
    """Return the board as it was written last, or ``None`` where nothing can be read.

    Its ``at_us`` is when the last entry was written, which is how old it is.
    """
    layout = Layout(data)
    if not layout.database.exists() or layout.wal.exists():
        return None
    address = f"{layout.database.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            return _board(database)
    except (sqlite3.Error, msgspec.MsgspecError):
        return None


def _board(database: sqlite3.Connection) -> Board | None:
    bank = _table(database, "bank", Bank).get("bank")
    if bank is None:
        return None
    classes = _table(database, "classes", SchoolClass)
    sign = classes.get(bank.klass) or next(iter(classes.values()), None)
    doors = _table(database, "compartments", Compartment)
    (at_us,) = database.execute("SELECT max(at) FROM entry").fetchone()
    return Board(
        bank=bank.bank,
        class_name=sign.name if sign else bank.bank,
        year=sign.year if sign else "",
        columns=bank.columns,
        at_us=at_us or 0,
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
