"""Latched faults: what each means to a technician, and whether the door is still used.

One table; the health page, the board and the documentation read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One kind of fault.

    Attributes:
        words: what happened, after "Door 7: " or "Reader front: ".
        remedy: what to do.
        closes: whether nothing more is handed in behind this door until it is cleared.
            A device that is already inside may still be fetched.
    """

    words: str
    remedy: str
    closes: bool


FAULTS: Mapping[str, FaultKind] = MappingProxyType(
    {
        "forced": FaultKind(
            "it came open without an order",
            "Look at the bolt and who was there. If the key was used, say so.",
            closes=False,
        ),
        "early": FaultKind(
            "it gave way before its bolt was back",
            "The bolt does not hold. Look at the strike and its spring.",
            closes=True,
        ),
        "not-opening": FaultKind(
            "the bolt did not move, or nobody pulled, several times",
            "Look for something caught in the strike, then at the lock's lead.",
            closes=False,
        ),
        "contact": FaultKind(
            "its contact chatters",
            "Look for a loose wire or a bent magnet at the door contact.",
            closes=True,
        ),
        "overrun": FaultKind(
            "its coil was cut late, by the second guard",
            "Restart the controller. If it comes again, tell whoever looks after it.",
            closes=False,
        ),
        "reader-dead": FaultKind(
            "it does not answer",
            "Look at its plug and lead. It comes back by itself.",
            closes=False,
        ),
    }
)
"""Code -> what it means. The codes stand in :class:`FaultLatched` entries for ever."""

NEVER_OPENED_LIMIT = 3
"""Releases in a row that nobody opened before the bolt is suspected.

One is a child who was called away, two a child who pulled too late; our own judgement.
"""
