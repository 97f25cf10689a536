"""Which coil is powered when: the power budget's queue.

Locks draw 0.5 to 2 A each and bear a second or two of it (docs/decisions/0007), so
orders stand in a line. The laws, whatever is ordered, opened or stopped, and however
late the control loop comes (tests/hardware/strikes/test_pulse_laws.py):

* the coils powered together never draw more than the budget, nor are more than allowed;
* no coil is powered for longer than its release time, which is at most ``max_on_s``;
* none again before ``min_off_s``; two starts are at least ``gap_s`` apart;
* every order ends in exactly one :class:`PulseEnded` or :class:`PulseDropped`;
* an order that can wait (:class:`hardware.ports.Patience`) never grows too old: it is
  powered once, unless it is dropped or all is stopped;
* first come, first served: an order passes another only if somebody stands at its door
  and not at the other's, or if the other waits for its own coil to rest.

:class:`PulseQueue` belongs to the control loop. It switches coils only through
:class:`hardware.cutter.Cutter`, which a second thread steps as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from hardware.cutter import RETRY_S, Cutter
from hardware.errors import CoilFailed, LockLimitsWrong
from hardware.ports import (
    Clock,
    Coil,
    LockLimits,
    Patience,
    PulseDropped,
    PulseEnded,
    PulseEvent,
    PulseStarted,
)

# A loop that comes to see a pulse's end later than this was hanging: `overrun`. The
# loop is woken for the end, and a durable commit takes a few milliseconds
# (docs/reference/figures.md).
OVERRUN_S = 0.1


@dataclass(frozen=True, slots=True)
class _Waiting:
    order: str
    compartment: int
    expires: float
    patience: Patience


@dataclass(slots=True)
class _Running:
    order: str
    compartment: int
    started: float
    until: float
    why: str | None = None  # set once a cut was tried and failed


class PulseQueue:
    """The line of orders for one supply.

    Args:
        coils: by compartment; all are cut at once.
        limits: of each lock, by compartment.
        budget_a: what the supply may give to coils at once, amperes.
        gap_s: between the starts of two pulses; the inrush of one is over (100 to
            200 ms).
        max_wait_s: a :attr:`~hardware.ports.Patience.SHORT` order older than this is
            dropped: nobody stands there any more.
        max_coils: powered at once; None leaves it to the budget.
        clock: dates what is asked between two steps.

    Attributes:
        cutter: for the second thread.

    Raises:
        LockLimitsWrong: a lock's figures contradict each other or the supply.
    """

    def __init__(
        self,
        coils: Mapping[int, Coil],
        limits: Mapping[int, LockLimits],
        *,
        budget_a: float,
        gap_s: float,
        max_wait_s: float,
        max_coils: int | None,
        clock: Clock,
    ) -> None:
        self.cutter = Cutter(coils)
        for compartment, lock in limits.items():
            _check(compartment, lock, budget_a)
        self._limits = limits
        self._budget_ma = _milliamperes(budget_a)
        self._gap_s = gap_s
        self._wait_s = {Patience.SHORT: max_wait_s, Patience.LASTING: float("inf")}
        self._max_coils = len(limits) if max_coils is None else max_coils
        self._clock = clock
        self._waiting: list[_Waiting] = []
        self._running: dict[int, _Running] = {}
        self._rested_at: dict[int, float] = {}
        self._next_start = float("-inf")
        self._told_late: list[PulseEvent] = []

    @property
    def powered(self) -> frozenset[int]:
        """Compartments whose coil the queue holds for powered."""
        return frozenset(self._running)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Orders whose coil has not been powered yet, the next one first."""
        return tuple(waiting.order for waiting in self._waiting)

    def order(
        self, order: str, compartment: int, patience: Patience = Patience.SHORT
    ) -> None:
        """Put an order at the end of its line; :meth:`step` powers the coil.

        Args:
            order: its id, used once; must be durable in the journal already (HW-2).
            compartment: whose coil. If it is powered or waiting already, this order
                comes after that one and after ``min_off_s``.
            patience: whether somebody stands there.
        """
        self._limits[compartment]  # a compartment nobody has is a bug of the caller
        expires = self._clock.monotonic() + self._wait_s[patience]
        self._waiting.append(_Waiting(order, compartment, expires, patience))
        # Stable: within each patience the first to come stays the first.
        self._waiting.sort(key=lambda each: each.patience is Patience.LASTING)

    def door_opened(self, compartment: int, at: float) -> None:
        """Cut the coil, its work is done; the next :meth:`step` tells the end.

        Args:
            compartment: where the contact told it. Nothing happens if its coil is off.
            at: when the contact told it; the cut is dated now, not before.
        """
        if pulse := self._running.get(compartment):
            now = max(at, self._clock.monotonic())
            self._told_late += self._end(pulse, now, "opened")

    def stop_all(self, why: str) -> list[PulseEvent]:
        """Cut every coil and empty the line: evacuation, or the program's end.

        Returns:
            The end of each powered pulse and the drop of each waiting order. A coil
            that cannot be cut is not among them: :meth:`step` goes on trying.
        """
        now = self._clock.monotonic()
        ended = [
            event
            for pulse in list(self._running.values())
            for event in self._end(pulse, now, "stopped")
        ]
        return ended + self.drop(self.waiting, why)

    def drop(self, orders: Collection[str], why: str = "stopped") -> list[PulseEvent]:
        """Give up those of ``orders`` that wait; a powered coil ends by itself."""
        now = self._clock.monotonic()
        return self._drop_if(lambda waiting: waiting.order in orders, now, why)

    def step(self, now: float) -> list[PulseEvent]:
        """End what is over, drop what is too old, start what may start."""
        events, self._told_late = self._told_late, []
        for pulse in list(self._running.values()):
            if now >= pulse.until:
                events += self._end(pulse, now, pulse.why)
        events += self._drop_if(lambda each: now >= each.expires, now, "too-old")
        while waiting := self._startable(now):
            events.append(self._start(waiting, now))
        return events

    def next_due(self, now: float) -> float | None:
        """Return when :meth:`step` is wanted next, None while nothing is to do."""
        if self._told_late or self._startable(now):
            return now
        due = [pulse.until for pulse in self._running.values()]
        for waiting in self._waiting:
            due.append(waiting.expires)
            start = max(self._next_start, self._rested(waiting.compartment))
            if start > now:
                due.append(start)
        return max(now, min(due)) if due else None

    def _startable(self, now: float) -> _Waiting | None:
        """Return the oldest order whose coil has rested, if the supply bears it now."""
        if now < self._next_start:
            return None
        for waiting in self._waiting:
            if now >= self._rested(waiting.compartment):
                return waiting if self._bears(waiting.compartment) else None
        return None

    def _rested(self, compartment: int) -> float:
        if compartment in self._running:
            return float("inf")
        return self._rested_at.get(compartment, float("-inf"))

    def _bears(self, compartment: int) -> bool:
        drawn = sum(_milliamperes(self._limits[c].current_a) for c in self._running)
        more = _milliamperes(self._limits[compartment].current_a)
        return len(self._running) < self._max_coils and drawn + more <= self._budget_ma

    def _start(self, waiting: _Waiting, now: float) -> PulseEvent:
        self._waiting.remove(waiting)
        order, compartment = waiting.order, waiting.compartment
        until = now + self._limits[compartment].release_time_s
        self._next_start = now + self._gap_s
        try:
            self.cutter.power(compartment, until)
        except CoilFailed:
            self._rested_at[compartment] = now + self._limits[compartment].min_off_s
            return PulseDropped(order, compartment, now, "failed")
        self._running[compartment] = _Running(order, compartment, now, until)
        return PulseStarted(order, compartment, now)

    def _end(self, pulse: _Running, now: float, why: str | None) -> list[PulseEvent]:
        """Cut a coil; ``why`` is None when its time is up."""
        cut_at = self.cutter.cut(pulse.compartment, now)
        if cut_at is None:
            pulse.until, pulse.why = now + RETRY_S, why or "overrun"
            return []
        del self._running[pulse.compartment]
        rest_s = self._limits[pulse.compartment].min_off_s
        self._rested_at[pulse.compartment] = cut_at + rest_s
        if why is None or (pulse.why is None and cut_at < now):
            why = "time" if now - pulse.until <= OVERRUN_S else "overrun"
        on_ms = round((cut_at - pulse.started) * 1000)
        return [PulseEnded(pulse.order, pulse.compartment, cut_at, on_ms, why)]

    def _drop_if(
        self, gone: Callable[[_Waiting], bool], now: float, why: str
    ) -> list[PulseEvent]:
        dropped = [waiting for waiting in self._waiting if gone(waiting)]
        self._waiting = [each for each in self._waiting if each not in dropped]
        return [PulseDropped(d.order, d.compartment, now, why) for d in dropped]


def _milliamperes(amperes: float) -> int:
    """Whole numbers, so that three times 0.1 A are 0.3 A."""
    return round(amperes * 1000)


def _check(compartment: int, lock: LockLimits, budget_a: float) -> None:
    if not 0 < lock.release_time_s <= lock.max_on_s:
        raise LockLimitsWrong(
            compartment,
            found=f"release time {lock.release_time_s:g} s",
            wanted=f"above 0, at most the lock's {lock.max_on_s:g} s",
        )
    if lock.min_off_s < 0:
        raise LockLimitsWrong(
            compartment, found=f"rest {lock.min_off_s:g} s", wanted="0 s or more"
        )
    if not 0 < lock.current_a <= budget_a:
        raise LockLimitsWrong(
            compartment,
            found=f"coil {lock.current_a:g} A",
            wanted=f"above 0, at most the supply's {budget_a:g} A",
        )
