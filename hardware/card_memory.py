"""Sixteen bytes of ours on a card that can be written, as a conversation.

Two *slots* of eight bytes, written in turn: whoever takes the card away in the middle
of a write spoils the slot that is being written, never the one that holds. Where:

* **MIFARE Ultralight, NTAG**: pages 12 to 15, inside the user memory of every kind,
  read at one go; the first pages, where a phone looks for a link, are left alone.
* **MIFARE Classic 1K, 4K**: blocks 60 and 61, behind a key A of our own for each card.

Commands are those of NXP's data sheets NTAG213/215/216 rev. 3.2 and MF1S50YYX rev. 3.2.
Like :func:`hardware.iso14443.select` this knows no chip, clock or wire.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Final, TypeVar

from hardware.iso14443 import Authenticate, BadAnswer, Frame, Nak, Step, crc_a
from hardware.ports import CardMemory, CardSeen, MemoryKind, Wrote

T = TypeVar("T")
Talk = Generator[Step, bytes, T]
"""Yields what to do next with the selected card, and is sent what came of it."""

SLOTS: Final = 2
SLOT_BYTES: Final = 8

READ: Final = 0x30
READ_BYTES: Final = 16
CRC_BYTES: Final = 2
ACK_BITS: Final = 4
READ_PATIENCE_S: Final = 0.005  # both data sheets, READ timing
WRITE_PATIENCE_S: Final = 0.010  # both data sheets, WRITE timing

TYPE2_SAK: Final = 0x00
TYPE2_UID_BYTES: Final = 7
TYPE2_WRITE: Final = 0xA2
TYPE2_FIRST_PAGE: Final = 12
TYPE2_PAGE_BYTES: Final = 4

CLASSIC_SAKS: Final = frozenset({0x08, 0x18})  # 1K, 4K (NXP AN10833)
CLASSIC_WRITE: Final = 0xA0
CLASSIC_FIRST_BLOCK: Final = 60
CLASSIC_TRAILER: Final = 63
CLASSIC_SERIAL_BYTES: Final = 4
TRANSPORT_KEY: Final = b"\xff" * 6
TRANSPORT_ACCESS: Final = bytes.fromhex("FF078069")
"""Key A reads and writes all, the trailer too; key B is legible and so opens nothing
(MF1S50YYX 8.7). As every card comes, so that nothing is shut for good."""


def kind_of(card: CardSeen) -> MemoryKind:
    """Return what kind of memory a card has, by what it said while it was selected."""
    if card.sak in CLASSIC_SAKS:
        return MemoryKind.CLASSIC
    if card.sak == TYPE2_SAK and len(card.uid) == TYPE2_UID_BYTES:
        return MemoryKind.TYPE2
    return MemoryKind.NONE


def read_slots(card: CardSeen, key: bytes) -> Talk[CardMemory]:
    """Read both slots of the selected card.

    Args:
        card: as it was selected.
        key: key A of our sector, where the card has keys.

    Raises:
        BadAnswer: the card fell silent or was not understood.
    """
    kind = kind_of(card)
    if kind is MemoryKind.NONE:
        return CardMemory(kind)
    if kind is MemoryKind.CLASSIC and not (yield _opening(card, key)):
        return CardMemory(kind, why="keys")
    try:
        return CardMemory(kind, (yield from _slots(kind)))
    except Nak:
        return CardMemory(kind, why="refused")


def write_slot(card: CardSeen, slot: int, token: bytes, key: bytes) -> Talk[Wrote]:
    """Write ``token`` into ``slot`` of the selected card and read it back.

    Raises:
        BadAnswer: the card fell silent, or was not understood: nobody knows what it
            holds in that slot now. The other slot is as it was.
    """
    kind = kind_of(card)
    if kind is MemoryKind.NONE:
        return Wrote.NO_MEMORY
    if kind is MemoryKind.CLASSIC and not (yield _opening(card, key)):
        return Wrote.KEYS
    return (yield from _written(kind, slot, token))


def take_over(card: CardSeen, slot: int, token: bytes, key: bytes) -> Talk[Wrote]:
    """Write as :func:`write_slot` on a card that still has the transport key.

    Its sector gets ``key`` first, as key A and B: the key that every card comes with is
    left on none. Other cards are written as ever.
    """
    if kind_of(card) is not MemoryKind.CLASSIC:
        return (yield from write_slot(card, slot, token, key))
    if not (yield _opening(card, TRANSPORT_KEY)):
        return Wrote.KEYS
    try:
        yield from _write_block(CLASSIC_TRAILER, key + TRANSPORT_ACCESS + key)
    except Nak:
        return Wrote.REFUSED
    return (yield from _written(MemoryKind.CLASSIC, slot, token))


def _opening(card: CardSeen, key: bytes) -> Authenticate:
    serial = card.uid[-CLASSIC_SERIAL_BYTES:]
    return Authenticate(CLASSIC_FIRST_BLOCK, key, serial)


def _written(kind: MemoryKind, slot: int, token: bytes) -> Talk[Wrote]:
    try:
        if kind is MemoryKind.TYPE2:
            yield from _write_pages(slot, token)
        else:
            block = CLASSIC_FIRST_BLOCK + slot
            yield from _write_block(block, token.ljust(READ_BYTES, b"\0"))
        slots = yield from _slots(kind)
    except Nak:
        return Wrote.REFUSED
    if slots[slot] != token:
        raise BadAnswer("what was written does not read back")
    return Wrote.WRITTEN


def _slots(kind: MemoryKind) -> Talk[tuple[bytes, bytes]]:
    if kind is MemoryKind.TYPE2:
        both = yield from _read(TYPE2_FIRST_PAGE)
        return both[:SLOT_BYTES], both[SLOT_BYTES:]
    first = yield from _read(CLASSIC_FIRST_BLOCK)
    second = yield from _read(CLASSIC_FIRST_BLOCK + 1)
    return first[:SLOT_BYTES], second[:SLOT_BYTES]


def _read(place: int) -> Talk[bytes]:
    asked = bytes([READ, place])
    answer = yield Frame(
        asked + crc_a(asked), READ_BYTES + CRC_BYTES, patience_s=READ_PATIENCE_S
    )
    data = answer[:READ_BYTES]
    if crc_a(data) != answer[READ_BYTES:]:
        raise BadAnswer("CRC of what was read")
    return data


def _write_pages(slot: int, token: bytes) -> Talk[None]:
    pages = SLOT_BYTES // TYPE2_PAGE_BYTES
    for n in range(pages):
        page = TYPE2_FIRST_PAGE + slot * pages + n
        part = token[n * TYPE2_PAGE_BYTES : (n + 1) * TYPE2_PAGE_BYTES]
        yield _acknowledged(bytes([TYPE2_WRITE, page]) + part)


def _write_block(block: int, data: bytes) -> Talk[None]:
    """Two frames, each acknowledged: which block, then its sixteen bytes."""
    yield _acknowledged(bytes([CLASSIC_WRITE, block]))
    yield _acknowledged(data)


def _acknowledged(data: bytes) -> Frame:
    """Return a frame whose right answer is ACK; any other four bits raise ``Nak``."""
    return Frame(
        data + crc_a(data),
        1,
        answer_bits=ACK_BITS,
        patience_s=WRITE_PATIENCE_S,
    )
