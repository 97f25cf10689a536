"""MIFARE Ultralight and NTAG: pages of four bytes, read four at a time.

Written from NXP's data sheets NTAG213/215/216 rev. 3.2 (memory 8.5, READ 10.2, WRITE
10.4, COMPATIBILITY_WRITE 10.5) and MF0ICU1. Not simulated: passwords, counters,
FAST_READ, the dynamic lock bytes.
"""

from __future__ import annotations

from typing import Final

from hardware.iso14443 import CASCADE_TAG, check_byte
from hardware.twin.air import Bits, to_air
from hardware.twin.cards import Fringe, with_crc
from hardware.twin.memory_card import NAK_ARGUMENT, READ, READ_BYTES, MemoryCard

WRITE: Final = 0xA2
COMPATIBILITY_WRITE: Final = 0xA0
GET_VERSION: Final = 0x60

PAGE_BYTES: Final = 4
LOCK_PAGE, CAPABILITY_PAGE, FIRST_USER_PAGE = 2, 3, 4
LOCKABLE_PAGES: Final = 16  # by the static lock bytes
COMMAND_BYTES: Final = 2
LOCK_ALL: Final = b"\xf8\xff"  # every page from 3 to 15, not the lock bits themselves

VERSION_NTAG213: Final = bytes.fromhex("0004040201000F03")  # 10.1, table 28


class Type2Card(MemoryCard):
    """A card of ``pages`` pages.

    Args:
        uid: 7 bytes.
        pages: 45 of an NTAG213, 16 of a MIFARE Ultralight.
        version: what GET_VERSION tells; empty: it has no such command.
        locked: pages 3 to 15 are locked for good.
        fringe: how it misbehaves at the edge of the field.
    """

    cell_bytes = PAGE_BYTES

    def __init__(
        self,
        uid: bytes,
        *,
        pages: int,
        version: bytes = b"",
        locked: bool = False,
        fringe: Fringe | None = None,
    ) -> None:
        memory = _head(uid, locked=locked).ljust(pages * PAGE_BYTES, b"\0")
        super().__init__(uid, memory, sak=0x00, fringe=fringe)
        self._pages = pages
        self._version = version

    def _command(self, body: bytes, at: float) -> Bits | None:
        match body[0]:
            case n if n == READ and len(body) == COMMAND_BYTES:
                return self._read(body[1])
            case n if n == WRITE and len(body) == COMMAND_BYTES + PAGE_BYTES:
                return self._write(body[1], body[2:], at)
            case n if n == COMPATIBILITY_WRITE and len(body) == COMMAND_BYTES:
                return self._await_data(body[1])
            case n if n == GET_VERSION and len(body) == 1 and self._version:
                return to_air(with_crc(self._version))
            case _:
                return self._nak(NAK_ARGUMENT)

    def _read(self, page: int) -> Bits:
        """Four pages; behind the last one comes the first (10.2)."""
        if page >= self._pages:
            return self._nak(NAK_ARGUMENT)
        rolled = (self._memory * 2)[page * PAGE_BYTES :]
        return to_air(with_crc(bytes(rolled[:READ_BYTES])))

    def _await_data(self, page: int) -> Bits:
        if not self._may_write(page):
            return self._nak(NAK_ARGUMENT)
        self._awaits = page
        return self._ack()

    def _data(self, cell: int, body: bytes, at: float) -> Bits | None:
        """Sixteen bytes, of which the first four are written (10.5)."""
        if len(body) != READ_BYTES:
            return self._nak(NAK_ARGUMENT)
        return self._write(cell, body[:PAGE_BYTES], at)

    def _write(self, page: int, data: bytes, at: float) -> Bits | None:
        if not self._may_write(page):
            return self._nak(NAK_ARGUMENT)
        if page in (LOCK_PAGE, CAPABILITY_PAGE):  # bits are set and never cleared
            kept = self._cell(page)
            if page == LOCK_PAGE:
                data = bytes(2) + data[2:]
            data = bytes(a | b for a, b in zip(kept, data, strict=True))
        return self._program(page, data, at)

    def _may_write(self, page: int) -> bool:
        locks = int.from_bytes(self._cell(LOCK_PAGE)[2:], "little")
        locked = page < LOCKABLE_PAGES and bool(locks >> page & 1)
        if page == LOCK_PAGE:
            locked = False
        return LOCK_PAGE <= page < self._pages and not locked


def _head(uid: bytes, *, locked: bool) -> bytes:
    """Return pages 0 to 3: the UID with its check bytes, locks, capabilities (8.5)."""
    first = uid[:3] + bytes([check_byte(bytes([CASCADE_TAG]) + uid[:3])])
    locks = LOCK_ALL if locked else bytes(2)
    second = uid[3:] + bytes([check_byte(uid[3:]), 0x48]) + locks
    return first + second + bytes.fromhex("E1101200")
