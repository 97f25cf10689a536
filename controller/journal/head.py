"""The signed head: how a truncated journal is told from one that just ends (REL-2).

A chain cannot show that its tail is gone, nor can SQLite: one flipped bit in the
write-ahead log loses the newest entries while both say all is well (we tried). So the
end is kept a second time, signed, in a file of its own with two slots in turn: a power
cut spoils at most the slot being written, never the other.

The head is written after the commit and off the tap's path: it may lag, never lead.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Final

import msgspec

from controller.errors import HeadForged, HeadUnwritable
from controller.journal.entry import Head, Position
from controller.journal.keys import NodeKey, PublicKey
from controller.journal.layout import write_whole

SLOT_BYTES: Final = 512
"""One sector, the least that a disk writes."""

SLOT_STRIDE: Final = 4096
"""Slots stand one file-system block apart, since a block is written as a whole."""

_PURPOSE: Final = b"hometime head 1\n"
"""Signed with the head, so that no other signature of this key can stand for one."""


@dataclass(frozen=True, slots=True)
class SignedHead:
    """What one slot says.

    Attributes:
        node: whose journal.
        head: its end.
        signature: 64 bytes over :func:`message`.
    """

    node: str
    head: Head
    signature: bytes


def message(node: str, head: Head) -> bytes:
    """Return the bytes that are signed for ``head``."""
    return _PURPOSE + msgspec.json.encode(_plain(node, head), order="sorted")


def sign(key: NodeKey, node: str, head: Head) -> SignedHead:
    """Return ``head`` with its signature."""
    return SignedHead(node, head, key.sign(message(node, head)))


class HeadFile:
    """The two-slot file ``head``.

    Args:
        path: where it is or will be.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> SignedHead | None:
        """Return the newer readable slot; ``None`` where neither can be read.

        Its signature is not checked here.
        """
        slots = [slot for slot in self._slots() if slot is not None]
        return max(slots, key=lambda slot: slot.head.position, default=None)

    def read_signed(self, key: PublicKey) -> SignedHead | None:
        """Return what :meth:`read` does, its signature checked.

        Raises:
            HeadForged: it was not signed by the owner of ``key``.
        """
        found = self.read()
        if found is None:
            return None
        if not key.signed(message(found.node, found.head), found.signature):
            raise HeadForged(self.path)
        return found

    def write(self, signed: SignedHead) -> None:
        """Replace the older slot, durably.

        Raises:
            HeadUnwritable: the newer slot still stands as it was.
        """
        slot = _format(signed)
        offset = self._older_slot() * SLOT_STRIDE
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o644)
            try:
                os.pwrite(handle, slot, offset)
                os.fdatasync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise HeadUnwritable(self.path, error.strerror or "I/O error") from error

    def replace(self, signed: SignedHead) -> None:
        """Put a file with ``signed`` alone in place of whatever is there, durably.

        Raises:
            HeadUnwritable: the old file still stands.
        """
        try:
            write_whole(self.path, _format(signed), 0o644)
        except OSError as error:
            raise HeadUnwritable(self.path, error.strerror or "I/O error") from error

    def _slots(self) -> list[SignedHead | None]:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return [None, None]
        return [_parse(data[at : at + SLOT_BYTES]) for at in (0, SLOT_STRIDE)]

    def _older_slot(self) -> int:
        first, second = self._slots()
        if first is None or second is None:
            return 0 if first is None else 1
        return 0 if first.head.position < second.head.position else 1


class HeadWriter:
    """Keeps the head file near the journal's end; a worker calls :meth:`step`.

    Args:
        file: where to write.
        key: signs.
        node: whose journal.
        tail: tells the newest durable head; called from this writer's thread.
        every_s: least time between two writes, seconds; entries in between share one.
    """

    def __init__(
        self,
        *,
        file: HeadFile,
        key: NodeKey,
        node: str,
        tail: Callable[[], Head],
        every_s: float = 1.0,
    ) -> None:
        self._file = file
        self._key = key
        self._node = node
        self._tail = tail
        self._every_s = every_s
        self._next_s = float("-inf")
        self._written: Head | None = None
        self._lock = Lock()

    def step(self, now: float) -> bool:
        """Write the head if there is a newer one and the last write is long enough ago.

        Args:
            now: monotonic seconds.

        Returns:
            Whether something was written.

        Raises:
            HeadUnwritable: the next step tries again, with a fresh handle.
        """
        if now < self._next_s or self._tail() == self._written:
            return False
        self._next_s = now + self._every_s
        self.flush()
        return True

    def flush(self) -> None:
        """Write the newest head now, if it is not written yet.

        Raises:
            HeadUnwritable: as :meth:`step`.
        """
        with self._lock:
            head = self._tail()
            if head == self._written:
                return
            self._file.write(sign(self._key, self._node, head))
            self._written = head

    @property
    def written(self) -> Position | None:
        """How far the head file has come since this writer was made."""
        return None if self._written is None else self._written.position


def _plain(node: str, head: Head) -> dict[str, object]:
    return {
        "node": node,
        "epoch": head.epoch,
        "seq": head.seq,
        "hash": head.hash.hex(),
        "v": 1,
    }


def _format(signed: SignedHead) -> bytes:
    """Return one slot: a line of JSON, its checksum, blanks to fill the sector."""
    plain = _plain(signed.node, signed.head) | {"sig": signed.signature.hex()}
    line = msgspec.json.encode(plain, order="sorted")
    slot = line + b" " + sha256(line).hexdigest()[:32].encode() + b"\n"
    if len(slot) > SLOT_BYTES:
        raise ValueError(f"head: {len(slot)} bytes, wanted at most {SLOT_BYTES}")
    return slot.ljust(SLOT_BYTES)


class _Slot(msgspec.Struct):
    node: str
    epoch: int
    seq: int
    hash: str
    sig: str


def _parse(data: bytes) -> SignedHead | None:
    """Return what a slot says, or ``None`` for one that is empty, torn or foreign."""
    line, _, checksum = data.strip().rpartition(b" ")
    if not line or sha256(line).hexdigest()[:32].encode() != checksum:
        return None
    try:
        slot = msgspec.json.decode(line, type=_Slot)
        head = Head(slot.epoch, slot.seq, bytes.fromhex(slot.hash))
        return SignedHead(slot.node, head, bytes.fromhex(slot.sig))
    except ValueError:
        return None
