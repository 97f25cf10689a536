"""What one hand-in costs the card of flash memory, and the board the line."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Final

from tools.bench_classroom import Classroom
from tools.bench_table import Row

HAND_INS: Final = 12
PAGE_BYTES: Final = 4096
MOST_BYTES: Final = 60_000

ENTRIES: Final = "SELECT at, mono, count(*) FROM entry WHERE seq > ? GROUP BY at, mono"


def hand_in_row(room: Classroom) -> Row:
    """Measure what the controller writes while pupils hand in, the head included."""
    before, start = _last_seq(room), room.controller.written_bytes()
    for pupil in room.pupils[:HAND_INS]:
        room.tap_and_shut(pupil, label="phone")
    written = (room.controller.written_bytes() - start) / HAND_INS
    moments = _moments(room, before)
    entries = moments.total() / HAND_INS
    return Row(
        "hand-in",
        f"{written / 1000:.1f} kB: {entries:.1f} entries in "
        f"{len(moments) / HAND_INS:.1f} commits, mean of {HAND_INS}",
        f"one 4 KiB page per entry: {entries * PAGE_BYTES / 1000:.1f} kB",
        written <= MOST_BYTES,
    )


def _journal(room: Classroom) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{room.folder / 'hometime.db'}?mode=ro", uri=True)


def _last_seq(room: Classroom) -> int:
    with _journal(room) as journal:
        last: int = journal.execute("SELECT max(seq) FROM entry").fetchone()[0]
        return last


def _moments(room: Classroom, after: int) -> Counter[tuple[int, int]]:
    """Return the entries of each moment; those of one moment share a commit."""
    with _journal(room) as journal:
        return Counter(
            {(at, mono): n for at, mono, n in journal.execute(ENTRIES, (after,))}
        )
