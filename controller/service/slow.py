"""Slow work beside the control loop: hashes of passwords and PINs, reports.

One thread takes one job at a time, so that a flood of sign-ins keeps one core busy and
not the doors (argon2id: 43 ms and 19 MB a try, our bench). The queue is bounded: beyond
it a job is refused at once, which the site shows as "busy, try again".

Laws, whatever is submitted (tests/controller/service/test_slow.py): every job that was
taken is told of exactly once; those that are done are done in the order in which they
came; none is told of after :meth:`SlowWorker.stop` has said that it is over.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from controller.errors import HometimeError

T = TypeVar("T")

CAPACITY = 64
"""Jobs that may wait. At 43 ms a hash (our bench) the last one waits under 3 s."""


class SlowWorkRefused(HometimeError):
    """Base of the reasons why a job is not done."""

    code = "slow-work-refused"


class SlowWorkFull(SlowWorkRefused):
    """More work waits than can be done in good time."""

    code = "busy"
    remedy = "Wait some seconds and try again."

    def __init__(self, capacity: int) -> None:
        super().__init__(f"slow work: {capacity} jobs wait already, wanted fewer")


class SlowWorkStopped(SlowWorkRefused):
    """The program is on its way out."""

    code = "stopping"
    remedy = "Try again when the controller is back."

    def __init__(self) -> None:
        super().__init__("slow work: stopped, wanted a worker that runs")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A job's result."""

    value: T


@dataclass(frozen=True, slots=True)
class Failed:
    """What a job raised, or :class:`SlowWorkStopped` where it was never begun."""

    error: Exception


Result = Done[T] | Failed


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    tell: Callable[[Result[Any]], None]

    def do(self) -> None:
        result: Result[Any]
        try:
            result = Done(self.work())
        except Exception as error:  # noqa: BLE001  whoever asked decides what it means
            result = Failed(error)
        self.tell(result)


class SlowWorker:
    """A bounded queue of jobs and the one thread that does them.

    Args:
        capacity: jobs that may wait, the one being done not counted.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._waiting: deque[_Job] = deque()
        self._change = threading.Condition()
        self._stopped = False
        self._thread: threading.Thread | None = None

    def submit(self, work: Callable[[], T], tell: Callable[[Result[T]], None]) -> None:
        """Queue ``work``; from whatever thread.

        Args:
            work: called once, on the worker's thread. Must end by itself.
            tell: handed the result there; puts it where the asker waits and no more.

        Raises:
            SlowWorkFull: too many wait; ``tell`` is never called.
            SlowWorkStopped: likewise.
        """
        with self._change:
            if self._stopped:
                raise SlowWorkStopped
            if len(self._waiting) >= self._capacity:
                raise SlowWorkFull(self._capacity)
            self._waiting.append(_Job(work, tell))
            self._change.notify()

    def step(self) -> bool:
        """Do the oldest job, if one waits; return whether one did."""
        with self._change:
            job = self._waiting.popleft() if self._waiting else None
        if job is None:
            return False
        job.do()
        return True

    @property
    def is_healthy(self) -> bool:
        """Whether the thread, once started, lives; a ``tell`` that raises ends it.

        The control loop feeds the watchdog only while this holds.
        """
        return self._thread is None or self._stopped or self._thread.is_alive()

    def start(self) -> None:
        """Let a thread of its own call :meth:`step` from now on."""
        # A daemon: a job that never ends must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="slow", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 3.0) -> bool:
        """Take no more, end what is being done, tell all others that it is over.

        Args:
            timeout_s: how long to wait for the job that is being done; the program
                ends within 5 s of SIGTERM.

        Returns:
            Whether nothing is being done any more.
        """
        with self._change:
            self._stopped = True
            given_up = list(self._waiting)
            self._waiting.clear()
            self._change.notify_all()
        for job in given_up:
            job.tell(Failed(SlowWorkStopped()))
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while self._wait():
            self.step()

    def _wait(self) -> bool:
        """Sleep until there is work; False once there will be none."""
        with self._change:
            self._change.wait_for(lambda: self._waiting or self._stopped)
            return not self._stopped
