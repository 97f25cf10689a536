"""The live stream (SSE): says that something changed, and of the board what.

Events: ``board`` (the whole public state), ``kiosk``, ``clock``, ``link`` (the
controller came or went), ``again`` (what was seen may be incomplete: ask for everything
anew) and topics such as ``class-kestrels`` or ``people``, without content: whoever may
see it asks with a token.

A stream holds one thread of the server, so there are fewer places than threads; and
some are kept for paired screens and people signed in, so that a flood of strangers
does not blind them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import msgspec
from flask import Blueprint, Response, current_app, request

from web.asking import feed, token
from web.errors import TooManyStreams
from web.feed import Feed
from web.public.pairing import paired_token

blueprint = Blueprint("stream", __name__)

PLACES = 40
"""Streams at once; the server has 64 threads (``web.serve``)."""

KEPT_PLACES = 10
"""Of these, how many only known browsers get."""

HEARTBEAT_S = 10.0
"""Longest silence: shows both ends, and proxies between, that the line is alive."""


class Places:
    """How many streams run; thread safe."""

    def __init__(self, places: int = PLACES, kept: int = KEPT_PLACES) -> None:
        self._lock = threading.Lock()
        self._places = places
        self._kept = kept
        self.taken = 0

    def take(self, *, known: bool) -> None:
        """Take a place.

        Raises:
            TooManyStreams: none is left, or only such as are kept for known browsers.
        """
        with self._lock:
            if self.taken >= self._places - (0 if known else self._kept):
                raise TooManyStreams
            self.taken += 1

    def leave(self) -> None:
        """Give the place back."""
        with self._lock:
            self.taken -= 1


def places() -> Places:
    """Return the places of this process."""
    found = current_app.extensions.setdefault("hometime-places", Places())
    assert isinstance(found, Places)  # noqa: S101  tells mypy
    return found


@blueprint.get("/stream")
def stream() -> Response:
    """Begin a live stream from where the page, or the broken stream, stood."""
    follow = feed()
    stamp = request.headers.get("Last-Event-ID") or request.args.get("since", "")
    taken = places()
    taken.take(known=bool(token() or paired_token()))
    response = Response(
        events(follow, follow.position_of(stamp)), mimetype="text/event-stream"
    )
    response.call_on_close(taken.leave)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def events(
    follow: Feed, seen: int | None, heartbeat_s: float = HEARTBEAT_S
) -> Iterator[bytes]:
    """Yield the time, what is newer than ``seen``, then what comes, until the end."""
    yield b"retry: 1000\n\n"
    yield message("clock", _data(follow, "clock"), follow.stamp(seen or 0))
    while not follow.stopped:
        topics, position = follow.news(seen)
        stamp = follow.stamp(position)
        for topic in topics:
            yield message(topic, _data(follow, topic), stamp)
        if not topics:
            yield b": beat\n\n"
        seen = position
        follow.wait(position, heartbeat_s)


def message(event: str, data: bytes, stamp: str) -> bytes:
    r"""Return one message as it goes over the wire.

    >>> message("people", b"{}", "ab.7")
    b'id: ab.7\nevent: people\ndata: {}\n\n'
    """
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (stamp.encode(), event.encode(), data)


def _data(follow: Feed, topic: str) -> bytes:
    """Return what is told of a topic: of the board all, of others next to nothing."""
    if topic == "board":
        return msgspec.json.encode(follow.board) if follow.board else b"{}"
    if topic == "clock":
        return msgspec.json.encode({"at_us": follow.now_us()})
    if topic == "link":
        return msgspec.json.encode({"controller": "up" if follow.link().up else "down"})
    return b"{}"
