"""The controller's Unix socket: one thread, many connections, one JSON object a line.

The thread only moves bytes: whole lines go to ``take``, answers come back through
:meth:`SocketServer.send` from whatever thread has them. What a slow client does not
read is bounded; past the bound the client is dropped and comes back.
"""

from __future__ import annotations

import os
import selectors
import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from controller.protocol import MAX_LINE_BYTES

MAX_BACKLOG_BYTES = 16 * 1024 * 1024
"""What may wait for one client: a few of the largest answers."""

MAX_CLIENTS = 256
"""More connections than 64 threads of the site ever open."""

READ_BYTES = 65_536


class Connection:
    """One client. ``key`` is for dictionaries; nothing else is for other threads."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end
        self.read = bytearray()
        self.scanned = 0
        self.write = bytearray()
        self.is_open = True
        self.on_close: list[Callable[[], None]] = []


class SocketServer:
    """Serves the socket at ``path``.

    Args:
        path: of the socket; one that is left from a dead controller is replaced.
        take: is given each whole line, in the server's thread; must not block. Whoever
            sends what it does not take (False) is cut off.
        mode: permission bits of the socket.
    """

    def __init__(
        self,
        path: Path,
        take: Callable[[Connection, bytes], bool],
        mode: int = 0o660,
    ) -> None:
        self._take = take
        self._path = path
        self._selector = selectors.DefaultSelector()
        self._server = _listen(path, mode)
        self._selector.register(self._server, selectors.EVENT_READ)
        self._wake_in, self._wake_out = os.pipe()
        os.set_blocking(self._wake_in, False)
        os.set_blocking(self._wake_out, False)
        self._selector.register(self._wake_in, selectors.EVENT_READ)
        self._outbox: deque[tuple[Connection, bytes]] = deque()
        self._connections: set[Connection] = set()
        self._stopping = threading.Event()

    def send(self, connection: Connection, line: bytes) -> None:
        """Queue a line for a client; from any thread. Gone clients are no fault."""
        if connection.is_open:
            self._outbox.append((connection, line))
            self._wake()

    def run(self) -> None:
        """Serve until :meth:`stop`; the body of the thread."""
        while not self._stopping.is_set():
            self.step(None)
        for connection in tuple(self._connections):
            self._close(connection)
        self._server.close()
        with suppress(FileNotFoundError):
            self._path.unlink()

    def stop(self) -> None:
        """Let :meth:`run` end."""
        self._stopping.set()
        self._wake()

    def step(self, timeout_s: float | None) -> None:
        """Serve what is ready; wait for it at most ``timeout_s`` (None: for ever)."""
        for key, mask in self._selector.select(timeout_s):
            if key.fileobj is self._server:
                self._accept()
            elif key.fileobj == self._wake_in:
                with suppress(BlockingIOError):
                    os.read(self._wake_in, READ_BYTES)
            else:
                self._serve(key.data, mask)
        self._flush_outbox()

    def _wake(self) -> None:
        with suppress(BlockingIOError):
            os.write(self._wake_out, b"!")

    def _accept(self) -> None:
        end, _ = self._server.accept()
        if len(self._connections) >= MAX_CLIENTS:
            end.close()
            return
        end.setblocking(False)
        connection = Connection(end)
        self._connections.add(connection)
        self._selector.register(end, selectors.EVENT_READ, connection)

    def _serve(self, connection: Connection, mask: int) -> None:
        try:
            if mask & selectors.EVENT_WRITE:
                self._write(connection)
            if mask & selectors.EVENT_READ and connection.is_open:
                self._read(connection)
        except OSError:
            self._close(connection)

    def _read(self, connection: Connection) -> None:
        data = connection.end.recv(READ_BYTES)
        if not data:
            self._close(connection)
            return
        connection.read += data
        while (end := connection.read.find(b"\n", connection.scanned)) >= 0:
            line = bytes(connection.read[:end])
            del connection.read[: end + 1]
            connection.scanned = 0
            if not self._take(connection, line):
                self._close(connection)
                return
        connection.scanned = len(connection.read)
        if len(connection.read) > MAX_LINE_BYTES:
            self._close(connection)

    def _flush_outbox(self) -> None:
        touched: dict[Connection, None] = {}
        while self._outbox:
            connection, line = self._outbox.popleft()
            if connection.is_open:
                connection.write += line
                touched[connection] = None
        for connection in touched:
            try:
                self._write(connection)
            except OSError:
                self._close(connection)

    def _write(self, connection: Connection) -> None:
        with suppress(BlockingIOError):
            sent = connection.end.send(connection.write)
            del connection.write[:sent]
        if len(connection.write) > MAX_BACKLOG_BYTES:
            self._close(connection)
            return
        waits = selectors.EVENT_WRITE if connection.write else 0
        self._selector.modify(connection.end, selectors.EVENT_READ | waits, connection)

    def _close(self, connection: Connection) -> None:
        if not connection.is_open:
            return
        connection.is_open = False
        self._connections.discard(connection)
        with suppress(KeyError, ValueError):
            self._selector.unregister(connection.end)
        connection.end.close()
        for told in connection.on_close:
            told()


def _listen(path: Path, mode: int) -> socket.socket:
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        path.unlink()
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(str(path))
    path.chmod(mode)
    server.listen(64)
    server.setblocking(False)
    return server
