"""Which bodies a ``Forgotten`` names, as ranges.

Body: ``{"v":1,"rule":"taps-1y","ranges":[[epoch, first, last], …]}``; every entry in a
range has lost its body, none outside has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import msgspec

from controller.journal.codec import to_json
from controller.journal.entry import Position
from controller.journal.store import Range

BATCH: Final = 500
"""Entries per Forgotten: the guard compares each of them with each of its ranges."""


class Forgotten(msgspec.Struct):
    """The fields of a Forgotten's body."""

    v: int
    rule: str
    ranges: list[Range]


def ranges(positions: Iterable[Position]) -> list[Range]:
    """Return ``positions`` as the fewest ranges, in order.

    >>> ranges([Position(1, 4), Position(1, 2), Position(1, 3), Position(2, 1)])
    [(1, 2, 4), (2, 1, 1)]
    """
    found: list[Range] = []
    for epoch, seq in sorted(set(positions)):
        if found and found[-1][0] == epoch and found[-1][2] == seq - 1:
            found[-1] = (epoch, found[-1][1], seq)
        else:
            found.append((epoch, seq, seq))
    return found


def batches(positions: Iterable[Position]) -> Iterator[list[Range]]:
    """Yield the ranges of ``positions``, at most :data:`BATCH` entries at a time."""
    waiting = iter(sorted(set(positions)))
    while batch := list(islice(waiting, BATCH)):
        yield ranges(batch)


def body(rule: str, spans: list[Range]) -> str:
    """Return the body of a Forgotten."""
    return to_json(Forgotten(1, rule, spans))


def read(text: str) -> Forgotten:
    """Return what the body of a Forgotten says.

    Raises:
        msgspec.MsgspecError: it is not one.
    """
    return msgspec.json.decode(text, type=Forgotten)
