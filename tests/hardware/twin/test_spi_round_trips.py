"""Which SPI transfers the room's client waits for: few, and never the wrong one."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

import pytest

from hardware.twin.spidev_remote import MOST_OWED, make_module
from hardware.twin.wire import SPI_HEAD, accepted

FIFO_WRITE, FIFO_LEVEL_READ = 0x09 << 1, 0x0A << 1 | 0x80
BIT_FRAMING, START_SEND = 0x0D << 1, 0x80


def echo(sock):
    """Answer each transfer with itself."""
    rest = b""
    while more := sock.recv(65536):
        rest += more
        while len(rest) >= SPI_HEAD.size:
            size = SPI_HEAD.size + SPI_HEAD.unpack_from(rest)[0]
            if len(rest) < size:
                break
            sock.sendall(rest[SPI_HEAD.size : size])
            rest = rest[size:]


@pytest.fixture
def held_room(tmp_path):
    """A room that answers transfers only once it is let go."""
    let_go = threading.Event()
    path = tmp_path / "room.sock"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()

    def attend():
        sock, _ = listener.accept()
        listener.close()  # who comes again finds nobody
        with sock, suppress(ConnectionError):  # the client may go at any moment
            lines = accepted(sock)
            lines.receive()
            lines.send({"ok": True})
            let_go.wait()
            echo(sock)

    thread = threading.Thread(target=attend)
    thread.start()
    yield path, let_go
    let_go.set()
    thread.join()


def test_sim_1_a_write_is_not_waited_for_and_a_read_gets_its_own_answer(held_room):
    """SIM-1: the first two return while the room still sleeps."""
    path, let_go = held_room
    with make_module(path).SpiDev(0, 0) as spi:
        assert spi.xfer2([FIFO_WRITE, 1, 2, 3]) == [0, 0, 0, 0]
        assert spi.xfer2([BIT_FRAMING, 7]) == [0, 0]
        let_go.set()

        assert spi.xfer2([FIFO_LEVEL_READ, 0]) == [FIFO_LEVEL_READ, 0]


def test_sim_1_the_write_that_sends_a_frame_is_waited_for(held_room):
    """SIM-1: the driver takes its time on the air from there."""
    path, let_go = held_room
    with make_module(path).SpiDev(0, 0) as spi:
        spi.xfer2([FIFO_WRITE, 0x52])
        let_go.set()

        assert spi.xfer2([BIT_FRAMING, START_SEND | 7]) == [BIT_FRAMING, 0x87]


def test_sim_1_writes_without_end_do_not_fill_the_socket(held_room):
    """SIM-1: a program that only ever writes is no flood of unread answers."""
    path, let_go = held_room
    let_go.set()
    with make_module(path).SpiDev(0, 0) as spi:
        longest = 0
        for _ in range(100):
            spi.xfer2([FIFO_WRITE, *range(63)])
            longest = max(longest, spi._owed)

    assert 0 < longest < MOST_OWED
