"""One tap on a simulated reader, from the card's coming to what came of it.

A hand brings the card, waits for the reader to have heard it and takes it away. The
outcome is the controller's own (``FeedEvent.tap``). Whether the bolt came back only the
room can tell: a lock without a bolt switch tells the controller no more than that its
door was not opened (``FeedEvent.unopened``). Whichever is told first is the answer.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from controller.protocol import FeedEvent, TapOutcome
from web.feed import Feed
from web.room import Call, Room, RoomRefused

HEARD_S = 5.0
"""How long the hand holds a card to a reader that does not answer; a dead reader is a
fault within 5 s."""

GONE_S = 2.0
"""How long the reader may take to see that the card has gone; it looks every 50 ms."""

LOOK_S = 0.2
"""How long the bolt is waited for at a stretch, between two looks into the feed."""

LOOKS = 4
"""Calls for cards after which a reader has seen what lies there: two polls."""

ORDER_S = 60.0
"""How long a tap's order lives at most: 30 s in the supply's queue, as the demo has it,
a pulse, the time for a hand, and as much again for a busy machine."""


@dataclass
class _Reader:
    """One reader: whose turn it is, and since where in the feed it should be empty."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    left_at: int | None = None


class Tapper:
    """Taps, one after the other on each reader.

    Args:
        room: where the card is brought to.
        feed: tells what came of it.
    """

    def __init__(self, room: Room, feed: Feed) -> None:
        self._room = room
        self._feed = feed
        self._readers: defaultdict[str, _Reader] = defaultdict(_Reader)
        self._guard = threading.Lock()

    def tap(self, reader: str, uid: str) -> dict[str, Any]:
        """Return the outcome of one tap as ``POST /twin/readers/<reader>/tap`` has it.

        Raises:
            RoomRefused: there is no such reader.
            RoomGone: there is no room.
        """
        with self._guard:
            at = self._readers[reader]
        try:
            with at.lock:
                self._wait_until_empty(reader, at)
                since = self._feed.position()
                outcome = self._hold_and_take(reader, uid, at, since)
        except RoomRefused as refused:
            self._forget(reader, refused)
            raise
        if outcome is None:
            return {"result": "unanswered", "compartment": None, "entry": None}
        return self._told(outcome, since)

    def _forget(self, reader: str, refused: RoomRefused) -> None:
        """Keep no reader that there is none of, whatever names are made up."""
        if refused.reason == "no-such-reader":
            with self._guard:
                self._readers.pop(reader, None)

    def _wait_until_empty(self, reader: str, at: _Reader) -> None:
        """Let the reader see that the last card has gone."""
        if at.left_at is not None:
            self._feed.find(at.left_at, lambda e: e.gone == reader, GONE_S)
            at.left_at = None

    def _hold_and_take(
        self, reader: str, uid: str, at: _Reader, since: int
    ) -> TapOutcome | None:
        """Hold the card there until it is heard; it goes with the connection."""
        with self._room.hand() as ask:
            beside = ask("put_card", reader=reader, uid=uid, held=True)["beside"]
            event = self._known_crowd(reader, ask) if beside else None
            event = event or self._feed.find(since, _tap_at(reader), HEARD_S)
            left_at = self._feed.position()
            with suppress(RoomRefused):  # somebody else took it off
                ask("take_card", reader=reader, uid=uid)
        if event is None:
            return None
        at.left_at = None if beside else left_at  # it does not get empty
        return event.tap

    def _known_crowd(self, reader: str, ask: Call) -> FeedEvent | None:
        """Return what the reader said of two cards that lie there.

        It says so once, for as long as they lie there; if it is alive, it still does.
        """
        if not ask("wait_looks", reader=reader, looks=LOOKS, timeout_s=LOOK_S)[
            "reached"
        ]:
            return None
        is_tap = _tap_at(reader)
        said = self._feed.newest(lambda e: e.gone == reader or is_tap(e))
        is_crowd = said is not None and said.tap and said.tap.result == "two-cards"
        return said if is_crowd else None

    def _told(self, outcome: TapOutcome, since: int) -> dict[str, Any]:
        told: dict[str, Any] = {
            "result": outcome.result,
            "compartment": outcome.compartment or None,
            "entry": outcome.entry or None,
        }
        if outcome.reason:
            told["reason"] = outcome.reason
        if outcome.result == "ordered":
            told |= self._bolt(outcome, since)
        return told

    def _bolt(self, outcome: TapOutcome, since: int) -> dict[str, Any]:
        """Wait until the bolt is back, or until it is recorded that it will not be."""
        for _ in range(round(ORDER_S / LOOK_S)):
            if self._is_back(outcome.compartment):
                return {"result": "opened"}
            if why := self._is_over(outcome.order, since):
                return {"result": "not-opened", "reason": why}
        return {"result": "not-opened", "reason": "bolt-not-back"}

    def _is_back(self, n: int) -> bool:
        """Return whether the bolt is back; from now it stays so for its time."""
        moved = self._room.call(
            "wait_bolt", compartment=n, retracted=True, timeout_s=LOOK_S
        )
        return bool(moved["reached"])

    def _is_over(self, order: str, since: int) -> str:
        """Return why an order will open nothing any more, or empty."""
        event = self._feed.find(since, _tells_end_of(order), 0)
        if event is not None and event.unopened is not None:
            why = event.unopened[1]
            return "bolt-not-back" if why == "never-opened" else why
        # Killed, it powers no coil, and none for this order when it is back (REL-3).
        return "" if self._feed.link().up else "controller-down"


def _tap_at(reader: str) -> Callable[[FeedEvent], bool]:
    return lambda event: event.tap is not None and event.tap.reader == reader


def _tells_end_of(order: str) -> Callable[[FeedEvent], bool]:
    return lambda event: event.unopened is not None and event.unopened[0] == order
