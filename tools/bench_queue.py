"""The queue (DAY-14): thirty children, one reader, three doors open. Virtual time.

The controller's own parts and the real drivers over the simulated room, in one thread.
Only hands are invented here: their times are drawn from the ranges stated below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapreplace
from pathlib import Path
from random import Random
from typing import Final

from tests.rig import Rig, opened
from tests.rig_cast import KLASS
from tools.bench_table import Row

PUPILS: Final = 30
WITHOUT_CARD: Final = 2
DOORS_OPEN: Final = 3
READER: Final = "front"
SEED: Final = 14
MOST_S: Final = 300.0
MOST_READER_S: Final = 3.0
"""From a tap to a reader that is free again (DAY-14)."""

Range = tuple[float, float]

MORNING_S: Final[Range] = (12.0, 20.0)
"""A child at its door, from the powered coil to the push, in the morning (DAY-14)."""
HOME_S: Final[Range] = (7.0, 12.0)
"""The same at home time (DAY-14)."""
STEPS_UP_S: Final[Range] = (0.5, 1.5)
"""From a reader that is free to the next card in its field (ours)."""
HOLDS_CARD_S: Final[Range] = (0.4, 1.0)
"""How long a card is held to the reader (ours)."""
PULLS_S: Final[Range] = (0.4, 1.6)
"""From the powered coil to the pull; the demo's release lasts 2 s (ours)."""
USES_S: Final = 2.0
"""So long before its push a child lays its device in, or takes it out (ours)."""
VOUCHES_S: Final = 5.0
"""A teacher's two touches for a child without a card (DAY-9)."""
GLANCE_S: Final = 0.1
"""How often the next child looks whether it is its turn (ours)."""


def rows(folder: Path) -> list[Row]:
    """Return the rows of a morning and of a home time."""
    with opened(folder / "queue", pupils=PUPILS) as rig:
        rig.clock_to("08:40")
        morning = Queue(rig, MORNING_S).pass_through()
        are_in = len(rig.state.custody) == PUPILS
        rig.clock_to("15:15")
        rig.ask("teacher", "release_class", class_id=KLASS)
        home = Queue(rig, HOME_S).pass_through()
        are_out = not rig.state.custody
    return [
        _judged("queue-morning", morning, is_right=are_in),
        _judged("queue-home", home, is_right=are_out),
    ]


@dataclass(frozen=True, slots=True)
class Passed:
    """How a queue passed through.

    Attributes:
        took_s: from the first child's step to the last door that was recorded shut.
        least_s: what the hands alone take at three doors.
        doors_open: most that stood open together.
        reader_s: longest from a card in the field to a reader that is free again.
        hands_s: shortest and longest time at a door.
    """

    took_s: float
    least_s: float
    doors_open: int
    reader_s: float
    hands_s: Range


def _judged(figure: str, passed: Passed, *, is_right: bool) -> Row:
    low, high = passed.hands_s
    wrong = "" if is_right else "; not everybody's device is where it should be"
    return Row(
        figure,
        f"{passed.took_s / 60:.1f} min = {passed.took_s / passed.least_s:.2f} ×; "
        f"{passed.doors_open} doors open, reader free after {passed.reader_s:.1f} s"
        f"{wrong}",
        f"hands alone, {low:g} to {high:g} s a child: {passed.least_s / 60:.1f} min",
        passed.took_s <= MOST_S and passed.reader_s <= MOST_READER_S and is_right,
    )


def hands_alone_s(hands_s: Sequence[float], doors: int) -> float:
    """Return how long children take one after the other at so many doors.

    >>> hands_alone_s([4.0, 2.0, 1.0], doors=2)
    4.0
    """
    free_at = [0.0] * doors
    for hand_s in hands_s:
        heapreplace(free_at, free_at[0] + hand_s)
    return max(free_at)


class Queue:
    """Thirty children before one reader, at most three of them at their doors.

    Args:
        rig: with the class in it, in drop-off or released.
        hands_s: shortest and longest time at a door.
    """

    def __init__(self, rig: Rig, hands_s: Range) -> None:
        self._rig, self._hands_s = rig, hands_s
        self._clock, self._world = rig.clock, rig.world
        self._dice = Random(SEED)  # noqa: S311  hands, no secrets
        self._waiting = self._dice.sample(range(1, PUPILS + 1), PUPILS)
        self._without_card = set(self._dice.sample(self._waiting, WITHOUT_CARD))
        self._hand_s = {n: self._dice.uniform(*hands_s) for n in self._waiting}
        self._least_s = hands_alone_s(list(self._hand_s.values()), DOORS_OPEN)
        self._away: set[int] = set()  # between the reader and a door that is shut again
        self._powered: set[int] = set()
        self._vouching: tuple[int, float] | None = None
        self._reader_s: list[float] = []
        self._doors_open = 0

    def pass_through(self) -> Passed:
        """Let all of them through."""
        began = self._clock.monotonic()
        heard = len(self._rig.feed)
        self._world.supply.on_change.append(self._coils_changed)
        while self._waiting or self._away:
            self._next_child()
            self._rig.run(GLANCE_S)
            for event in self._rig.feed[heard:]:
                if event.door is not None and not event.door[1]:
                    self._away.discard(event.door[0])
            heard = len(self._rig.feed)
        self._world.supply.on_change.remove(self._coils_changed)
        took_s = self._clock.monotonic() - began
        return Passed(
            took_s,
            self._least_s,
            self._doors_open,
            max(self._reader_s),
            self._hands_s,
        )

    def _next_child(self) -> None:
        """Let the first of the queue tap, or turn to the teacher, if it may."""
        self._vouch_if_due()
        if not self._waiting or len(self._away) >= DOORS_OPEN:
            return
        n = self._waiting[0]
        if n not in self._without_card:
            self._away.add(self._waiting.pop(0))
            self._tap(n)
        elif self._vouching is None:
            self._away.add(self._waiting.pop(0))
            self._vouching = n, self._clock.monotonic() + VOUCHES_S

    def _tap(self, n: int) -> None:
        """Step up, hold the card, take it away, and wait until it is seen gone."""
        rig, uid = self._rig, self._rig.uid(n)
        rig.run(self._dice.uniform(*STEPS_UP_S))
        entered, gone = self._clock.monotonic(), self._times_gone()
        self._world.put_card(READER, uid)
        rig.run(self._dice.uniform(*HOLDS_CARD_S))
        self._world.take_card(READER, uid)
        rig.until(lambda: self._times_gone() > gone)
        self._reader_s.append(self._clock.monotonic() - entered)

    def _vouch_if_due(self) -> None:
        """Let the teacher's second touch come, without the reader."""
        if self._vouching and self._clock.monotonic() >= self._vouching[1]:
            pupil = self._rig.cast.everybody[self._vouching[0] - 1].id
            self._vouching = None
            self._rig.ask("teacher", "vouch", pupil=pupil)

    def _times_gone(self) -> int:
        return sum(event.gone == READER for event in self._rig.feed)

    # ------------------------------------------------------------------- at the door

    def _coils_changed(self) -> None:
        """Send a child to each door whose coil has just been powered."""
        powered = set(self._rig.coils_on)
        for n in powered - self._powered:
            self._stand_at(n)
        self._powered = powered

    def _stand_at(self, n: int) -> None:
        now = self._clock.monotonic()
        leaves = now + self._hand_s[n]
        self._clock.call_at(now + self._dice.uniform(*PULLS_S), lambda: self._pull(n))
        self._clock.call_at(leaves - USES_S, lambda: self._use(n))
        self._clock.call_at(leaves, lambda: self._push(n))

    def _pull(self, n: int) -> None:
        if not self._world.pull(n):
            raise RuntimeError(f"compartment {n}: the door did not move")
        doors = self._world.compartments.values()
        now_open = sum(each.door_is_open for each in doors)
        self._doors_open = max(self._doors_open, now_open)

    def _push(self, n: int) -> None:
        self._world.push(n)

    def _use(self, n: int) -> None:
        if self._world.take(n) is None:
            self._world.put(n, "phone")
