"""Reading a journal without writing anything, whether its controller runs or not.

SQLite reads a write-ahead log only with its index beside it, and a reader that may not
write cannot make one. So there are three ways, tried in turn: beside a live writer; as
a file at rest, where there is no log; from a copy, where a log has lost its index.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from controller.errors import JournalAbsent, JournalChanged, JournalMissing
from controller.journal.layout import Layout

LIVE = "mode=ro&readonly_shm=1"
"""Beside a writer, or after one that was killed: SQLite then makes the log's index anew
in memory, and holds up a checkpoint but no writer. Not a byte on disk is changed."""


@contextmanager
def open_read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the journal in the data directory ``path``; nothing in it is changed.

    What is read is one moment of the journal. Text that is not UTF-8 comes out with
    surrogates in its place, so that a damaged row can be looked at.

    Raises:
        JournalAbsent: there is no journal.
        JournalMissing: there is one, without its database.
        JournalChanged: a controller started meanwhile, and nothing beside the file
            said so; what was read may be torn.
        sqlite3.Error: the file is damaged.
    """
    layout = Layout(path)
    if not layout.has_journal:
        raise JournalAbsent(path)
    if not layout.database.exists():
        raise JournalMissing(layout.database)
    live = _connect(layout.database, LIVE) if layout.wal_index.exists() else None
    if live is not None:
        with closing(live):
            yield live
    elif _has_log(layout):
        with TemporaryDirectory() as copy, closing(_copied(layout, Path(copy))) as run:
            yield _one_moment(run)  # the folder is its owner's alone
    else:
        yield from _at_rest(layout)


def _at_rest(layout: Layout) -> Iterator[sqlite3.Connection]:
    before = _trace(layout)
    run = _connect(layout.database, "mode=ro&immutable=1")
    if run is None:
        raise JournalChanged(layout.database)
    with closing(run):
        yield run
    if _trace(layout) != before:
        raise JournalChanged(layout.database)


def _connect(path: Path, how: str) -> sqlite3.Connection | None:
    """Return a connection in a read transaction, or ``None`` where SQLite cannot."""
    run = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None
    )
    try:
        return _one_moment(run)
    except sqlite3.OperationalError:
        run.close()
        return None
    except UnicodeDecodeError as error:
        run.close()
        raise garbled() from error
    except sqlite3.Error:
        run.close()
        raise


def _one_moment(run: sqlite3.Connection) -> sqlite3.Connection:
    run.text_factory = _lenient
    run.execute("PRAGMA cell_size_check = ON")
    run.execute("BEGIN")
    run.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    return run


def _copied(layout: Layout, folder: Path) -> sqlite3.Connection:
    target, before = Layout(folder), _trace(layout)
    shutil.copyfile(layout.wal, target.wal)
    shutil.copyfile(layout.database, target.database)
    if _trace(layout) != before:
        raise JournalChanged(layout.database)
    return sqlite3.connect(target.database, isolation_level=None)


def _has_log(layout: Layout) -> bool:
    with suppress(FileNotFoundError):
        return layout.wal.stat().st_size > 0
    return False


def _trace(layout: Layout) -> list[tuple[int, int] | None]:
    """Return size and time of the files, and whether a writer has made an index."""
    return [_seen(layout.database), _seen(layout.wal), _seen(layout.wal_index)]


def _seen(path: Path) -> tuple[int, int] | None:
    with suppress(FileNotFoundError):
        stat = path.stat()
        return stat.st_size, stat.st_mtime_ns
    return None


def garbled() -> sqlite3.DatabaseError:
    """Return what stands for an error whose own message quotes damaged text."""
    return sqlite3.DatabaseError("schema is not UTF-8")


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
