"""The controller's ends of its wires to the room's process, and one for callers.

The far end may go away and come back: it is a process that can be killed. Then a
reader's wire reads 00, as from a dead chip; pins and clock stand as they stood; and all
is connected again by itself.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from hardware.clock import RealClock
from hardware.errors import RoomGone, RoomRefused
from hardware.ports import Clock, ClockState
from hardware.twin.wallclock import US_PER_S
from hardware.twin.wire import JsonLines, connect, result_of

RETRY_S = 0.2  # between two tries to reach a room that is gone
ANSWER_S = 2.0  # the longest that a fresh room may take to tell what was asked


class RoomClient:
    """Calls on the room; each over a connection of its own, so from any thread.

    Args:
        path: the room's socket.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def call(self, call: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
        """Make one call (docs/reference/room-socket.md) and return its result.

        Raises:
            RoomRefused: the room will not or cannot.
            RoomGone: nobody answers.
        """
        lines = connect(self._path, {"hello": "calls"})
        try:
            lines.send({"call": call, **arguments})
            answer = lines.receive()
        except OSError as found:
            raise RoomGone(str(self._path), str(found)) from found
        finally:
            lines.close()
        if answer is None:
            raise RoomGone(str(self._path), "hung up before it answered")
        return result_of(answer)


class _Follower(ABC):
    """A connection that is made again whenever it breaks, and read by a thread."""

    hello: Mapping[str, Any]

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._lines: JsonLines | None = None
        self._closing = threading.Event()
        self._has_tried = threading.Event()
        self._thread = threading.Thread(
            target=self._run, name=f"room {self.hello['hello']}", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Hang up; returns when the thread has ended."""
        self._closing.set()
        with self._lock:
            if self._lines is not None:
                self._lines.hang_up()
        self._thread.join()

    @abstractmethod
    def _connected(self) -> None:
        """Say again what the far end must know. Called with the lock held."""

    @abstractmethod
    def _told(self, message: dict[str, Any]) -> None:
        """Take in a message."""

    def _send(self, message: Mapping[str, Any]) -> None:
        """Send if somebody is there; the lock is held. What is lost is said again."""
        if self._lines is not None:
            try:
                self._lines.send(message)
            except OSError:
                self._lines.hang_up()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                lines = connect(self._path, self.hello)
            except (RoomGone, RoomRefused):
                self._has_tried.set()
                self._closing.wait(RETRY_S)
                continue
            self._read(lines)

    def _read(self, lines: JsonLines) -> None:
        with self._lock:
            self._lines = lines
            self._connected()
            self._has_tried.set()
            if self._closing.is_set():
                lines.hang_up()
        while message := lines.receive():
            self._told(message)
        with self._lock:
            self._lines = None
        lines.close()


class RoomWires(_Follower):
    """Implements :class:`hardware.twin.pins.Wires` over the room's socket.

    A level is sent once, in order, and again when the room comes back: the pin kept it.
    While the room is gone a contact shows what it showed last.
    """

    hello: Mapping[str, Any] = {"hello": "pins"}

    def __init__(self, path: Path) -> None:
        self._levels: dict[str, bool] = {}
        self._loops: dict[str, bool] = {}
        self._watchers: dict[str, Callable[[bool], None]] = {}
        self._news = threading.Condition()
        super().__init__(path)

    def set_output(self, line: str, level: bool) -> None:  # noqa: FBT001  a level
        """Drive ``line``."""
        with self._lock:
            self._levels[line] = level
            self._send({"out": line, "level": level})

    def release(self, line: str) -> None:
        """Let ``line`` float."""
        with self._lock:
            self._levels.pop(line, None)
            self._send({"release": line})

    def loop_is_closed(self, line: str) -> bool:
        """Return the loop of a line that is watched; one never told of is open."""
        return self._loops.get(line, False)

    def watch(self, line: str, told: Callable[[bool], None]) -> Callable[[], None]:
        """Call ``told`` with each change from open on; one watcher a line, as a pin is.

        Returns once the room has told the present state, at once if there is no room.
        """
        self._has_tried.wait(ANSWER_S)
        with self._lock:
            self._watchers[line] = told
            self._send({"watch": line})
            is_there = self._lines is not None
        if is_there:
            with self._news:
                self._news.wait_for(lambda: line in self._loops, ANSWER_S)
        return lambda: self._unwatch(line)

    def _unwatch(self, line: str) -> None:
        with self._lock:
            self._watchers.pop(line, None)
            self._send({"unwatch": line})
        self._loops.pop(line, None)

    def _connected(self) -> None:
        for line, level in self._levels.items():
            self._send({"out": line, "level": level})
        for line in self._watchers:
            self._send({"watch": line})

    def _told(self, message: dict[str, Any]) -> None:
        line, closed = message["line"], message["closed"]
        has_changed = closed != self.loop_is_closed(line)
        with self._news:
            self._loops[line] = closed
            self._news.notify_all()
        told = self._watchers.get(line)
        if told is not None and has_changed:
            told(closed)


class RoomWallClock(_Follower):
    """Implements :class:`hardware.ports.WallClock` over the room's socket.

    The room says by how much its wall leads the monotonic clock, which all processes
    of a machine share, so reading the time asks nobody.

    Args:
        path: the room's socket.
        on_change: called from a thread of ours when the clock was set or is believed
            otherwise; whoever goes by the clock then calls :meth:`ack`.
        clock: the machine's monotonic clock.

    Raises:
        RoomGone: the room does not tell the time.
    """

    hello: Mapping[str, Any] = {"hello": "clock"}

    def __init__(
        self,
        path: Path,
        on_change: Callable[[], None] = lambda: None,
        clock: Clock | None = None,
    ) -> None:
        self._clock = clock or RealClock()
        self._on_change = on_change
        self._standing: tuple[int, ClockState] | None = None
        self._change = -1
        self._first = threading.Event()
        super().__init__(path)
        if not self._first.wait(ANSWER_S):
            self.close()
            raise RoomGone(str(path), f"told no time within {ANSWER_S:g} s")

    def now_us(self) -> int:
        """Return UTC in microseconds since 1970."""
        return round(self._clock.monotonic() * US_PER_S) + self._stands()[0]

    def state(self) -> ClockState:
        """Return how far the clock can be believed."""
        return self._stands()[1]

    @property
    def change(self) -> int:
        """The number of the last change that :meth:`now_us` goes by."""
        return self._change

    def ack(self, change: int | None = None) -> None:
        """Tell the room that all goes by the clock as of ``change``, or as of now.

        Args:
            change: :attr:`change`, read before acting on the time; without it the
                last one counts, also one that came while you were acting.
        """
        last = self._change  # a room that came back counts anew
        with self._lock:
            self._send({"ack": last if change is None else min(change, last)})

    def _stands(self) -> tuple[int, ClockState]:
        if self._standing is None:
            raise RoomGone(str(self._path), "never told the time")
        return self._standing

    def _connected(self) -> None:
        """Nothing: the room speaks first."""

    def _told(self, message: dict[str, Any]) -> None:
        self._standing = message["lead_us"], ClockState(message["state"])
        self._change = message["change"]
        if self._first.is_set():
            self._on_change()
        else:
            self._first.set()
            self.ack(self._change)
