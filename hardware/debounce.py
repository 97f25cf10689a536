"""When a door contact may be believed: debounce and chatter, over a handed-in clock.

A reed or micro switch bounces for a few milliseconds and a door rattles for some more:
a level counts once it has stood for ``settle_s`` (30 to 50 ms is usual for a door). A
contact that moves too often is no door but a loose wire: it is not believed again until
it has been quiet, so a wire that hangs loose all night does not fill the journal.
"""

from __future__ import annotations

from collections import deque

from hardware.ports import (
    ContactChanged,
    ContactChattering,
    ContactEvent,
    ContactSettled,
)

SETTLE_S = 0.04  # middle of the usual 30 to 50 ms

# Our choice: a child who plays with a door manages two moves a second for a while, a
# loose wire in a draught many more. Moves are counted apart by the settling time, so
# the bounce of one slam is one move.
CHATTER_MOVES = 12
CHATTER_WINDOW_S = 6.0
QUIET_S = 5.0


class Debounce:
    """One door contact.

    Args:
        compartment: whose contact; only copied into the events.
        is_open: level at ``at``, believed at once: there is no earlier one to doubt.
        at: seconds on the monotonic clock.
        settle_s: how long a level must stand to count.
    """

    def __init__(
        self, compartment: int, *, is_open: bool, at: float, settle_s: float = SETTLE_S
    ) -> None:
        self._compartment = compartment
        self._settle_s = settle_s
        self._raw = is_open
        self._since = at
        self._moves: deque[float] = deque(maxlen=CHATTER_MOVES)
        self.is_open = is_open
        self.is_chattering = False

    def sample(self, level: bool, at: float) -> list[ContactEvent]:  # noqa: FBT001  a level is what a sample is
        """Take in an edge, or a look at the pin, of ``at``.

        Returns:
            What had become certain by ``at``, before this sample.
        """
        at = max(at, self._since)  # an edge may be told after a later look
        events = self.step(at)
        if level != self._raw:
            self._raw, self._since = level, at
            events += self._count_move(at)
        return events

    def step(self, now: float) -> list[ContactEvent]:
        """Return what has become certain by ``now``."""
        due = self.next_due()
        if due is None or now < due:
            return []
        self.is_open = self._raw
        if self.is_chattering:
            self.is_chattering = False
            self._moves.clear()
            return [ContactSettled(self._compartment, self._raw, due)]
        return [ContactChanged(self._compartment, self._raw, self._since)]

    def next_due(self) -> float | None:
        """Return when :meth:`step` is wanted, None while the level stands."""
        if self.is_chattering:
            return self._since + QUIET_S
        if self._raw != self.is_open:
            return self._since + self._settle_s
        return None

    def _count_move(self, at: float) -> list[ContactEvent]:
        if self._moves and at - self._moves[-1] < self._settle_s:
            return []
        self._moves.append(at)
        if self.is_chattering or len(self._moves) < CHATTER_MOVES:
            return []
        if at - self._moves[0] > CHATTER_WINDOW_S:
            return []
        self.is_chattering = True
        return [ContactChattering(self._compartment, len(self._moves), at)]
