"""SIM-1: cards obey the state diagram of ISO/IEC 14443-3, clause 6.4."""

from __future__ import annotations

import pytest

from hardware.iso14443 import crc_a
from hardware.twin.air import decode
from hardware.twin.cards import Card, CardState, Fringe, RandomUidCard
from tests.hardware.reader.rig import FOUR, SEVEN

REQA, WUPA, HLTA = b"\x26", b"\x52", b"\x50\x00" + crc_a(b"\x50\x00")
ASK = b"\x93\x20"
FOUR_PART = FOUR + bytes([FOUR[0] ^ FOUR[1] ^ FOUR[2] ^ FOUR[3]])
CHOOSE = b"\x93\x70" + FOUR_PART + crc_a(b"\x93\x70" + FOUR_PART)
LATER = 1.0


@pytest.fixture
def card():
    card = Card(FOUR, sak=0x08)
    card.power(on=True, at=0.0)
    return card


def say(card, data, last_bits=0):
    bits = card.hear(data, last_bits, LATER)
    return None if bits is None else decode(bits).data


def wake(card, how=REQA):
    return say(card, how, 7)


def test_an_idle_card_answers_reqa_with_its_atqa(card):
    assert wake(card) == b"\x04\x00"
    assert card.state is CardState.READY


def test_a_byte_that_looks_like_reqa_is_no_short_frame(card):
    assert say(card, REQA, 0) is None
    assert card.state is CardState.IDLE


def test_selection_makes_active_and_hlta_halts(card):
    wake(card)
    assert say(card, ASK) == FOUR_PART
    assert say(card, CHOOSE) == b"\x08" + crc_a(b"\x08")
    assert card.state is CardState.ACTIVE
    assert say(card, HLTA) is None
    assert card.state is CardState.HALT


def test_a_halted_card_answers_wupa_only(card):
    card.state = CardState.HALT

    assert wake(card, REQA) is None
    assert wake(card, WUPA) == b"\x04\x00"


def test_a_card_in_ready_spends_the_next_wupa_on_falling_asleep(card):
    """Why a failed exchange must end with HLTA."""
    wake(card)

    assert wake(card, WUPA) is None
    assert card.state is CardState.IDLE
    assert wake(card, WUPA) == b"\x04\x00"


def test_a_card_woken_from_halt_falls_back_to_halt(card):
    card.state = CardState.HALT
    wake(card, WUPA)

    assert say(card, HLTA) is None  # READY does not know HLTA: an error, back it goes
    assert card.state is CardState.HALT


@pytest.mark.parametrize(
    "wrong",
    [
        CHOOSE[:-1] + bytes([CHOOSE[-1] ^ 1]),  # CRC
        b"\x93\x70" + bytes(5) + crc_a(b"\x93\x70" + bytes(5)),  # another card's UID
        b"\x95\x20",  # another cascade level
        b"\x93\x7f",  # no such number of valid bits
        b"\x93",
    ],
)
def test_a_card_in_ready_is_silent_to_what_is_not_meant_for_it(card, wrong):
    wake(card)

    assert say(card, wrong) is None
    assert card.state is CardState.IDLE


def test_a_card_says_the_rest_of_a_uid_whose_beginning_fits(card):
    """Anticollision bit by bit: 12 bits are known, 28 come."""
    wake(card)

    bits = card.hear(b"\x93\x34" + FOUR[:1] + bytes([FOUR[1] & 0x0F]), 4, LATER)

    answer = decode(bits, align=4)
    assert answer.data == bytes([FOUR_PART[1] & 0xF0]) + FOUR_PART[2:]


def test_a_card_whose_uid_begins_otherwise_falls_silent(card):
    wake(card)

    assert card.hear(b"\x93\x34" + FOUR[:1] + b"\x00", 4, LATER) is None


def test_a_card_is_deaf_until_it_had_5_ms_of_power():
    card = Card(FOUR)
    card.power(on=True, at=1.0)

    assert card.hear(WUPA, 7, 1.0049) is None
    assert card.hear(WUPA, 7, 1.0051) is not None


def test_a_card_that_leaves_the_field_forgets_that_it_was_halted(card):
    card.state = CardState.HALT
    card.power(on=False, at=0.1)
    assert wake(card, WUPA) is None
    card.power(on=True, at=0.2)

    assert wake(card, REQA) is not None


def test_acc_7_a_random_uid_is_another_at_each_power_up():
    """ACC-7: four bytes that begin with 08."""
    card = RandomUidCard(seed=1)
    seen = set()
    for _ in range(5):
        card.power(on=True, at=0.0)
        seen.add(card.uid)

    assert len(seen) == 5
    assert {uid[0] for uid in seen} == {0x08}
    assert {len(uid) for uid in seen} == {4}


def test_the_edge_of_the_field_is_the_same_for_the_same_seed():
    """SIM-3: a fault that a test found can be had again."""

    def answers(seed):
        card = Card(SEVEN, fringe=Fringe(seed, unheard=0.2, lost=0.2, corrupt=0.5))
        card.power(on=True, at=0.0)
        return [card.hear(WUPA, 7, LATER) for _ in range(50)]

    assert answers(3) == answers(3)
    assert answers(3) != answers(4)
    assert len(set(answers(3))) > 5


def test_a_uid_has_4_7_or_10_bytes():
    with pytest.raises(ValueError, match="5 bytes"):
        Card(bytes(5))
