"""From entries to the state: the one way that a state comes about.

Every start replays from the newest snapshot and compares the projections with what
comes out, so a damaged or lagging row never survives a start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from controller.errors import JournalDamaged, JournalTooNew
from controller.journal.chain import fault
from controller.journal.codec import Codec, to_json
from controller.journal.domain import Domain
from controller.journal.entry import GENESIS, OWN_KINDS, SNAPSHOT, Entry, Head, Position
from controller.journal.store import Rows

S = TypeVar("S")

FORGOTTEN_TOO_FAR = "body forgotten, and no snapshot after it can be read"


@dataclass(frozen=True, slots=True)
class Replayed(Generic[S]):
    """Where a replay ended.

    Attributes:
        state: what the entries fold to.
        head: the journal's end, each link up to it checked.
        start: the snapshot that it started from; 1/0 for the very beginning.
        entries: how many were read, the snapshot included.
    """

    state: S
    head: Head
    start: Position
    entries: int


class Replay(Generic[S]):
    """Folds entries with one domain.

    Args:
        domain: its facts, its initial state, its fold.
    """

    def __init__(self, domain: Domain[S]) -> None:
        self.domain = domain
        self.codec = Codec(domain.facts, domain.upcasters, domain.exempt)

    def newest(self, rows: Rows) -> Replayed[S]:
        """Replay from the newest snapshot that this version can read.

        Raises:
            JournalDamaged: an entry on the way does not fit, or its body is forgotten
                and no snapshot stands after it.
            JournalTooNew: an entry is of a later Hometime.
        """
        for entry in rows.snapshots():
            state = self._restore(entry)
            if state is not None:
                return self._run(rows, entry.position, state)
        return self._run(rows, GENESIS.position, self.domain.initial)

    def earliest(self, rows: Rows) -> Replayed[S]:
        """Replay from as far back as bodies reach: from zero if nothing is forgotten.

        Raises:
            JournalDamaged: as :meth:`newest`.
            JournalTooNew: as :meth:`newest`.
        """
        gap = rows.last_forgotten()
        if gap is None:
            return self._run(rows, GENESIS.position, self.domain.initial)
        for entry in rows.snapshots(after=gap, newest_first=False):
            state = self._restore(entry)
            if state is not None:
                return self._run(rows, entry.position, state)
        raise JournalDamaged(*gap, FORGOTTEN_TOO_FAR)

    def fold(self, state: S, entry: Entry) -> S:
        """Return the state after ``entry``; the journal's own kinds change nothing.

        Raises:
            JournalDamaged: the body is forgotten or is not one of its kind.
            JournalTooNew: the entry is of a later Hometime.
        """
        if entry.kind in OWN_KINDS:
            return state
        when = self.domain.when(
            at_us=entry.at_us, epoch=entry.epoch, seq=entry.seq, clock=entry.clock
        )
        return self.domain.evolve(state, self._fact(entry), when)

    def snapshot_body(self, state: S) -> str:
        """Return the body of a snapshot of ``state``."""
        return f'{{"v":{self.domain.state_version},"state":{to_json(state)}}}'

    def _fact(self, entry: Entry) -> Any:  # noqa: ANN401  any fact
        if entry.body is None:
            raise JournalDamaged(*entry.position, FORGOTTEN_TOO_FAR)
        try:
            return self.codec.decode(entry.kind, entry.body)
        except (msgspec.MsgspecError, KeyError) as error:
            raise JournalDamaged(*entry.position, "body is not of its kind") from error

    def _restore(self, entry: Entry) -> S | None:
        """Return a snapshot's state; ``None`` where its shape is no longer known."""
        version = self.domain.state_version
        try:
            plain = self.codec.upcast(SNAPSHOT, entry.body or "", version)["state"]
            return msgspec.convert(plain, type=type(self.domain.initial))
        except JournalTooNew:
            raise
        except (msgspec.MsgspecError, KeyError):
            return None

    def _run(self, rows: Rows, begin: Position, state: S) -> Replayed[S]:
        head = rows.before(begin)
        count = 0
        for entry in rows.since(begin):
            why = fault(head, entry)
            if why is not None:
                raise JournalDamaged(*entry.position, why)
            state = self.fold(state, entry)
            head = entry.head
            count += 1
        return Replayed(state, head, begin, count)
