"""Clocks of the simulated world: one that we move by hand, one that runs by itself.

Both are :class:`Timers`: the mechanics ask to be called at an instant (a bolt has
travelled, a contact has bounced, the monostable has run out) and never wait.
"""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from typing import Protocol

from hardware.ports import Clock

Callback = Callable[[], None]


class Timers(Clock, Protocol):
    """A clock that can also be asked to call back."""

    def call_at(self, at: float, callback: Callback) -> None:
        """Call ``callback`` once when :meth:`monotonic` has reached ``at``."""


class _Agenda:
    """Callbacks by instant; those of one instant in the order they were asked for."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Callback]] = []
        self._order = itertools.count()

    def add(self, at: float, callback: Callback) -> None:
        heapq.heappush(self._heap, (at, next(self._order), callback))

    def next_at(self) -> float | None:
        return self._heap[0][0] if self._heap else None

    def pop(self) -> tuple[float, Callback]:
        at, _, callback = heapq.heappop(self._heap)
        return at, callback


class VirtualClock:
    """Time that passes only when somebody lets it pass. Not for threads.

    >>> clock = VirtualClock()
    >>> clock.call_at(0.5, lambda: print(f"called at {clock.monotonic()}"))
    >>> clock.sleep(2)
    called at 0.5
    >>> clock.monotonic()
    2.0
    """

    def __init__(self, start: float = 0.0) -> None:
        self._now = start
        self._agenda = _Agenda()

    def monotonic(self) -> float:
        """Return the instant, seconds."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Move on by ``seconds``, calling what falls due at its own instant."""
        self.advance_to(self._now + max(0.0, seconds))

    def advance_to(self, at: float) -> None:
        """Move on to ``at``; an instant that has passed moves nothing."""
        while (due := self._agenda.next_at()) is not None and due <= at:
            instant, callback = self._agenda.pop()
            self._now = max(self._now, instant)
            callback()
        self._now = max(self._now, at)

    def call_at(self, at: float, callback: Callback) -> None:
        """Call back when time is moved to ``at`` or past it."""
        self._agenda.add(at, callback)


class RunningClock:
    """CLOCK_MONOTONIC, with callbacks from one thread that holds ``lock`` meanwhile.

    Attributes:
        lock: guards the world that the callbacks change; whoever else changes it
            holds the same.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._agenda = _Agenda()
        self._earlier = threading.Condition(self.lock)
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="timers", daemon=True)

    def monotonic(self) -> float:
        """Return seconds, the same for every process of this machine."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        time.sleep(max(0.0, seconds))

    def call_at(self, at: float, callback: Callback) -> None:
        """Call back from the timers' thread."""
        with self._earlier:
            self._agenda.add(at, callback)
            self._earlier.notify()

    def start(self) -> None:
        """Begin calling back."""
        self._thread.start()

    def stop(self) -> None:
        """Call nobody any more; returns when the thread has ended."""
        with self._earlier:
            self._stopping = True
            self._earlier.notify()
        self._thread.join()

    def _run(self) -> None:
        with self._earlier:
            while not self._stopping:
                due = self._agenda.next_at()
                wait_s = None if due is None else due - time.monotonic()
                if wait_s is None or wait_s > 0:
                    self._earlier.wait(wait_s)
                else:
                    self._agenda.pop()[1]()
