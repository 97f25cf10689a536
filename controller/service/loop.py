"""The control loop: takes everything from one queue, in one thread.

What comes from the hardware goes before what comes from the page, so that a flood of
requests delays a door by one request at most (REL-6). The body is :meth:`Loop.step`;
the thread only calls it, and rehearsal calls it over virtual time.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

from controller.domain import people_facts as p
from controller.domain.day import tick
from controller.domain.release import due
from controller.errors import JournalUnwritable
from controller.protocol import Answer, Request
from controller.service.batch import Batch
from controller.service.hub import Hub
from controller.service.serving import Server
from hardware.ports import ClockState, PulseStarted, TapEvent

TICK_S = 0.25
"""How often the calendar is looked at."""

IDLE_S = 0.5
"""Longest wait without a look round; the watchdog is fed at this pace."""

CLOCK_JUMP_US = 2_000_000
"""A wall clock that moved by more than this against the monotonic one was set."""

REQUESTS_A_STEP = 4
"""Requests served before the doors are looked at again; a tap waits for one at most."""


class Inbox:
    """The one queue: taps, urgent callables and requests, from any thread."""

    def __init__(self) -> None:
        self.taps: deque[TapEvent] = deque()
        self.calls: deque[Callable[[], None]] = deque()
        self.requests: deque[tuple[Request, Callable[[Answer], None]]] = deque()
        self._ready = threading.Event()

    def tap(self, event: TapEvent) -> None:
        """Put what a reader saw."""
        self.taps.append(event)
        self._ready.set()

    def call(self, act: Callable[[], None]) -> None:
        """Put something for the loop's thread to call."""
        self.calls.append(act)
        self._ready.set()

    def request(self, request: Request, reply: Callable[[Answer], None]) -> None:
        """Put a request; ``reply`` is called in the loop's thread."""
        self.requests.append((request, reply))
        self._ready.set()

    def wake(self) -> None:
        """Let :meth:`wait` return: a contact has moved."""
        self._ready.set()

    def wait(self, seconds: float) -> None:
        """Wait until something is there, at most ``seconds``."""
        self._ready.wait(seconds)
        self._ready.clear()

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.taps or self.calls or self.requests)


class Loop:
    """One pass after the other over queue, doors and clock.

    Args:
        hub: the parts.
        server: serves requests.
        inbox: the queue.
        after_step: called after each whole step (watchdog), with the time.
    """

    def __init__(
        self,
        hub: Hub,
        server: Server,
        inbox: Inbox,
        after_step: Callable[[float], Any] = lambda _now: None,
    ) -> None:
        self._hub = hub
        self._server = server
        self._inbox = inbox
        self._after_step = after_step
        self._next_tick = 0.0
        self._clock = (hub.core.wall.now_us(), hub.core.clock.monotonic())
        self._clock_state = hub.core.wall.state()

    def begin(self, version: str) -> None:
        """Write that the program started, and what start found (REL-3)."""
        core = self._hub.core
        after = "cut" if core.state.the_bank.running else "stop"
        started = p.Started(version, after, was_off=not self._take_up_clock())
        core.commit([*self._hub.new_description(), started])
        self._hub.doors.begin()
        self._hub.taps.begin(self._hub.readers)
        self._hub.begin_alarm()
        self._tick()

    def _take_up_clock(self) -> bool:
        """Follow the clock from the newest entry on, if the machine ran all the time.

        So a clock that was set while no controller ran is noticed too.
        """
        journal = self._hub.core.journal
        newest = journal.entries(limit=1, newest_first=True)
        if not newest or not journal.boot or newest[0].boot != journal.boot:
            return False
        self._clock = (newest[0].at_us, newest[0].mono_us / 1e6)
        self._clock_state = ClockState(newest[0].clock)
        return True

    def end(self, why: str) -> None:
        """Cut every coil, write that the program was stopped."""
        self._hub.doors.cut_all("stopped")
        try:
            self._hub.doors.step(self._hub.core.clock.monotonic())
            self._hub.taps.close()
            self._hub.core.commit([p.Stopped(why)])
        except JournalUnwritable:
            return

    def step(self, now: float) -> None:
        """Do everything that is due at ``now``."""
        if self._hub.core.wall.state() is not self._clock_state:
            self._tick()  # what comes next is of the day that the clock now vouches for
        self._hub.watch_alarm(now)
        while self._inbox.taps:
            self._hub.taps.take(self._inbox.taps.popleft())
        self._coils(self._hub.doors.step(now))
        while self._inbox.calls:
            self._inbox.calls.popleft()()
        for _ in range(REQUESTS_A_STEP):
            if self._inbox.taps or not self._inbox.requests:
                break
            self._server.serve(*self._inbox.requests.popleft())
        # What a request ordered is powered in the same step.
        self._coils(self._hub.doors.step(now))
        if now >= self._next_tick:
            self._next_tick = now + TICK_S
            self._tick()
        self._hub.taps.step(now)
        self._hub.step(now)
        self._after_step(now)

    def wait_s(self, now: float) -> float:
        """Return how long nothing is due, if nothing comes."""
        if not self._inbox.is_empty:
            return 0.0
        dues = [
            self._hub.doors.next_due(now),
            self._hub.kiosk.next_due(),
            self._hub.alarm.next_due(now),
            self._next_tick,
        ]
        soonest = min(due for due in dues if due is not None)
        return max(0.0, min(IDLE_S, soonest - now))

    def run(self, stopping: threading.Event) -> None:
        """Step until ``stopping``; the body of the thread."""
        clock = self._hub.core.clock
        while not stopping.is_set():
            self.step(clock.monotonic())
            self._inbox.wait(self.wait_s(clock.monotonic()))

    def _coils(self, started: list[PulseStarted]) -> None:
        for pulse in started:
            self._hub.feed.changed(f"coil:{pulse.compartment}")

    def _tick(self) -> bool:
        """Do what is due by the clock; return whether that was moved."""
        moved = self._follow_clock()
        self._do_what_is_due()
        if moved:
            self._hub.feed.clock_moved(self._hub.core.wall.now_us())
        return moved

    def _do_what_is_due(self) -> None:
        core = self._hub.core
        for _ in range(2):  # a new day first, then what is due on it
            batch = Batch(core)
            batch.add(partial(tick, context=batch.context))
            batch.add(partial(due, context=batch.context))
            if batch.commit() is None:
                return

    def _follow_clock(self) -> bool:
        """Write that the clock was set, if it was; return whether."""
        wall, mono = self._hub.core.wall.now_us(), self._hub.core.clock.monotonic()
        state = self._hub.core.wall.state()
        then_wall, then_mono = self._clock
        moved_us = (wall - then_wall) - int((mono - then_mono) * 1e6)
        self._clock = (wall, mono)
        moved = state is not self._clock_state or abs(moved_us) > CLOCK_JUMP_US
        self._clock_state = state
        if moved:
            self._hub.core.commit([p.ClockMoved(moved_us // 1_000, state.value)])
        return moved

    def clock_was_set(self) -> None:
        """Follow a wall clock that was moved, at once, however little.

        Its last word to the feed is that it has done so.
        """
        if not self._tick():
            self._hub.feed.clock_moved(self._hub.core.wall.now_us())
