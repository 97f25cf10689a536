"""What came of a card at a reader. Never a person."""

from __future__ import annotations

from typing import Any

import msgspec


class TapOutcome(msgspec.Struct, omit_defaults=True):
    """What came of one tap; for the twin and for lights. No person in it.

    Attributes:
        reader: the reader's name.
        serial: counts this reader's outcomes since the controller started.
        result: ``ordered`` (a durable order to open), ``refused``, ``unknown`` (no such
            card), ``staff`` (a staff card: PIN asked for), ``enrolled``, ``open``
            (its door stands open already), ``two-cards``, ``random-uid``.
        compartment: for ``ordered`` and ``open``.
        order: id of the order, for ``ordered``.
        reason: the rule's name, for ``refused``.
        entry: node, epoch and sequence of the entry that records it, or empty when
            it was folded into a later one.
    """

    reader: str
    serial: int
    result: str
    compartment: int = 0
    reason: str = ""
    entry: list[Any] = []
    order: str = ""
