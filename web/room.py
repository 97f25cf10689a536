"""The site's way to the simulated room, in the demo only.

One JSON object a line over a Unix socket (docs/reference/room-socket.md); a connection
for each call, so any thread may.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

LONGEST_ADDRESS = 100
"""``sun_path`` holds 108 bytes with its end on Linux, 104 on macOS."""

SPARE_S = 5.0
"""How much longer than the call itself may wait its answer is waited for."""


Call = Callable[..., dict[str, Any]]
"""Makes one call: its name, its arguments by name; returns its result."""


class RoomGone(Exception):
    """The room does not answer."""


class RoomRefused(Exception):
    """The room will not or cannot.

    Attributes:
        reason: stable code, such as ``no-such-reader``.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Room:
    """Calls on the room; each over a connection of its own, unless it is a hand's.

    Args:
        path: the room's socket.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def call(self, call: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
        """Make one call and return its result.

        Raises:
            RoomGone: no connection, or no answer in time.
            RoomRefused: the room says why not.
        """
        with self.hand(float(arguments.get("timeout_s", 2.0))) as ask:
            return ask(call, **arguments)

    @contextmanager
    def hand(self, timeout_s: float = 2.0) -> Iterator[Call]:
        """Yield a way to make calls over one connection.

        What the hand holds goes with it: also where this process is killed.

        Args:
            timeout_s: the longest that a call of it may wait for the room.

        Raises:
            RoomGone, RoomRefused: as :meth:`call` does, while it is open.
        """
        try:
            with (
                _connected(self._path, timeout_s + SPARE_S) as end,
                end.makefile("rwb") as lines,
            ):

                def ask(call: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
                    _say(lines, {"call": call, **arguments})
                    return _result(lines.readline())

                _say(lines, {"hello": "calls"})
                _result(lines.readline())
                yield ask
        except OSError as error:
            raise RoomGone(str(self._path)) from error


def _say(lines: Any, message: dict[str, Any]) -> None:  # noqa: ANN401  makefile's own kind
    lines.write(msgspec.json.encode(message) + b"\n")
    lines.flush()


def _result(line: bytes) -> dict[str, Any]:
    if not line:
        raise ConnectionResetError
    answer = msgspec.json.decode(line, type=dict[str, Any])
    if answer.get("ok"):
        return answer.get("result") or {}
    raise RoomRefused(str(answer.get("error")), str(answer.get("message")))


@contextmanager
def _connected(path: Path, timeout_s: float) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as end, _address_of(path) as address:
        end.settimeout(timeout_s)
        end.connect(address)
        yield end


@contextmanager
def _address_of(path: Path) -> Iterator[str]:
    """Yield an address of ``path`` that a socket can bear, however deep it lies."""
    if len(os.fsencode(path)) <= LONGEST_ADDRESS:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
