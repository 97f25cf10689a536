"""Entries that are lost are never passed over in silence (REL-2, REL-4)."""

from __future__ import annotations

import shutil

import msgspec
import pytest

from controller.errors import (
    HeadForged,
    HeadMissing,
    JournalDamaged,
    JournalForeign,
    JournalMissing,
    JournalRewritten,
    JournalTruncated,
    KeyMissing,
)
from controller.journal.entry import NO_HASH
from controller.journal.layout import Layout
from controller.journal.verify import verify
from tests.controller.journal.toy import NothingChanged, fill, open_toy, stamp, tamper


def older_database(data):
    """The card is an old copy: the head has seen more."""
    fill(data, 3)
    old = Layout(data).database.read_bytes()
    fill(data, 2)
    Layout(data).database.write_bytes(old)


def other_entries(data):
    """Another history of the same length stands where ours was."""
    fill(data, 3)
    twin = data.with_name("twin")
    fill(twin, 3)
    shutil.copyfile(Layout(twin).database, Layout(data).database)


def no_database(data):
    fill(data, 3)
    Layout(data).database.unlink()


def no_head(data):
    fill(data, 3)
    Layout(data).head.unlink()


def no_key(data):
    fill(data, 3)
    Layout(data).node_key.unlink()


def spoilt_key(data):
    fill(data, 3)
    Layout(data).node_key.write_text("spoilt")


def other_key(data):
    fill(data, 3)
    twin = data.with_name("twin")
    fill(twin, 1)
    shutil.copyfile(Layout(twin).node_key, Layout(data).node_key)


LOSSES = [
    (older_database, JournalTruncated, (1, 3)),
    (other_entries, JournalRewritten, (1, 3)),
    (no_database, JournalMissing, (1, 0)),
    (no_head, HeadMissing, (1, 3)),
    (no_key, KeyMissing, (1, 3)),
    (spoilt_key, KeyMissing, (1, 3)),
    (other_key, HeadForged, (1, 3)),
]


@pytest.mark.parametrize(("lose", "error", "found"), LOSSES)
def test_rel_2_a_loss_stops_the_start_until_the_operator_accepts_it(
    data, lose, error, found
):
    """REL-2: then a new epoch begins, and its first entry says what was found."""
    lose(data)
    before = {p: p.read_bytes() for p in data.rglob("*") if p.is_file()}

    for _ in range(2):  # a refused start changes nothing that the next one looks at
        with pytest.raises(error):
            open_toy(data)
    untouched = {p for p in before if p.read_bytes() == before[p]}
    assert {Layout(data).head, Layout(data).node_key} & set(before) <= untouched

    journal = open_toy(data, begin_epoch=stamp(60))
    (first,) = journal.entries(kinds={"EpochBegan"})
    journal.append([NothingChanged()], stamp(61))
    journal.close()

    body = msgspec.json.decode(first.body)
    assert body["why"] == error.code
    assert (body["found"]["epoch"], body["found"]["seq"]) == found
    assert first.position == (2, 1)
    assert journal.tail.position == (2, 2)
    assert verify(data).first_bad is None
    open_toy(data).close()


def test_a_truncated_journal_says_what_the_head_knew(data):
    older_database(data)
    journal = open_toy(data, begin_epoch=stamp())
    (first,) = journal.entries(kinds={"EpochBegan"})
    journal.close()

    known = msgspec.json.decode(first.body)["known"]
    assert (known["epoch"], known["seq"]) == (1, 5)


def test_a_replaced_pi_begins_a_new_epoch_without_any_loss(data):
    """A restored card, head and all, looks whole: the operator says what it is."""
    fill(data, 3)
    journal = open_toy(data, begin_epoch=stamp())
    (first,) = journal.entries(kinds={"EpochBegan"})
    journal.close()

    assert msgspec.json.decode(first.body)["why"] == "operator"
    assert verify(data).epochs == 2


def test_another_nodes_directory_is_never_accepted(data):
    fill(data, 1)

    with pytest.raises(JournalForeign, match="belongs to node room-4, wanted room-5"):
        open_toy(data, node="room-5")
    with pytest.raises(JournalForeign):
        open_toy(data, node="room-5", begin_epoch=stamp())


def test_rel_2_an_edit_since_the_last_snapshot_stops_the_start(data):
    """REL-2: noticed at the start, not only by the nightly check."""
    fill(data, 5)
    tamper(data, "UPDATE entry SET at = at + 1 WHERE seq = 4")

    with pytest.raises(JournalDamaged, match="journal 1/4: hash"):
        open_toy(data)


def test_a_file_that_is_no_database_is_told_as_damage(data):
    fill(data, 2)
    Layout(data).database.write_bytes(b"not a database" * 200)

    with pytest.raises(JournalDamaged, match="unreadable"):
        open_toy(data)


def test_a_power_cut_during_the_very_first_start_is_no_loss(data):
    """The schema stands, key and head were not yet made."""
    open_toy(data).close()
    Layout(data).head.unlink()
    Layout(data).node_key.unlink()
    Layout(data).node_pub.unlink()

    journal = open_toy(data)
    assert journal.tail.hash == NO_HASH
    journal.close()
    Layout(data).head.unlink()

    open_toy(data).close()
    assert Layout(data).head.exists()


@pytest.mark.parametrize("node", ["", "Room 4", "a" * 65, "zoë"])
def test_a_node_is_a_plain_identifier(data, node):
    with pytest.raises(ValueError, match="not plain identifiers"):
        open_toy(data, node=node)
