"""What one row of the journal is, and where the journal ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

CLOCKS: Final = ("synced", "rtc", "guessed")
"""How far ``at_us`` can be believed: time source, clock chip, or neither (DAY-11)."""

NO_HASH: Final = bytes(32)
"""What the very first entry has before it."""

SNAPSHOT: Final = "Snapshot"
"""Kind of the entry that holds the whole state: where replay starts."""

FORGOTTEN: Final = "Forgotten"
"""Kind of the entry that says which bodies were erased, and by which rule."""

EPOCH_BEGAN: Final = "EpochBegan"
"""Kind of the first entry after a loss that the operator accepted."""

OWN_KINDS: Final = frozenset({SNAPSHOT, FORGOTTEN, EPOCH_BEGAN})
"""The journal's own facts; the domain never sees them."""


class Position(NamedTuple):
    """Where an entry stands in its node's journal; this is the order, never time."""

    epoch: int
    seq: int


class Head(NamedTuple):
    """The end of a node's journal: its newest entry, or the start of an epoch.

    ``seq`` is 0 while the epoch has no entry; ``hash`` is then the last epoch's.
    """

    epoch: int
    seq: int
    hash: bytes

    @property
    def position(self) -> Position:
        """Where the newest entry stands."""
        return Position(self.epoch, self.seq)


GENESIS: Final = Head(1, 0, NO_HASH)
"""The head of a journal in which nothing has been written."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """When something is written, by both clocks.

    Attributes:
        at_us: UTC, microseconds since 1970, for people and the record.
        mono_us: microseconds on the monotonic clock of this boot, for intervals.
        clock: one of :data:`CLOCKS`.
    """

    at_us: int
    mono_us: int
    clock: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table ``entry``.

    Attributes:
        node: who wrote it.
        epoch: which life of the node, from 1.
        seq: 1, 2, 3 … within the epoch, without a hole.
        at_us: as in :class:`Stamp`.
        mono_us: as in :class:`Stamp`; comparable within one ``boot`` only.
        boot: which run of the machine; empty where it is not known.
        clock: as in :class:`Stamp`.
        kind: the fact's name, or one of the journal's own kinds.
        body: a JSON object with an integer ``v``; ``None`` once forgotten.
        nonce: 16 random bytes, so that a digest tells nothing about a forgotten body.
        digest: SHA-256 of nonce and body; stays when they are forgotten.
        prev: hash of the entry before.
        hash: SHA-256 over every column but body, nonce and hash.
    """

    node: str
    epoch: int
    seq: int
    at_us: int
    mono_us: int
    boot: str
    clock: str
    kind: str
    body: str | None
    nonce: bytes | None
    digest: bytes
    prev: bytes
    hash: bytes

    @property
    def position(self) -> Position:
        """Where it stands in its node's journal."""
        return Position(self.epoch, self.seq)

    @property
    def ref(self) -> tuple[str, int, int]:
        """Where it stands among all nodes: node, epoch, sequence."""
        return (self.node, self.epoch, self.seq)

    @property
    def head(self) -> Head:
        """The journal's end while this is its newest entry."""
        return Head(self.epoch, self.seq, self.hash)
