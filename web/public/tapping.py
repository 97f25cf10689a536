"""One tap on a simulated reader, from the card's coming to what came of it.

A hand brings the card, waits for the reader to have heard it and takes it away. The
outcome is the controller's own (``FeedEvent.tap``); the room tells of the bolt.
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
from web.room import Room, RoomRefused

HEARD_S = 5.0
"""How long the hand holds a card to a reader that does not answer; a dead reader is a
fault within 5 s."""

GONE_S = 2.0
"""How long the reader may take to see that the card has gone; it looks every 50 ms."""

BOLT_S = 10.0
"""How long an order may wait for the supply, behind a dozen others at 0.65 s each."""


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
        with at.lock:
            self._wait_until_empty(reader, at)
            outcome = self._hold_and_take(reader, uid, at)
        if outcome is None:
            return {"result": "unanswered", "compartment": None, "entry": None}
        return self._told(outcome)

    def _wait_until_empty(self, reader: str, at: _Reader) -> None:
        """Let the reader see that the last card has gone."""
        if at.left_at is not None:
            self._feed.find(at.left_at, lambda e: e.gone == reader, GONE_S)
            at.left_at = None

    def _hold_and_take(self, reader: str, uid: str, at: _Reader) -> TapOutcome | None:
        since = self._feed.position()
        self._room.call("put_card", reader=reader, uid=uid)
        try:
            event = self._feed.find(since, _tap_at(reader), HEARD_S)
        finally:
            left_at = self._feed.position()
            with suppress(RoomRefused):  # somebody else took it off
                self._room.call("take_card", reader=reader, uid=uid)
        if event is None:
            return None
        at.left_at = left_at
        return event.tap

    def _told(self, outcome: TapOutcome) -> dict[str, Any]:
        told: dict[str, Any] = {
            "result": outcome.result,
            "compartment": outcome.compartment or None,
            "entry": outcome.entry or None,
        }
        if outcome.reason:
            told["reason"] = outcome.reason
        if outcome.result == "ordered":
            told |= self._bolt(outcome.compartment)
        return told

    def _bolt(self, n: int) -> dict[str, Any]:
        """Wait until the bolt is back; from now it stays so for its time."""
        moved = self._room.call(
            "wait_bolt", compartment=n, retracted=True, timeout_s=BOLT_S
        )
        if moved["reached"]:
            return {"result": "opened"}
        return {"result": "not-opened", "reason": "bolt-not-back"}


def _tap_at(reader: str) -> Callable[[FeedEvent], bool]:
    return lambda event: event.tap is not None and event.tap.reader == reader
