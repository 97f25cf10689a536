"""Other people's files are as they came: named, licensed, with their checksum."""

from __future__ import annotations

import hashlib
from pathlib import Path

import web

VENDOR = Path(web.__file__).parent / "static/vendor"
SUMS = dict(
    reversed(line.split("  ", 1))
    for line in (VENDOR / "SHA256SUMS").read_text().splitlines()
)


def test_every_vendored_file_is_as_it_came():
    found = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for folder in VENDOR.iterdir()
        if folder.is_dir()
        for path in folder.iterdir()
    }

    assert found == SUMS


def test_every_vendored_folder_has_its_version_and_its_licence():
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]

    assert folders
    for folder in folders:
        assert folder.name.rpartition("-")[2].replace(".", "").isdigit()
        assert list(folder.glob("LICENSE*"))
        assert folder.name in (VENDOR / "README.md").read_text()
