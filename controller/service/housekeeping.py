"""What the controller does for itself while nobody is waiting.

A snapshot now and then, so that a start replays minutes and not years; the log carried
into the database; sessions and throttles that are long over struck out.
"""

from __future__ import annotations

from controller.people.store import PeopleStore
from controller.service.core import Core
from controller.service.sweep import ON_ITS_WAY_US, sweep_texts

SNAPSHOT_AFTER = 2_000
"""Entries since the last snapshot: four school days of a class, 0.1 s of replay."""

QUIET_S = 5.0
"""Nothing was written for this long: nobody stands at the lockers."""

LOOK_S = 30.0
"""How often it looks whether something is to do."""

KEPT_US = 7 * 86_400_000_000
"""Sessions and throttles that ended a week ago say nothing any more."""


class Housekeeping:
    """Works in the control loop, a few milliseconds at a time.

    Args:
        core: whose journal.
        store: whose sessions and throttles.
    """

    def __init__(self, core: Core, store: PeopleStore) -> None:
        self._core = core
        self._store = store
        self._next_look = 0.0
        self._next_prune_us = 0
        self._tail = core.journal.tail
        self._quiet_since = core.clock.monotonic()

    def step(self, now: float, real_us: int) -> None:
        """Do what is due, if nobody is waiting.

        Args:
            now: monotonic seconds.
            real_us: real time, UTC microseconds, by which sessions end.

        Raises:
            JournalUnwritable: the snapshot could not be written.
        """
        if self._core.journal.tail != self._tail:
            self._tail, self._quiet_since = self._core.journal.tail, now
        if now < self._next_look:
            return
        self._next_look = now + LOOK_S
        if now - self._quiet_since < QUIET_S:
            return
        if self._core.journal.to_replay >= SNAPSHOT_AFTER:
            self._core.journal.snapshot(self._core.stamp())
        if real_us >= self._next_prune_us:
            self._next_prune_us = real_us + 86_400_000_000
            self._store.sessions.prune(real_us - KEPT_US)
            self._store.throttles.prune(real_us - KEPT_US)
            before_us = self._core.wall.now_us() - ON_ITS_WAY_US
            if sweep_texts(self._core.journal, self._store, before_us):
                self._store.scrub()
