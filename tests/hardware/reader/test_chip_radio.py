"""SIM-1: what the simulated MFRC522 says and hears, and when."""

from __future__ import annotations

import pytest

from hardware.iso14443 import ETU_S, crc_a
from hardware.twin.cards import Card, CardState, Fringe
from hardware.twin.clock import VirtualClock
from hardware.twin.mfrc522_chip import Mfrc522Chip
from hardware.twin.mfrc522_registers import Command, Reg
from tests.hardware.reader.rig import FOUR
from tests.hardware.reader.test_chip_registers import read, set_timer, write

RX, TX, TIMER, ERR = 0x20, 0x40, 0x01, 0x02
WUPA_S = 10 * ETU_S
ATQA_S = 1236 / 13.56e6 + 19 * ETU_S
ASK = (0x93, 0x20)
PART = [*FOUR, FOUR[0] ^ FOUR[1] ^ FOUR[2] ^ FOUR[3]]


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def chip(clock):
    """With its field on and a timer of half a millisecond."""
    chip = Mfrc522Chip(clock)
    set_timer(chip, 0x80, 0, 6779)
    write(chip, Reg.TX_CONTROL, 0x83)
    return chip


@pytest.fixture
def card(chip, clock):
    card = Card(FOUR, sak=0x08)
    chip.put(card)
    clock.sleep(0.006)
    return card


def start(chip, *data, bits=0):
    write(chip, Reg.COM_IRQ, 0x7F)
    write(chip, Reg.FIFO_LEVEL, 0x80)
    write(chip, Reg.FIFO_DATA, *data)
    write(chip, Reg.COMMAND, Command.TRANSCEIVE)
    write(chip, Reg.BIT_FRAMING, bits)
    write(chip, Reg.BIT_FRAMING, 0x80 | bits)


def say(chip, clock, *data, bits=0):
    start(chip, *data, bits=bits)
    clock.sleep(0.002)
    level = read(chip, Reg.FIFO_LEVEL)
    return [read(chip, Reg.FIFO_DATA) for _ in range(level)]


def wake(chip, clock):
    return say(chip, clock, 0x52, bits=7)


def test_an_answer_takes_its_time_bit_by_bit(chip, clock, card):
    """A WUPA is 10 bits, the answer begins 1236 periods later and has 19."""
    start(chip, 0x52, bits=7)

    clock.sleep(WUPA_S - 1e-6)
    assert not read(chip, Reg.COM_IRQ) & TX
    assert read(chip, Reg.STATUS2) & 7 == 0b011
    clock.sleep(2e-6)
    assert read(chip, Reg.COM_IRQ) & TX
    clock.sleep(ATQA_S - 9 * ETU_S)
    assert read(chip, Reg.FIFO_LEVEL) == 1  # the first of two bytes
    assert read(chip, Reg.STATUS2) & 7 == 0b110
    clock.sleep(9 * ETU_S - 3e-6)
    assert not read(chip, Reg.COM_IRQ) & RX
    clock.sleep(4e-6)
    assert read(chip, Reg.COM_IRQ) & RX
    assert read(chip, Reg.FIFO_DATA, Reg.FIFO_DATA) == [0x04, 0x00]


def test_an_answer_stops_the_timer_at_its_fifth_bit(chip, clock, card):
    """Table 107, TAuto."""
    wake(chip, clock)

    assert not read(chip, Reg.COM_IRQ) & TIMER
    assert not read(chip, Reg.STATUS1) & 0x08


def test_silence_lets_the_timer_run_out(chip, clock):
    start(chip, 0x52, bits=7)

    clock.sleep(WUPA_S + 0.5e-3 - 2e-6)
    assert not read(chip, Reg.COM_IRQ) & (RX | TIMER)
    clock.sleep(4e-6)
    assert read(chip, Reg.COM_IRQ) & (RX | TIMER) == TIMER


def test_start_send_wants_transceive_and_an_edge(chip, clock, card):
    write(chip, Reg.COM_IRQ, 0x7F)
    write(chip, Reg.FIFO_DATA, 0x52)
    write(chip, Reg.BIT_FRAMING, 0x87)
    write(chip, Reg.COMMAND, Command.TRANSCEIVE)
    write(chip, Reg.BIT_FRAMING, 0x87)
    clock.sleep(0.002)

    assert not read(chip, Reg.COM_IRQ) & TX


def test_idle_breaks_an_answer_off(chip, clock, card):
    start(chip, 0x52, bits=7)
    clock.sleep(WUPA_S + ATQA_S - 5e-6)
    write(chip, Reg.COMMAND, Command.IDLE)
    clock.sleep(0.002)

    assert not read(chip, Reg.COM_IRQ) & RX


def test_transmit_ends_by_itself_and_does_not_listen(chip, clock, card):
    write(chip, Reg.COM_IRQ, 0x7F)
    write(chip, Reg.BIT_FRAMING, 7)
    write(chip, Reg.FIFO_DATA, 0x52)
    write(chip, Reg.COMMAND, Command.TRANSMIT)
    clock.sleep(0.002)

    assert read(chip, Reg.COM_IRQ) & (TX | RX | 0x10) == TX | 0x10
    assert read(chip, Reg.FIFO_LEVEL) == 0
    assert card.state is CardState.READY  # it heard us all the same


def test_the_chip_can_add_and_check_the_crc_itself(chip, clock, card):
    """TxCRCEn and RxCRCEn: two bytes less on either side."""
    wake(chip, clock)
    assert say(chip, clock, *ASK) == PART
    write(chip, Reg.TX_MODE, 0x80)
    write(chip, Reg.RX_MODE, 0x80)

    assert say(chip, clock, 0x93, 0x70, *PART) == [0x08]
    assert read(chip, Reg.ERROR) == 0


def test_an_answer_without_crc_is_a_crc_error_where_one_is_wanted(chip, clock, card):
    write(chip, Reg.RX_MODE, 0x80)
    wake(chip, clock)

    assert read(chip, Reg.ERROR) == 0x04
    assert read(chip, Reg.COM_IRQ) & ERR


def test_a_bit_turned_over_on_the_air_is_a_parity_error(chip, clock, card):
    card.fringe = Fringe(corrupt=1.0, seed=2)
    wake(chip, clock)

    assert read(chip, Reg.ERROR) == 0x02


def test_errors_are_cleared_when_a_command_begins(chip, clock, card):
    card.fringe = Fringe(corrupt=1.0, seed=2)
    wake(chip, clock)
    write(chip, Reg.COMMAND, Command.IDLE)

    assert read(chip, Reg.ERROR) == 0


def test_fifo_writes_while_the_air_uses_it_are_refused(chip, clock, card):
    start(chip, 0x52, bits=7)
    write(chip, Reg.FIFO_DATA, 0x55)

    assert read(chip, Reg.ERROR) == 0x80


# -------------------------------------------------------------------- collisions


@pytest.fixture
def pair(chip, clock):
    """Two cards whose UIDs part at the 12th bit."""
    pair = [Card(bytes([0x04, 0xA1, 2, 3])), Card(bytes([0x04, 0xA9, 4, 5]))]
    for card in pair:
        chip.put(card)
    clock.sleep(0.006)
    return pair


def test_sim_3_two_cards_collide_where_their_uids_part(chip, clock, pair):
    """SIM-3: CollErr, and the place of the first bit in collision, from 1."""
    assert wake(chip, clock) == [0x04, 0x00]
    assert read(chip, Reg.ERROR) == 0
    assert read(chip, Reg.COLL) & 0x20  # no place yet

    say(chip, clock, *ASK)

    assert read(chip, Reg.ERROR) & 0x08
    assert read(chip, Reg.COLL) & 0x3F == 12


def test_bits_after_a_collision_read_0_if_asked_for(chip, clock, pair):
    write(chip, Reg.COLL, 0x00)
    wake(chip, clock)

    assert say(chip, clock, *ASK) == [0x04, 0x01, 0, 0, 0]


def test_one_of_two_cards_is_chosen_bit_by_bit(chip, clock, pair):
    """NVB 34: twelve bits known, the twelfth says which; RxAlign mends the byte."""
    wake(chip, clock)
    say(chip, clock, *ASK)

    rest = say(chip, clock, 0x93, 0x34, 0x04, 0x09, bits=0x40 | 4)

    assert rest == [0xA0, 0x04, 0x05, 0x04 ^ 0xA9 ^ 4 ^ 5]
    assert read(chip, Reg.ERROR) == 0


def test_a_collision_in_the_32nd_bit_is_written_00(chip, clock):
    for last in (0x00, 0x80):
        chip.put(Card(bytes([1, 2, 3, last])))
    clock.sleep(0.006)
    wake(chip, clock)
    say(chip, clock, *ASK)

    assert read(chip, Reg.COLL) & 0x3F == 0


def test_a_collision_in_the_check_byte_has_no_place(chip, clock, mocker):
    """Table 50: places 1 to 32 only. Two cards of one UID, one of them broken."""
    good, broken = Card(FOUR), Card(FOUR)
    mocker.patch.object(broken, "_parts", return_value=[FOUR + b"\x00"])
    chip.put(good)
    chip.put(broken)
    clock.sleep(0.006)
    wake(chip, clock)
    say(chip, clock, *ASK)

    assert read(chip, Reg.ERROR) & 0x08
    assert read(chip, Reg.COLL) & 0x20


# --------------------------------------------------------------------- the field


def test_no_field_no_answer(chip, clock, card):
    write(chip, Reg.TX_CONTROL, 0x80)
    assert card.state is CardState.POWER_OFF
    write(chip, Reg.TX_CONTROL, 0x83)

    assert wake(chip, clock) == []  # it needs 5 ms of power first
    clock.sleep(0.005)
    assert wake(chip, clock) == [0x04, 0x00]


def test_a_broken_antenna_is_silence(chip, clock, card):
    chip.antenna_broken = True

    assert wake(chip, clock) == []
    assert card.state is CardState.POWER_OFF
    assert read(chip, Reg.COM_IRQ) & TIMER


def test_a_card_taken_away_breaks_off_in_the_middle(chip, clock, card):
    start(chip, 0x52, bits=7)
    clock.sleep(WUPA_S + ATQA_S - 5e-6)
    chip.take(card)

    assert read(chip, Reg.ERROR) == 0x01
    assert read(chip, Reg.FIFO_LEVEL) == 1


def test_mf_authent_is_sent_and_no_card_knows_it(chip, clock, card):
    """Crypto1 is not simulated, and nothing pretends that it worked."""
    wake(chip, clock)
    say(chip, clock, *ASK)
    chosen = bytes([0x93, 0x70, *PART])
    say(chip, clock, *chosen, *crc_a(chosen))
    write(chip, Reg.COM_IRQ, 0x7F)
    write(chip, Reg.FIFO_DATA, 0x60, 11, *[0xFF] * 6, *FOUR)
    write(chip, Reg.COMMAND, Command.MF_AUTHENT)
    clock.sleep(0.002)

    assert read(chip, Reg.COM_IRQ) & (0x10 | TIMER) == TIMER
    assert not read(chip, Reg.STATUS2) & 0x08
