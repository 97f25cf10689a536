"""ACC-7, HW-1: the driver over the unmodified package reads whole UIDs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.iso14443 import crc_a
from hardware.ports import CardSeen, FieldEmpty
from hardware.twin.cards import Card, CardState, RandomUidCard
from tests.hardware.reader.rig import FOUR, SEVEN, TEN, Bench

uids = st.sampled_from([4, 7, 10]).flatmap(
    lambda size: st.binary(min_size=size, max_size=size)
)
lawful_uids = uids.filter(lambda uid: uid[0] != 0x88)


@pytest.mark.parametrize(
    ("uid", "atqa"), [(FOUR, 0x0004), (SEVEN, 0x0044), (TEN, 0x0084)]
)
def test_acc_7_a_card_is_read_whole_with_atqa_and_sak(bench, uid, atqa):
    """ACC-7: all bytes, and nothing but the bytes."""
    card = Card(uid, sak=0x20)
    bench.chip.put(card)

    assert bench.poll() == CardSeen(uid=uid, atqa=atqa, sak=0x20)
    bench.clock.sleep(0.001)
    assert [card.state for card in bench.chip.field] == [CardState.HALT]


def test_hw_1_a_card_is_seen_at_every_poll(bench):
    """HW-1: the package misses every second one."""
    bench.chip.put(Card(SEVEN))

    assert {bench.poll().uid for _ in range(10)} == {SEVEN}


def test_hw_1_an_empty_field_is_empty_before_and_after(bench):
    card = Card(SEVEN)
    assert bench.poll() == FieldEmpty()
    bench.chip.put(card)
    bench.poll()
    bench.chip.take(card)

    assert [bench.poll() for _ in range(3)] == [FieldEmpty()] * 3


@settings(max_examples=60)
@given(lawful_uids, st.integers(0, 255).filter(lambda sak: not sak & 0x04))
def test_acc_7_any_uid_is_read_back_whole(uid, sak):
    """ACC-7: 4, 7 or 10 bytes of anything, leading zeroes too."""
    with Bench() as bench:
        bench.chip.put(Card(uid, sak=sak))
        seen = bench.poll()

    assert (seen.uid, seen.sak) == (uid, sak)


def test_acc_7_a_4_byte_uid_that_begins_with_the_tag_is_no_card(bench):
    """ACC-7: forbidden by the standard; it could be the beginning of any other UID."""
    bench.chip.put(Card(b"\x88\x04\xa1\xb2"))

    assert isinstance(bench.poll(), FieldEmpty)


def test_acc_7_a_random_uid_is_told_apart(bench):
    """ACC-7: a phone must not be enrolled: tomorrow it is another."""
    bench.chip.put(RandomUidCard())

    assert bench.poll().is_random


def test_acc_7_a_7_byte_uid_that_begins_with_08_is_not_random(bench):
    bench.chip.put(Card(b"\x08" + SEVEN[1:]))

    assert not bench.poll().is_random


def test_acc_7_a_sak_with_a_wrong_crc_is_not_believed(bench, mocker):
    """ACC-7: the CRC is checked, though the chip is not asked to."""
    card = Card(SEVEN)
    mocker.patch("hardware.twin.cards.with_crc", lambda data: data + b"\x00\x00")
    bench.chip.put(card)
    assert crc_a(b"\x00") != b"\x00\x00"

    assert isinstance(bench.poll(), FieldEmpty)


def test_hw_1_the_packages_own_loop_is_not_used(bench, mocker):
    """HW-1: it burns a core, and from Python 3.12 on it warns."""
    bench.poll()
    loop = mocker.patch.object(type(bench.reader._link.chip), "MFRC522_ToCard")
    bench.chip.put(Card(SEVEN))
    bench.poll()

    loop.assert_not_called()


@pytest.mark.parametrize(
    ("version", "model"),
    [
        (0x91, "MFRC522 version 1"),
        (0x92, "MFRC522 version 2"),
        (0x88, "FM17522, a clone"),
        (0xB2, "FM17522, a clone"),
        (0x12, "a counterfeit MFRC522"),
        (0x37, "unknown chip, version 37"),
    ],
)
def test_hw_1_clones_read_cards_too(version, model):
    """HW-1: what counts is that a chip keeps its configuration."""
    with Bench(version=version) as bench:
        assert bench.reader.model == "not seen yet"
        bench.chip.put(Card(SEVEN))

        assert bench.poll().uid == SEVEN
        assert bench.reader.model == model
