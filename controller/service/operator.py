"""How a command beside a running controller proves that it operates the machine.

The controller writes a token into its secrets at each start, readable by its own user
alone. Whoever can read that can read ``people.db`` too, so nothing is given away.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import msgspec

from controller.journal.layout import Layout


class Operator(msgspec.Struct):
    """Where the controller listens, and what proves the operator to it."""

    socket: str
    token: str


def write_operator(data: Path, socket: Path) -> Operator:
    """Make a new token for this run of the controller, mode 0600."""
    operator = Operator(str(socket.absolute()), secrets.token_urlsafe(32))
    path = _path(data)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(msgspec.json.encode(operator))
    return operator


def read_operator(data: Path) -> Operator | None:
    """Return what the last controller wrote; ``None`` where none ever ran here.

    Raises:
        PermissionError: the caller does not operate this machine.
    """
    try:
        return msgspec.json.decode(_path(data).read_bytes(), type=Operator)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _path(data: Path) -> Path:
    return Layout(data).secrets / "operator"
