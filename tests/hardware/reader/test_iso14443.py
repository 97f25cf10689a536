"""ACC-7: the conversation with a card, without chip or clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.iso14443 import (
    ETU_S,
    HALT,
    WAKE_UP,
    BadAnswer,
    Frame,
    check_byte,
    crc_a,
    select,
)
from hardware.ports import CardSeen
from hardware.twin.air import decode
from hardware.twin.cards import Card, CardState
from tests.hardware.reader.rig import FOUR, SEVEN, TEN


def converse(card: Card, garble=lambda _frame, answer: answer) -> CardSeen:
    """Let a card that is in a field answer ``select``; ``garble`` may change it."""
    talk = select()
    frame = next(talk)
    while True:
        bits = card.hear(frame.data, frame.last_bits, at=1.0)
        answer = b"" if bits is None else decode(bits).data
        assert len(answer) == frame.answer_bytes
        try:
            frame = talk.send(garble(frame, answer))
        except StopIteration as done:
            return done.value


def powered(card: Card) -> Card:
    card.power(on=True, at=0.0)
    return card


@pytest.mark.parametrize(
    ("data", "crc"),
    [
        ("0000", "a01e"),  # the two examples of ISO/IEC 14443-3, annex B
        ("1234", "26cf"),
        ("5000", "57cd"),  # HLTA as everybody's data sheet prints it
    ],
)
def test_crc_a_is_the_standards(data, crc):
    assert crc_a(bytes.fromhex(data)).hex() == crc


@pytest.mark.parametrize("uid", [FOUR, SEVEN, TEN])
def test_acc_7_uids_of_4_7_and_10_bytes_come_back_whole(uid):
    """ACC-7: no cascade tag, no check byte, nothing cut off."""
    card = powered(Card(uid, sak=0x20))

    assert converse(card) == CardSeen(uid=uid, atqa=card.atqa, sak=0x20)
    assert card.state is CardState.ACTIVE


def test_acc_7_a_wrong_check_byte_is_noticed():
    """ACC-7: a flipped bit of a UID is not another child's UID."""

    def flip(frame, answer):
        first = answer[0] ^ 1
        return bytes([first]) + answer[1:] if frame.answer_bytes == 5 else answer

    with pytest.raises(BadAnswer, match="check byte"):
        converse(powered(Card(SEVEN)), flip)


def test_acc_7_a_wrong_sak_is_noticed_by_its_crc():
    def flip(frame, answer):
        first = answer[0] ^ 0x04
        return bytes([first]) + answer[1:] if frame.answer_bytes == 3 else answer

    with pytest.raises(BadAnswer, match="CRC"):
        converse(powered(Card(SEVEN)), flip)


def sak_says(value: int):
    sak = bytes([value])
    return lambda frame, answer: sak + crc_a(sak) if frame.answer_bytes == 3 else answer


def test_acc_7_a_complete_uid_does_not_begin_with_the_cascade_tag():
    """ACC-7: 88 and three bytes are the cut-off part of a longer UID, not a UID."""
    with pytest.raises(BadAnswer, match="cascade tag"):
        converse(powered(Card(SEVEN)), sak_says(0x00))


def test_acc_7_another_level_is_only_there_behind_a_cascade_tag():
    with pytest.raises(BadAnswer, match="no cascade tag"):
        converse(powered(Card(FOUR)), sak_says(0x04))


def test_acc_7_there_are_three_levels():
    """A card that promises a fourth is not believed."""
    part = b"\x88\x04\x05\x06"
    part += bytes([check_byte(part)])
    sak = b"\x04" + crc_a(b"\x04")
    talk = select()
    next(talk)
    for answer in (b"\x84\x00", part, sak, part, sak, part):
        talk.send(answer)

    with pytest.raises(BadAnswer, match="fourth"):
        talk.send(sak)


@given(st.binary(min_size=7, max_size=7).filter(lambda uid: uid[0] != 0x88))
def test_acc_7_a_tag_value_inside_a_uid_is_a_plain_byte(uid):
    uid = uid[:3] + b"\x88" + uid[4:]

    assert converse(powered(Card(uid))).uid == uid


def test_frames_take_as_long_as_the_standard_says():
    """A WUPA: start, seven bits, end. Its answer: 1236 periods later, 19 bits."""
    assert pytest.approx(10 * ETU_S) == WAKE_UP.air_s
    assert pytest.approx(1236 / 13.56e6 + 19 * ETU_S) == WAKE_UP.answer_s


def test_the_air_alone_takes_4_ms_for_7_bytes():
    """The floor that the reader is measured against (4.11 ms)."""
    ask, choose = Frame(b"\x93\x20", 5), Frame(bytes(9), 3)
    frames = [WAKE_UP, ask, choose, ask, choose]

    total_s = sum(frame.air_s + frame.answer_s for frame in frames)

    assert total_s == pytest.approx(4.11e-3, abs=0.005e-3)
    assert HALT.answer_bytes == 0
