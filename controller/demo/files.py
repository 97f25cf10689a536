"""The demo's configuration, written into its folder like a technician would."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from controller.demo import classroom as c

MAX_SOCKET_PATH = 100
"""Bytes; Linux takes 107 (unix(7), ``sun_path``), and names are added."""

_HEAD = """\
# The simulated classroom. The same program runs on a Raspberry Pi with a file like
# this one, without the table [twin] and with lines of real chips.

[bank]
name = "{bank}"
class = "{klass}"
columns = {columns}
data = {data}
socket = {controller_socket}

[web]
host = "127.0.0.1"
port = {port}

[supply]
volts = 12
amps = 5.0
max_coils = 4
max_wait_s = 30

[lock]
current_a = 1.0
release_time_s = 2.0
max_on_s = 2.5
min_off_s = 0.5

[twin]
room = {room_socket}
state = {state}
simulated = true

[contacts]
alarm = "room:signals:2"

[[reader]]
name = "{reader}"
bus = 0
device = 0
light = "room:signals:0"
buzzer = "room:signals:1"
"""

_DOOR = """
[[compartment]]
n = {n}
coil = "room:locks:{bit}"
contact = "room:contacts:{bit}"
purpose = "{purpose}"
"""

_AT_DESK = """\
at_desk = true
"""


def write_config(data: Path, port: int) -> Path:
    """Write ``DATA/config.toml`` for this start; return its path."""
    sockets = socket_folder(data)
    text = _HEAD.format(
        bank=c.BANK,
        klass=c.CLASS,
        columns=c.COLUMNS,
        data=_quoted(data),
        controller_socket=_quoted(sockets / "controller.sock"),
        room_socket=_quoted(sockets / "room.sock"),
        state=_quoted(data / "room.json"),
        port=port,
        reader=c.READER,
    )
    for n in range(1, c.DOORS + 1):
        text += _DOOR.format(n=n, bit=n - 1, purpose=_purpose(n))
        text += _AT_DESK if n in c.DESK_DOORS else ""
    path = _config_file(data)
    path.write_text(text, encoding="utf-8")
    return path


def _quoted(path: Path) -> str:
    """Return a path as a basic string of TOML 1.0, whatever signs are in it.

    JSON's are the same but for DEL, which only TOML wants escaped.
    """
    return json.dumps(str(path), ensure_ascii=False).replace("\x7f", "\\u007f")


def _purpose(n: int) -> str:
    if n <= c.PUPIL_DOORS:
        return "pupil"
    return "staff" if n in c.STAFF_DOORS else "holding"


def _config_file(data: Path) -> Path:
    """Return where the configuration goes; a file of somebody's own is left alone."""
    path = data / "config.toml"
    if path.exists() and not path.read_bytes().startswith(_HEAD[:30].encode()):
        return data / "demo-config.toml"
    return path


def socket_folder(data: Path) -> Path:
    """Return where the sockets go: beside the data, or where the path is short enough.

    A folder deep in a tree makes paths that a socket cannot have; then they stand in a
    folder of the user's own under the system's temporary one, named for the data.
    """
    if len(str(data / "controller.sock")) <= MAX_SOCKET_PATH:
        return data
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"hometime-{os.getuid()}-{digest}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        message = f"{folder}: belongs to somebody else; remove it or use another --data"
        raise PermissionError(message)
    return folder


def leave_no_sockets(data: Path) -> None:
    """Remove the sockets of a demo that has ended, and the folder made for them."""
    folder = socket_folder(data)
    for name in ("room.sock", "controller.sock"):
        (folder / name).unlink(missing_ok=True)
    if folder != data:
        with suppress(OSError):  # something of somebody else's is in it
            folder.rmdir()
