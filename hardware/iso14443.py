"""ISO/IEC 14443-3 Type A as a conversation, with no chip, no clock and no wire in it.

:func:`select` asks for one frame after the other and is told what came back; whoever
drives it owns the radio. Clauses are those of ISO/IEC 14443-3:2018.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from functools import reduce
from operator import xor
from typing import Final

from hardware.ports import CardSeen, FieldEmpty

CARRIER_HZ: Final = 13.56e6
ETU_S: Final = 128 / CARRIER_HZ
"""One bit at 106 kbit/s, seconds (clause 6.2.1.1)."""
FRAME_DELAY_S: Final = 1236 / CARRIER_HZ
"""From our last bit to the card's first, the longer of the two (clause 6.2.1.1)."""
QUIET_AFTER_HLTA_S: Final = 0.001
"""A card that answers within this time has not understood HLTA (clause 6.4.3)."""
POWER_UP_S: Final = 0.005
"""A card may need this long in the field before it listens (clause 5.2)."""

WUPA: Final = 0x52
CASCADE_TAG: Final = 0x88
SELECT_CODES: Final = (0x93, 0x95, 0x97)
ASK_ALL: Final = 0x20  # NVB: two bytes sent, so every card says its whole UID part
ALL_SENT: Final = 0x70  # NVB: seven bytes sent, the UID part is complete
UID_INCOMPLETE: Final = 0x04  # bit 3 of SAK: another cascade level follows

ATQA_BYTES: Final = 2
UID_PART_BYTES: Final = 5  # four bytes and BCC
SAK_BYTES: Final = 3  # SAK and CRC_A


class BadAnswer(Exception):
    """Something answered, not as a card does: noise, or a card half in the field."""


class Nak(BadAnswer):
    """A card understood and refused: four bits that are no acknowledgement."""


@dataclass(frozen=True, slots=True)
class FieldUnclear(FieldEmpty):
    """Something answered, but no card could be read.

    To whoever asks "is there a card that I may act on" this is an empty field; it does
    not prove that the card seen before has gone.
    """


@dataclass(frozen=True, slots=True)
class Frame:
    """What to send, and how much comes back if all is well.

    Attributes:
        data: bytes, least significant bit first on the air.
        last_bits: how many bits of the last byte are sent; 0 means all eight.
        answer_bytes: length of a right answer; 0 if silence is the right answer.
        answer_bits: how many bits of the answer's last byte are right; 0 means all.
        patience_s: how long a card may think before it answers; 0: no longer than
            every card does while it is selected.
    """

    data: bytes
    answer_bytes: int
    last_bits: int = 0
    answer_bits: int = 0
    patience_s: float = 0.0

    @property
    def air_s(self) -> float:
        """Time to send it, seconds: start bit, data with parity, end (6.2.3)."""
        bits = self.last_bits or 9 * len(self.data)  # a short frame has no parity
        return (bits + 3) * ETU_S

    @property
    def answer_s(self) -> float:
        """From the end of sending to the end of a right answer, seconds."""
        bits = self.answer_bits or 9 * self.answer_bytes  # no parity behind four bits
        return FRAME_DELAY_S + (1 + bits) * ETU_S


@dataclass(frozen=True, slots=True)
class Authenticate:
    """Let the reader's chip open a sector of a MIFARE Classic with key A.

    Attributes:
        block: any block of the sector.
        key: six bytes.
        serial: four bytes of the UID, the last ones of a longer one (NXP AN10927).
    """

    block: int
    key: bytes = field(repr=False)
    serial: bytes = field(repr=False)


Step = Frame | Authenticate
"""What can be done with a card that is selected. Its answer is that of the frame, or
for :class:`Authenticate` whether the sector is open, as a byte or none."""


def crc_a(data: bytes) -> bytes:
    """Return CRC_A, low byte first, as it is sent (annex B).

    >>> crc_a(bytes([0x00, 0x00])).hex()
    'a01e'
    >>> crc_a(bytes([0x12, 0x34])).hex()
    '26cf'
    """
    crc = 0x6363
    for byte in data:
        mixed = byte ^ (crc & 0xFF)
        mixed = (mixed ^ (mixed << 4)) & 0xFF
        crc = (crc >> 8) ^ (mixed << 8) ^ (mixed << 3) ^ (mixed >> 4)
    return crc.to_bytes(2, "little")


def check_byte(part: bytes) -> int:
    """Return BCC, the exclusive or of the four bytes of a UID part (6.5.3.3)."""
    return reduce(xor, part)


WAKE_UP: Final = Frame(bytes([WUPA]), ATQA_BYTES, last_bits=7)
"""Wakes halted cards too, unlike REQA, which every second poll would miss."""
HALT: Final = Frame(b"\x50\x00" + crc_a(b"\x50\x00"), 0)


def select() -> Generator[Frame, bytes, CardSeen]:
    """Wake and select one card through all its cascade levels.

    Yields:
        The next frame to send; expects its answer, of ``answer_bytes`` bytes.

    Returns:
        The card, now ACTIVE: halt it.

    Raises:
        BadAnswer: a check byte, CRC_A or the cascade itself was wrong.
    """
    atqa = int.from_bytes((yield WAKE_UP), "little")
    uid = b""
    for level, code in enumerate(SELECT_CODES):
        part = yield Frame(bytes([code, ASK_ALL]), UID_PART_BYTES)
        _require(check_byte(part[:4]) == part[4], "check byte of the UID")
        chosen = bytes([code, ALL_SENT]) + part
        answer = yield Frame(chosen + crc_a(chosen), SAK_BYTES)
        _require(crc_a(answer[:1]) == answer[1:], "CRC of the SAK")
        tagged = part[0] == CASCADE_TAG
        if not answer[0] & UID_INCOMPLETE:
            # No 4-byte UID begins with the tag (6.5.4): it is the cut-off part of a
            # longer one. Further in, the byte may be a plain part of the UID.
            _require(level > 0 or not tagged, "cascade tag in a complete UID")
            return CardSeen(uid=uid + part[:4], atqa=atqa, sak=answer[0])
        _require(tagged, "SAK asks for another level and there is no cascade tag")
        _require(level < len(SELECT_CODES) - 1, "a fourth cascade level")
        uid += part[1:4]
    raise AssertionError  # the last level has returned or raised


def _require(right: bool, what: str) -> None:  # noqa: FBT001  reads as a sentence
    if not right:
        raise BadAnswer(what)
