"""An NXP MFRC522 with an antenna, seen from its SPI pins and from its field.

Written from the data sheet (MFRC522 rev. 3.9) and ISO/IEC 14443-3, so that a driver or
library that is wrong about the chip is wrong here too.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from hardware.ports import Clock
from hardware.twin.air import Bits
from hardware.twin.cards import Card
from hardware.twin.mfrc522_engine import Engine
from hardware.twin.mfrc522_registers import TX_RF_EN, Err, Reg

SPI_READ: Final = 0x80  # in the first byte on the wire (8.1.2.3)


class Mfrc522Chip:
    """One chip, its antenna and the cards before it. Safe to use from several threads.

    Args:
        clock: what the chip's oscillator follows.
        version: VersionReg; 0x91 and 0x92 are NXP's, others are clones'.
    """

    def __init__(self, clock: Clock, *, version: int = 0x92) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._cards: list[Card] = []
        self._lit = False
        self._deaf: int | None = None
        self._unplugged = False
        self._held_in_reset = False
        self._antenna_broken = False
        self._engine = Engine(clock, version, self._ask)

    # ------------------------------------------------------------------- SPI pins

    def transfer(self, data: Sequence[int]) -> list[int]:
        """Exchange the bytes of one chip-select (8.1.2).

        A write gives all bytes after the first to one address. A read answers each
        byte with the value of the address before it.
        """
        with self._touched():
            if self._deaf is not None:
                return [self._deaf] * len(data)
            if self._unplugged or self._held_in_reset or not data:
                return [0] * len(data)
            if data[0] & SPI_READ:
                addresses = (byte >> 1 & 0x3F for byte in data[:-1])
                return [0, *(self._engine.read(address) for address in addresses)]
            for byte in data[1:]:
                self._engine.write(data[0] >> 1 & 0x3F, byte)
            return [0] * len(data)

    def reset_pin(self, *, high: bool) -> None:
        """Drive NRSTPD: low is power-down, the rising edge a reset (8.7)."""
        with self._touched():
            self._held_in_reset = not high
            self._engine.reset()

    # ------------------------------------------------------------------- the field

    @property
    def field(self) -> tuple[Card, ...]:
        """The cards before the antenna, each in the state that it has by now."""
        with self._touched():
            return tuple(self._cards)

    @property
    def field_is_on(self) -> bool:
        """Whether the antenna powers the cards before it."""
        dark = self._unplugged or self._held_in_reset or self._antenna_broken
        sends = self._engine.registers[Reg.TX_CONTROL] & TX_RF_EN
        return bool(sends) and not dark and not self._engine.powered_down

    def put(self, card: Card) -> None:
        """A hand brings ``card`` before the antenna."""
        with self._touched():
            self._cards.append(card)
            card.power(on=self._lit, at=self._clock.monotonic())

    def take(self, card: Card) -> None:
        """A hand takes ``card`` away; an answer under way breaks off."""
        with self._touched():
            self._cards.remove(card)
            card.power(on=False, at=self._clock.monotonic())
            if self._engine.hears:
                self._engine.break_off()
                self._engine.end_reception(Err.PROTOCOL)

    # ---------------------------------------------------------------------- faults

    @property
    def deaf(self) -> int | None:
        """What every byte reads while the SPI wire is cut: 0x00, 0xFF; None: whole."""
        return self._deaf

    @deaf.setter
    def deaf(self, reads: int | None) -> None:
        with self._touched():
            self._deaf = reads

    @property
    def unplugged(self) -> bool:
        """Whether the reader's plug is out: no supply, and the wire reads 00."""
        return self._unplugged

    @unplugged.setter
    def unplugged(self, out: bool) -> None:
        with self._touched():
            self._unplugged = out
            self._engine.reset()

    @property
    def antenna_broken(self) -> bool:
        """Whether the antenna is off its pads: the chip is well and hears no card."""
        return self._antenna_broken

    @antenna_broken.setter
    def antenna_broken(self, broken: bool) -> None:
        with self._touched():
            self._antenna_broken = broken

    def brown_out(self) -> None:
        """Let the supply sag for an instant: every register takes its reset value."""
        with self._touched():
            self._engine.reset()

    # ---------------------------------------------------------------------- inside

    @contextmanager
    def _touched(self) -> Iterator[None]:
        """Bring the chip up to now; afterwards tell the cards if the field changed."""
        with self._lock:
            self._engine.catch_up()
            yield
            if self._lit != self.field_is_on:
                self._lit = self.field_is_on
                for card in self._cards:
                    card.power(on=self._lit, at=self._clock.monotonic())

    def _ask(
        self, data: bytes, last_bits: int, at: float, cipher: int
    ) -> tuple[list[Bits], float]:
        heard = [
            (answer, card.late_s)
            for card in self._cards
            if (answer := card.hear(data, last_bits, at, cipher)) is not None
        ]
        return [answer for answer, _ in heard], max(
            (late for _, late in heard), default=0.0
        )
