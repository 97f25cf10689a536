"""A picture with a palette looks as it did, whatever filters it came with."""

from __future__ import annotations

import random
import struct
import zlib
from itertools import chain, product

import pytest

from tools.screenshots.palette import COLOURS, SIGNATURE, with_palette

WIDTH, HEIGHT = 16, 12
FEW = [(250, 248, 243), (20, 40, 43), (247, 180, 43), (255, 255, 255)]


def guess(kind, left, above, corner):
    """Return what filter ``kind`` guesses for a byte (PNG, clause 9.2)."""
    if kind < 4:
        return (0, left, above, (left + above) // 2)[kind]
    start = left + above - corner
    return min((left, above, corner), key=lambda one: abs(start - one))


def chunk(name, body):
    check = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + check


def true_colour(rows, kind):
    """Write a picture as Chromium does, each row with filter ``kind``."""
    above, lines = bytes(3 * WIDTH), []
    for pixels in rows:
        row = bytes(part for pixel in pixels for part in pixel)
        left, corner = bytes(3) + row, bytes(3) + above
        told = [
            (row[i] - guess(kind, left[i], above[i], corner[i])) & 255
            for i in range(len(row))
        ]
        lines.append(bytes([kind, *told]))
        above = row
    head = struct.pack(">IIBBBBB", WIDTH, len(rows), 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(lines))
    return SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def shown(png):
    """Return the rows of a picture with a palette and without filters."""
    parts, at = {}, len(SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack_from(">I", png, at)
        parts[png[at + 4 : at + 8]] = png[at + 8 : at + 8 + size]
        at += size + 12
    palette = [
        tuple(parts[b"PLTE"][i : i + 3]) for i in range(0, len(parts[b"PLTE"]), 3)
    ]
    data = zlib.decompress(parts[b"IDAT"])
    lines = [data[i + 1 : i + 1 + WIDTH] for i in range(0, len(data), WIDTH + 1)]
    return [[palette[index] for index in line] for line in lines]


def picture(colours, seed=1):
    chance = random.Random(seed)
    return [[chance.choice(colours) for _ in range(WIDTH)] for _ in range(HEIGHT)]


@pytest.mark.parametrize("kind", range(5))
def test_few_colours_stay_exactly_as_they_were(kind):
    rows = picture(FEW)

    assert shown(with_palette(true_colour(rows, kind))) == rows


def test_rows_that_repeat_stay_too():
    rows = [picture(FEW)[0]] * HEIGHT

    assert shown(with_palette(true_colour(rows, 2))) == rows


def test_of_many_colours_the_common_ones_stay_and_the_others_are_near():
    """The flat colours of a page are the common ones."""
    many = [(r, g, 90) for r, g in product(range(0, 256, 9), range(0, 256, 13))]
    rows = [[FEW[0]] * WIDTH] * HEIGHT + picture(many) + picture(many, 2)
    seen = shown(with_palette(true_colour(rows, 4)))

    assert seen[:HEIGHT] == rows[:HEIGHT]
    assert len({pixel for row in seen for pixel in row}) <= COLOURS
    pairs = zip(chain(*rows), chain(*seen), strict=True)
    assert (
        max(abs(a - b) for was, is_ in pairs for a, b in zip(was, is_, strict=True))
        < 32
    )


def test_another_kind_of_picture_is_turned_away():
    grey = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)

    with pytest.raises(ValueError, match="picture: kind"):
        with_palette(SIGNATURE + chunk(b"IHDR", grey))
