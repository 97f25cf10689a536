"""Where the demo is kept, and how one demo takes folder and port for itself.

Imports little: whoever waits for ``demo.json`` must not find an old one, so that goes
before the rest of the program is even loaded.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from controller.errors import HometimeError, JournalLocked
from controller.journal.layout import Layout
from controller.journal.lock import WriterLock


class FolderTaken(HometimeError):
    """Another demo, or a part left of one, is in the folder. Nothing was touched."""

    code = "demo-folder-taken"
    remedy = "Stop it, or choose another folder with --data."


class PortTaken(HometimeError):
    """The port is not to be had. Nothing was touched."""

    code = "demo-port-taken"
    remedy = (
        "Stop whatever uses it, or choose another: make demo PORT=N, "
        "or hometime demo --port N."
    )


def default_data(name: str = "demo") -> Path:
    """Return where a demo is kept unless told otherwise: the user's own state."""
    state = os.environ.get("XDG_STATE_HOME")
    base = Path(state) if state else Path.home() / ".local" / "state"
    return base / "hometime" / name


@contextmanager
def taken(data: Path, port: int) -> Iterator[None]:
    """Hold the folder ``data``, made where it is not there, for one demo.

    Raises:
        FolderTaken, PortTaken: nothing was touched.
    """
    data.mkdir(parents=True, exist_ok=True)
    lock = _take_folder(data)
    try:
        _check_port(port)
        (data / "demo.json").unlink(missing_ok=True)
        yield
    finally:
        lock.release()


def _take_folder(data: Path) -> WriterLock:
    """Lock the folder: no other demo is in it, nor a controller left of one."""
    try:
        lock = WriterLock(data / "demo.lock")
    except JournalLocked:
        raise FolderTaken(f"{data}: another demo runs in this folder") from None
    try:
        WriterLock(Layout(data).lock).release()
    except JournalLocked:
        lock.release()
        raise FolderTaken(f"{data}: a controller still runs in this folder") from None
    return lock


def _check_port(port: int) -> None:
    """Find out that the port is taken before anything is started."""
    with socket.socket() as trial:
        # As the site does: a port that a closed connection still lingers on is free.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            why = (error.strerror or "not to be had").lower()
            raise PortTaken(f"port {port}: {why}") from None
