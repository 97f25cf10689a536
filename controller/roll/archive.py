"""The files of a OneRoster export, from a folder or a zip, without trusting either."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from controller.roll.errors import RollArchiveUnsafe, RollError, RollTooLarge
from controller.roll.text import MAX_BYTES, check_size

MAX_FILES = 100
"""OneRoster 1.2 has 24 kinds of file; ten times that is not a roll."""
MAX_UNPACKED = 4 * MAX_BYTES
"""Bytes of all files together, so that a zip cannot swell without end."""

Files = Mapping[str, bytes]
"""By bare, lower-case name, only those that end in ``.csv``."""

_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    IndexError,
    NotImplementedError,  # a compression that the zipfile module does not know
    RuntimeError,  # encrypted
    EOFError,
    OSError,
    ValueError,
    KeyError,
)


def is_zip(data: bytes) -> bool:
    """Return whether ``data`` begins as a zip does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def from_folder(folder: Path) -> Files:
    """Return the CSV files that lie directly in ``folder``.

    Raises:
        RollError: too many or too large, or the folder cannot be read.
    """
    where = folder.name
    try:
        paths = [
            path
            for path in sorted(folder.iterdir())
            if path.suffix.lower() == ".csv" and path.is_file()
        ]
        if len(paths) > MAX_FILES:
            raise RollTooLarge(where, limit=MAX_FILES, unit="files")
        return {path.name.lower(): read_bounded(path) for path in paths}
    except OSError as error:
        raise RollError(f"{where}: cannot be read ({error.strerror})") from error


def read_bounded(path: Path) -> bytes:
    """Return a file's bytes, reading no more than a roll may have.

    Raises:
        RollTooLarge: it has more.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    check_size(path.name, data)
    return data


def from_zip(where: str, data: bytes) -> Files:
    """Return the CSV files of a zip; a folder around all of them is taken off.

    Nothing is written to the disk. Sizes are counted while unpacking, since the sizes
    that a zip states of itself can lie.

    Raises:
        RollTooLarge, RollArchiveUnsafe: nothing of it is used.
    """
    check_size(where, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpacked(where, archive)
    except RollError:
        raise
    except _BROKEN as error:
        raise RollArchiveUnsafe(where, found="not a sound zip") from error


def _unpacked(where: str, archive: zipfile.ZipFile) -> Files:
    members = [one for one in archive.infolist() if not one.is_dir()]
    if len(members) > MAX_FILES:
        raise RollTooLarge(where, limit=MAX_FILES, unit="files")
    for member in members:
        _check_member(where, member)
    files: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for member in members:
        name = PurePosixPath(member.filename).name.lower()
        if not name.endswith(".csv") or member.filename.startswith("__MACOSX/"):
            continue
        if name in files:
            raise RollArchiveUnsafe(where, found=f"{name} is in it twice")
        with archive.open(member) as file:
            files[name] = file.read(min(MAX_BYTES, left) + 1)
        left -= len(files[name])
        if len(files[name]) > MAX_BYTES or left < 0:
            raise RollTooLarge(name, limit=MAX_BYTES, unit="bytes")
    return files


def _check_member(where: str, member: zipfile.ZipInfo) -> None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in member.filename:
        raise RollArchiveUnsafe(where, found="a file in it points outside of it")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise RollArchiveUnsafe(where, found="a link is in it, wanted files only")
    if member.flag_bits & 0x1:  # PKWARE's specification 4.4.4, bit 0
        raise RollArchiveUnsafe(where, found="it is locked with a password")
    if member.filename == "[Content_Types].xml":
        raise RollArchiveUnsafe(where, found="a workbook, wanted CSV")
