"""MIFARE Classic 1K: sixteen sectors of four blocks, each behind two keys.

Written from NXP's data sheet MF1S50YYX rev. 3.2: memory 8.6, access conditions 8.7,
commands 10. Keys open a sector by :mod:`hardware.twin.crypto`. Not simulated: value
blocks (increment, decrement, restore, transfer).
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from hardware.iso14443 import check_byte
from hardware.twin.air import Bits, to_air
from hardware.twin.cards import Fringe, with_crc
from hardware.twin.crypto import (
    KEY_BYTES,
    SERIAL_BYTES,
    card_proof,
    reader_proof,
    session_of,
)
from hardware.twin.memory_card import NAK_ARGUMENT, READ, READ_BYTES, MemoryCard

AUTH_A: Final = 0x60
AUTH_B: Final = 0x61
WRITE: Final = 0xA0

BLOCK_BYTES: Final = 16
BLOCKS: Final = 64
SECTOR_BLOCKS: Final = 4
COMMAND_BYTES: Final = 2
ACCESS: Final = slice(6, 9)  # of a sector trailer; byte 9 is free
SAK: Final = 0x08

TRANSPORT_KEY: Final = b"\xff" * KEY_BYTES
TRANSPORT_ACCESS: Final = bytes.fromhex("FF078069")  # 8.6.3

READERS: Final[Mapping[int, str]] = MappingProxyType(
    {0: "AB", 2: "AB", 4: "AB", 6: "AB", 1: "AB", 3: "B", 5: "B", 7: ""}
)
WRITERS: Final[Mapping[int, str]] = MappingProxyType(
    {0: "AB", 2: "", 4: "B", 6: "B", 1: "", 3: "B", 5: "", 7: ""}
)
"""C1 C2 C3 as a number -> keys that read, that write a data block (8.7.3, table 8)."""
TRAILER_WRITERS: Final[Mapping[int, str]] = MappingProxyType(
    {0: "A", 2: "", 4: "B", 6: "", 1: "A", 3: "B", 5: "B", 7: ""}
)
"""The same for a trailer; 101 writes its access bits only (8.7.2, table 7)."""
KEY_B_IS_READ: Final = frozenset({0, 2, 1})
"""Conditions under which key B can be read, and so is no key (8.7.2, remark)."""


class ClassicCard(MemoryCard):
    """A card as it leaves the factory, or with ``keys`` A and B on every sector.

    Args:
        uid: 4 bytes, or 7.
        key: of every sector; by default the transport key.
        seed: of its nonces.
        fringe: how it misbehaves at the edge of the field.
    """

    cell_bytes = BLOCK_BYTES

    def __init__(
        self,
        uid: bytes,
        *,
        key: bytes = TRANSPORT_KEY,
        seed: int = 0,
        fringe: Fringe | None = None,
    ) -> None:
        trailer = key + TRANSPORT_ACCESS + key
        sector = bytes(BLOCK_BYTES * (SECTOR_BLOCKS - 1)) + trailer
        maker = (uid + bytes([check_byte(uid[:4])])).ljust(BLOCK_BYTES, b"\0")
        memory = maker + (sector * (BLOCKS // SECTOR_BLOCKS))[BLOCK_BYTES:]
        super().__init__(uid, memory, sak=SAK, fringe=fringe)
        self._dice = random.Random(seed)
        self._challenge: tuple[int, str, bytes] | None = None
        self._open: tuple[int, str] | None = None  # sector, and by which key

    def power(self, *, on: bool, at: float) -> None:
        """Come into a field, or lose it; a session is over."""
        super().power(on=on, at=at)
        self._challenge = self._open = None

    def _fall_back(self) -> None:
        super()._fall_back()
        self._challenge = self._open = None

    def _told(self, data: bytes, last_bits: int, at: float) -> Bits | None:
        """ACTIVE: between the passes of an authentication a proof comes, no command."""
        if self._challenge is None:
            return super()._told(data, last_bits, at)
        (block, which, nonce), self._challenge = self._challenge, None
        key, serial = self._key(block, which), self.uid[-SERIAL_BYTES:]
        if data != reader_proof(key, serial, nonce):
            self._fall_back()
            return None
        self._open, self._session = (block // SECTOR_BLOCKS, which), session_of(nonce)
        return to_air(card_proof(key, serial, nonce))

    def _command(self, body: bytes, at: float) -> Bits | None:
        del at
        command, block = body[0], body[-1]
        if len(body) != COMMAND_BYTES or block >= BLOCKS:
            return self._nak(NAK_ARGUMENT)
        match command:
            case n if n in (AUTH_A, AUTH_B):
                return self._challenged(block, "A" if command == AUTH_A else "B")
            case n if n == READ and self._may(block, READERS):
                return to_air(with_crc(self._shown(block)))
            case n if n == WRITE and block and self._may(block, WRITERS):
                self._awaits = block
                return self._ack()
            case _:
                return self._nak(NAK_ARGUMENT)

    def _data(self, cell: int, body: bytes, at: float) -> Bits | None:
        if len(body) != READ_BYTES:
            return self._nak(NAK_ARGUMENT)
        return self._program(cell, body, at)

    def _challenged(self, block: int, which: str) -> Bits | None:
        condition = self._condition(block | (SECTOR_BLOCKS - 1))
        if condition is None or (which == "B" and condition in KEY_B_IS_READ):
            self._fall_back()
            return None
        nonce = self._dice.randbytes(4)
        self._challenge = (block, which, nonce)
        return to_air(nonce)

    def _may(self, block: int, whose: Mapping[int, str]) -> bool:
        """Whether the key that opened this block's sector may do this to it."""
        condition = self._condition(block)
        if self._open is None or self._open[0] != block // SECTOR_BLOCKS:
            return False
        if condition is None:
            return False
        if _is_trailer(block):
            return whose is READERS or self._open[1] in TRAILER_WRITERS[condition]
        return self._open[1] in whose[condition]

    def _shown(self, block: int) -> bytes:
        """A block as it is read: key A never shows, key B where it is no key."""
        data = self._cell(block)
        if not _is_trailer(block):
            return data
        shows_b = self._condition(block) in KEY_B_IS_READ
        key_b = data[-KEY_BYTES:] if shows_b else bytes(KEY_BYTES)
        return bytes(KEY_BYTES) + data[KEY_BYTES:-KEY_BYTES] + key_b

    def _key(self, block: int, which: str) -> bytes:
        trailer = self._cell(block | (SECTOR_BLOCKS - 1))
        return trailer[:KEY_BYTES] if which == "A" else trailer[-KEY_BYTES:]

    def _condition(self, block: int) -> int | None:
        """Return C1 C2 C3 of a block; None if bits and their inverse disagree (8.7.1).

        A sector whose access bits are torn is shut for good.
        """
        first, second, third = self._cell(block | (SECTOR_BLOCKS - 1))[ACCESS]
        c1, c2, c3 = second >> 4, third & 0x0F, third >> 4
        inverse = (first & 0x0F, first >> 4, second & 0x0F)
        if inverse != (c1 ^ 0x0F, c2 ^ 0x0F, c3 ^ 0x0F):
            return None
        place = block % SECTOR_BLOCKS
        bits = [each >> place & 1 for each in (c1, c2, c3)]
        return bits[0] << 2 | bits[1] << 1 | bits[2]


def _is_trailer(block: int) -> bool:
    return block % SECTOR_BLOCKS == SECTOR_BLOCKS - 1
