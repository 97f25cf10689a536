"""Bits on the air between a reader and its cards (ISO/IEC 14443-3, clause 6.2.3).

A frame is a sequence of bits, each byte least significant bit first and followed by an
odd parity bit. Cards that answer at once are heard as one: where they differ there is a
collision, which has no value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

BYTE_BITS: Final = 8
Bits = tuple[int, ...]
Heard = tuple[int | None, ...]
"""What arrives at the reader; None where cards said different bits."""


def to_air(data: bytes, *, skip: int = 0, last_bits: int = 0) -> Bits:
    r"""Return ``data`` as sent.

    Args:
        data: the bytes; parity is that of whole bytes.
        skip: how many bits of the first byte are left out, 0 to 7.
        last_bits: how many bits of the last byte are sent, without parity; 0: all.

    >>> to_air(b"\x52", last_bits=7)
    (0, 1, 0, 0, 1, 0, 1)
    >>> to_air(b"\x01")
    (1, 0, 0, 0, 0, 0, 0, 0, 0)
    """
    bits: list[int] = []
    for byte in data:
        bits += [byte >> place & 1 for place in range(BYTE_BITS)]
        bits.append(odd_parity(byte))
    end = len(bits) - (BYTE_BITS + 1 - last_bits if last_bits else 0)
    return tuple(bits[skip:end])


def odd_parity(byte: int) -> int:
    """Return the bit that makes the number of ones odd."""
    return 1 - byte.bit_count() % 2


def superpose(answers: Sequence[Bits]) -> Heard:
    """Return what a reader hears when all ``answers`` begin at the same instant.

    >>> superpose([(1, 0, 1), (1, 1, 1, 0)])
    (1, None, 1, 0)
    """
    return tuple(_together(column) for column in zip_longest(*answers))


def _together(column: Sequence[int | None]) -> int | None:
    said = {bit for bit in column if bit is not None}
    return said.pop() if len(said) == 1 else None


@dataclass(slots=True)
class Received:
    """One answer, decoded.

    Attributes:
        data: the bytes, the last one perhaps in part.
        ends: for each byte the number of air bits up to its end.
        last_bits: how many bits of the last byte are valid; 0 means all.
        parity_error: a parity bit was wrong.
        collision: place of the first collision among data bits, from 1; None if none.
    """

    data: bytes
    ends: list[int]
    last_bits: int
    parity_error: bool
    collision: int | None


def decode(
    heard: Heard, *, align: int = 0, parity: bool = True, clear_after: bool = False
) -> Received:
    """Sort air bits into bytes.

    Args:
        heard: the bits as they arrived.
        align: place of the first bit in its byte; that byte's parity is not checked.
        parity: whether each byte is followed by a parity bit.
        clear_after: read 0 for every bit from the first collision on; otherwise a bit
            in collision reads 1 and the others as they came.
    """
    data = bytearray()
    ends: list[int] = []
    found = Received(b"", ends, 0, parity_error=False, collision=None)
    for index, place, bit in _places(heard, align, parity=parity):
        if place == BYTE_BITS:
            trusted = found.collision is None and (align == 0 or len(data) > 1)
            if trusted and bit != odd_parity(data[-1]):
                found.parity_error = True
            ends[-1] = index + 1
            continue
        if place == 0 or not data:
            data.append(0)
            ends.append(0)
        if bit is None and found.collision is None:
            found.collision = (len(data) - 1) * BYTE_BITS + place + 1
        cleared = clear_after and found.collision is not None
        data[-1] |= (0 if cleared else 1 if bit is None else bit) << place
        ends[-1] = index + 1
        found.last_bits = (place + 1) % BYTE_BITS
    found.data = bytes(data)
    return found


def _places(
    heard: Heard, align: int, *, parity: bool
) -> Iterator[tuple[int, int, int | None]]:
    """Yield index, place in the byte (8 is the parity bit) and bit."""
    places = BYTE_BITS + 1 if parity else BYTE_BITS
    for index, bit in enumerate(heard):
        yield index, (align + index) % places, bit
