"""One frame out and one answer in, through an MFRC522.

The ``mfrc522`` package's own loop looks 2000 times at full speed and cannot tell
silence from damage. We let the chip's timer say when nobody answers, sleep as long as
an answer takes, and look once; a look fetches flags, bytes and heartbeat together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hardware.errors import ReaderStuck
from hardware.iso14443 import ETU_S, FRAME_DELAY_S, Authenticate, BadAnswer, Frame, Nak
from hardware.pi.mfrc522_link import SILENCE_S, TICK_S, Mfrc522Link
from hardware.ports import Clock

ALL_FLAGS: Final = 0x7F  # ComIrqReg: clear what is marked (table 30)
RX_FLAG: Final = 0x20
IDLE_FLAG: Final = 0x10
ERR_FLAG: Final = 0x02
TIMER_FLAG: Final = 0x01
COLLISION: Final = 0x08  # ErrorReg (table 34)
ANY_ERROR: Final = 0x1F  # ErrorReg: overflow, collision, CRC, parity, protocol
LAST_BITS: Final = 0x07  # ControlReg: 0 if the last byte is whole
FLUSH: Final = 0x80  # FIFOLevelReg
START_SEND: Final = 0x80  # BitFramingReg
CRYPTO_ON: Final = 0x08  # Status2Reg (table 38)
ACK: Final = 0xA
FOUR_BITS: Final = 4

MARGIN_S: Final = ETU_S / 2
"""So that a look at the right instant is not a hair too early. A real sleep is late by
ten times as much."""
LOOK_AGAIN_S: Final = 200e-6
GIVE_UP_S: Final = 0.010
"""Beyond the longest that the chip's timer may run: ten times the longest exchange of a
selection. Only a chip that does not work gets there."""
AUTH_PATIENCE_S: Final = 0.001
"""A card answers each pass of an authentication within this (MF1S50YYX, 10.1)."""
AUTH_S: Final = sum(
    (1 + 9 * n + 2) * ETU_S + FRAME_DELAY_S
    for n in (4, 4, 8, 4)  # command, nonce, two nonces, proof
)
"""The three passes, as long as a card takes that does not think."""


class Collision(Exception):
    """Two cards or more answered, and not the same."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the chip found.

    Attributes:
        flags: ComIrqReg.
        errors: ErrorReg.
        level: bytes in the FIFO, before ``data`` was taken out.
        last_bits: valid bits of the last byte; 0 means all.
        data: what was taken from the FIFO along with the rest.
    """

    flags: int
    errors: int
    level: int
    last_bits: int
    data: bytes

    @property
    def is_answer(self) -> bool:
        """Whether something was heard, well or badly."""
        return bool(self.flags & (RX_FLAG | ERR_FLAG))

    @property
    def is_over(self) -> bool:
        """Whether the exchange has ended; a filling FIFO outdoes the timer."""
        return self.is_answer or bool(self.flags & TIMER_FLAG and not self.level)


class Mfrc522Air:
    """What is said and heard over one chip's antenna."""

    def __init__(self, link: Mfrc522Link, clock: Clock) -> None:
        self._link = link
        self._clock = clock
        self._quiet_at = clock.monotonic()
        self._fetches_along = True
        self._patience_s = SILENCE_S
        self._is_ciphered = self._is_over = False

    def exchange(self, frame: Frame, *, heartbeat: bool = False) -> bytes | None:
        """Send ``frame`` and return the answer, or None if none came.

        Args:
            frame: what to send, and how long its answer is.
            heartbeat: check the chip's configuration in the same look.

        Raises:
            Collision: answers overlaid each other.
            Nak: the card refused.
            BadAnswer: an answer was damaged, or is not as long as it should be.
            ReaderDead: the chip is not there, was reset, or does nothing.
        """
        self._begin(frame)
        self._clock.sleep(frame.air_s + max(frame.answer_s, SILENCE_S) + MARGIN_S)
        # Nobody knows when a card that may think will answer.
        guesses = self._fetches_along and not frame.patience_s
        along = frame.answer_bytes if guesses else 0
        look = self._look(along, heartbeat=heartbeat)
        if not look.is_over:
            look = self._wait_longer()
            # What was fetched along was not the whole answer, and is gone. Fetching
            # after the flags costs a transfer more and is always right.
            self._fetches_along &= not guesses
        if not look.is_answer:
            return None
        if look.errors & COLLISION:
            raise Collision
        if look.errors & ANY_ERROR:
            raise BadAnswer("damaged on the air")
        data = look.data or self._fetch(look.level)
        if (look.level, look.last_bits) == (1, FOUR_BITS) and data[0] != ACK:
            raise Nak(f"the card refused with {data[0]:X}")
        if (look.level, look.last_bits) != (frame.answer_bytes, frame.answer_bits):
            raise BadAnswer("not as long as it should be")
        return data

    def authenticate(self, step: Authenticate) -> bool:
        """Open a sector of the selected card; from now on all is enciphered.

        Returns:
            Whether it is open. If not, the card has fallen back and hears no command.

        Raises:
            ReaderDead: the chip does nothing.
        """
        link, chip = self._link, self._link.chip
        self._make_ready(AUTH_PATIENCE_S)
        asked = [chip.PICC_AUTHENT1A, step.block, *step.key, *step.serial]
        link.write(chip.BitFramingReg, 0)
        link.write(chip.CommIrqReg, ALL_FLAGS)
        link.write(chip.FIFOLevelReg, FLUSH)
        link.write(chip.FIFODataReg, *asked)
        link.write(chip.CommandReg, chip.PCD_IDLE, chip.PCD_AUTHENT)
        self._clock.sleep(AUTH_S + MARGIN_S)
        self._is_ciphered = self._has_opened()
        if not self._is_ciphered:
            link.write(chip.CommandReg, chip.PCD_IDLE)  # it does not end by itself
        return self._is_ciphered

    def _has_opened(self) -> bool:
        """Look until MFAuthent has ended by itself, or nobody answers (10.3.1.9).

        The timer runs out between two passes only if the card has fallen silent.
        """
        link, chip = self._link, self._link.chip
        ends_at = self._clock.monotonic() + GIVE_UP_S
        while self._clock.monotonic() < ends_at:
            flags, status = link.read(chip.CommIrqReg, chip.Status2Reg)
            if flags & IDLE_FLAG:
                return bool(status & CRYPTO_ON)
            if flags & (TIMER_FLAG | ERR_FLAG):
                return False
            self._clock.sleep(LOOK_AGAIN_S)
        link.check_heart(link.read(*link.heart_addresses()))
        raise ReaderStuck(link.name, f"timer silent after {GIVE_UP_S} s")

    def send(self, frame: Frame) -> None:
        """Send ``frame`` and do not wait: silence is the right answer."""
        self._begin(frame)
        self._quiet_at = self._clock.monotonic() + frame.air_s + SILENCE_S
        self._is_over = self._is_ciphered  # the last that the card shall understand

    def _make_ready(self, patience_s: float) -> None:
        """Let what is being sent go out; end a session that is over; set the timer."""
        link, chip = self._link, self._link.chip
        self._clock.sleep(max(0.0, self._quiet_at - self._clock.monotonic()))
        if self._is_over:  # under the cipher no other card would hear our call
            link.write(chip.Status2Reg, 0)
            self._is_ciphered = self._is_over = False
        if patience_s != self._patience_s:
            link.write_timer(round(patience_s / TICK_S))
            self._patience_s = patience_s

    def _begin(self, frame: Frame) -> None:
        """Fill the FIFO and start, without cutting short what is still being sent.

        StartSend is taken back first: whether the chip heeds its level or its edge, it
        must not send before the FIFO is right.
        """
        self._make_ready(frame.patience_s or SILENCE_S)
        link, chip = self._link, self._link.chip
        link.write(chip.BitFramingReg, frame.last_bits)
        link.write(chip.CommIrqReg, ALL_FLAGS)
        link.write(chip.FIFOLevelReg, FLUSH)
        link.write(chip.FIFODataReg, *frame.data)
        link.write(chip.CommandReg, chip.PCD_IDLE, chip.PCD_TRANSCEIVE)
        link.write(chip.BitFramingReg, START_SEND | frame.last_bits)

    def _look(self, along: int = 0, *, heartbeat: bool = False) -> Look:
        link, chip = self._link, self._link.chip
        heart = link.heart_addresses() if heartbeat else []
        flags = [chip.CommIrqReg, chip.ErrorReg, chip.FIFOLevelReg, chip.ControlReg]
        found = link.read(*flags, *heart, *[chip.FIFODataReg] * along)
        if heartbeat:
            link.check_heart(found[4 : 4 + len(heart)])
        irq, errors, level, control = found[:4]
        data = bytes(found[4 + len(heart) :])
        return Look(irq, errors, level, control & LAST_BITS, data)

    def _wait_longer(self) -> Look:
        """Look now and then until the exchange is over.

        Raises:
            ReaderDead: not even the chip's timer ran out.
        """
        ends_at = self._clock.monotonic() + GIVE_UP_S + self._patience_s
        while True:
            is_late = self._clock.monotonic() >= ends_at
            look = self._look()
            if look.is_over:
                return look
            if is_late:
                self._link.check_heart(self._link.read(*self._link.heart_addresses()))
                raise ReaderStuck(self._link.name, f"timer silent after {GIVE_UP_S} s")
            self._clock.sleep(LOOK_AGAIN_S)

    def _fetch(self, count: int) -> bytes:
        return bytes(self._link.read(*[self._link.chip.FIFODataReg] * count))
