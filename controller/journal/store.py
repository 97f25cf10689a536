"""The SQL of the journal: rows in, rows out, one transaction at a time.

Knows no facts and no state. A store whose write failed is *broken*: it says so for ever
and writes nothing more, since after a failed sync nobody knows what the disk holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from typing import Final

from controller.errors import JournalUnwritable
from controller.journal.entry import GENESIS, SNAPSHOT, Entry, Head, Position
from controller.journal.projections import NO_CHANGES, Changes, Key

COLUMNS: Final = (
    "node, epoch, seq, at, mono, boot, clock, kind, body, nonce, digest, prev, hash"
)
_INSERT: Final = f"INSERT INTO entry ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"  # noqa: S608  constant
_SELECT: Final = f"SELECT {COLUMNS} FROM entry WHERE node = ? "  # noqa: S608  constant
_PUT: Final = (
    "INSERT INTO projection (name, key, value, epoch, seq) VALUES (?,?,?,?,?) "
    "ON CONFLICT (name, key) DO UPDATE SET "
    "value = excluded.value, epoch = excluded.epoch, seq = excluded.seq"
)
_DROP: Final = "DELETE FROM projection WHERE name = ? AND key = ?"
_FORGET: Final = (
    "UPDATE entry SET body = NULL, nonce = NULL "
    "WHERE node = ? AND epoch = ? AND seq BETWEEN ? AND ?"
)

Range = tuple[int, int, int]
"""Epoch, first and last sequence of entries whose bodies are forgotten."""


class Rows:
    """Reads the entries of one node over any connection.

    Args:
        connection: its text may be damaged; see ``reading.open_read_only``.
        node: whose entries.
    """

    def __init__(self, connection: sqlite3.Connection, node: str) -> None:
        self._connection = connection
        self.node = node

    def tail(self) -> Head:
        """Return the journal's end."""
        row = self._connection.execute(
            "SELECT epoch, seq, hash FROM entry WHERE node = ? "
            "ORDER BY epoch DESC, seq DESC LIMIT 1",
            (self.node,),
        ).fetchone()
        return GENESIS if row is None else Head(*row)

    def at(self, position: Position) -> Entry | None:
        """Return the entry at ``position``, if there is one."""
        row = self._connection.execute(
            _SELECT + "AND epoch = ? AND seq = ?", (self.node, *position)
        ).fetchone()
        return None if row is None else Entry(*row)

    def before(self, position: Position) -> Head:
        """Return the journal's end as it was before ``position``."""
        row = self._connection.execute(
            "SELECT epoch, seq, hash FROM entry WHERE node = ? "
            "AND (epoch, seq) < (?, ?) ORDER BY epoch DESC, seq DESC LIMIT 1",
            (self.node, *position),
        ).fetchone()
        return GENESIS if row is None else Head(*row)

    def since(self, position: Position) -> Iterator[Entry]:
        """Yield the entry at ``position`` and all after it, in order."""
        cursor = self._connection.execute(
            _SELECT + "AND (epoch, seq) >= (?, ?) ORDER BY epoch, seq",
            (self.node, *position),
        )
        return (Entry(*row) for row in cursor)

    def page(
        self,
        *,
        after: Position | None = None,
        before: Position | None = None,
        limit: int = 100,
        kinds: Collection[str] | None = None,
        newest_first: bool = False,
    ) -> list[Entry]:
        """Return up to ``limit`` entries between two positions, both exclusive.

        Args:
            after: later than this.
            before: earlier than this.
            limit: how many at most.
            kinds: only these; ``None`` for all.
            newest_first: begin at the end, for paging back in time.
        """
        where = ""
        values: list[object] = [self.node]
        if after is not None:
            where += "AND (epoch, seq) > (?, ?) "
            values += after
        if before is not None:
            where += "AND (epoch, seq) < (?, ?) "
            values += before
        if kinds is not None:
            where += f"AND kind IN ({','.join('?' * len(kinds))}) "
            values += sorted(kinds)
        down = "DESC" if newest_first else "ASC"
        where += f"ORDER BY epoch {down}, seq {down} LIMIT ?"
        cursor = self._connection.execute(_SELECT + where, (*values, limit))
        return [Entry(*row) for row in cursor]

    def snapshots(
        self, *, after: Position | None = None, newest_first: bool = True
    ) -> Iterator[Entry]:
        """Yield the snapshots later than ``after`` that still have a body."""
        before: Position | None = None
        while found := self.page(
            after=after,
            before=before,
            limit=1,
            kinds=(SNAPSHOT,),
            newest_first=newest_first,
        ):
            if newest_first:
                before = found[0].position
            else:
                after = found[0].position
            if found[0].body is not None:
                yield found[0]

    def matching(self, kinds: Collection[str], before_us: int) -> list[Position]:
        """Return where entries of ``kinds`` before ``before_us`` still have a body."""
        cursor = self._connection.execute(
            "SELECT epoch, seq FROM entry WHERE node = ? AND at < ? "  # noqa: S608  question marks only
            f"AND body IS NOT NULL AND kind IN ({','.join('?' * len(kinds))}) "
            "ORDER BY epoch, seq",
            (self.node, before_us, *sorted(kinds)),
        )
        return [Position(*row) for row in cursor]

    def naming(self, name: str) -> Position | None:
        """Return where the first entry stands whose body names ``name``, an id.

        Reads every body: for the few texts whose entry is not known.
        """
        row = self._connection.execute(
            "SELECT epoch, seq FROM entry WHERE node = ? AND instr(body, ?) "
            "ORDER BY epoch, seq LIMIT 1",
            (self.node, f'"{name}"'),
        ).fetchone()
        return None if row is None else Position(*row)

    def last_forgotten(self) -> Position | None:
        """Return where the newest entry without a body stands."""
        row = self._connection.execute(
            "SELECT epoch, seq FROM entry WHERE node = ? AND body IS NULL "
            "ORDER BY epoch DESC, seq DESC LIMIT 1",
            (self.node,),
        ).fetchone()
        return None if row is None else Position(*row)

    def projection(self) -> dict[Key, str]:
        """Return every row of the projections."""
        cursor = self._connection.execute("SELECT name, key, value FROM projection")
        return {(name, key): value for name, key, value in cursor}


class Store(Rows):
    """The one writer's store.

    Args:
        connection: from ``database.connect``; used by one thread.
        node: who writes.
    """

    def __init__(self, connection: sqlite3.Connection, node: str) -> None:
        super().__init__(connection, node)
        self.broken = False

    def commit(
        self,
        entries: Sequence[Entry],
        changes: Changes = NO_CHANGES,
        forget: Sequence[Range] = (),
    ) -> None:
        """Make all of it durable, or none; on disk when this returns.

        Args:
            entries: the next ones of the chain, in order; none where projections are
                repaired.
            changes: what they do to the projections.
            forget: whose bodies go; the last of ``entries`` is the Forgotten that
                names them.

        Raises:
            JournalUnwritable: the disk is full, failing or read-only, or an earlier
                write had failed. The store is broken from now on.
        """
        if self.broken:
            raise JournalUnwritable("an earlier write failed")
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._write(entries, changes, forget)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up()
            raise JournalUnwritable(cause(error)) from error
        except BaseException:
            self._give_up()
            raise

    def checkpoint(self, *, truncate: bool = False) -> bool:
        """Carry the log into the database; return whether all of it went.

        Args:
            truncate: empty the log's file too, so that erased text is gone from it.

        Raises:
            JournalUnwritable: as :meth:`commit`.
        """
        mode = "TRUNCATE" if truncate else "PASSIVE"
        try:
            row = self._connection.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()
        except sqlite3.Error as error:
            self.broken = True
            raise JournalUnwritable(cause(error)) from error
        busy, in_log, carried = row
        return not busy and in_log == carried

    def close(self) -> None:
        """Close the connection; SQLite empties the log if it can."""
        self._connection.close()

    def _write(
        self, entries: Sequence[Entry], changes: Changes, forget: Sequence[Range]
    ) -> None:
        run = self._connection
        run.executemany(_INSERT, map(_row, entries))
        run.executemany(_FORGET, [(self.node, *span) for span in forget])
        if changes:
            at = entries[-1].position if entries else self.tail().position
            run.executemany(_PUT, [(*key, v, *at) for key, v in changes.put.items()])
            run.executemany(_DROP, sorted(changes.drop))

    def _give_up(self) -> None:
        self.broken = True
        with suppress(sqlite3.Error):
            self._connection.execute("ROLLBACK")


def cause(error: sqlite3.Error) -> str:
    """Return SQLite's own name of ``error``: no text of a row, unlike its message."""
    return getattr(error, "sqlite_errorname", type(error).__name__)


def _row(entry: Entry) -> tuple[object, ...]:
    return (
        *(entry.node, entry.epoch, entry.seq, entry.at_us, entry.mono_us, entry.boot),
        *(entry.clock, entry.kind, entry.body, entry.nonce),
        *(entry.digest, entry.prev, entry.hash),
    )
