"""HW-4, SIM-3: a dead reader never looks like "no card"."""

from __future__ import annotations

import pytest

from hardware.errors import ReaderDead, ReaderReset, ReaderSilent, ReaderStuck
from hardware.ports import CardSeen, FieldEmpty, ReaderBack, ReaderFailed, Tapped
from hardware.twin.cards import Card
from hardware.twin.mfrc522_registers import Reg
from tests.hardware.reader.rig import SEVEN, Bench


def deaf_low(chip):
    chip.deaf = 0x00


def deaf_high(chip):
    chip.deaf = 0xFF


def unplugged(chip):
    chip.unplugged = True


def held_in_reset(chip):
    chip.reset_pin(high=False)


def mend(chip):
    chip.deaf = None
    chip.unplugged = False
    chip.reset_pin(high=True)


DEAD = [deaf_low, deaf_high, unplugged, held_in_reset]


@pytest.mark.parametrize("die", DEAD)
@pytest.mark.parametrize("with_card", [True, False])
def test_hw_4_every_poll_of_a_dead_reader_says_so_until_it_is_back(
    bench, die, with_card
):
    """HW-4: at once, at every poll, and well again at the first poll after."""
    if with_card:
        bench.chip.put(Card(SEVEN))
    bench.poll()
    die(bench.chip)
    for _ in range(5):
        with pytest.raises(ReaderSilent):
            bench.poll()
    mend(bench.chip)

    assert isinstance(bench.poll(), CardSeen if with_card else FieldEmpty)
    assert (bench.reader.failures, bench.reader.revivals) == (5, 1)


@pytest.mark.parametrize("with_card", [True, False])
def test_hw_4_a_brown_out_is_a_fault_and_is_mended(bench, with_card):
    """HW-4: the chip answers as if nothing were; its field is off, and that is told."""
    bench.poll()
    if with_card:
        bench.chip.put(Card(SEVEN))
        bench.poll()
    bench.chip.brown_out()

    with pytest.raises(ReaderReset, match="TxControlReg reads 80, wanted 83"):
        bench.poll()
    assert isinstance(bench.poll(), CardSeen if with_card else FieldEmpty)


@pytest.mark.parametrize(
    "register", [Reg.T_MODE, Reg.T_PRESCALER, Reg.T_RELOAD_L, Reg.TX_CONTROL]
)
def test_hw_4_a_single_lost_register_is_noticed(bench, register):
    bench.poll()
    bench.chip.transfer([register << 1, 0])

    with pytest.raises(ReaderReset):
        bench.poll()
    assert bench.poll() == FieldEmpty()


def test_hw_4_a_revival_resets_what_we_do_not_configure_too(bench):
    """HW-4: whatever state a chip got into, it comes back as after power-up."""
    bench.poll()
    for register, value in ((Reg.MF_RX, 0x10), (Reg.TX_CONTROL, 0x00)):
        bench.chip.transfer([register << 1, value])
    bench.chip.put(Card(SEVEN))
    with pytest.raises(ReaderReset):
        bench.poll()

    assert bench.poll().uid == SEVEN


def test_hw_4_a_chip_that_no_longer_sends_is_noticed(bench, mocker):
    """HW-4: registers as they should be, and the timer never runs out."""
    bench.poll()
    mocker.patch.object(bench.chip._engine, "send")

    with pytest.raises(ReaderStuck):
        bench.poll()


@pytest.mark.parametrize("millis", range(1, 7))
@pytest.mark.parametrize("die", [*DEAD, type(Bench().chip).brown_out])
def test_hw_4_a_reader_that_dies_while_it_reads_a_card_is_noticed(bench, die, millis):
    """HW-4: in each part of the conversation; the next poll tells at the latest."""
    bench.chip.put(Card(SEVEN))
    bench.poll()
    start = bench.clock.monotonic() + 0.05
    bench.clock.call_at(start + millis / 1000, lambda: die(bench.chip))

    with pytest.raises(ReaderDead):
        _ = bench.poll(), bench.poll()


@pytest.mark.parametrize("die", DEAD)
def test_hw_4_a_reader_dead_from_the_start_is_told_and_comes_up(bench, die):
    """HW-4: building it touches nothing, so the program starts all the same."""
    die(bench.chip)
    with pytest.raises(ReaderSilent):
        bench.poll()
    mend(bench.chip)

    assert bench.poll() == FieldEmpty()


def test_hw_4_the_fault_and_the_return_are_told_within_a_second(bench):
    """HW-4: plug out, plug in."""
    watch = bench.watch()
    bench.run(watch, 0.5)
    bench.chip.unplugged = True

    assert bench.run(watch, 0.2) == [ReaderFailed("r00", "no-answer")]
    assert bench.run(watch, 5) == []
    bench.chip.unplugged = False
    assert bench.run(watch, 0.2) == [ReaderBack("r00")]


def test_acc_7_a_card_left_there_through_a_brown_out_is_one_tap(bench):
    """ACC-7, HW-4: the reader blinked, the child did nothing."""
    watch = bench.watch()
    bench.chip.put(Card(SEVEN))
    bench.run(watch, 0.5)
    bench.chip.brown_out()

    told = bench.run(watch, 2)

    assert [type(event) for event in told] == [ReaderFailed, ReaderBack]
    assert not any(isinstance(event, Tapped) for event in told)


def test_hw_4_a_chip_that_ignores_its_configuration_is_not_taken(bench, mocker):
    """HW-4: some chip answers on the wire, but it is no reader."""
    mocker.patch.object(bench.chip._engine, "store")

    with pytest.raises(ReaderReset, match="TModeReg reads 00, wanted 80"):
        bench.poll()


def test_hw_4_a_fault_has_a_cause_a_remedy_and_no_uid(bench):
    bench.chip.put(Card(SEVEN))
    bench.poll()
    bench.chip.deaf = 0
    with pytest.raises(ReaderDead) as caught:
        bench.poll()

    assert caught.value.code == "reader-dead"
    assert caught.value.cause == "no-answer"
    assert caught.value.remedy
    assert str(caught.value) == "reader r00: VersionReg reads 00: no chip"
