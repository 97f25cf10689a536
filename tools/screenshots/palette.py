"""A screenshot with a palette: a third of the bytes, and nobody sees a difference.

PNG as in the W3C's third edition (2025): clause 9 for filters, 11.2 for chunks.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
COLOURS: Final = 256
"""As many as a palette holds."""

EXACT: Final = 96
"""So many of the commonest are kept whatever they are; all flat colours are in them."""

SHADE: Final = 4
"""Bits of each channel that do not make another shade."""

TRUE_COLOUR: Final = (8, 2, 0, 0, 0)
"""Bit depth, colour type, and what follows, as Chromium writes them."""

Colour = tuple[int, int, int]


def with_palette(png: bytes) -> bytes:
    """Return a true-colour picture with a palette of its commonest colours.

    The others, blends at the edges of letters, take the nearest of these.

    Raises:
        ValueError: it is not a plain picture of 8 bits a channel.
    """
    width, rows = _rows(png)
    split = {row: list(zip(*[iter(row)] * 3, strict=True)) for row in set(rows)}
    seen: Counter[Colour] = Counter()
    for row, times in Counter(rows).items():
        for colour, count in Counter(split[row]).items():
            seen[colour] += count * times
    palette = _palette(seen)
    index = {colour: _nearest(colour, palette) for colour in seen}
    lines = {row: b"\0" + bytes(map(index.__getitem__, split[row])) for row in split}
    head = struct.pack(">IIBBBBB", width, len(rows), 8, 3, 0, 0, 0)
    return SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", head),
            _chunk(b"PLTE", bytes(part for colour in palette for part in colour)),
            _chunk(b"IDAT", zlib.compress(b"".join(lines[row] for row in rows), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _palette(seen: Counter[Colour]) -> list[Colour]:
    """Return the commonest colours, then the commonest of each shade left out."""
    common = [colour for colour, _ in seen.most_common()]
    chosen = dict.fromkeys(common[:EXACT])
    shades = {tuple(part >> SHADE for part in colour) for colour in chosen}
    for colour in common[EXACT:]:
        shade = tuple(part >> SHADE for part in colour)
        if shade not in shades:
            shades.add(shade)
            chosen[colour] = None
    return [*dict.fromkeys([*chosen, *common])][:COLOURS]


def _nearest(colour: Colour, palette: list[Colour]) -> int:
    r, g, b = colour
    far = [(r - x) ** 2 + (g - y) ** 2 + (b - z) ** 2 for x, y, z in palette]
    return far.index(min(far))


def _rows(png: bytes) -> tuple[int, list[bytes]]:
    """Return the width, and each row as bytes of red, green and blue."""
    chunks = list(_chunks(png))
    width, height, *kind = struct.unpack(">IIBBBBB", chunks[0][1])
    if tuple(kind) != TRUE_COLOUR:
        raise ValueError(f"picture: kind {kind}, wanted {list(TRUE_COLOUR)}")
    data = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    size = 3 * width
    rows, above = [], bytes(size)
    for start in range(0, height * (size + 1), size + 1):
        line = data[start + 1 : start + 1 + size]
        above = _unfiltered(data[start], line, above)
        rows.append(above)
    return width, rows


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += size + 12


def _chunk(name: bytes, body: bytes) -> bytes:
    check = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    """Undo the filter of one row."""
    if kind == NONE:
        return line
    if kind == ABOVE and not any(line):
        return above
    guess = GUESSES[kind]
    out = bytearray(3)  # a pixel left of the first
    corner = bytes(3) + above
    for at, (value, b) in enumerate(zip(line, above, strict=True)):
        out.append((value + guess(out[at], b, corner[at])) & 255)
    return bytes(out[3:])


def _nearest_of_three(a: int, b: int, c: int) -> int:
    near_a, near_b, near_c = abs(b - c), abs(a - c), abs(a + b - c - c)
    if near_a <= near_b and near_a <= near_c:
        return a
    return b if near_b <= near_c else c


NONE, LEFT, ABOVE, MEAN, NEAREST = range(5)
GUESSES: Final[dict[int, Callable[[int, int, int], int]]] = {
    LEFT: lambda left, _above, _corner: left,
    ABOVE: lambda _left, above, _corner: above,
    MEAN: lambda left, above, _corner: (left + above) >> 1,
    NEAREST: _nearest_of_three,
}
"""Filter of a row -> what it guesses for a byte; the row tells how far off that is."""
