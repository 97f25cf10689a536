"""WEB-7: with the controller down the last known board is read, and nothing is written.

A real controller is killed, as by ``kill -9`` or the kernel, and leaves its log behind.
"""

import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from controller import readside
from controller.journal.entry import Stamp
from controller.journal.journal import Journal
from controller.journal.layout import Layout
from controller.people.store import PeopleStore
from controller.readside import last_known
from controller.service.core import journal_domain
from tests.controller.killed import NODE, run_and_kill
from tests.controller.processes import TREE
from tests.rig_fixtures import quick_folder


@pytest.fixture(scope="module")
def killed():
    """The data directory of a controller that was killed."""
    with quick_folder() as folder:
        run_and_kill(folder)
        yield folder / "data"


@pytest.fixture
def data(killed, tmp_path, monkeypatch):
    """A copy of it, and a folder for temporary files that must be empty afterwards."""
    shutil.copytree(killed, tmp_path / "data")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    yield tmp_path / "data"
    assert list((tmp_path / "tmp").iterdir()) == []


def bytes_of(data: Path) -> dict[str, tuple[int, bytes]]:
    """Return time and content of each file; people.db must not even be looked at."""
    files = [path for path in data.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(data)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in files
    }


def opened(data: Path):
    """Open the journal as the next controller does."""
    return closing(Journal.open(data, node=NODE, domain=journal_domain(), boot=""))


def newest_at(data: Path) -> int:
    """Return when the last entry was written, as the next controller finds it."""
    with opened(data) as journal:
        return journal.entries(limit=1, newest_first=True)[0].at_us


def another_controller(data: Path) -> None:
    """Let a process open the journal, write, and end in order."""
    script = (
        "import sys; from pathlib import Path\n"
        "from controller.journal.entry import Stamp\n"
        "from tests.controller.test_readside import opened\n"
        "with opened(Path(sys.argv[1])) as journal:\n"
        "    journal.snapshot(Stamp(1_800_000_000_000_000, 0, 'synced'))\n"
    )
    subprocess.run([sys.executable, "-c", script, data], check=True, cwd=TREE)


def test_web_7_after_kill_9_the_last_board_is_known(data):
    """WEB-7: with what only the log holds; nothing on disk is changed."""
    assert Layout(data).wal.stat().st_size > 0
    assert Layout(data).wal_index.exists()
    before = bytes_of(data)

    board = last_known(data)

    assert bytes_of(data) == before
    assert board.bank == NODE
    assert [door.n for door in board.doors] == list(range(1, 9))
    assert board.at_us == newest_at(data)


@pytest.mark.parametrize("index", [b"", b"\x00" * 32_768, b"\xa5" * 32_768])
def test_web_7_an_index_that_a_power_cut_left_is_made_anew_in_memory(data, index):
    """WEB-7: SQLite never flushes it."""
    Layout(data).wal_index.write_bytes(index)
    before = bytes_of(data)

    assert last_known(data).bank == NODE

    assert bytes_of(data) == before


def test_web_7_without_the_index_a_copy_is_read(data):
    """WEB-7: in a folder of its owner's alone, which is gone afterwards."""
    Layout(data).wal_index.unlink()
    before = bytes_of(data)

    assert last_known(data).bank == NODE

    assert bytes_of(data) == before


def test_web_7_a_copy_that_would_fill_the_memory_is_not_made(data, monkeypatch):
    """REL-8: the site has 256 MB; a journal of many years is more."""
    Layout(data).wal_index.unlink()
    size = sum(p.stat().st_size for p in (Layout(data).database, Layout(data).wal))
    monkeypatch.setattr(readside, "COPY_MOST", size - 1)
    assert last_known(data) is None

    monkeypatch.setattr(readside, "COPY_MOST", size)
    assert last_known(data) is not None


def test_web_7_a_controller_that_starts_while_it_is_copied_spoils_nothing(
    data, monkeypatch
):
    """WEB-7: a log of before and a file of after would be a state that never was."""
    Layout(data).wal_index.unlink()
    copy = shutil.copyfile

    def slow(source, target):
        copy(source, target)
        if Path(source) == Layout(data).wal:
            another_controller(data)  # carries the log into the file

    monkeypatch.setattr(shutil, "copyfile", slow)
    assert last_known(data) is None

    monkeypatch.setattr(shutil, "copyfile", copy)
    assert last_known(data).bank == NODE


def test_web_7_the_read_side_holds_up_no_controller(data, monkeypatch):
    """WEB-7, REL-1: one that starts in the middle of it reads, writes and ends."""
    board = readside._board

    def meanwhile(database):
        another_controller(data)
        return board(database)

    monkeypatch.setattr(readside, "_board", meanwhile)

    before = last_known(data)
    monkeypatch.setattr(readside, "_board", board)

    assert before.at_us < last_known(data).at_us == 1_800_000_000_000_000


def test_web_7_how_old_it_is_goes_by_the_newest_entry_not_the_latest_time(data):
    """WEB-7, DAY-11: the clock was a year ahead once."""
    with opened(data) as journal:
        ahead_us = journal.entries(limit=1)[0].at_us + 365 * 86_400_000_000
        journal.snapshot(Stamp(ahead_us, 0, "guessed"))
        journal.snapshot(Stamp(ahead_us - 1, 0, "synced"))

    assert last_known(data).at_us == ahead_us - 1


def test_web_7_a_file_that_cannot_be_read_is_not_known(tmp_path, data):
    """WEB-7: nothing there; something else; damaged in the middle."""
    assert last_known(tmp_path / "nowhere") is None
    for path in (Layout(data).wal, Layout(data).wal_index):
        path.unlink()
    Layout(data).database.write_bytes(b"SQLite format 3\x00" + bytes(4096))
    assert last_known(data) is None


def test_web_7_the_names_are_never_opened(data, monkeypatch):
    """DAT-2: what the site reads has nothing personal in it."""

    def refuse(*_args, **_more):
        raise AssertionError("people.db")

    monkeypatch.setattr(PeopleStore, "__init__", refuse)
    Layout(data).people.write_bytes(b"not a database")

    assert last_known(data).bank == NODE
