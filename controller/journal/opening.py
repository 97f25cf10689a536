"""Opening a journal: what must agree before anything is written.

Three things know where the journal ends: the database, the signed head, the chain. The
head may lag behind the database, since it is written later; it can never lead. Where it
does, entries were lost or the card is an old copy, and only the operator may go on.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Generic, TypeVar

import msgspec

from controller.errors import (
    HeadMissing,
    JournalDamaged,
    JournalError,
    JournalForeign,
    JournalMissing,
    JournalRewritten,
    JournalTruncated,
    JournalUnwritable,
    KeyMissing,
)
from controller.journal import database, migrations
from controller.journal.chain import NONCE_BYTES, seal
from controller.journal.domain import Domain
from controller.journal.entry import EPOCH_BEGAN, GENESIS, Entry, Head, Stamp
from controller.journal.head import HeadFile, SignedHead, sign
from controller.journal.keys import NodeKey
from controller.journal.layout import Layout, sync_directory
from controller.journal.lock import WriterLock
from controller.journal.projections import repair, rows
from controller.journal.replay import Replay, Replayed
from controller.journal.store import Rows, Store, cause

S = TypeVar("S")

_NODE: Final = re.compile(r"[a-z0-9-]{1,64}")
_BOOT: Final = re.compile(r"[!-~]{0,64}")


@dataclass(frozen=True, slots=True)
class Opened(Generic[S]):
    """Everything that a journal is made of, checked."""

    store: Store
    lock: WriterLock
    key: NodeKey
    head_file: HeadFile
    replay: Replay[S]
    replayed: Replayed[S]
    repaired: int


def open_all(
    path: Path, node: str, domain: Domain[S], boot: str, begin_epoch: Stamp | None
) -> Opened[S]:
    """Open what ``Journal.open`` says; on an error everything is closed again."""
    if not _NODE.fullmatch(node) or not _BOOT.fullmatch(boot):
        raise ValueError(f"node {node!r}, boot {boot!r}: not plain identifiers")
    layout = Layout(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = WriterLock(layout.lock)
        try:
            return _open_locked(layout, lock, node, domain, boot, begin_epoch)
        except BaseException:
            lock.release()
            raise
    except OSError as error:
        raise JournalUnwritable(error.strerror or "I/O error") from error


def check_head(rows: Rows, tail: Head, signed: SignedHead | None, path: Path) -> None:
    """Compare the journal's end with what the signed head says of it.

    Raises:
        JournalForeign: the head is another node's.
        HeadMissing: there are entries and no head.
        JournalTruncated: the head knows later entries.
        JournalRewritten: the head knows another entry at its place.
    """
    if signed is None:
        if tail != GENESIS:
            raise HeadMissing(path)
        return
    if signed.node != rows.node:
        raise JournalForeign(found=signed.node, wanted=rows.node)
    if signed.head.position > tail.position:
        raise JournalTruncated(tail.position, signed.head.position)
    known = rows.at(signed.head.position)
    if signed.head.seq and (known is None or known.hash != signed.head.hash):
        raise JournalRewritten(*signed.head.position)


def _open_locked(
    layout: Layout,
    lock: WriterLock,
    node: str,
    domain: Domain[S],
    boot: str,
    begin_epoch: Stamp | None,
) -> Opened[S]:
    missing = _missing(layout)
    if missing is not None and begin_epoch is None:
        raise missing
    connection = _connect(layout)
    try:
        store = Store(connection, node)
        loss = missing or _loss(layout, store, accept=begin_epoch is not None)
        return _assemble(layout, lock, store, domain, boot, (loss, begin_epoch))
    except (sqlite3.Error, UnicodeDecodeError) as error:
        connection.close()
        raise _told(error) from error
    except BaseException:
        connection.close()
        raise


def _connect(layout: Layout) -> sqlite3.Connection:
    try:
        connection = database.connect(layout.database, 0o640)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise _told(error) from error
    try:
        database.migrate(connection, "journal", migrations.STEPS)
        sync_directory(layout.root)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        connection.close()
        raise _told(error) from error
    return connection


def _told(error: sqlite3.Error | UnicodeDecodeError) -> JournalError:
    """Tell a damaged file from a disk that does not take writes."""
    if isinstance(error, UnicodeDecodeError):  # SQLite's message quoted damaged text
        return JournalDamaged(0, 0, "database unreadable (schema is not UTF-8)")
    is_schema = cause(error) == "SQLITE_ERROR"  # a table of ours is not there
    if isinstance(error, sqlite3.OperationalError) and not is_schema:
        return JournalUnwritable(cause(error))
    return JournalDamaged(0, 0, f"database unreadable ({cause(error)})")


def _assemble(
    layout: Layout,
    lock: WriterLock,
    store: Store,
    domain: Domain[S],
    boot: str,
    decision: tuple[JournalError | None, Stamp | None],
) -> Opened[S]:
    """Replay, mend, begin what has to begin. The only part of opening that writes."""
    replay = Replay(domain)
    replayed = replay.newest(store)
    key = _key(layout)
    head_file = HeadFile(layout.head)
    loss, stamp = decision
    if stamp is not None:
        known = None if loss is None else _known(head_file, key)
        first = _epoch_began(store.node, boot, stamp, (replayed.head, known), loss)
        store.commit((first,))
        replayed = replace(replayed, head=first.head)
    changes = repair(store.projection(), rows(replayed.state))
    if changes:
        store.commit((), changes)
    if stamp is not None or head_file.read() is None:
        head_file.replace(sign(key, store.node, replayed.head))
    repaired = len(changes.put) + len(changes.drop)
    return Opened(store, lock, key, head_file, replay, replayed, repaired)


def _missing(layout: Layout) -> JournalMissing | None:
    """Return the loss of the whole database, told before an empty one is made."""
    was_here = layout.node_key.exists() or layout.head.exists()
    if was_here and not layout.database.exists():
        return JournalMissing(layout.database)
    return None


def _loss(layout: Layout, store: Store, *, accept: bool) -> JournalError | None:
    """Return what is lost, if anything; no operator may accept another node's."""
    try:
        _check(layout, store)
    except JournalForeign:
        raise
    except JournalError as error:
        if not accept:
            raise
        return error
    return None


def _check(layout: Layout, store: Store) -> None:
    tail = store.tail()
    if not layout.node_key.exists():
        if layout.head.exists() or tail != GENESIS:
            raise KeyMissing(layout.node_key)
        return
    head_file = HeadFile(layout.head)
    try:
        key = NodeKey.load(layout.node_key)
    except ValueError as error:
        raise KeyMissing(layout.node_key) from error
    check_head(store, tail, head_file.read_signed(key.public), layout.head)


def _key(layout: Layout) -> NodeKey:
    """Return the node's key; a new one where there is none that can be read."""
    try:
        key = NodeKey.load(layout.node_key)
    except FileNotFoundError:
        key = NodeKey.create(layout.node_key)
    except ValueError:
        layout.node_key.rename(layout.node_key.with_suffix(".damaged"))
        key = NodeKey.create(layout.node_key)
    key.publish(layout.node_pub)
    return key


def _known(head_file: HeadFile, key: NodeKey) -> Head | None:
    """Return the head that was signed, where its signature holds."""
    with suppress(JournalError):
        signed = head_file.read_signed(key.public)
        return None if signed is None else signed.head
    return None


def _epoch_began(
    node: str,
    boot: str,
    stamp: Stamp,
    ends: tuple[Head, Head | None],
    loss: JournalError | None,
) -> Entry:
    """Return the first entry of the epoch after both ends, saying what they were."""
    found, known = ends
    body = {
        "v": 1,
        "why": "operator" if loss is None else loss.code,
        "found": _plain(found),
        "known": None if known is None else _plain(known),
    }
    epoch = 1 + max(found.epoch, 0 if known is None else known.epoch)
    return seal(
        Head(epoch, 0, found.hash),
        node=node,
        boot=boot,
        stamp=stamp,
        fact=(EPOCH_BEGAN, msgspec.json.encode(body).decode()),
        nonce=os.urandom(NONCE_BYTES),
    )


def _plain(head: Head) -> dict[str, object]:
    return {"epoch": head.epoch, "seq": head.seq, "hash": head.hash.hex()}
