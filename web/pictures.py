"""The picture of each door: a number that can be read before one can read."""

from __future__ import annotations

PICTURES = (
    "sun", "fish", "star", "tree", "boat", "moon", "owl", "apple", "car", "cat",
    "flower", "kite", "snail", "drum", "duck", "umbrella", "heart", "rocket",
    "penguin", "ball", "leaf", "bus", "whale", "mushroom", "butterfly", "cup",
    "crown", "icecream", "carrot", "balloon", "ladybird", "snowman", "cherries",
    "tractor", "bell", "rabbit",
)  # fmt: skip
"""In order of the doors' numbers, from 1; the names of the drawings without ``p-``."""

NAMES = {"icecream": "ice cream"}
"""English names where they differ from the drawing's."""


def picture(n: int) -> str:
    """Return the drawing of door ``n``; empty beyond the last one, never used twice.

    >>> picture(7), picture(37)
    ('owl', '')
    """
    return PICTURES[n - 1] if 1 <= n <= len(PICTURES) else ""


def picture_name(n: int) -> str:
    """Return the English name of the picture of door ``n``.

    >>> picture_name(28)
    'ice cream'
    """
    name = picture(n)
    return NAMES.get(name, name)
