"""The disk is full, failing or read-only: no fact is believed before it is on it."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys

import pytest

from controller.errors import JournalUnwritable
from controller.journal.layout import Layout
from controller.journal.verify import verify
from tests.controller.journal.disk import ROOT, plain
from tests.controller.journal.toy import HandedIn, fill, open_toy, stamp


@pytest.fixture
def full(journal):
    """A journal whose disk has room for a little more, and then none."""
    journal.append([HandedIn(1, "p1")], stamp())
    run = journal._store._connection
    pages = run.execute("PRAGMA page_count").fetchone()[0]
    run.execute(f"PRAGMA max_page_count = {pages + 4}")
    return journal


def test_rel_1_a_full_disk_leaves_the_state_as_it_is_on_the_disk(data, full):
    """REL-1: memory never runs ahead, and the connection is never written to again."""
    written = 1

    def fill_up():
        nonlocal written
        for n in range(100):
            full.append([HandedIn(n, f"p{n}"), HandedIn(n + 100, "p0")], stamp(n))
            written += 2

    with pytest.raises(JournalUnwritable, match="SQLITE_FULL"):
        fill_up()
    state = full.state

    assert full.is_broken
    assert full.tail.seq == written
    for again in (
        lambda: full.append([HandedIn(1, "p1")], stamp()),
        lambda: full.snapshot(stamp()),
    ):
        with pytest.raises(JournalUnwritable, match="an earlier write failed"):
            again()
    assert not full.checkpoint_if_idle(1 << 60)
    full.close()

    journal = open_toy(data)
    assert journal.state == state
    assert journal.tail.seq == written
    journal.append([HandedIn(1, "p1")], stamp())
    journal.close()


@pytest.mark.parametrize(
    ("call", "error"),
    [("fdatasync", "EIO"), ("pwrite64", "EIO"), ("pwrite64", "ENOSPC")],
)
@pytest.mark.parametrize("when", [40, 61, 90])
def test_rel_1_an_error_of_the_disk_stops_the_writer_and_loses_nothing(
    data, call, error, when
):
    """REL-1: the n-th write or sync of a process fails, and all that follow."""
    moment = when if call == "pwrite64" else when // 4
    done = subprocess.run(
        [
            *(shutil.which("strace") or "strace", "-f", "-o", data.with_suffix(".log")),
            *("-e", f"trace={call}"),
            *("-e", f"inject={call}:error={error}:when={moment}+"),
            *(sys.executable, "-m", "tests.controller.journal.writer", data, "40"),
        ],
        cwd=ROOT,
        env=plain(),
        capture_output=True,
        text=True,
        check=False,
    )
    acknowledged = [int(line) for line in done.stdout.split()]

    assert done.returncode == 1
    assert "Unwritable" in done.stderr.splitlines()[-1]
    assert len(acknowledged) < 40
    journal = open_toy(data)
    assert journal.tail.seq >= max(acknowledged, default=0)
    journal.close()
    assert verify(data).first_bad is None


def test_rel_1_a_read_only_file_is_told_at_the_start(data, monkeypatch):
    """REL-1: a card that is mounted read-only."""
    fill(data, 2)
    real = os.open

    def read_only(path, flags, *more):
        if flags & (os.O_RDWR | os.O_WRONLY):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return real(path, flags, *more)

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(JournalUnwritable, match="Read-only file system"):
        open_toy(data)
    monkeypatch.undo()
    open_toy(data).close()


def test_rel_1_a_card_that_turns_read_only_is_told_at_the_next_entry(journal):
    """REL-1: as ext4 does after an error; SQLite then refuses the write."""
    journal.append([HandedIn(1, "p1")], stamp())
    journal._store._connection.execute("PRAGMA query_only = ON")

    with pytest.raises(JournalUnwritable, match="SQLITE_READONLY"):
        journal.append([HandedIn(2, "p2")], stamp())
    assert journal.state.counts == {"p1": 1}


def test_a_directory_that_cannot_be_made_a_database_is_told(data):
    data.mkdir()
    Layout(data).database.mkdir()

    with pytest.raises(JournalUnwritable):
        open_toy(data)
