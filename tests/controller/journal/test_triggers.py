"""The table guards itself, whoever holds the connection (REL-2)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from controller.journal.layout import Layout
from tests.controller.journal.toy import HandedIn, fill, open_toy, stamp

COLUMNS = (
    "node, epoch, seq, at, mono, boot, clock, kind, body, nonce, digest, prev, hash"
)


@pytest.fixture
def stranger(data):
    """A connection that is not ours, with none of our settings."""
    fill(data, 3)
    with closing(sqlite3.connect(Layout(data).database)) as run:
        yield run


LAWFUL = {
    "node": "'room-5'",
    "epoch": "7",
    "seq": "99",
    "at": "at + 1",
    "mono": "mono + 1",
    "boot": "'boot-2'",
    "clock": "'guessed'",
    "kind": "'Collected'",
    "body": """'{"v":1}'""",
    "nonce": "randomblob(16)",
    "digest": "randomblob(32)",
    "prev": "randomblob(32)",
    "hash": "randomblob(32)",
}


@pytest.mark.parametrize("column", COLUMNS.split(", "))
def test_rel_2_no_column_of_an_entry_can_be_changed(stranger, column):
    """REL-2: the record is append-only, column by column, to any lawful value."""
    with pytest.raises(sqlite3.IntegrityError, match="only a body may be forgotten"):
        stranger.execute(
            f"UPDATE entry SET {column} = {LAWFUL[column]} WHERE seq = 2"  # noqa: S608  constants
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET body = body",
        "UPDATE entry SET body = NULL, nonce = NULL WHERE seq = 2",
        "UPDATE entry SET body = NULL WHERE seq = 2",
        "DELETE FROM entry WHERE seq = 3",
        "DELETE FROM entry",
    ],
)
def test_rel_2_update_and_delete_are_refused(stranger, statement):
    """REL-2: also the forgetting of a body that no Forgotten names."""
    with pytest.raises(sqlite3.IntegrityError, match="entry: "):
        stranger.execute(statement)


@pytest.mark.parametrize(
    ("epoch", "seq", "kind"),
    [(1, 2, "X"), (1, 3, "X"), (1, 5, "X"), (2, 1, "X"), (2, 4, "EpochBegan")],
)
def test_rel_2_an_entry_goes_to_the_end_or_nowhere(stranger, epoch, seq, kind):
    """REL-2: neither before, nor over, nor beyond the next place."""
    with pytest.raises(sqlite3.IntegrityError, match="only the next one"):
        stranger.execute(
            f"INSERT OR REPLACE INTO entry ({COLUMNS}) "  # noqa: S608  constants
            "SELECT node, ?, ?, at, mono, boot, clock, ?, body, nonce, digest, hash, "
            "hash FROM entry WHERE seq = 3",
            (epoch, seq, kind),
        )


def test_rel_2_an_entry_must_name_the_one_before(stranger):
    """REL-2: the right place with the wrong link is refused too."""
    with pytest.raises(sqlite3.IntegrityError, match="only the next one"):
        stranger.execute(
            f"INSERT INTO entry ({COLUMNS}) "  # noqa: S608  constants
            "SELECT node, 1, 4, at, mono, boot, clock, kind, body, nonce, digest, "
            "prev, hash FROM entry WHERE seq = 3"
        )


def append_raw(run, kind, body):
    """Add the next entry as the table allows it, whatever its hash is worth."""
    run.execute(
        f"INSERT INTO entry ({COLUMNS}) "  # noqa: S608  constants
        "SELECT node, epoch, seq + 1, at, mono, boot, clock, ?, ?, nonce, digest, "
        "hash, hash FROM entry ORDER BY seq DESC LIMIT 1",
        (kind, body),
    )


FORGET_2 = '{"v":1,"rule":"r","ranges":[[1,2,2]]}'
BOTH_NULL = "UPDATE entry SET body = NULL, nonce = NULL"


def test_dat_2_the_one_lawful_update_follows_the_forgotten_that_names_it(stranger):
    """DAT-2: the entry that it names, while it is the newest, and no other."""
    append_raw(stranger, "Forgotten", FORGET_2)
    for seq in (1, 3, 4):
        with pytest.raises(sqlite3.IntegrityError, match="only a body"):
            stranger.execute(BOTH_NULL + " WHERE seq = ?", (seq,))
    assert stranger.execute(BOTH_NULL + " WHERE seq = 2").rowcount == 1


def test_dat_2_another_kind_with_ranges_allows_nothing(stranger):
    """DAT-2: only a Forgotten says that something was forgotten."""
    append_raw(stranger, "Collected", FORGET_2)
    with pytest.raises(sqlite3.IntegrityError, match="only a body"):
        stranger.execute(BOTH_NULL + " WHERE seq = 2")


def test_dat_2_a_later_entry_closes_the_door_again(stranger):
    """DAT-2: an old Forgotten is no licence."""
    append_raw(stranger, "Forgotten", FORGET_2)
    append_raw(stranger, "Collected", '{"v":1}')
    with pytest.raises(sqlite3.IntegrityError, match="only a body"):
        stranger.execute(BOTH_NULL + " WHERE seq = 2")


@pytest.mark.parametrize("column", sorted(LAWFUL.keys() - {"body", "nonce"}))
def test_dat_2_forgetting_changes_nothing_else(stranger, column):
    """DAT-2: body and nonce go; whatever the chain rests on stays."""
    append_raw(stranger, "Forgotten", FORGET_2)
    with pytest.raises(sqlite3.IntegrityError, match="only a body"):
        stranger.execute(f"{BOTH_NULL}, {column} = {LAWFUL[column]} WHERE seq = 2")


def test_a_body_must_be_an_object_with_a_version(data):
    journal = open_toy(data)
    journal.append([HandedIn(7, "p1")], stamp())
    journal.close()
    with closing(sqlite3.connect(Layout(data).database)) as run:
        for body in ("[]", '{"v":"1"}', "{}", "no json"):
            with pytest.raises(sqlite3.DatabaseError):
                run.execute(
                    f"INSERT INTO entry ({COLUMNS}) "  # noqa: S608  constants
                    "SELECT node, 1, 2, at, mono, boot, clock, kind, ?, nonce, digest, "
                    "hash, hash FROM entry",
                    (body,),
                )
