"""The journal of one node: append, fold, remember, forget.

The rules of order (design.md): what :meth:`Journal.append` has returned is on disk, and
nobody is told of anything before that. One thread, the control loop, owns a journal;
only :attr:`Journal.tail` may be read by another, which is how the head is written off
the tap's path.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from controller.journal import forgetting, opening
from controller.journal.chain import NONCE_BYTES, seal
from controller.journal.domain import Domain
from controller.journal.entry import FORGOTTEN, SNAPSHOT, Entry, Head, Position, Stamp
from controller.journal.head import HeadWriter
from controller.journal.projections import Key, difference, repair, rows

S = TypeVar("S")

IDLE_US: Final = 5_000_000
"""A log that has grown is carried over once nothing was written for this long."""

LONG_IDLE_US: Final = 900_000_000
"""Any log is carried over after this long."""

GROWN_COMMITS: Final = 128
"""When a log counts as grown: about 2 MB. Pages written over and over in it reach the
database once, so a hand-in costs little more than its own three commits."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What :meth:`Journal.rebuild` found.

    Attributes:
        entries: how many were folded.
        start: where: 1/0 is the very beginning, anything else a snapshot.
        differing: rows of the projections that were not what the entries say; repaired.
    """

    entries: int
    start: Position
    differing: tuple[Key, ...]


class Journal(Generic[S]):
    """The append-only record and the state it folds to. Made by :meth:`open`.

    Attributes:
        node: who writes.
        boot: which run of the machine, kept in each entry.
        head_writer: call its ``step`` from a worker's thread.
        repaired: rows of the projections that the start had to mend.
        tail: the end of what is durable; any thread may read it.
        to_replay: entries that the next start has to fold: those since the newest
            snapshot, itself among them. About 25,000 a second on a laptop.
    """

    def __init__(self, opened: opening.Opened[S], boot: str) -> None:
        self._store = opened.store
        self._lock = opened.lock
        self._replay = opened.replay
        self._state = opened.replayed.state
        self.tail = opened.replayed.head
        self.node = opened.store.node
        self.boot = boot
        self.repaired = opened.repaired
        self.head_writer = HeadWriter(
            file=opened.head_file,
            key=opened.key,
            node=self.node,
            tail=lambda: self.tail,
        )
        self.to_replay = opened.replayed.entries
        self._commits = 0
        self._last_us: int | None = None
        self._erased = False

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        node: str,
        domain: Domain[S],
        boot: str,
        begin_epoch: Stamp | None = None,
    ) -> Journal[S]:
        """Open the journal in the data directory ``path``, or begin one there.

        The chain is checked from the newest snapshot on, the end against the signed
        head, the projections against the replay; rows that differ are mended.

        Args:
            path: the directory; foreign files in it are left alone.
            node: this node's id: 1 to 64 of ``a-z``, ``0-9`` and ``-``.
            domain: facts and fold.
            boot: which run of the machine, at most 64 printable characters.
            begin_epoch: the operator accepts what is lost, at this moment; the first
                entry of the new epoch says what was found.

        Raises:
            JournalError: locked, lost, rewritten, damaged, of a later Hometime or of
                another node; see ``controller/errors.py``. Nothing was written.
            JournalUnwritable: the disk is full, failing or read-only.
        """
        return cls(opening.open_all(path, node, domain, boot, begin_epoch), boot)

    @property
    def state(self) -> S:
        """What every durable entry folds to."""
        return self._state

    @property
    def is_broken(self) -> bool:
        """Whether a write failed, so that only closing is left."""
        return self._store.broken

    def append(self, facts: Sequence[object], stamp: Stamp) -> list[Entry]:
        """Make ``facts`` durable as one commit and fold them into the state.

        Args:
            facts: what happened at one moment, in order; none writes nothing.
            stamp: when.

        Returns:
            Their entries, in the same order.

        Raises:
            JournalUnwritable: none of them is in the state; the journal is broken.
            BodyNotPlain: a fact holds text; nothing was written, the journal is well.
        """
        state, head = self._state, self.tail
        entries: list[Entry] = []
        for fact in facts:
            entry = self._seal(head, stamp, self._replay.codec.encode(fact))
            state = self._replay.fold(state, entry)
            head = entry.head
            entries.append(entry)
        if entries:
            self._commit(entries, state)
        return entries

    def snapshot(self, stamp: Stamp) -> Entry:
        """Append the whole state, from which the next start replays.

        Raises:
            JournalUnwritable: the journal is broken.
        """
        entry = self._seal(self.tail, stamp, self._snapshot())
        self._commit([entry], self._state)
        return entry

    def forget(
        self, positions: Iterable[Position], rule: str, stamp: Stamp
    ) -> list[Entry]:
        """Erase the bodies at ``positions`` and say so in the journal.

        Each batch is one commit: the Forgotten, and a snapshot before it where none
        stands after what is erased. The log's file is emptied afterwards; while a
        reader holds it, :meth:`checkpoint_if_idle` keeps trying.

        Args:
            positions: of entries of any kind but Forgotten and EpochBegan.
            rule: a code, for the record.
            stamp: when.

        Returns:
            The Forgotten entries.

        Raises:
            JournalUnwritable: the journal is broken; what the last returned batch said
                is erased, nothing else.
        """
        said = [
            self._forget(spans, rule, stamp) for spans in forgetting.batches(positions)
        ]
        if said:
            self._erased = not self._store.checkpoint(truncate=True)
        return said

    def matching(self, kinds: Collection[str], before_us: int) -> list[Position]:
        """Return where entries of ``kinds`` before ``before_us`` still have a body."""
        return self._store.matching(kinds, before_us)

    def entries(
        self,
        *,
        after: Position | None = None,
        before: Position | None = None,
        limit: int = 100,
        kinds: Collection[str] | None = None,
        newest_first: bool = False,
    ) -> list[Entry]:
        """Return up to ``limit`` entries between two positions: ``store.Rows.page``."""
        return self._store.page(
            after=after,
            before=before,
            limit=limit,
            kinds=kinds,
            newest_first=newest_first,
        )

    def naming(self, name: str) -> Position | None:
        """Return where the first entry stands that names ``name``: ``Rows.naming``."""
        return self._store.naming(name)

    def fact(self, entry: Entry) -> Any:  # noqa: ANN401  any fact
        """Return what ``entry`` says, or ``None`` once it is forgotten.

        Raises:
            JournalTooNew: the kind is not the domain's, or of a later version.
        """
        if entry.body is None:
            return None
        return self._replay.codec.decode(entry.kind, entry.body)

    def rebuild(self) -> Rebuilt:
        """Replay from as far back as bodies reach, compare, and mend the projections.

        Raises:
            JournalDamaged: an entry does not fit; nothing was changed.
            JournalUnwritable: the journal is broken.
        """
        replayed = self._replay.earliest(self._store)
        changes = repair(self._store.projection(), rows(replayed.state))
        if changes:
            self._store.commit((), changes)
        self._state = replayed.state
        differing = tuple(sorted({*changes.put, *changes.drop}))
        return Rebuilt(replayed.entries, replayed.start, differing)

    def checkpoint_if_idle(self, mono_us: int) -> bool:
        """Carry the log into the database if nobody is waiting for a commit.

        Args:
            mono_us: now, on the clock of :attr:`Stamp.mono_us`.

        Returns:
            Whether everything was carried over. Afterwards the log starts anew.

        Raises:
            JournalUnwritable: the journal is broken.
        """
        if self.is_broken or not self._worth_a_checkpoint(mono_us):
            return False
        done = self._store.checkpoint(truncate=self._erased)
        if done:
            self._commits = 0
            self._erased = False
        return done

    def close(self) -> None:
        """Write the head, close the database, let the next writer in.

        Raises:
            HeadUnwritable: all else is closed nevertheless.
        """
        try:
            if not self.is_broken:
                self.head_writer.flush()
        finally:
            self._store.close()
            self._lock.release()

    def _seal(self, head: Head, stamp: Stamp, fact: tuple[str, str]) -> Entry:
        return seal(
            head,
            node=self.node,
            boot=self.boot,
            stamp=stamp,
            fact=fact,
            nonce=os.urandom(NONCE_BYTES),
        )

    def _snapshot(self) -> tuple[str, str]:
        return SNAPSHOT, self._replay.snapshot_body(self._state)

    def _commit(
        self,
        entries: list[Entry],
        state: S,
        forget: Sequence[tuple[int, int, int]] = (),
    ) -> None:
        """Write, then believe."""
        self._store.commit(entries, difference(self._state, state), forget)
        self._state = state
        self.tail = entries[-1].head
        self._commits += 1
        self.to_replay += len(entries)
        if entries[0].kind == SNAPSHOT:
            self.to_replay = len(entries)
        self._last_us = entries[-1].mono_us

    def _forget(
        self, spans: list[tuple[int, int, int]], rule: str, stamp: Stamp
    ) -> Entry:
        entries: list[Entry] = []
        if self._needs_snapshot(spans):
            entries.append(self._seal(self.tail, stamp, self._snapshot()))
        head = entries[-1].head if entries else self.tail
        fact = (FORGOTTEN, forgetting.body(rule, spans))
        entries.append(self._seal(head, stamp, fact))
        self._commit(entries, self._state, spans)
        return entries[-1]

    def _needs_snapshot(self, spans: list[tuple[int, int, int]]) -> bool:
        """Whether replay would start before, or at, something that is to be erased."""
        newest = next(self._store.snapshots(), None)
        epoch, _, last = spans[-1]
        return newest is None or newest.position <= Position(epoch, last)

    def _worth_a_checkpoint(self, mono_us: int) -> bool:
        if self._erased:
            return True
        if not self._commits or self._last_us is None:
            return False
        wait = IDLE_US if self._commits >= GROWN_COMMITS else LONG_IDLE_US
        return mono_us - self._last_us >= wait
