"""The power goes at any write: nothing acknowledged is lost (REL-1)."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from controller.errors import JournalError
from controller.journal.verify import verify
from tests.controller.journal.disk import Disk, lay_out, record
from tests.controller.journal.toy import folder, open_toy

COMMITS = 17  # a snapshot, three checkpoints and a forgetting among them


@pytest.fixture
def cut():
    """Where a disk is laid out."""
    with folder() as place:
        yield place / "cut"


@pytest.fixture(scope="module")
def calls(tmp_path_factory):
    """What an honest writer asked of the disk, from the very first start."""
    data = tmp_path_factory.mktemp("cut") / "data"
    return data, record(data, COMMITS)


def losses(recorded, calls, target, model):
    """Cut the power after each call; yield what went wrong."""
    disk, chance, last = Disk(), random.Random(1), None
    for number, call in enumerate(calls):
        disk.apply(call)
        files = disk.torn(chance) if model == "torn" else getattr(disk, model)()
        state = (disk.acknowledged, files)
        if state != last:
            wrong = examine(lay_out(files, recorded, target), disk.acknowledged)
            if wrong:
                yield f"call {number} {call.name}: {wrong}"
        last = state


def examine(data, acknowledged):
    """Start on what the cut left; return what is wrong with it."""
    try:
        journal = open_toy(data)
    except JournalError as error:
        return repr(error)
    found = journal.tail.seq
    journal.close()
    if found < acknowledged:
        return f"{acknowledged} acknowledged, {found} found"
    bad = verify(data).first_bad
    return None if bad is None else repr(bad)


def test_the_recording_is_the_whole_of_it(calls):
    """A harness that misses a call proves nothing: replayed in full, all is there."""
    made = calls[1]
    disk = Disk()
    for call in made:
        disk.apply(call)

    assert disk.acknowledged > COMMITS
    for path, content in disk.ordered().items():
        assert Path(path).read_bytes() == content


@pytest.mark.parametrize("model", ["ordered", "synced", "torn"])
def test_rel_1_no_power_cut_loses_what_was_acknowledged(calls, cut, model):
    """REL-1: after every single call, in the best and in the worst of disks."""
    recorded, made = calls

    assert list(losses(recorded, made, cut, model)) == []


@pytest.mark.parametrize(
    "mutant",
    ["synchronous-normal", "synchronous-off", "acknowledge-first", "head-first"],
)
def test_a_writer_that_is_wrong_is_caught(tmp_path, cut, mutant):
    """The harness sees what it is there to see."""
    recorded = tmp_path / "data"
    made = record(recorded, 4, mutant)

    assert next(losses(recorded, made, cut, "synced"), None)
