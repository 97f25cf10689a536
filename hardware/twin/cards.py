"""Contactless cards: what an ISO/IEC 14443-3 Type A card does when spoken to.

Written from the standard's state diagram (clause 6.4, figure 7), not from what our
reader sends: a card that is spoken to wrongly stays silent or falls back to sleep.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from hardware.iso14443 import (
    ALL_SENT,
    ASK_ALL,
    CASCADE_TAG,
    POWER_UP_S,
    SELECT_CODES,
    UID_INCOMPLETE,
    WUPA,
    check_byte,
    crc_a,
)
from hardware.twin.air import BYTE_BITS, Bits, to_air

REQA: Final = 0x26
SHORT_FRAME_BITS: Final = 7
HLTA: Final = b"\x50\x00"
NOISE: Final = b"\x00"
"""What a frame under another cipher sounds like: no command in any state."""
RANDOM_UID_BEGIN: Final = 0x08
UID_SIZES: Final = (4, 7, 10)
ATQA_OF_SIZE: Final = {4: 0x0004, 7: 0x0044, 10: 0x0084}
"""UID size in bits 7 and 8, one bit of the anticollision field (clause 6.5.2)."""


class CardState(Enum):
    """States of the diagram; READY* and ACTIVE* are these with ``_was_halted``."""

    POWER_OFF = "power-off"
    IDLE = "idle"
    READY = "ready"
    ACTIVE = "active"
    HALT = "halt"


@dataclass(slots=True)
class Fringe:
    """How a card at the edge of the field misbehaves, the same for the same seed.

    Attributes:
        unheard: chance that it misses what the reader says.
        lost: chance that the reader misses its answer.
        corrupt: chance that bits of its answer arrive wrong.
    """

    seed: int = 0
    unheard: float = 0.0
    lost: float = 0.0
    corrupt: float = 0.0
    _dice: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Begin the seed's own sequence."""
        self._dice = random.Random(self.seed)

    def misses(self) -> bool:
        """Throw for one command."""
        return self._dice.random() < self.unheard

    def carry(self, bits: Bits) -> Bits | None:
        """Return what arrives of ``bits``, or None."""
        if self._dice.random() < self.lost:
            return None
        if self._dice.random() >= self.corrupt:
            return bits
        wrong = set(self._dice.sample(range(len(bits)), self._dice.randint(1, 3)))
        return tuple(bit ^ (place in wrong) for place, bit in enumerate(bits))


class Card:
    """One card.

    Args:
        uid: 4, 7 or 10 bytes.
        atqa: answer to request, 16 bits; by default the one for the UID's size.
        sak: select acknowledge of the last cascade level.
        fringe: how it misbehaves at the edge of the field; by default not at all.

    Attributes:
        late_s: how much later than the standard's delay its last answer begins.
    """

    def __init__(
        self,
        uid: bytes,
        *,
        atqa: int | None = None,
        sak: int = 0x00,
        fringe: Fringe | None = None,
    ) -> None:
        if len(uid) not in UID_SIZES:
            raise ValueError(f"UID of {len(uid)} bytes, wanted 4, 7 or 10")
        self.uid = uid
        self.atqa = ATQA_OF_SIZE[len(uid)] if atqa is None else atqa
        self.sak = sak
        self.fringe = fringe or Fringe()
        self.state = CardState.POWER_OFF
        self._was_halted = False
        self._level = 0
        self._listens_from = 0.0
        self._session = 0
        self.late_s = 0.0

    def power(self, *, on: bool, at: float) -> None:
        """Come into a field, or lose it, at ``at`` seconds; all is forgotten."""
        self.state = CardState.IDLE if on else CardState.POWER_OFF
        self._was_halted = False
        self._session = 0
        self._listens_from = at + POWER_UP_S

    def hear(
        self, data: bytes, last_bits: int, at: float, cipher: int = 0
    ) -> Bits | None:
        """Take one frame whose last bit was sent at ``at``, and return the answer.

        Args:
            data: the frame's bytes, before any cipher.
            last_bits: how many bits of the last byte were sent; 0 means all.
            at: seconds.
            cipher: the session that it was enciphered in; 0: in none.
        """
        self.late_s = 0.0
        asleep = self.state is CardState.POWER_OFF or at < self._listens_from
        if asleep or not data or self.fringe.misses():
            return None
        if cipher != self._session:
            data, last_bits = NOISE, 0
        answer = self._answer(data, last_bits, at)
        return None if answer is None else self.fringe.carry(answer)

    def _answer(self, data: bytes, last_bits: int, at: float) -> Bits | None:
        match self.state:
            case CardState.IDLE | CardState.HALT:
                return self._woken(data, last_bits)
            case CardState.READY:
                return self._asked(data, last_bits)
            case _:
                return self._told(data, last_bits, at)

    def _woken(self, data: bytes, last_bits: int) -> Bits | None:
        halted = self.state is CardState.HALT
        calls = {WUPA} if halted else {WUPA, REQA}
        if last_bits != SHORT_FRAME_BITS or len(data) != 1 or data[0] not in calls:
            return None
        self.state, self._was_halted, self._level = CardState.READY, halted, 0
        return to_air(self.atqa.to_bytes(2, "little"))

    def _asked(self, data: bytes, last_bits: int) -> Bits | None:
        """READY: an anticollision or a selection of the level we are at, or back."""
        if len(data) >= 2 and data[0] == SELECT_CODES[self._level]:  # noqa: PLR2004
            part = list(self._parts())[self._level]
            if data[1] == ALL_SENT:
                if last_bits == 0 and data == with_crc(data[:2] + part):
                    return self._selected()
            elif (known := _known_bits(data, last_bits)) is not None:
                mine = _value(part) & ((1 << known) - 1)
                if mine == _value(data[2:]) & ((1 << known) - 1):
                    skip = known % BYTE_BITS
                    return to_air(part[known // BYTE_BITS :], skip=skip)
        self._fall_back()
        return None

    def _selected(self) -> Bits:
        if self._level + 1 < len(list(self._parts())):
            self._level += 1
            return to_air(with_crc(bytes([UID_INCOMPLETE])))
        self.state = CardState.ACTIVE
        return to_air(with_crc(bytes([self.sak])))

    def _told(self, data: bytes, last_bits: int, at: float) -> Bits | None:
        """ACTIVE: HLTA is all that a card without memory understands."""
        if last_bits == 0 and data == with_crc(HLTA):
            self.state, self._session = CardState.HALT, 0
            return None
        return self._obey(data, last_bits, at)

    def _obey(self, data: bytes, last_bits: int, at: float) -> Bits | None:  # noqa: ARG002  cards with memory override it
        """Carry out a command of the card's own kind; this one has none."""
        self._fall_back()
        return None

    def _fall_back(self) -> None:
        self.state = CardState.HALT if self._was_halted else CardState.IDLE
        self._session = 0

    def _parts(self) -> Iterator[bytes]:
        """Yield four bytes and check byte for each cascade level (clause 6.5.4)."""
        rest = self.uid
        while rest:
            whole = len(rest) == 4  # noqa: PLR2004  a last level carries four bytes
            part = rest if whole else bytes([CASCADE_TAG]) + rest[:3]
            yield part + bytes([check_byte(part)])
            rest = b"" if whole else rest[3:]


class RandomUidCard(Card):
    """A phone or a privacy card: another UID, beginning 08, at each power-up."""

    def __init__(self, seed: int = 0, *, fringe: Fringe | None = None) -> None:
        self._uids = random.Random(seed)
        super().__init__(self._new_uid(), sak=0x20, fringe=fringe)

    def power(self, *, on: bool, at: float) -> None:
        """Forget everything, the UID too."""
        super().power(on=on, at=at)
        if on:
            self.uid = self._new_uid()

    def _new_uid(self) -> bytes:
        return bytes([RANDOM_UID_BEGIN]) + self._uids.randbytes(3)


def with_crc(data: bytes) -> bytes:
    """Return ``data`` with its CRC_A behind it."""
    return data + crc_a(data)


def _value(bits: bytes) -> int:
    return int.from_bytes(bits, "little")


def _known_bits(data: bytes, last_bits: int) -> int | None:
    """Return how many UID bits an anticollision frame carries; None if it is none."""
    whole, part = data[1] >> 4, data[1] & 0x0F
    sent = (len(data) - (last_bits > 0)) * BYTE_BITS + last_bits
    known = whole * BYTE_BITS + part
    right = part < BYTE_BITS and ASK_ALL <= data[1] < ALL_SENT and sent == known
    return known - 2 * BYTE_BITS if right else None
