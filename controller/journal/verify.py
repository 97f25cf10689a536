"""Is the journal whole? Asks only the public key, and changes nothing (REL-2).

Found here: any edit, deletion, insertion or swap of entries; a tail that is gone, as
far as the head had come; a body that is gone without a Forgotten, or there in spite of
one; a damaged file. Not found here: what somebody with the node's private key rewrote.
The hub has the receipts for that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from controller.errors import HeadForged, JournalAbsent, JournalChanged, KeyMissing
from controller.journal import forgetting
from controller.journal.chain import fault
from controller.journal.entry import FORGOTTEN, GENESIS, Entry, Head, Position
from controller.journal.head import HeadFile, SignedHead
from controller.journal.keys import PublicKey
from controller.journal.layout import Layout
from controller.journal.reading import open_read_only
from controller.journal.store import Range, Rows, cause


@dataclass(frozen=True, slots=True)
class FirstBad:
    """The first entry that is not as it was written.

    Attributes:
        epoch: its epoch.
        seq: its sequence; that of the first one missing, where entries are gone.
        why: what was found against what was wanted.
        node: whose journal.
    """

    epoch: int
    seq: int
    why: str
    node: str = ""


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What :func:`verify` found.

    Attributes:
        node: whose data directory.
        entries: how many were read, of every node, up to the first bad one.
        epochs: how many epochs those are of.
        head: the end of the node's journal as far as it is whole.
        signed: where the signed head stands; it may lag behind ``head``.
        first_bad: ``None`` where all is well.
    """

    node: str
    entries: int
    epochs: int
    head: Head
    signed: Position | None
    first_bad: FirstBad | None


def verify(path: Path, public_key: Path | None = None) -> VerifyReport:
    """Check the journal in the data directory ``path``; its controller may run.

    Args:
        path: the data directory.
        public_key: PEM; the directory's own where left out. One kept elsewhere also
            finds a directory that was replaced as a whole.

    Raises:
        JournalAbsent: there is no journal.
        JournalMissing: there is one, without its database.
        KeyMissing: there is no public key.
        JournalChanged: a controller started meanwhile, twice.
    """
    if not Layout(path).has_journal:
        raise JournalAbsent(path)
    try:
        return _verify(path, public_key)
    except JournalChanged:
        return _verify(path, public_key)


def _verify(path: Path, public_key: Path | None) -> VerifyReport:
    key = _public_key(public_key or Layout(path).node_pub)
    head_file = HeadFile(Layout(path).head)
    signed = head_file.read()  # before the entries: it may lag behind them, never lead
    forged = _is_forged(head_file, key)
    try:
        with open_read_only(path) as connection:
            return _Check(connection, signed, is_forged=forged).report()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        bad = FirstBad(1, 1, f"database: unreadable ({_name(error)})")
        position = None if signed is None else signed.head.position
        return VerifyReport("", 0, 0, GENESIS, position, bad)


def _public_key(path: Path) -> PublicKey:
    try:
        return PublicKey.load(path)
    except (OSError, ValueError) as error:
        raise KeyMissing(path) from error


def _is_forged(head_file: HeadFile, key: PublicKey) -> bool:
    try:
        head_file.read_signed(key)
    except HeadForged:
        return True
    return False


class _Check:
    """One pass over every node's entries.

    Args:
        connection: in a read transaction.
        signed: what the head file says.
        is_forged: whether its signature is wrong.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        signed: SignedHead | None,
        *,
        is_forged: bool,
    ) -> None:
        self._connection = connection
        self._signed = signed
        self._is_forged = is_forged
        self._entries = 0
        self._epochs: set[tuple[str, int]] = set()

    def report(self) -> VerifyReport:
        nodes = [
            row[0]
            for row in self._connection.execute(
                "SELECT DISTINCT node FROM entry ORDER BY node"
            )
        ]
        own = self._signed.node if self._signed else next(iter(nodes), "")
        chain = _Chain(Rows(self._connection, own))
        bad = self._follow(chain) or self._end(chain.head, own)
        for node in nodes:
            if bad is None and node != own:
                bad = self._follow(_Chain(Rows(self._connection, node)))
        bad = bad or self._file(chain.head)
        signed = None if self._signed is None else self._signed.head.position
        return VerifyReport(
            own, self._entries, len(self._epochs), chain.head, signed, bad
        )

    def _follow(self, chain: _Chain) -> FirstBad | None:
        """Read one node's entries to their end or the first bad one."""
        for entry in chain:
            self._entries += 1
            self._epochs.add((entry.node, entry.epoch))
            if self._differs_from_head(entry):
                chain.bad = _bad(
                    entry.position, "hash: not the one that the head signed"
                )
                break
        if chain.bad is None:
            chain.bad = _unsaid(chain.lost, chain.said)
        return chain.bad and _of(chain.bad, chain.node)

    def _differs_from_head(self, entry: Entry) -> bool:
        signed = self._signed
        return (
            signed is not None
            and not self._is_forged
            and (entry.node, entry.position) == (signed.node, signed.head.position)
            and entry.hash != signed.head.hash
        )

    def _end(self, tail: Head, own: str) -> FirstBad | None:
        """Compare the journal's end with the signed head."""
        signed = self._signed
        if signed is None:
            return _of(_bad(tail.position, "head: no readable slot"), own)
        if self._is_forged:
            why = "head: its signature is not by this key"
            return _of(_bad(signed.head.position, why), own)
        if signed.head.position > tail.position:
            why = f"missing: the head is at {signed.head.epoch}/{signed.head.seq}"
            return _of(_bad(Position(tail.epoch, tail.seq + 1), why), own)
        return None

    def _file(self, tail: Head) -> FirstBad | None:
        """Ask SQLite itself: an index may be damaged where no entry is."""
        try:
            found = self._connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except (sqlite3.Error, UnicodeDecodeError) as error:
            found = _name(error)
        if found == "ok":
            return None
        return _bad(tail.position, "database: the file is damaged, its entries are not")


class _Chain:
    """Yields good entries of one node; what stopped it is in ``bad``."""

    def __init__(self, rows: Rows) -> None:
        self.node = rows.node
        self.head: Head = GENESIS
        self.bad: FirstBad | None = None
        self.lost: list[Range] = []
        self.said: list[Range] = []
        self._rows = rows

    def __iter__(self) -> Iterator[Entry]:
        first = Position(self.head.epoch, self.head.seq + 1)
        try:
            for entry in self._rows.since(Position(0, 0)):
                why = fault(self.head, entry) or self._note(entry)
                if why is not None:
                    self.bad = _bad(min(first, entry.position), why)
                    return
                self.head = entry.head
                first = Position(entry.epoch, entry.seq + 1)
                yield entry
        except (sqlite3.Error, OverflowError, TypeError, ValueError) as error:
            self.bad = _bad(first, f"unreadable ({_name(error)})")

    def _note(self, entry: Entry) -> str | None:
        """Remember a body that is gone, and what a Forgotten says is."""
        if entry.body is None:
            _extend(self.lost, (entry.epoch, entry.seq, entry.seq))
        if entry.kind != FORGOTTEN:
            return None
        try:
            self.said += forgetting.read(entry.body or "").ranges
        except msgspec.MsgspecError:
            return "body: not that of a Forgotten"
        return None


_END: Final = (1 << 62, 0, 0)


def _unsaid(lost: list[Range], said: list[Range]) -> FirstBad | None:
    """Return the first body gone without a Forgotten, or there in spite of one."""
    merged: list[Range] = []
    for span in sorted(said):
        _extend(merged, span)
    for gone, told in zip([*lost, _END], [*merged, _END], strict=False):
        if gone == told:
            continue
        start = min(gone[:2], told[:2])
        if gone[:2] == told[:2]:
            start = (gone[0], min(gone[2], told[2]) + 1)
        without = _within(start, lost)
        why = "body: gone without a Forgotten" if without else "body: said forgotten"
        return _bad(Position(*start), why)
    return None


def _extend(spans: list[Range], span: Range) -> None:
    """Add ``span`` to ranges in order, joined to the last where it touches it."""
    epoch, first, last = span
    if spans and spans[-1][0] == epoch and first <= spans[-1][2] + 1:
        spans[-1] = (epoch, spans[-1][1], max(last, spans[-1][2]))
    else:
        spans.append(span)


def _within(position: tuple[int, int], spans: Iterable[Range]) -> bool:
    epoch, seq = position
    return any(epoch == e and first <= seq <= last for e, first, last in spans)


def _bad(position: Position, why: str) -> FirstBad:
    return FirstBad(*position, why)


def _of(bad: FirstBad, node: str) -> FirstBad:
    return FirstBad(bad.epoch, bad.seq, bad.why, node)


def _name(error: Exception) -> str:
    return cause(error) if isinstance(error, sqlite3.Error) else type(error).__name__
