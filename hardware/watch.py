"""``hometime reader watch``: one reader, one line for each thing that happens on it.

For technicians and scripts, without a controller. The lines are a contract
(docs/reference): a card, a notice, or a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from hardware.pi.mfrc522_reader import Mfrc522Reader
from hardware.ports import (
    CardGone,
    Clock,
    RandomUid,
    Reader,
    ReaderBack,
    ReaderFailed,
    TapEvent,
    Tapped,
    TokenWritten,
    TwoCards,
)
from hardware.taps import TapWatch

Line = Mapping[str, str | int]
Emit = Callable[[Line], None]

NAP_S: Final = 0.5
"""Longest sleep between two looks at ``stop``; a stop is asked to take at most 5 s."""


class Stop(Protocol):
    """The part of :class:`threading.Event` that ends the watch."""

    def is_set(self) -> bool:
        """Say whether to end."""


def watch(
    bus: int, device: int, count: int | None, emit: Emit, clock: Clock, stop: Stop
) -> int:
    """Watch the MFRC522 at SPI ``bus`` and ``device``, dead or alive.

    Args:
        bus: SPI bus.
        device: chip select.
        count: end after so many taps; None for no end.
        emit: takes each line as it happens.
        clock: real, or virtual in tests.
        stop: ends the watch when set.

    Returns:
        How many taps there were.
    """
    reader = Mfrc522Reader(f"spi{bus}.{device}", bus, device, clock)
    try:
        return watch_reader(reader, count, emit, clock, stop)
    finally:
        reader.close()


def watch_reader(
    reader: Reader, count: int | None, emit: Emit, clock: Clock, stop: Stop
) -> int:
    """Do what :func:`watch` does, with any reader."""
    taps = TapWatch(reader, clock)
    seen = 0
    while not stop.is_set():
        for event in taps.step(clock.monotonic()):
            if (line := line_of(event)) is not None:
                emit(line)
            seen += isinstance(event, Tapped)
            if seen == count:
                return seen
        clock.sleep(min(taps.due_in(), NAP_S))
    return seen


def line_of(event: TapEvent) -> Line | None:
    """Return the line that tells ``event``; None if the contract has none for it."""
    match event:
        case Tapped(card=card):
            uid = card.uid.hex().upper()
            return {"uid": uid, "atqa": card.atqa, "sak": card.sak}
        case TwoCards():
            return {"notice": "two-cards"}
        case RandomUid():
            return {"notice": "random-uid"}
        case ReaderFailed():
            return {"fault": "reader-dead"}
        case ReaderBack():
            return {"notice": "reader-back"}
        case CardGone() | TokenWritten():
            return None
