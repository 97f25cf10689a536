"""What cards with a memory have in common: answers of four bits, and programming.

Programming a cell takes time; who takes the card away meanwhile leaves the cell torn:
every other byte new, the rest erased. A choice of ours, worse than most silicon.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hardware.iso14443 import crc_a
from hardware.twin.air import Bits, to_air
from hardware.twin.cards import Card, CardState, Fringe

ACK: Final = 0xA
NAK_ARGUMENT: Final = 0x0  # no such place, locked, or not allowed
NAK_CRC: Final = 0x1
ACK_BITS: Final = 4

PROGRAM_S: Final = 0.004
"""Time to program one cell: ours; the data sheets bound it, at 10 ms (MF1S50YYX table
"MIFARE Write part 2", NTAG213/215/216 table "WRITE timing")."""

READ: Final = 0x30
READ_BYTES: Final = 16
CRC_BYTES: Final = 2


class MemoryCard(Card):
    """A card with cells of ``cell_bytes``; :meth:`_command` is what a kind adds.

    Args:
        uid: 4, 7 or 10 bytes.
        memory: what it holds.
        sak: select acknowledge.
        fringe: how it misbehaves at the edge of the field.

    Attributes:
        cell_bytes: what is programmed at once.
        tears: the hand pulls the card away in the middle of every write.
        on_write: called when a cell is being programmed.
    """

    cell_bytes: int

    def __init__(
        self, uid: bytes, memory: bytes, *, sak: int, fringe: Fringe | None = None
    ) -> None:
        super().__init__(uid, sak=sak, fringe=fringe)
        self.tears = False
        self.on_write: Callable[[], None] = lambda: None
        self._memory = bytearray(memory)
        self._programming: tuple[int, bytes, float] | None = None
        self._awaits: int | None = None  # the cell that the next frame is for

    @property
    def memory(self) -> bytes:
        """What it holds; a cell that is being programmed counts as torn."""
        return bytes(self._memory)

    def remember(self, memory: bytes) -> None:
        """Hold ``memory`` from now on, as a copy of another card does.

        Raises:
            ValueError: it does not fit.
        """
        if len(memory) != len(self._memory):
            raise ValueError(f"{len(memory)} bytes, wanted {len(self._memory)}")
        self._memory[:] = memory

    def power(self, *, on: bool, at: float) -> None:
        """Come into a field, or lose it: what is not yet programmed stays torn."""
        self._settle(at)
        self._programming = self._awaits = None
        super().power(on=on, at=at)

    def _obey(self, data: bytes, last_bits: int, at: float) -> Bits | None:
        self._settle(at)
        awaits, self._awaits = self._awaits, None
        body, crc = data[:-CRC_BYTES], data[-CRC_BYTES:]
        if last_bits or not body or crc_a(body) != crc:
            return self._nak(NAK_CRC)
        if awaits is not None:
            return self._data(awaits, body, at)
        return self._command(body, at)

    def _command(self, body: bytes, at: float) -> Bits | None:
        """Carry out one command, its CRC taken off."""
        raise NotImplementedError

    def _data(self, cell: int, body: bytes, at: float) -> Bits | None:
        """Take the data of a write whose command was acknowledged."""
        raise NotImplementedError

    def _cell(self, cell: int) -> bytes:
        size = self.cell_bytes
        return bytes(self._memory[cell * size : (cell + 1) * size])

    def _program(self, cell: int, data: bytes, at: float) -> Bits | None:
        torn = bytes(0 if n % 2 else byte for n, byte in enumerate(data))
        self._store(cell, torn)
        self.on_write()
        if self.tears:
            self.state = CardState.POWER_OFF
            return None
        self._programming = (cell, data, at + PROGRAM_S)
        self.late_s = PROGRAM_S
        return self._ack()

    def _settle(self, at: float) -> None:
        if self._programming is not None and at >= self._programming[2]:
            cell, data, _ = self._programming
            self._programming = None
            self._store(cell, data)
            self.on_write()

    def _store(self, cell: int, data: bytes) -> None:
        size = self.cell_bytes
        self._memory[cell * size : (cell + 1) * size] = data

    @staticmethod
    def _ack() -> Bits:
        return to_air(bytes([ACK]), last_bits=ACK_BITS)

    def _nak(self, why: int) -> Bits:
        """Refuse, and fall out of the selected state as the data sheets draw it."""
        self._fall_back()
        return to_air(bytes([why]), last_bits=ACK_BITS)
