"""Bodies that are forgotten by rule: gone from the files, the chain whole (DAT-2)."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import msgspec
import pytest

from controller.journal import forgetting
from controller.journal.entry import Position
from controller.journal.layout import Layout
from controller.journal.verify import verify
from tests.controller.journal.toy import (
    MONDAY_US,
    Collected,
    HandedIn,
    NothingChanged,
    open_toy,
    stamp,
)


def everything_on_disk(data):
    return b"".join(p.read_bytes() for p in sorted(data.iterdir()) if p.is_file())


@pytest.fixture
def old(journal):
    """Ten hand-ins, each with a mark of its own, and ten collections."""
    for n in range(10):
        journal.append([HandedIn(n, f"marked-{n}"), Collected(n)], stamp(n))
    return journal


def test_dat_2_a_forgotten_body_is_gone_from_file_and_log(data, old):
    """DAT-2: and the entry, its place and its chain are still there."""
    positions = old.matching(["HandedIn"], MONDAY_US + 5_000_000)
    old.forget(positions, "routine-1y", stamp(60))

    alive = set(re.findall(rb"marked-\d", everything_on_disk(data)))
    assert positions == [Position(1, seq) for seq in (1, 3, 5, 7, 9)]
    # Who handed in how often is state, so the snapshot and the projections say it.
    bodies = [e.body for e in old.entries(kinds={"HandedIn"})]
    assert bodies[:5] == [None] * 5
    assert all(bodies[5:])
    assert b"marked-9" in alive
    assert verify(data).first_bad is None
    assert [old.fact(e) for e in old.entries(limit=2)] == [None, Collected(0)]


def test_dat_2_nothing_of_a_forgotten_body_is_left_anywhere(data, journal):
    """DAT-2: grep the files for a thousand of them; none may answer."""
    for n in range(300):
        journal.append([HandedIn(1, f"pupil-{n % 3}", (f"mark-{n:04d}",))], stamp(n))
    journal._store.checkpoint(truncate=True)
    assert len(set(re.findall(rb"mark-\d{4}", everything_on_disk(data)))) == 300

    positions = journal.matching(["HandedIn"], MONDAY_US + 299_000_000)
    for batch in (positions[::3], positions[1::3], positions[2::3]):
        journal.forget(batch, "routine-1y", stamp(600))

    assert set(re.findall(rb"mark-\d{4}", everything_on_disk(data))) == {b"mark-0299"}


def test_dat_2_while_a_reader_holds_the_log_the_erasure_is_finished_later(data, old):
    """DAT-2: the body is forgotten at once, its trace goes with the next chance."""
    with closing(sqlite3.connect(Layout(data).database)) as reader:
        reader.execute("PRAGMA busy_timeout = 0")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchone()
        old._store._connection.execute("PRAGMA busy_timeout = 1")
        old.forget([Position(1, 1)], "routine-1y", stamp(60))
        assert Layout(data).wal.stat().st_size > 0
        assert not old.checkpoint_if_idle(0)

    assert old.checkpoint_if_idle(0)
    assert Layout(data).wal.stat().st_size == 0


def test_a_forgotten_says_exactly_whose_bodies_went(old):
    said = old.forget(
        [Position(1, seq) for seq in (2, 3, 4, 9, 3)], "routine-1y", stamp(60)
    )

    assert [msgspec.json.decode(entry.body) for entry in said] == [
        {"v": 1, "rule": "routine-1y", "ranges": [[1, 2, 4], [1, 9, 9]]}
    ]


def test_a_start_after_forgetting_knows_the_same_state(data, old):
    """A snapshot stands after whatever was forgotten."""
    old.forget(old.matching(["HandedIn"], 1 << 60), "all", stamp(60))
    state = old.state
    old.close()

    again = open_toy(data)
    assert again.state == state
    assert again.rebuild().start == (1, 21)
    again.close()


def test_a_snapshot_is_added_only_where_none_stands_after_it(old):
    old.snapshot(stamp(50))
    old.append([NothingChanged()], stamp(51))
    old.forget([Position(1, 1)], "rule", stamp(60))
    assert len(old.entries(kinds={"Snapshot"})) == 1

    old.forget([Position(1, 22)], "rule", stamp(61))
    assert len(old.entries(kinds={"Snapshot"})) == 2


def test_the_snapshot_that_a_start_needs_may_be_forgotten_too(data, old):
    old.snapshot(stamp(50))
    old.forget([Position(1, seq) for seq in range(1, 22)], "all", stamp(60))
    state = old.state
    old.close()

    again = open_toy(data)
    assert again.state == state
    again.close()
    assert verify(data).first_bad is None


def test_what_says_that_something_was_forgotten_is_never_forgotten(old):
    old.forget([Position(1, 1)], "rule", stamp(60))
    place = old.entries(kinds={"Forgotten"})[0].position

    with pytest.raises(Exception, match="journal: not written"):
        old.forget([place], "rule", stamp(61))


def test_a_large_number_is_forgotten_in_batches(data, journal, monkeypatch):
    monkeypatch.setattr(forgetting, "BATCH", 4)
    for n in range(10):
        journal.append([HandedIn(n, f"p{n}")], stamp(n))

    said = journal.forget(journal.matching(["HandedIn"], 1 << 60), "rule", stamp(60))

    ranges = [msgspec.json.decode(entry.body)["ranges"] for entry in said]
    assert ranges == [[[1, 1, 4]], [[1, 5, 8]], [[1, 9, 10]]]
    assert verify(data).first_bad is None


def test_forgetting_nothing_writes_nothing(journal):
    assert journal.forget([], "rule", stamp()) == []
    assert journal.tail.seq == 0
