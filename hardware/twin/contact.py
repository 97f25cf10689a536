"""A door contact as a wire sees it: it bounces, sticks and chatters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hardware.twin.clock import Timers

# A reed switch closes, opens again a few times and is still within 3 ms (our choice
# within what reed data sheets give as bounce time). Seconds after the first edge.
BOUNCE_S = (0.0004, 0.0009, 0.0016, 0.0024)

CHATTER_S = 0.03  # half a period of a loose wire: too quick to be believed


class SimContact:
    """One switch: its loop is closed while the door is shut.

    Attributes:
        loop_is_closed: what the wire shows now, faults included.
        on_change: called with the new ``loop_is_closed``.
    """

    def __init__(self, clock: Timers) -> None:
        self._clock = clock
        self._door_is_open = False
        self._stuck: bool | None = None
        self._is_chattering = False
        self._movement = 0
        self._spell = 0
        self.loop_is_closed = True
        self.on_change: list[Callable[[bool], None]] = []

    def move(self, *, is_open: bool) -> None:
        """Follow the door, bouncing."""
        if is_open == self._door_is_open:
            return
        self._door_is_open = is_open
        self._movement += 1
        movement, now = self._movement, self._clock.monotonic()
        self._show(closed=not is_open)
        for bounce, after_s in enumerate(BOUNCE_S):
            closed = is_open == (bounce % 2 == 0)
            show = partial(self._bounce, movement, closed=closed)
            self._clock.call_at(now + after_s, show)

    def stick(self, *, closed: bool | None) -> None:
        """Show this whatever the door does; None ends it."""
        self._stuck = closed
        self._show(closed=not self._door_is_open)

    def chatter(self, *, active: bool) -> None:
        """Begin or end to open and close by itself."""
        if active == self._is_chattering:
            return
        self._is_chattering = active
        self._spell += 1
        self._chatter_on(self._spell)

    def _bounce(self, movement: int, *, closed: bool) -> None:
        if movement == self._movement:
            self._show(closed=closed)

    def _chatter_on(self, spell: int) -> None:
        if spell != self._spell:
            return
        if not self._is_chattering:
            self._show(closed=not self._door_is_open)
            return
        self._show(closed=not self.loop_is_closed)
        again = partial(self._chatter_on, spell)
        self._clock.call_at(self._clock.monotonic() + CHATTER_S, again)

    def _show(self, *, closed: bool) -> None:
        shown = closed if self._stuck is None else self._stuck
        if shown != self.loop_is_closed:
            self.loop_is_closed = shown
            for told in self.on_change:
                told(shown)
