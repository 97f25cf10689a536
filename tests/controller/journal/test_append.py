"""Writing entries: one commit, one chain, one writer (REL-1)."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from hashlib import sha256

import msgspec
import pytest

from controller.errors import BodyNotPlain, JournalLocked
from controller.journal import database
from controller.journal.entry import NO_HASH, Position
from controller.journal.layout import Layout
from controller.journal.migrations import STEPS
from tests.controller.journal.toy import (
    NODE,
    TOY,
    Behind,
    Collected,
    HandedIn,
    NothingChanged,
    Toy,
    open_toy,
    stamp,
)


def test_given_two_facts_of_one_moment_then_they_are_two_entries_and_one_state(journal):
    """What is appended is in the state, and the state says since which entry."""
    first, second = journal.append(
        [HandedIn(7, "p12"), HandedIn(8, "p13", ("watch",))], stamp(3)
    )

    assert [first.ref, second.ref] == [(NODE, 1, 1), (NODE, 1, 2)]
    assert journal.tail == second.head
    assert journal.state == Toy(
        doors={
            "7": Behind("p12", ("phone",), (1, 1)),
            "8": Behind("p13", ("watch",), (1, 2)),
        },
        counts={"p12": 1, "p13": 1},
    )
    assert [journal.fact(e) for e in journal.entries()] == [
        HandedIn(7, "p12"),
        HandedIn(8, "p13", ("watch",)),
    ]


def test_an_entry_is_sealed_as_the_reference_says(journal):
    """Anybody can compute digest and hash from the columns alone."""
    _, entry = journal.append([HandedIn(7, "p12"), Collected(7)], stamp(3))
    first = journal.entries()[0]

    assert entry.body == '{"v":1,"compartment":7}'
    assert first.prev == NO_HASH
    assert entry.prev == first.hash
    assert entry.digest == sha256(entry.nonce + entry.body.encode()).digest()
    canonical = (
        f'{{"at":{entry.at_us},"boot":"boot-1","clock":"synced",'
        f'"digest":"{entry.digest.hex()}","epoch":1,"kind":"Collected",'
        f'"mono":3000000,"node":"room-4","prev":"{entry.prev.hex()}","seq":2}}'
    )
    assert entry.hash == sha256(canonical.encode()).digest()


def test_no_facts_write_nothing(journal):
    assert journal.append([], stamp()) == []
    assert journal.tail.seq == 0


def test_rel_1_what_was_appended_is_there_after_a_restart(data, journal):
    """REL-1: state, projections and chain go on where they were."""
    journal.append([HandedIn(7, "p12"), HandedIn(8, "p13"), Collected(7)], stamp())
    state, tail = journal.state, journal.tail
    journal.close()

    again = open_toy(data)
    (entry,) = again.append([NothingChanged()], stamp(9))

    assert again.repaired == 0
    assert again.state == state
    assert entry.prev == tail.hash
    again.close()


def test_projections_change_with_the_entries_that_change_them(data, journal):
    journal.append([HandedIn(7, "p12")], stamp())
    journal.append([HandedIn(8, "p13")], stamp())
    journal.append([Collected(7)], stamp())

    with closing(sqlite3.connect(Layout(data).database)) as reader:
        rows = reader.execute(
            "SELECT name, key, value, epoch, seq FROM projection ORDER BY name, key"
        ).fetchall()

    assert rows == [
        ("counts", "p12", "1", 1, 1),
        ("counts", "p13", "1", 1, 2),
        ("doors", "8", '{"pupil":"p13","kinds":["phone"],"since":[1,2]}', 1, 2),
    ]


def test_a_fold_that_fails_writes_nothing(data):
    """A bug in a rule must not leave an entry that no start can replay."""

    def refuse(state, fact, when):
        raise LookupError("no such row")

    journal = open_toy(data, domain=replace(TOY, evolve=refuse))
    with pytest.raises(LookupError):
        journal.append([HandedIn(7, "p12")], stamp())

    assert journal.entries() == []
    assert not journal.is_broken
    journal.close()


@pytest.mark.parametrize("text", ["Amelia Khan", "Zoë", 'say "no"', "a\nb"])
def test_dat_2_text_in_a_body_is_refused_and_not_repeated(journal, text):
    """DAT-2: a fact that carries text is a bug; the message must not carry it on."""
    with pytest.raises(BodyNotPlain) as caught:
        journal.append([HandedIn(7, text)], stamp())

    assert text not in str(caught.value)
    assert journal.entries() == []


def test_a_second_writer_is_told_who_is_in_the_way(data, journal):
    with pytest.raises(JournalLocked, match="held by another process"):
        open_toy(data)


def test_files_that_are_not_ours_are_left_alone(data):
    data.mkdir()
    (data / "notes.txt").write_text("mine")

    open_toy(data).close()

    assert (data / "notes.txt").read_text() == "mine"


def test_the_private_key_is_its_owners_alone(data, journal):
    """Nobody but the controller's user can sign a head."""
    key = Layout(data).node_key

    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert key.read_bytes() not in Layout(data).node_pub.read_bytes()


def test_rel_1_each_setting_that_durability_rests_on_is_read_back(
    tmp_path, monkeypatch
):
    """REL-1: a build of SQLite that ignores a setting is not used at all."""
    with closing(database.connect(tmp_path / "a.db", 0o600)) as run:
        found = {
            name: run.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }

    monkeypatch.setattr(database, "_PRAGMAS", (("synchronous", "NORMAL", 2),))
    with pytest.raises(sqlite3.OperationalError, match="synchronous: 1 found"):
        database.connect(tmp_path / "b.db", 0o600)


def test_entries_can_be_paged_both_ways_and_by_kind(journal):
    for second in range(6):
        journal.append([HandedIn(second, f"p{second}"), Collected(second)], stamp())

    def seqs(**wanted):
        return [entry.seq for entry in journal.entries(**wanted)]

    assert seqs(after=Position(1, 4), limit=3) == [5, 6, 7]
    assert seqs(newest_first=True, limit=3) == [12, 11, 10]
    assert seqs(before=Position(1, 10), newest_first=True, limit=2) == [9, 8]
    assert seqs(kinds={"Collected"}, limit=3) == [2, 4, 6]
    assert seqs(kinds=()) == []


def test_migrations_run_once(data):
    """A second open finds the schema's steps applied."""
    open_toy(data).close()
    with closing(database.connect(Layout(data).database, 0o640)) as run:
        assert database.migrate(run, "journal", STEPS) == 0
        rows = run.execute("SELECT migration_set, name FROM _sqlite_migrations")
        assert rows.fetchall() == [("journal", "first_schema")]


def test_a_step_that_fails_leaves_nothing_behind(data):
    """The schema is never half a version."""
    open_toy(data).close()

    def half(connection):
        connection.execute("CREATE TABLE extra (a)")
        connection.execute("CREATE TABLE entry (a)")

    with closing(database.connect(Layout(data).database, 0o640)) as run:
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            database.migrate(run, "journal", (*STEPS, half))
        names = [row[0] for row in run.execute("SELECT name FROM sqlite_schema")]
    assert "extra" not in names
    open_toy(data).close()


def test_bodies_are_one_json_object_with_an_integer_v(journal):
    journal.append([HandedIn(7, "p12"), NothingChanged()], stamp())
    journal.snapshot(stamp())

    bodies = [msgspec.json.decode(entry.body) for entry in journal.entries()]

    assert [body["v"] for body in bodies] == [1, 1, 1]
