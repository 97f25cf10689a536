"""The signed head: two slots in turn, behind the journal, never before it (REL-2)."""

from __future__ import annotations

import pytest

from controller.errors import HeadForged, HeadUnwritable
from controller.journal.entry import Head, Position
from controller.journal.head import SLOT_BYTES, SLOT_STRIDE, HeadFile, HeadWriter, sign
from controller.journal.keys import NodeKey
from controller.journal.layout import Layout
from tests.controller.journal.toy import NODE, HandedIn, NothingChanged, stamp


def at(seq, epoch=1):
    return Head(epoch, seq, bytes([seq % 256]) * 32)


@pytest.fixture
def key(tmp_path):
    return NodeKey.create(tmp_path / "secrets" / "node.key")


@pytest.fixture
def file(tmp_path):
    return HeadFile(tmp_path / "head")


def test_the_newer_slot_counts_and_the_older_is_overwritten(file, key):
    seen = []
    for head in (at(1), at(2), at(3), at(4), at(1, epoch=2)):
        file.write(sign(key, NODE, head))
        seen.append(file.read_signed(key.public).head)

    assert seen == [at(1), at(2), at(3), at(4), at(1, epoch=2)]
    assert file.path.stat().st_size == SLOT_STRIDE + SLOT_BYTES


def test_rel_2_a_torn_slot_leaves_the_one_before(file, key):
    """REL-2: a power cut while the head is written costs its newest value, no more."""
    for seq in (1, 2):
        file.write(sign(key, NODE, at(seq)))
    whole = file.path.read_bytes()
    file.write(sign(key, NODE, at(3)))
    after = file.path.read_bytes()

    inside = range(1, SLOT_BYTES, 37)
    for cut in (*inside, *(SLOT_STRIDE + n for n in inside)):
        file.path.write_bytes(after[:cut] + whole[cut:])
        found = file.read_signed(key.public).head
        assert found in {at(2), at(3)}


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"x" * 5000, b"{} \n" * 2000])
def test_a_file_without_a_readable_slot_says_nothing(file, content):
    file.path.write_bytes(content)
    assert file.read() is None


def test_rel_2_a_head_signed_by_another_key_is_forged(file, key, tmp_path):
    """REL-2: a head that fits a truncated journal cannot be made without the key."""
    other = NodeKey.create(tmp_path / "other" / "node.key")
    file.write(sign(other, NODE, at(3)))

    with pytest.raises(HeadForged):
        file.read_signed(key.public)


def test_a_head_that_was_edited_is_forged(file, key):
    signed = sign(key, NODE, at(3))
    file.write(type(signed)(NODE, at(2), signed.signature))

    with pytest.raises(HeadForged):
        file.read_signed(key.public)


def test_a_head_that_cannot_be_written_is_told_and_tried_again(tmp_path, key):
    (tmp_path / "head").mkdir()
    writer = HeadWriter(
        file=HeadFile(tmp_path / "head"), key=key, node=NODE, tail=lambda: at(1)
    )
    for now in (0.0, 5.0):
        with pytest.raises((HeadUnwritable, IsADirectoryError)):
            writer.step(now)

    (tmp_path / "head").rmdir()
    assert writer.step(10.0)
    assert writer.written == Position(1, 1)


def test_entries_that_come_close_together_share_one_write(journal, data):
    """A worker's step; ten commits within a second cost one sector."""
    writer = journal.head_writer
    for tenth in range(10):
        journal.append([HandedIn(tenth, "p1")], stamp())
        writer.step(tenth / 10)

    assert writer.written == Position(1, 1)
    assert not writer.step(0.95)
    assert writer.step(1.0)
    assert writer.written == Position(1, 10)
    assert not writer.step(7.0)


def test_rel_2_the_head_never_leads(journal, data):
    """REL-2: while an entry is on its way to the disk, the head knows nothing of it."""
    key = NodeKey.load(Layout(data).node_key)
    commit = journal._store.commit
    seen = []

    def watched(*args):
        journal.head_writer.flush()
        seen.append(HeadFile(Layout(data).head).read_signed(key.public).head)
        commit(*args)

    journal._store.commit = watched
    for _ in range(3):
        journal.append([NothingChanged()], stamp())

    assert [head.seq for head in seen] == [0, 1, 2]


def test_an_orderly_stop_leaves_head_and_journal_at_one_place(journal, data):
    journal.append([NothingChanged()], stamp())
    journal.close()

    assert HeadFile(Layout(data).head).read().head == journal.tail
