"""Cuts coils at their deadline, whatever the control loop does.

The control loop powers and cuts coils through here, and a second thread calls
:meth:`Cutter.step`: a loop that hangs in a slow commit keeps no coil powered. It is the
first of the layers against a stuck coil (docs/decisions/0007); only the lock board's
own monostable bounds everything.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from hardware.errors import CoilFailed
from hardware.ports import Coil

RETRY_S = 0.05  # a coil that could not be cut is tried again this soon


def _nothing() -> None:
    """Wake nobody."""


class Cutter:
    """Cuts each coil at its deadline, from a second thread, whatever the loop does.

    Args:
        coils: by compartment; all are cut at once (HW-2: off at start).
        wake: called when a deadline has been set, so that the thread can look again
            at :meth:`next_due`. Called with the lock held; it must not block.
    """

    def __init__(
        self, coils: Mapping[int, Coil], *, wake: Callable[[], None] = _nothing
    ) -> None:
        self._coils = coils
        self.wake = wake
        self._lock = threading.Lock()
        self._deadlines: dict[int, float] = {}
        self._cut_at: dict[int, float] = {}
        for coil in coils.values():
            coil.off()

    def power(self, compartment: int, until: float) -> None:
        """Power a coil until ``until``; the deadline stands before the current flows.

        Raises:
            CoilFailed: the output could not be driven. The coil is cut again.
        """
        with self._lock:
            self._cut_at.pop(compartment, None)
            self._deadlines[compartment] = until
            self.wake()
            try:
                self._coils[compartment].on()
            except CoilFailed:
                self._try_cut(compartment, until)
                raise

    def cut(self, compartment: int, now: float) -> float | None:
        """Cut a coil; return when it was cut, None if that is not possible now.

        The answer is before ``now`` if :meth:`step` was there first. A coil that
        cannot be cut stays due, and :meth:`step` tries again.
        """
        with self._lock:
            if compartment in self._deadlines:
                self._try_cut(compartment, now)
            return self._cut_at.get(compartment)

    def step(self, now: float) -> None:
        """Cut every coil whose deadline has come."""
        with self._lock:
            for compartment, deadline in list(self._deadlines.items()):
                if deadline <= now:
                    self._try_cut(compartment, now)

    def next_due(self) -> float | None:
        """Return when :meth:`step` is wanted next, None while no coil is powered."""
        with self._lock:
            return min(self._deadlines.values(), default=None)

    def _try_cut(self, compartment: int, now: float) -> None:
        try:
            self._coils[compartment].off()
        except CoilFailed:
            self._deadlines[compartment] = now + RETRY_S
        else:
            del self._deadlines[compartment]
            self._cut_at[compartment] = now
