"""A module that answers to the name ``spidev``, with the room's chips at its far end.

Over a plain blocking socket, with as few round trips as can be: with two idle readers
this is most of what the controller does all day.
"""

from __future__ import annotations

import errno
import os
import socket
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Self

from hardware.clock import RealClock
from hardware.errors import RoomGone, RoomRefused
from hardware.ports import Clock
from hardware.twin.room_client import RETRY_S
from hardware.twin.wire import SPI_HEAD, connect

# A chip answers at once; a room that does not is gone. Set in the kernel, because a
# timeout of Python's costs a poll for each transfer.
ANSWER_S = 1

READ = 0x80  # in the first byte on the wire (MFRC522 rev. 3.9, 8.1.2.3)
START_SEND = (0x0D << 1, 0x80)  # BitFramingReg, its bit that sends (9.3.1.14)
COMMAND, MF_AUTHENT = bytes([0x01 << 1]), 0x0E  # CommandReg; it sends by itself (10.3)
MOST_OWED = 4096  # bytes of answers that may lie unread in the socket


class SpiDevBase:
    """One open SPI device of the room, with the names of the real ``spidev.SpiDev``.

    While the room is gone every byte reads 00, as from a chip without supply. Class
    attributes ``path`` and ``clock`` are set by :func:`install`.
    """

    path: Path
    clock: Clock

    def __init__(self, bus: int | None = None, device: int | None = None) -> None:
        self.max_speed_hz = 500_000  # as the kernel's; the room's wire has no speed
        self.mode = 0
        self.bits_per_word = 8
        self._where: tuple[int, int] | None = None
        self._sock: socket.socket | None = None
        self._owed = 0
        self._retry_at = float("-inf")
        if bus is not None and device is not None:
            self.open(bus, device)

    def open(self, bus: int, device: int) -> None:
        """Open /dev/spidev<bus>.<device>; a room that is gone does not matter yet.

        Raises:
            FileNotFoundError: nothing is wired there.
        """
        self._where = (bus, device)
        self._connect()

    def close(self) -> None:
        """Close it; harmless when it is closed."""
        self._where = None
        self._hang_up()

    def fileno(self) -> int:
        """Return the socket's descriptor, -1 without."""
        return -1 if self._sock is None else self._sock.fileno()

    def xfer2(
        self,
        data: Sequence[int],
        speed_hz: int = 0,
        delay_usec: int = 0,
        bits_per_word: int = 0,
    ) -> list[int]:
        """Exchange ``data`` in one chip-select; a write is not waited for.

        What comes back during a write means nothing (8.1.2.2), and is 00 here.

        Raises:
            OSError: the device is not open.
        """
        del speed_hz, delay_usec, bits_per_word  # the room's wire has none of them
        if self._where is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        size = len(data)
        if self._sock is None and not self._come_back():
            return [0] * size
        try:
            return self._exchange(bytes(data), size)
        except OSError:
            self._hang_up()
            return [0] * size

    xfer = xfer3 = xfer2

    def writebytes(self, data: Sequence[int]) -> None:
        """Send ``data``, forget what came back."""
        self.xfer2(data)

    writebytes2 = writebytes

    def readbytes(self, length: int) -> list[int]:
        """Return what comes back while zeroes are sent."""
        return self.xfer2([0] * length)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _exchange(self, data: bytes, size: int) -> list[int]:
        sock = self._sock
        if sock is None:  # another thread closed us: as if the room had hung up
            raise ConnectionResetError
        sock.send(SPI_HEAD.pack(size) + data)
        self._owed += size
        if self._owed < MOST_OWED and not _is_waited_for(data):
            return [0] * size
        answer = b""
        while self._owed:
            more = sock.recv(self._owed)
            if not more:
                raise ConnectionResetError
            self._owed -= len(more)
            answer += more
        return list(answer[-size:])

    def _come_back(self) -> bool:
        now = self.clock.monotonic()
        if now < self._retry_at:
            return False
        self._retry_at = now + RETRY_S
        try:
            self._connect()
        except FileNotFoundError:  # a room that was built otherwise
            return False
        return self._sock is not None

    def _connect(self) -> None:
        bus, device = self._where or (-1, -1)
        try:
            lines = connect(self.path, {"hello": "spi", "bus": bus, "device": device})
        except RoomGone:
            return
        except RoomRefused as refused:
            raise FileNotFoundError(errno.ENOENT, str(refused)) from refused
        self._sock, self._owed = lines.sock, 0
        limit = struct.pack("ll", ANSWER_S, 0)
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)

    def _hang_up(self) -> None:
        sock, self._sock = self._sock, None
        if sock is not None:
            sock.close()


def _is_waited_for(data: bytes) -> bool:
    """Whether the chip must have had ``data`` before the driver goes on.

    A read, of course; and the write that sends a frame, since the driver takes its time
    on the air from there. The answers to other writes say nothing and are read along
    with the next that does: a card costs 11 round trips instead of 41.
    """
    register, bit = START_SEND
    sends = data[:1] == bytes([register]) and bool(data[-1] & bit)
    sends = sends or (data[:1] == COMMAND and data[-1] & 0x0F == MF_AUTHENT)
    return sends or not data or bool(data[0] & READ)


def make_module(path: Path, clock: Clock | None = None) -> ModuleType:
    """Return a module with a ``SpiDev`` whose far end is the room at ``path``."""
    module = ModuleType("spidev", "SPI devices of the simulated room.")
    attributes = {"path": path, "clock": clock or RealClock()}
    module.SpiDev = type("SpiDev", (SpiDevBase,), attributes)  # type: ignore[attr-defined]  # a module made by hand
    return module


def install(path: Path) -> None:
    """Let ``import spidev`` find the room. Before anybody imports ``mfrc522``."""
    sys.modules["spidev"] = make_module(path)
