"""The process ``hometime room``: the simulated room in real time, behind one socket.

It is to the controller what a wall with readers and locks is to a Pi: it goes on when
the controller is killed, and keeps its doors, devices, cards and clock when it is
killed itself.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from hardware.errors import RoomBusy
from hardware.twin.attendance import Room
from hardware.twin.spec import WorldSpec
from hardware.twin.store import Store
from hardware.twin.wire import address_of

SAVE_EVERY_S = 1.0  # so much of the wall clock is lost with a kill


def serve(
    spec: WorldSpec,
    socket_path: Path,
    state_path: Path,
    stop: threading.Event,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Run a room until ``stop`` is set; returns within a second of it.

    Args:
        spec: what the room is made of.
        socket_path: where to listen; a socket that a kill left there is replaced.
        state_path: file of the state; need not exist. Its folder must.
        stop: set by a signal's handler.
        ready: called once connections are taken.

    Raises:
        RoomBusy: another room listens there.
        RoomRefused: ``bad-state``.
    """
    listener = _listen(socket_path)
    try:
        room = Room(spec, Store(state_path))
        room.start()
        taker = threading.Thread(target=room.take_connections, args=(listener,))
        taker.start()
        ready()
        while not stop.wait(SAVE_EVERY_S):
            room.save()
        room.stop()
        _wake(socket_path)
        taker.join()
    finally:
        listener.close()
        socket_path.unlink(missing_ok=True)


def _listen(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    with address_of(path) as address:
        if _somebody_listens(address):
            listener.close()
            raise RoomBusy(str(path))
        path.unlink(missing_ok=True)
        before = os.umask(0o177)  # nobody else may open doors
        try:
            listener.bind(address)
        finally:
            os.umask(before)
    listener.listen(64)
    return listener


def _somebody_listens(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(address)
        except OSError:
            return False
    return True


def _wake(path: Path) -> None:
    """Let the thread that waits in accept() see that the room stops."""
    with socket.socket(socket.AF_UNIX) as knock, address_of(path) as address:
        knock.connect(address)
