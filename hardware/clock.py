"""The machine's own monotonic clock, for everything that runs in real time."""

from __future__ import annotations

import time


class RealClock:
    """Implements :class:`hardware.ports.Clock` with CLOCK_MONOTONIC, seconds.

    On Linux and macOS every process of one machine reads the same clock, so an
    instant may be handed from the room to the controller.
    """

    def monotonic(self) -> float:
        """Return seconds since the machine started, or thereabouts."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait; a negative time is none at all."""
        time.sleep(max(0.0, seconds))
