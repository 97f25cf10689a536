"""SIM-1: the simulated MFRC522 as its data sheet has it, seen from the SPI pins."""

from __future__ import annotations

import pytest

from hardware.iso14443 import CARRIER_HZ
from hardware.twin.clock import VirtualClock
from hardware.twin.mfrc522_chip import Mfrc522Chip
from hardware.twin.mfrc522_registers import Command, Reg


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def chip(clock):
    chip = Mfrc522Chip(clock)
    clock.sleep(0.001)
    return chip


def write(chip, register, *values):
    chip.transfer([register << 1, *values])


def read(chip, *registers):
    answer = chip.transfer([*(0x80 | register << 1 for register in registers), 0])
    assert answer[0] == 0
    return answer[1:] if len(registers) > 1 else answer[1]


# ------------------------------------------------------------------------ framing


def test_a_read_answers_each_byte_with_the_address_before_it(chip):
    """8.1.2.1: several registers in one chip-select."""
    assert chip.transfer([0xEE, 0xA8, 0xEE, 0x00]) == [0, 0x92, 0x80, 0x92]


def test_a_write_gives_all_bytes_to_one_address(chip):
    """8.1.2.2: how a frame gets into the FIFO at once."""
    write(chip, Reg.FIFO_DATA, 1, 2, 3)

    assert read(chip, Reg.FIFO_LEVEL) == 3
    assert read(chip, *[Reg.FIFO_DATA] * 3) == [1, 2, 3]
    assert read(chip, Reg.FIFO_LEVEL) == 0


def test_the_version_can_be_a_clones(clock):
    assert read(Mfrc522Chip(clock, version=0xB2), Reg.VERSION) == 0xB2


@pytest.mark.parametrize(
    ("register", "value"),
    [
        (Reg.COMMAND, 0x20),
        (Reg.COM_I_EN, 0x80),
        (Reg.COM_IRQ, 0x14),
        (Reg.STATUS1, 0x21),
        (Reg.WATER_LEVEL, 0x08),
        (Reg.CONTROL, 0x10),
        (Reg.COLL, 0xA0),
        (Reg.MODE, 0x3F),
        (Reg.TX_CONTROL, 0x80),
        (Reg.DEMOD, 0x4D),
        (Reg.T_MODE, 0x00),
        (0x26, 0x48),
    ],
)
def test_reset_values_are_those_of_table_20(chip, register, value):
    """As a dump of a real chip shows them, where it was not configured."""
    assert read(chip, register) == value


def test_reserved_bits_keep_their_value_and_version_cannot_be_written(chip):
    write(chip, Reg.MODE, 0x00)
    write(chip, Reg.VERSION, 0x55)

    assert read(chip, Reg.MODE, Reg.VERSION) == [0x14, 0x92]


# ------------------------------------------------------------------ FIFO and flags


def test_interrupt_flags_are_set_or_cleared_where_marked(chip):
    """Set1 (table 30) and Set2 (table 32)."""
    write(chip, Reg.COM_IRQ, 0x7F)
    assert read(chip, Reg.COM_IRQ) == 0
    write(chip, Reg.COM_IRQ, 0x80 | 0x21)
    assert read(chip, Reg.COM_IRQ) == 0x21
    write(chip, Reg.COM_IRQ, 0x20)
    assert read(chip, Reg.COM_IRQ) == 0x01
    write(chip, Reg.DIV_IRQ, 0x80 | 0x14)
    write(chip, Reg.DIV_IRQ, 0x04)
    assert read(chip, Reg.DIV_IRQ) == 0x10


def test_an_enabled_flag_shows_in_status1(chip):
    write(chip, Reg.COM_IRQ, 0x7F)
    write(chip, Reg.COM_I_EN, 0x01)
    assert not read(chip, Reg.STATUS1) & 0x10

    write(chip, Reg.COM_IRQ, 0x81)

    assert read(chip, Reg.STATUS1) & 0x10


def test_one_byte_too_many_is_lost_and_flagged_until_the_flush(chip):
    write(chip, Reg.FIFO_DATA, *range(65))

    assert read(chip, Reg.FIFO_LEVEL, Reg.ERROR) == [64, 0x10]
    assert read(chip, Reg.COM_IRQ) & 0x02
    assert read(chip, *[Reg.FIFO_DATA] * 64) == list(range(64))
    write(chip, Reg.FIFO_LEVEL, 0x80)
    assert read(chip, Reg.FIFO_LEVEL, Reg.ERROR) == [0, 0]


def test_alerts_follow_the_water_level(chip):
    """9.3.1.11: HiAlert with 8 places left, LoAlert with 8 bytes left; both stored."""
    write(chip, Reg.COM_IRQ, 0x7F)
    write(chip, Reg.FIFO_DATA, *range(55))
    assert read(chip, Reg.STATUS1) & 0x03 == 0b00
    write(chip, Reg.FIFO_DATA, 0)
    assert read(chip, Reg.STATUS1) & 0x03 == 0b10
    write(chip, Reg.FIFO_LEVEL, 0x80)
    assert read(chip, Reg.STATUS1) & 0x03 == 0b01
    assert read(chip, Reg.COM_IRQ) & 0x0C == 0x0C

    write(chip, Reg.COM_IRQ, 0x7F)
    assert read(chip, Reg.COM_IRQ) & 0x04 == 0  # the moment is stored, not the state


# -------------------------------------------------------------------------- timer


def set_timer(chip, mode, prescaler, reload):
    write(chip, Reg.T_MODE, mode | prescaler >> 8)
    write(chip, Reg.T_PRESCALER, prescaler & 0xFF)
    write(chip, Reg.T_RELOAD_H, reload >> 8)
    write(chip, Reg.T_RELOAD_L, reload & 0xFF)


@pytest.mark.parametrize(("even", "half"), [(0x00, 1), (0x10, 2)])
def test_the_timer_runs_as_long_as_the_formula_says(chip, clock, even, half):
    """8.5: (2 × TPrescaler + 1) × (TReload + 1) / 13.56 MHz; + 2 with TPrescalEven."""
    write(chip, Reg.DEMOD, 0x4D & ~0x10 | even)
    set_timer(chip, 0, 0x0A9, 0x03E8)
    period_s = (2 * 0x0A9 + half) * (0x03E8 + 1) / CARRIER_HZ
    write(chip, Reg.COM_IRQ, 0x7F)
    write(chip, Reg.CONTROL, 0x40)

    clock.sleep(period_s - 1e-6)
    assert not read(chip, Reg.COM_IRQ) & 0x01
    assert read(chip, Reg.STATUS1) & 0x08
    clock.sleep(2e-6)
    assert read(chip, Reg.COM_IRQ) & 0x01
    assert not read(chip, Reg.STATUS1) & 0x08
    assert read(chip, Reg.T_COUNTER_H, Reg.T_COUNTER_L) == [0, 0]


def test_the_timer_counts_down_can_be_stopped_and_starts_again_by_itself(chip, clock):
    set_timer(chip, 0x10, 0, 1355)  # a tenth of a millisecond, TAutoRestart
    write(chip, Reg.CONTROL, 0x40)
    write(chip, Reg.COM_IRQ, 0x7F)
    clock.sleep(0.00015)

    assert read(chip, Reg.COM_IRQ) & 0x01
    assert read(chip, Reg.STATUS1) & 0x08
    assert 600 < read(chip, Reg.T_COUNTER_H) * 256 + read(chip, Reg.T_COUNTER_L) < 700
    write(chip, Reg.CONTROL, 0x80)
    assert not read(chip, Reg.STATUS1) & 0x08


# ----------------------------------------------------------------------- commands


@pytest.mark.parametrize(
    ("mode", "data", "crc"),
    [
        (0x3D, "1234", 0xCF26),  # preset 6363, as ISO 14443 type A
        (0x3D, "0000", 0x1EA0),
        (0x3F, "313233343536373839", 0x6F91),  # preset FFFF: CRC-16/MCRF4XX
        (0xBF, "313233343536373839", 0x29B1),  # MSB first: CRC-16/IBM-3740
    ],
)
def test_the_coprocessor_computes_crcs(chip, mode, data, crc):
    write(chip, Reg.MODE, mode)
    write(chip, Reg.DIV_IRQ, 0x04)
    write(chip, Reg.FIFO_DATA, *bytes.fromhex(data))
    write(chip, Reg.COMMAND, Command.CALC_CRC)

    assert read(chip, Reg.DIV_IRQ) & 0x04
    assert read(chip, Reg.CRC_RESULT_H, Reg.CRC_RESULT_L) == [crc >> 8, crc & 0xFF]


def test_calc_crc_goes_on_with_what_comes_later(chip):
    write(chip, Reg.MODE, 0x3D)
    write(chip, Reg.COMMAND, Command.CALC_CRC)
    write(chip, Reg.FIFO_DATA, 0x12)
    write(chip, Reg.FIFO_DATA, 0x34)

    assert read(chip, Reg.CRC_RESULT_H, Reg.CRC_RESULT_L) == [0xCF, 0x26]


def test_mem_keeps_25_bytes_over_a_soft_reset(chip):
    write(chip, Reg.FIFO_DATA, *range(25))
    write(chip, Reg.COMMAND, Command.MEM)
    write(chip, Reg.COMMAND, Command.SOFT_RESET)
    write(chip, Reg.COM_IRQ, 0x7F)
    write(chip, Reg.COMMAND, Command.MEM)

    assert read(chip, *[Reg.FIFO_DATA] * 25) == list(range(25))
    assert read(chip, Reg.COM_IRQ) & 0x10  # ended by itself


def test_a_random_id_fills_ten_bytes_of_the_buffer(chip):
    write(chip, Reg.COMMAND, Command.GENERATE_RANDOM_ID)
    write(chip, Reg.COMMAND, Command.MEM)

    made = read(chip, *[Reg.FIFO_DATA] * 25)
    assert any(made[:10])
    assert not any(made[10:])


def test_idle_ordered_by_the_host_sets_no_flag_but_an_unknown_command_does(chip):
    """Table 30, IdleIRq. The package's wait loop leans on it."""
    write(chip, Reg.COM_IRQ, 0x7F)
    write(chip, Reg.COMMAND, Command.TRANSCEIVE)
    write(chip, Reg.COMMAND, Command.IDLE)
    assert not read(chip, Reg.COM_IRQ) & 0x10

    write(chip, Reg.COMMAND, 0x05)

    assert read(chip, Reg.COM_IRQ) & 0x10
    assert read(chip, Reg.COMMAND) == 0x00


def test_no_cmd_change_leaves_the_command(chip):
    write(chip, Reg.COMMAND, Command.TRANSCEIVE)
    write(chip, Reg.COMMAND, 0x20 | Command.NO_CMD_CHANGE)

    assert read(chip, Reg.COMMAND) == 0x20 | Command.TRANSCEIVE


def test_power_down_takes_the_field_and_waking_takes_1024_clocks(chip, clock):
    write(chip, Reg.TX_CONTROL, 0x83)
    assert chip.field_is_on
    write(chip, Reg.COMMAND, 0x10)
    assert not chip.field_is_on

    write(chip, Reg.COMMAND, 0x00)
    assert chip.field_is_on
    assert read(chip, Reg.COMMAND) & 0x10
    clock.sleep(38e-6)
    assert not read(chip, Reg.COMMAND) & 0x10
    assert read(chip, Reg.TX_CONTROL) == 0x83


def test_the_reset_pin_holds_the_chip_and_its_edge_resets(chip):
    write(chip, Reg.T_RELOAD_L, 30)
    chip.reset_pin(high=False)
    assert read(chip, Reg.VERSION) == 0
    chip.reset_pin(high=True)

    assert read(chip, Reg.VERSION, Reg.T_RELOAD_L) == [0x92, 0]


# ------------------------------------------------------------------------- faults


@pytest.mark.parametrize("level", [0x00, 0xFF])
def test_sim_3_a_deaf_reader_reads_one_level_and_hears_no_write(chip, level):
    """SIM-3: the wire is cut, the chip behind it is as it was."""
    write(chip, Reg.T_RELOAD_L, 30)
    chip.deaf = level
    write(chip, Reg.T_RELOAD_L, 31)
    assert chip.transfer([0xEE, 0xEE, 0]) == [level] * 3
    chip.deaf = None

    assert read(chip, Reg.T_RELOAD_L) == 30


def test_sim_3_a_brown_out_takes_registers_and_field(chip):
    """SIM-3: the supply sags; the chip answers, and is no longer configured."""
    write(chip, Reg.TX_CONTROL, 0x83)
    chip.brown_out()

    assert read(chip, Reg.VERSION, Reg.TX_CONTROL) == [0x92, 0x80]
    assert not chip.field_is_on


def test_sim_3_an_unplugged_reader_reads_00_and_comes_back_reset(chip):
    """SIM-3: pulled out and put in again."""
    write(chip, Reg.TX_CONTROL, 0x83)
    chip.unplugged = True
    assert read(chip, Reg.VERSION) == 0
    chip.unplugged = False

    assert read(chip, Reg.VERSION, Reg.TX_CONTROL) == [0x92, 0x80]
