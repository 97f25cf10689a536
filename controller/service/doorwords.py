"""The three words that public screens know for a door."""

from __future__ import annotations

from controller.domain.faults import FAULTS
from controller.domain.state import Compartment
from controller.protocol import DoorWord


def door_word(place: Compartment) -> DoorWord:
    """Return ``open``, ``broken`` (out of order) or ``shut``; held doors are shut."""
    if place.door.is_open:
        return "open"
    out = not place.in_use or any(FAULTS[code].closes for code in place.faults)
    return "broken" if out else "shut"
