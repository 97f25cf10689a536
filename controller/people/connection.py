"""The one connection to ``people.db``, its lock and its transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any

from controller.errors import (
    AlreadyTaken,
    PeopleDamaged,
    PeopleUnwritable,
    UnknownPerson,
)
from controller.journal import database
from controller.journal.store import cause
from controller.people import migrations


class PeopleConnection:
    """Used by several threads, one at a time.

    Args:
        path: ``people.db``, mode 0600 from its first moment.

    Raises:
        PeopleDamaged: it is no database, or a damaged one.
        PeopleUnwritable: the disk is full, failing or read-only.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = RLock()
        self._depth = 0
        self._failed = False
        self._run = _open(path)

    def rows(self, sql: str, *values: object) -> list[Any]:
        """Return all rows of a question.

        Raises:
            PeopleDamaged: the file cannot be read.
        """
        with self._lock:
            try:
                return self._run.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise PeopleDamaged(cause(error)) from error

    def row(self, sql: str, *values: object) -> Any | None:  # noqa: ANN401  a row
        """Return the first row of a question, if there is one."""
        found = self.rows(sql, *values)
        return found[0] if found else None

    def write(self, sql: str, *values: object) -> int:
        """Change something, durably unless in a transaction; return how many rows.

        Raises:
            AlreadyTaken: something that only one may have is taken.
            UnknownPerson: the person it is about is not there.
            PeopleUnwritable: nothing of the transaction is kept.
        """
        with self.transaction():
            try:
                return self._run.execute(sql, values).rowcount
            except sqlite3.IntegrityError as error:
                raise _refused(error) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside one commit; nested ones join the outermost.

        Any exception undoes all of it. Other threads wait, so be brief. After a write
        that failed the next transaction takes a new connection: nobody knows what a
        failed sync has left in the old one.

        Raises:
            PeopleUnwritable: nothing inside is kept.
        """
        with self._lock:
            if self._depth:
                yield
                return
            try:
                yield from self._outermost()
            except sqlite3.Error as error:
                self._failed = True
                raise _told(error) from error

    def scrub(self) -> None:
        """Rewrite the file and empty its log, so that what was deleted is gone.

        ``secure_delete`` alone is not enough: a row that once moved between pages can
        leave a copy in a page's slack (4 of 8,000, docs/reference/journal.md).

        Raises:
            PeopleUnwritable: the deletion holds, its traces may not be gone yet.
        """
        with self._lock:
            if self._depth:
                raise RuntimeError("scrub: inside a transaction")
            try:
                self._run.execute("VACUUM")
                busy, *_ = self._run.execute(
                    "PRAGMA wal_checkpoint(TRUNCATE)"
                ).fetchone()
            except sqlite3.Error as error:
                raise _told(error) from error
            if busy:
                raise PeopleUnwritable("the log is held by a reader")

    def close(self) -> None:
        """Close it; harmless when closed."""
        with self._lock:
            self._run.close()

    def _outermost(self) -> Iterator[None]:
        if self._failed:
            self._run.close()
            self._run, self._failed = _open(self._path), False
        self._run.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            self._run.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._run.execute("ROLLBACK")
            raise
        finally:
            self._depth = 0


def _open(path: Path) -> sqlite3.Connection:
    try:
        run = database.connect(path, 0o600, any_thread=True)
    except sqlite3.Error as error:
        raise _told(error) from error
    except OSError as error:
        raise PeopleUnwritable(error.strerror or "I/O error") from error
    try:
        database.migrate(run, "people", migrations.STEPS)
    except sqlite3.Error as error:
        run.close()
        raise _told(error) from error
    return run


def _told(error: sqlite3.Error) -> PeopleDamaged | PeopleUnwritable:
    """Tell a damaged file from a disk that does not take writes."""
    if isinstance(error, sqlite3.OperationalError):
        return PeopleUnwritable(cause(error))
    return PeopleDamaged(cause(error))


def _refused(error: sqlite3.IntegrityError) -> Exception:
    """Return what a constraint says; SQLite's message names columns, never values."""
    name = cause(error)
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return UnknownPerson()
    if name in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}:
        return AlreadyTaken(str(error).rpartition(": ")[2])
    return ValueError(str(error))
