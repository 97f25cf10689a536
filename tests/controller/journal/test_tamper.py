"""Whoever has the file but not the key is found out (REL-2)."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.journal.chain import seal
from controller.journal.entry import Entry, Head, Position
from controller.journal.head import HeadFile, sign
from controller.journal.keys import NodeKey
from controller.journal.layout import Layout
from controller.journal.store import _INSERT, Rows, _row
from controller.journal.verify import verify
from tests.controller.journal.toy import (
    HandedIn,
    fill,
    folder,
    open_toy,
    stamp,
    tamper,
)

COUNT = 12
seqs = st.integers(1, COUNT)

EDITS = {
    "node": "'room-5'",
    "epoch": "epoch + 1",
    "seq": "seq + 100",
    "at": "at + 1",
    "mono": "mono - 1",
    "boot": "boot || '2'",
    "clock": "'rtc'",
    "kind": "'Collected'",
    "body": "replace(body, 'p', 'q')",
    "nonce": "randomblob(16)",
    "digest": "randomblob(32)",
    "prev": "randomblob(32)",
    "hash": "randomblob(32)",
}
TYPES = {name: "x'ff00'" if name in {"at", "kind", "body"} else "'x'" for name in EDITS}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A journal in order: twelve entries, one of them a snapshot."""
    data = tmp_path_factory.mktemp("whole") / "data"
    journal = open_toy(data)
    for second in range(COUNT - 1):
        journal.append([HandedIn(second, f"p{second}")], stamp(second))
        if second == 5:
            journal.snapshot(stamp(second))
    journal.close()
    assert verify(data).first_bad is None
    return data


@pytest.fixture
def copied(whole, tmp_path):
    """Called, it gives a fresh copy of the whole journal."""
    copies = iter(range(10_000))

    def copy():
        target = tmp_path / f"copy{next(copies)}"
        shutil.copytree(whole, target)
        return target

    return copy


@pytest.fixture(scope="module")
def room():
    """Where hypothesis puts its copies."""
    with folder() as place:
        yield place


def fresh(whole, room):
    target = room / "copy"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(whole, target)
    return target


def first_bad(data):
    bad = verify(data).first_bad
    return None if bad is None else Position(bad.epoch, bad.seq)


@settings(max_examples=60)
@given(seq=seqs, column=st.sampled_from(sorted(EDITS)))
def test_rel_2_every_single_edit_is_found_where_it_is(whole, room, seq, column):
    """REL-2: whichever column of whichever entry."""
    data = fresh(whole, room)
    tamper(data, f"UPDATE entry SET {column} = {EDITS[column]} WHERE seq = {seq}")  # noqa: S608  numbers

    if not (column == "body" and seq == 7):  # the snapshot holds no p to replace
        assert first_bad(data) == (1, seq)


@pytest.mark.parametrize("column", sorted(EDITS))
def test_rel_2_an_edit_that_leaves_no_text_or_number_is_found_too(copied, column):
    """REL-2: STRICT can be taken off a table; the check must not stumble over it."""
    data = copied()
    tamper(
        data,
        "ALTER TABLE entry RENAME TO strict",
        "CREATE TABLE entry AS SELECT * FROM strict",
        f"UPDATE entry SET {column} = {TYPES[column]} WHERE seq = 4",  # noqa: S608  numbers
    )

    report = verify(data)
    assert report.first_bad is not None
    assert report.first_bad.seq in {4, 1}


@settings(max_examples=25)
@given(seq=seqs, count=st.integers(1, 4))
def test_rel_2_every_deletion_is_found_at_the_first_one_missing(
    whole, room, seq, count
):
    """REL-2: in the middle by the next entry, at the end by the head."""
    data = fresh(whole, room)
    tamper(data, f"DELETE FROM entry WHERE seq BETWEEN {seq} AND {seq + count - 1}")  # noqa: S608  numbers

    assert first_bad(data) == (1, seq)


@settings(max_examples=25)
@given(pair=st.lists(seqs, min_size=2, max_size=2, unique=True))
def test_rel_2_every_swap_is_found_at_the_earlier_place(whole, room, pair):
    """REL-2: two true entries in each other's places."""
    data = fresh(whole, room)
    low, high = sorted(pair)
    tamper(
        data,
        f"UPDATE entry SET seq = 1000 WHERE seq = {low}",  # noqa: S608  numbers
        f"UPDATE entry SET seq = {low} WHERE seq = {high}",  # noqa: S608  numbers
        f"UPDATE entry SET seq = {high} WHERE seq = 1000",  # noqa: S608  numbers
    )

    assert first_bad(data) == (1, low)


@settings(max_examples=15)
@given(kept=st.integers(0, COUNT - 1))
def test_rel_2_every_truncation_is_found_by_the_head(whole, room, kept):
    """REL-2: nothing in the chain itself says that its end is gone."""
    data = fresh(whole, room)
    tamper(data, f"DELETE FROM entry WHERE seq > {kept}")  # noqa: S608  numbers

    bad = verify(data).first_bad
    assert (bad.epoch, bad.seq) == (1, kept + 1)
    assert "the head is at 1/12" in bad.why


def rechain(data: Path, start: int) -> None:
    """Forge as well as can be without the key: new hashes from ``start`` to the end."""
    with closing(sqlite3.connect(Layout(data).database)) as run, run:
        rows = Rows(run, "room-4")
        entries = list(rows.since(Position(1, start)))
        head = rows.before(Position(1, start))
        run.execute("DELETE FROM entry WHERE seq >= ?", (start,))
        for entry in entries:
            made = forged(head, entry)
            run.execute(_INSERT, _row(made))
            head = made.head


def forged(head: Head, entry: Entry) -> Entry:
    return seal(
        head,
        node=entry.node,
        boot=entry.boot,
        stamp=stamp(59),
        fact=(entry.kind, entry.body),
        nonce=entry.nonce,
    )


@pytest.mark.parametrize("start", [1, 6, COUNT])
def test_rel_2_a_history_forged_with_all_its_hashes_is_found_by_the_head(copied, start):
    """REL-2: the chain alone would believe it."""
    data = copied()
    tamper(data)
    rechain(data, start)

    bad = verify(data).first_bad
    assert (bad.epoch, bad.seq) == (1, COUNT)
    assert bad.why == "hash: not the one that the head signed"


def test_rel_2_an_inserted_entry_is_found(copied):
    """REL-2: beyond the head's reach too, unless its hash is right."""
    data = copied()
    tamper(
        data,
        "INSERT INTO entry SELECT node, epoch, 13, at, mono, boot, clock, kind, body, "
        "nonce, digest, hash, hash FROM entry WHERE seq = 12",
    )

    assert first_bad(data) == (1, 13)


def test_rel_2_a_head_by_another_key_is_found(copied, tmp_path):
    """REL-2: truncate the journal, sign a new head: without the key in vain."""
    data = copied()
    tamper(data, "DELETE FROM entry WHERE seq > 3")
    with closing(sqlite3.connect(Layout(data).database)) as run:
        tail = Rows(run, "room-4").tail()
    thief = NodeKey.create(tmp_path / "thief" / "node.key")
    HeadFile(Layout(data).head).replace(sign(thief, "room-4", tail))

    bad = verify(data).first_bad
    assert (bad.epoch, bad.seq) == (1, 3)
    assert "signature" in bad.why


def test_rel_2_a_key_kept_elsewhere_finds_a_replaced_directory(copied, tmp_path):
    """REL-2: key, head and journal exchanged together."""
    data = copied()
    kept = tmp_path / "node.pub"
    shutil.copyfile(Layout(data).node_pub, kept)
    other = tmp_path / "other"
    fill(other, COUNT)

    assert verify(other).first_bad is None
    assert verify(other, kept).first_bad is not None
    assert verify(data, kept).first_bad is None


def test_rel_2_a_missing_head_is_found(copied):
    """REL-2: it is made before the first entry, so it was taken away."""
    data = copied()
    Layout(data).head.unlink()

    assert first_bad(data) == (1, COUNT)


def test_rel_2_a_body_gone_without_a_forgotten_is_found(copied):
    """REL-2: erasing must be said."""
    data = copied()
    tamper(data, "UPDATE entry SET body = NULL, nonce = NULL WHERE seq IN (3, 4)")

    bad = verify(data).first_bad
    assert (bad.seq, bad.why) == (3, "body: gone without a Forgotten")


@pytest.mark.parametrize("column", ["body", "nonce"])
def test_rel_2_half_a_forgotten_body_is_found(copied, column):
    """REL-2: one goes with the other."""
    data = copied()
    tamper(data, f"UPDATE entry SET {column} = NULL WHERE seq = 3")  # noqa: S608  numbers

    assert first_bad(data) == (1, 3)


def test_rel_2_a_forgotten_body_that_was_put_back_is_found(data):
    """REL-2: what was erased by rule must stay erased."""
    fill(data, 4)
    kept = data.with_name("kept")
    shutil.copytree(data, kept)
    journal = open_toy(data)
    journal.forget([Position(1, 2), Position(1, 3)], "test", stamp(60))
    journal.close()
    assert verify(data).first_bad is None
    tamper(
        data,
        f"ATTACH '{Layout(kept).database}' AS kept",
        "UPDATE entry SET (body, nonce) = (SELECT body, nonce FROM kept.entry AS old "
        "WHERE old.seq = 3) WHERE seq = 3",
    )

    bad = verify(data).first_bad
    assert (bad.seq, bad.why) == (3, "body: said forgotten")


def test_rel_2_damage_beside_the_entries_is_found_too(copied):
    """REL-2: pages that belong to nothing are a file that cannot be trusted."""
    data = copied()
    tamper(
        data,
        "CREATE INDEX stray ON entry (kind)",
        "PRAGMA writable_schema = ON",
        "DELETE FROM sqlite_schema WHERE name = 'stray'",
    )

    bad = verify(data).first_bad
    assert bad.why == "database: the file is damaged, its entries are not"


def test_rel_2_flipped_bits_are_found_or_change_nothing(whole, room):
    """REL-2: each hundredth byte of the file, one after the other, one bit."""
    size = Layout(whole).database.stat().st_size
    harmless = 0
    with closing(sqlite3.connect(Layout(whole).database)) as run:
        wanted = list(Rows(run, "room-4").since(Position(0, 0)))
    data = fresh(whole, room)
    good = Layout(data).database.read_bytes()
    for offset in range(100, size, 101):
        spoilt = bytearray(good)
        spoilt[offset] ^= 1 << (offset % 8)
        Layout(data).database.write_bytes(spoilt)
        if verify(data).first_bad is None:
            harmless += 1
            with closing(sqlite3.connect(Layout(data).database)) as run:
                assert list(Rows(run, "room-4").since(Position(0, 0))) == wanted
    assert harmless < size // 101
