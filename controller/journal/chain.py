"""How an entry is sealed to the one before it, and how a broken seal is told.

``digest`` binds the body, ``hash`` binds everything else and the digest, ``prev`` binds
the entry before. So a body can be forgotten and the chain still verifies (DAT-2), while
an edit, a deletion, an insertion or a swap shows at the first entry it touches (REL-2).
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import msgspec

from controller.journal.entry import (
    EPOCH_BEGAN,
    NO_HASH,
    Entry,
    Head,
    Position,
    Stamp,
)

NONCE_BYTES = 16
"""128 bits: a forgotten body cannot be guessed back from its digest."""

_canonical = msgspec.json.Encoder(order="sorted")


def body_digest(nonce: bytes, body: str) -> bytes:
    """Return SHA-256 of ``nonce`` followed by ``body`` in UTF-8, 32 bytes."""
    return sha256(nonce + body.encode()).digest()


def entry_hash(entry: Entry) -> bytes:
    """Return the hash of ``entry``, 32 bytes, from its other columns.

    The canonical JSON has the columns' names as keys in alphabetical order, no blanks,
    digest and prev as lower-case hex; body, nonce and hash are left out.
    """
    columns = {
        "node": entry.node,
        "epoch": entry.epoch,
        "seq": entry.seq,
        "at": entry.at_us,
        "mono": entry.mono_us,
        "boot": entry.boot,
        "clock": entry.clock,
        "kind": entry.kind,
        "digest": entry.digest.hex(),
        "prev": entry.prev.hex(),
    }
    return sha256(_canonical.encode(columns)).digest()


def seal(
    head: Head,
    *,
    node: str,
    boot: str,
    stamp: Stamp,
    fact: tuple[str, str],
    nonce: bytes,
) -> Entry:
    """Return the entry that follows ``head``.

    Args:
        head: the journal's end so far.
        node: who writes.
        boot: which run of the machine.
        stamp: when.
        fact: kind and body.
        nonce: :data:`NONCE_BYTES` random bytes, used once.
    """
    kind, body = fact
    bare = Entry(
        node=node,
        epoch=head.epoch,
        seq=head.seq + 1,
        at_us=stamp.at_us,
        mono_us=stamp.mono_us,
        boot=boot,
        clock=stamp.clock,
        kind=kind,
        body=body,
        nonce=nonce,
        digest=body_digest(nonce, body),
        prev=head.hash,
        hash=NO_HASH,
    )
    return replace(bare, hash=entry_hash(bare))


def fault(before: Head, entry: Entry) -> str | None:
    """Return why ``entry`` cannot follow ``before``, or ``None`` where it can.

    A forgotten body is fine here; whether it was forgotten in order is
    :mod:`controller.journal.verify`'s question. Columns of a wrong type are a fault,
    not an exception.
    """
    if entry.position != next_position(before, entry):
        return f"sequence: {entry.epoch}/{entry.seq} found, wanted {_follows(before)}"
    if entry.prev != before.hash:
        return "prev: not the hash of the entry before"
    try:
        return _own_fault(entry)
    except (TypeError, ValueError, AttributeError):
        return "columns: of a wrong type or not UTF-8"


def _own_fault(entry: Entry) -> str | None:
    """Return why ``entry`` does not fit its own hash and digest."""
    if entry_hash(entry) != entry.hash:
        return "hash: not that of the columns"
    if entry.body is None or entry.nonce is None:
        return (
            None
            if (entry.body, entry.nonce) == (None, None)
            else "body: forgotten by half"
        )
    if body_digest(entry.nonce, entry.body) != entry.digest:
        return "digest: not that of nonce and body"
    return None


def next_position(before: Head, entry: Entry) -> Position:
    """Return where ``entry`` must stand: next in the epoch, or first of a later one."""
    if entry.kind == EPOCH_BEGAN and entry.seq == 1 and entry.epoch > before.epoch:
        return Position(entry.epoch, 1)
    return Position(before.epoch, before.seq + 1)


def _follows(before: Head) -> str:
    return f"{before.epoch}/{before.seq + 1}"
