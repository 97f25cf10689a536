"""The site's cache of the controller's live feed.

One thread a process reads the feed. Everything that a public page shows comes from
here, so that a flood on the page never reaches the controller (REL-6).

Every event gets a number. A topic remembers the number of its newest event, so a stream
needs no queue of its own: it remembers one number and asks what is newer.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from controller.client import ControllerDown
from controller.protocol import Board, FeedEvent, KioskShow

SILENCE_S = 12.0
"""Silence after which the controller counts as down: two beats (5 s each) and some."""

RETRY_S = 0.25
"""How long to wait before the feed is asked for again; bounds "back by itself"."""

KEPT_EVENTS = 2000
"""Events kept for whoever waits for an outcome; ten minutes of a busy home time."""


@dataclass(frozen=True, slots=True)
class Link:
    """Whether the controller answers.

    Attributes:
        up: whether it does.
        since_us: wall clock, UTC microseconds, since when it does or does not; 0 where
            no clock is known.
        silent_s: seconds since its last word; infinite where there was none.
    """

    up: bool
    since_us: int
    silent_s: float


class Feed:
    """The newest public state, and who is to be woken when it changes.

    Thread safe. Nothing personal is in it.
    """

    def __init__(
        self,
        source: Callable[[], Iterator[FeedEvent]],
        *,
        last_known: Callable[[], Board | None] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source = source
        self._last_known = last_known
        self._monotonic = monotonic
        self._changed = threading.Condition()
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self._events: deque[tuple[int, FeedEvent]] = deque(maxlen=KEPT_EVENTS)
        self._topics: dict[str, int] = {}
        self._n = 0
        self._heard_at: float | None = None
        self._connected = False
        self._was_up = False
        self._link_since_us = 0
        self._at_us = 0
        self._at_mono = 0.0
        self.boot = secrets.token_hex(4)
        self.board: Board | None = None
        self.kiosk: KioskShow | None = None

    # ---------------------------------------------------------------- thread

    def start(self) -> None:
        """Begin to follow the controller, in a thread that ends with the process."""
        self._thread = threading.Thread(target=self.run, name="feed", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Wake and end every stream; the thread ends with the next event."""
        with self._changed:
            self._ending.set()
            self._changed.notify_all()

    def join(self) -> None:
        """Wait for the thread's end, after :meth:`stop` and the connection's loss."""
        if self._thread is not None:
            self._thread.join()

    @property
    def stopped(self) -> bool:
        """Whether the site is about to end."""
        return self._ending.is_set()

    def run(self) -> None:
        """Follow the feed, again and again, until :meth:`stop`."""
        while not self._ending.is_set():
            try:
                for event in self._source():
                    self.take(event)
                    if self._ending.is_set():
                        return
            except ControllerDown:
                pass
            self.lost()
            with self._changed:
                if not self._ending.is_set():
                    self._changed.wait(RETRY_S)

    # ------------------------------------------------------------ what comes in

    def take(self, event: FeedEvent) -> None:
        """Take one event into the cache and wake whoever waits."""
        with self._changed:
            self._n += 1
            self._heard_at = self._monotonic()
            self._connected = True
            self._keep_clock(event)
            if event.board is not None:
                self.board = event.board
            if event.kiosk is not None:
                self.kiosk = event.kiosk
            for topic in _topics_of(event):
                self._topics[topic] = self._n
            self._events.append((self._n, event))
            self._look_at_link()
            self._changed.notify_all()

    def lost(self) -> None:
        """The connection is gone; show the last state, marked old."""
        with self._changed:
            self._connected = False
            if self.board is None:
                self._take_last_known()
            self._look_at_link()
            self._changed.notify_all()

    def _take_last_known(self) -> None:
        self.board = self._last_known()
        if self.board is not None:
            self._link_since_us = self.board.at_us
            self._n += 1
            self._topics["board"] = self._n

    def _keep_clock(self, event: FeedEvent) -> None:
        at_us = event.clock or event.beat or (event.board.at_us if event.board else 0)
        if at_us:
            self._at_us, self._at_mono = at_us, self._monotonic()

    def _look_at_link(self) -> None:
        """Note a change of the link as a topic; the lock is held."""
        up = self._is_up()
        if up == self._was_up:
            return
        self._was_up = up
        self._link_since_us = self.now_us() if up else self._last_word_us()
        self._n += 1
        self._topics["link"] = self._n
        if up:
            self._topics["again"] = self._n

    def _is_up(self) -> bool:
        return self._connected and self._silent_s() < SILENCE_S

    def _silent_s(self) -> float:
        if self._heard_at is None:
            return float("inf")
        return self._monotonic() - self._heard_at

    def _last_word_us(self) -> int:
        """Return the wall clock at the controller's last word."""
        if not self._at_us or self._heard_at is None:
            return self._link_since_us
        return self._at_us + int((self._heard_at - self._at_mono) * 1e6)

    # ----------------------------------------------------------- what is asked

    def link(self) -> Link:
        """Return whether the controller answers, and since when it does or not."""
        with self._changed:
            self._look_at_link()
            return Link(self._was_up, self._link_since_us, self._silent_s())

    def now_us(self) -> int:
        """Return the controller's wall clock, carried on from its last word; else 0."""
        if not self._at_us:
            return 0
        return self._at_us + int((self._monotonic() - self._at_mono) * 1e6)

    def position(self) -> int:
        """Return the number of the newest event."""
        with self._changed:
            return self._n

    def number(self, topic: str) -> int:
        """Return the number of the newest event of ``topic``; 0 for none."""
        with self._changed:
            return self._topics.get(topic, 0)

    def stamp(self, position: int | None = None) -> str:
        """Return a position as text that another process will not take for its own."""
        return f"{self.boot}.{self.position() if position is None else position}"

    def position_of(self, stamp: str) -> int | None:
        """Return the position a stamp stands for, or None: not of this process."""
        boot, _, number = stamp.partition(".")
        return int(number) if boot == self.boot and number.isdecimal() else None

    def news(self, since: int | None) -> tuple[list[str], int]:
        """Return the topics newer than ``since`` and the present position.

        ``None`` means that nothing is known of what was seen: then ``link``, ``board``,
        ``kiosk`` and ``again`` are news.
        """
        with self._changed:
            self._look_at_link()
            if since is None:
                return ["link", "board", "kiosk", "again"], self._n
            return [t for t, n in self._topics.items() if n > since], self._n

    def wait(self, since: int, timeout_s: float) -> None:
        """Wait for an event after ``since``, for the end, or for ``timeout_s``."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._n > since or self.stopped, timeout=timeout_s
            )

    def find(
        self, since: int, match: Callable[[FeedEvent], bool], timeout_s: float
    ) -> FeedEvent | None:
        """Return the first event after ``since`` that matches, or None in time.

        Events older than :data:`KEPT_EVENTS` are not found.
        """
        deadline = time.monotonic() + timeout_s
        with self._changed:
            while True:
                for number, event in self._events:
                    if number > since and match(event):
                        return event
                since = self._n
                left_s = deadline - time.monotonic()
                if left_s <= 0 or self.stopped:
                    return None
                self._changed.wait(left_s)

    def newest(self, match: Callable[[FeedEvent], bool]) -> FeedEvent | None:
        """Return the newest event kept that matches, or None."""
        with self._changed:
            for _, event in reversed(self._events):
                if match(event):
                    return event
        return None


def _topics_of(event: FeedEvent) -> list[str]:
    """Return the names of stream events that tell of this one."""
    topics = [topic.replace(":", "-") for topic in event.changed or []]
    if event.board is not None:
        topics.append("board")
    if event.kiosk is not None:
        topics.append("kiosk")
    if event.clock is not None:
        topics.append("clock")
    return topics
