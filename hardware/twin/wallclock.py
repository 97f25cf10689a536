"""The clock on the simulated room's wall: it can be set, and says when it was."""

from __future__ import annotations

from collections.abc import Callable

from hardware.ports import Clock, ClockState

US_PER_S = 1_000_000


class SimWallClock:
    """Implements :class:`hardware.ports.WallClock`; runs with the handed-in clock.

    Attributes:
        on_change: called after the clock was set or its state changed; not when time
            merely passes.
    """

    def __init__(self, clock: Clock, at_us: int) -> None:
        self._clock = clock
        self._state = ClockState.SYNCED
        self._lead_us = 0
        self.on_change: list[Callable[[], None]] = []
        self.set(at_us)

    def now_us(self) -> int:
        """Return UTC in microseconds since 1970."""
        return self._mono_us() + self._lead_us

    def state(self) -> ClockState:
        """Return how far the clock can be believed; synced unless a fault is on."""
        return self._state

    @property
    def lead_us(self) -> int:
        """Microseconds to add to the monotonic clock's; constant between changes."""
        return self._lead_us

    def set(self, at_us: int) -> None:
        """Stand at ``at_us`` from now on, later or earlier than before."""
        self._lead_us = at_us - self._mono_us()
        self._tell()

    def believe(self, state: ClockState) -> None:
        """Take another state; the time goes on as it was."""
        self._state = state
        self._tell()

    def _mono_us(self) -> int:
        return round(self._clock.monotonic() * US_PER_S)

    def _tell(self) -> None:
        for told in self.on_change:
            told()
