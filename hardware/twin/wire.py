"""How the room and its clients talk: one Unix socket, JSON lines, and raw SPI bytes.

docs/reference/room-socket.md has every message.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from hardware.errors import RoomGone, RoomRefused

# sun_path holds 108 bytes with its end on Linux, 104 on macOS (their sys/un.h).
LONGEST_ADDRESS = 100

SPI_HEAD = struct.Struct(">H")  # how many bytes follow

# A peer that takes nothing for this long is hanging: its connection is given up.
STALLED_S = 2


@contextmanager
def address_of(path: Path) -> Iterator[str]:
    """Yield an address of ``path`` that a socket can bear, however deep it lies."""
    if len(os.fsencode(path)) <= LONGEST_ADDRESS:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def connect(path: Path, hello: Mapping[str, Any]) -> JsonLines:
    """Open a connection to the room and say what it is for.

    Raises:
        RoomGone: nobody answers.
        RoomRefused: the room has no such thing.
    """
    lines = accepted(socket.socket(socket.AF_UNIX))
    try:
        with address_of(path) as address:
            lines.sock.connect(address)
        lines.send(hello)
        result_of(lines.receive() or refusal("hung-up", "closed the connection"))
    except (OSError, RoomRefused) as found:
        lines.close()
        if isinstance(found, RoomRefused) and found.reason != "hung-up":
            raise
        raise RoomGone(str(path), str(found)) from found
    return lines


def result_of(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result in an answer.

    Raises:
        RoomRefused: the answer is a refusal.
    """
    if answer.get("ok"):
        result: dict[str, Any] = answer.get("result") or {}
        return result
    raise RoomRefused(str(answer.get("error")), str(answer.get("message")))


def refusal(reason: str, message: str) -> dict[str, Any]:
    """Return the answer that :func:`result_of` turns back into a refusal."""
    return {"ok": False, "error": reason, "message": message}


class JsonLines:
    """One JSON object a line, both ways, over one socket.

    Args:
        sock: connected; :meth:`close` closes it.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._rest = b""

    def send(self, message: Mapping[str, Any]) -> None:
        """Send one message.

        Raises:
            OSError: the other end is gone, or has taken nothing for a while.
        """
        self.sock.sendall(msgspec.json.encode(message) + b"\n")

    def receive_line(self) -> bytes:
        """Return the next line, empty when the other end is gone."""
        while b"\n" not in self._rest:
            try:
                more = self.sock.recv(65536)
            except OSError:
                return b""
            if not more:
                return b""
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return line + b"\n"

    def receive(self) -> dict[str, Any] | None:
        """Return the next message, None when the other end is gone or talks rubbish."""
        try:
            message: dict[str, Any] = msgspec.json.decode(
                self.receive_line(), type=dict[str, Any]
            )
        except (msgspec.MsgspecError, RecursionError):
            return None
        return message

    def hang_up(self) -> None:
        """End both directions; whoever waits in :meth:`receive` gets None."""
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def close(self) -> None:
        """Close the socket."""
        self.sock.close()


def accepted(sock: socket.socket) -> JsonLines:
    """Return lines over a socket on which no send waits for ever.

    Set in the kernel: a timeout of Python's would cost a poll at each call.
    """
    limit = struct.pack("ll", STALLED_S, 0)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
    return JsonLines(sock)
