"""The schema of ``hometime.db``, step by step. A released step never changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Final

Step = Callable[[sqlite3.Connection], None]

# With a rowid, an entry at the end begins a new leaf; WITHOUT ROWID each full leaf is
# spread over three, and a row of more than 230 bytes leaves its page: 1.6 times the
# bytes for a hand-in (docs/reference/journal.md). The primary key is a small index.
ENTRY: Final = """
CREATE TABLE entry (
    node   TEXT    NOT NULL,
    epoch  INTEGER NOT NULL CHECK (epoch >= 1),
    seq    INTEGER NOT NULL CHECK (seq >= 1),
    at     INTEGER NOT NULL,
    mono   INTEGER NOT NULL,
    boot   TEXT    NOT NULL,
    clock  TEXT    NOT NULL CHECK (clock IN ('synced', 'rtc', 'guessed')),
    kind   TEXT    NOT NULL,
    body   TEXT    CHECK (body IS NULL OR json_type(body, '$.v') IS 'integer'),
    nonce  BLOB    CHECK (length(nonce) = 16),
    digest BLOB    NOT NULL CHECK (length(digest) = 32),
    prev   BLOB    NOT NULL CHECK (length(prev) = 32),
    hash   BLOB    NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (node, epoch, seq),
    CHECK ((body IS NULL) = (nonce IS NULL))
) STRICT
"""

# Only at the end: the next of the epoch, or the first of a later one. This also refuses
# INSERT OR REPLACE, which fires no DELETE trigger unless recursive_triggers is on.
APPEND_ONLY: Final = """
CREATE TRIGGER entry_append_only BEFORE INSERT ON entry
WHEN EXISTS (
    SELECT 1 FROM (
        SELECT epoch, seq, hash FROM entry WHERE node = NEW.node
        ORDER BY epoch DESC, seq DESC LIMIT 1
    ) AS tail
    WHERE NEW.prev <> tail.hash
       OR NOT (NEW.epoch = tail.epoch AND NEW.seq = tail.seq + 1
               OR NEW.epoch > tail.epoch AND NEW.seq = 1
                  AND NEW.kind = 'EpochBegan')
)
OR NEW.seq <> 1 AND NOT EXISTS (SELECT 1 FROM entry WHERE node = NEW.node)
BEGIN
    SELECT RAISE(ABORT, 'entry: only the next one may be added');
END
"""

NO_DELETE: Final = """
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'entry: none may be deleted');
END
"""

# The one update: body and nonce to null, while the newest entry is the Forgotten that
# names this one. Any later entry closes the door again.
ONLY_FORGET: Final = """
CREATE TRIGGER entry_only_forget BEFORE UPDATE ON entry
WHEN NOT (
    NEW.body IS NULL AND NEW.nonce IS NULL
    AND NEW.node = OLD.node AND NEW.epoch = OLD.epoch AND NEW.seq = OLD.seq
    AND NEW.at = OLD.at AND NEW.mono = OLD.mono AND NEW.boot = OLD.boot
    AND NEW.clock = OLD.clock AND NEW.kind = OLD.kind
    AND NEW.digest = OLD.digest AND NEW.prev = OLD.prev AND NEW.hash = OLD.hash
    AND OLD.kind NOT IN ('Forgotten', 'EpochBegan')
    AND EXISTS (
        SELECT 1 FROM (
            SELECT kind, body FROM entry WHERE node = OLD.node
            ORDER BY epoch DESC, seq DESC LIMIT 1
        ) AS tail, json_each(tail.body, '$.ranges') AS range
        WHERE tail.kind = 'Forgotten'
          AND json_extract(range.value, '$[0]') = OLD.epoch
          AND OLD.seq BETWEEN json_extract(range.value, '$[1]')
                          AND json_extract(range.value, '$[2]')
    )
)
BEGIN
    SELECT RAISE(ABORT, 'entry: only a body may be forgotten, and by a Forgotten');
END
"""

# epoch and seq say which entry made the row what it is.
PROJECTION: Final = """
CREATE TABLE projection (
    name  TEXT    NOT NULL,
    key   TEXT    NOT NULL,
    value TEXT    NOT NULL,
    epoch INTEGER NOT NULL,
    seq   INTEGER NOT NULL,
    PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID
"""


def first_schema(connection: sqlite3.Connection) -> None:
    """Entries with their guards, and the projections."""
    for statement in (ENTRY, APPEND_ONLY, NO_DELETE, ONLY_FORGET, PROJECTION):
        connection.execute(statement)


STEPS: Final[Sequence[Step]] = (first_schema,)
"""In order, each once. New steps are added at the end."""
