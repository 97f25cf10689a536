"""State, projections and replay are one thing, whatever the history (REL-1)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from controller.journal import projections
from controller.journal.layout import Layout
from controller.journal.replay import Replay
from controller.journal.verify import verify
from tests.controller.journal.toy import (
    TOY,
    Collected,
    HandedIn,
    NothingChanged,
    fill,
    folder,
    open_toy,
    stamp,
)

doors = st.integers(1, 4)
pupils = st.sampled_from(["p1", "p2", "p3"])
kinds = st.lists(st.sampled_from(["phone", "watch"]), max_size=2).map(tuple)
facts = st.one_of(
    st.builds(HandedIn, doors, pupils, kinds),
    st.builds(Collected, doors),
    st.builds(NothingChanged),
)
moments = st.lists(facts, max_size=3)
SNAPSHOT, RESTART, FORGET, EPOCH = "snapshot", "restart", "forget", "epoch"
histories = st.lists(
    st.one_of(moments, st.sampled_from([SNAPSHOT, RESTART])), max_size=8
)
rough = st.lists(
    st.one_of(moments, st.sampled_from([SNAPSHOT, RESTART, FORGET, EPOCH])), max_size=8
)


def live(data, history):
    """Let ``history`` happen; return the open journal."""
    journal = open_toy(data)
    for second, moment in enumerate(history):
        if moment == SNAPSHOT:
            journal.snapshot(stamp(second))
        elif moment == FORGET:
            old = journal.matching(["HandedIn"], stamp(second).at_us)
            journal.forget(old[::2], "half", stamp(second))
        elif moment == RESTART:
            journal.close()
            journal = open_toy(data)
        elif moment == EPOCH:
            journal.close()
            journal = open_toy(data, begin_epoch=stamp(second))
        else:
            journal.append(moment, stamp(second))
    return journal


def stored(data):
    with closing(sqlite3.connect(Layout(data).database)) as reader:
        rows = reader.execute("SELECT name, key, value FROM projection").fetchall()
    return {(name, key): value for name, key, value in rows}


@settings(max_examples=40)
@given(histories)
def test_rel_1_replay_from_zero_equals_the_projections(history):
    """REL-1: the law that everything else leans on."""
    with folder() as place:
        journal = live(place, history)
        replayed = Replay(TOY).earliest(journal._store)

        assert replayed.state == journal.state
        assert replayed.head == journal.tail
        assert replayed.start == (1, 0)
        assert stored(place) == projections.rows(journal.state)
        journal.close()


@settings(max_examples=40)
@given(st.lists(moments, max_size=6), st.data())
def test_rel_1_a_snapshot_anywhere_in_the_history_changes_nothing(history, data):
    """REL-1: start late or early, the state is the same."""
    cut = data.draw(st.integers(0, len(history)))
    with folder() as place:
        journal = live(place, [*history[:cut], SNAPSHOT, *history[cut:]])
        replay = Replay(TOY)
        newest, zero = replay.newest(journal._store), replay.earliest(journal._store)
        entries = [e for e in journal.entries(limit=100) if e.kind != "Snapshot"]
        journal.close()

    assert newest.start == (1, 1 + sum(map(len, history[:cut])))
    assert zero.start == (1, 0)
    assert newest.state == zero.state
    assert newest.head == zero.head
    assert len(entries) == sum(map(len, history))


@settings(max_examples=40)
@given(rough)
def test_rel_1_restarts_epochs_and_forgetting_change_no_state(history):
    """REL-1: and the chain verifies after all of it."""
    facts_only = [moment for moment in history if isinstance(moment, list)]
    with folder() as rough_place, folder() as smooth_place:
        journal = live(rough_place, history)
        state = journal.state
        rebuilt = journal.rebuild()
        journal.close()
        smooth = live(smooth_place, facts_only)
        counts, open_doors = smooth.state.counts, smooth.state.doors.keys()
        smooth.close()

        assert rebuilt.differing == ()
        assert (state.counts, state.doors.keys()) == (counts, open_doors)
        assert verify(rough_place).first_bad is None
        assert stored(rough_place) == projections.rows(state)


def test_a_row_that_was_damaged_is_mended_at_the_start(data):
    """Projections may lie; the entries are asked every time."""
    fill(data, 3)
    with closing(sqlite3.connect(Layout(data).database)) as run, run:
        run.execute("UPDATE projection SET value = '99' WHERE key = 'p1'")
        run.execute("DELETE FROM projection WHERE key = 'p2'")
        run.execute("INSERT INTO projection VALUES ('counts', 'p77', '1', 1, 1)")
        run.execute("INSERT INTO projection VALUES ('gone', 'x', '1', 1, 1)")

    journal = open_toy(data)

    assert journal.repaired == 4
    assert stored(data) == projections.rows(journal.state)
    assert journal.state.counts == {"p0": 1, "p1": 1, "p2": 1}
    journal.close()


def test_how_much_a_start_has_to_replay_is_known(data):
    """Whoever takes snapshots can tell when one is due."""
    fill(data, 5)
    journal = open_toy(data)
    assert journal.to_replay == 5
    journal.append([HandedIn(1, "p1"), Collected(1)], stamp())
    assert journal.to_replay == 7
    journal.snapshot(stamp())
    journal.append([HandedIn(1, "p1")], stamp())
    assert journal.to_replay == 2
    journal.close()

    again = open_toy(data)
    assert again.to_replay == 2
    again.close()


def test_a_rebuild_tells_which_rows_differed(data, journal):
    journal.append([HandedIn(1, "p1")], stamp())
    with closing(sqlite3.connect(Layout(data).database)) as run, run:
        run.execute("UPDATE projection SET value = '5' WHERE name = 'counts'")

    rebuilt = journal.rebuild()

    assert rebuilt.differing == (("counts", "p1"),)
    assert journal.rebuild().differing == ()


def test_a_record_that_did_not_change_is_not_written(journal):
    """A commit touches the rows of what happened, no others."""
    journal.append([HandedIn(1, "p1"), HandedIn(2, "p2")], stamp())
    before = journal.state
    journal.append([Collected(1)], stamp())

    changes = projections.difference(before, journal.state)

    assert changes.put == {}
    assert changes.drop == {("doors", "1")}
    assert not projections.difference(journal.state, journal.state)
