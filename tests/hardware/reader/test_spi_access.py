"""HW-1: what the operating system and other modules may do to the reader's bus."""

from __future__ import annotations

import sys
from types import ModuleType

import gpiozero
import pytest
from gpiozero.pins.mock import MockFactory

from hardware.errors import (
    ReaderDead,
    ReaderUnreachable,
    SpiDenied,
    SpidevMissing,
    SpiMissing,
)
from hardware.ports import FieldEmpty
from hardware.twin.cards import Card
from hardware.twin.spidev_inprocess import SpiDevBase, install_spidev
from tests.hardware.reader.rig import FOUR, SEVEN, TEN, Bench


def test_hw_1_several_readers_on_one_bus_and_on_two():
    """HW-1: each sees its own cards."""
    with Bench((0, 0), (0, 1), (1, 2)) as bench:
        readers = [bench.reader_at(*place) for place in bench.chips]
        for chip, uid in zip(bench.chips.values(), (FOUR, SEVEN, TEN), strict=True):
            chip.put(Card(uid))

        assert [reader.poll().uid for reader in readers] == [FOUR, SEVEN, TEN]


def test_hw_4_one_dead_reader_takes_no_other_with_it():
    """HW-4: nor does its revival disturb the neighbour."""
    with Bench((0, 0), (0, 1)) as bench:
        dead, well = (bench.reader_at(*place) for place in bench.chips)
        bench.chips[0, 1].put(Card(SEVEN))
        bench.chips[0, 0].unplugged = True
        for _ in range(3):
            with pytest.raises(ReaderDead):
                dead.poll()
            assert well.poll().uid == SEVEN


def test_hw_1_a_bus_that_is_not_there_says_how_to_enable_spi(bench):
    reader = bench.reader_at(3, 0)

    with pytest.raises(
        SpiMissing, match=r"reader r30: /dev/spidev3.0 is not"
    ) as caught:
        reader.poll()
    assert "dtparam=spi=on" in caught.value.remedy


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (PermissionError(13, "Permission denied"), SpiDenied),
        (OSError(5, "Input/output error"), ReaderUnreachable),
    ],
)
def test_hw_1_a_bus_that_may_not_be_had_is_a_fault_with_a_remedy(
    bench, mocker, error, fault
):
    """HW-1: and it works by itself once it may."""
    opening = mocker.patch.object(SpiDevBase, "open", side_effect=error)
    with pytest.raises(fault) as caught:
        bench.poll()
    assert caught.value.remedy
    mocker.stop(opening)

    assert bench.poll() == FieldEmpty()


def test_hw_1_no_spidev_at_all_is_a_fault(bench, mocker):
    mocker.patch.dict(sys.modules, {"spidev": None})

    with pytest.raises(SpidevMissing):
        bench.poll()


def test_hw_4_a_transfer_that_fails_is_a_fault_and_the_bus_is_opened_again(
    bench, mocker
):
    """HW-4: as when the driver is unloaded, or the other end has gone."""
    bench.poll()
    broken = mocker.patch.object(SpiDevBase, "xfer2", side_effect=OSError(5, "no"))
    for _ in range(3):
        with pytest.raises(ReaderUnreachable, match=r"no$"):
            bench.poll()
    mocker.stop(broken)
    opened = mocker.spy(SpiDevBase, "open")

    assert bench.poll() == FieldEmpty()
    opened.assert_called_once()


# ------------------------------------------------------------- RPi.GPIO and its pins


@pytest.fixture
def pins(monkeypatch):
    factory = MockFactory()
    monkeypatch.setattr(gpiozero.Device, "pin_factory", factory)
    yield factory
    factory.reset()


def test_hw_1_no_pin_is_taken_for_a_reader_without_a_reset_line(bench, pins):
    """HW-1: the package would take GPIO15, a serial line."""
    bench.poll()

    assert not pins.pins


def test_hw_1_a_reset_line_is_pulsed_through_gpiozero(bench, pins):
    """HW-1: high while it works; low and high again to bring a chip back."""
    reader = bench.reader_at(0, 0, reset_line=25)
    reader.poll()
    pin = pins.pin(25)
    assert pin.state == 1
    pin.clear_states()
    bench.chip.brown_out()
    with pytest.raises(ReaderDead):
        reader.poll()
    reader.poll()

    assert [change.state for change in pin.states] == [True, False, True]
    reader.close()
    assert pin.function == "input"


@pytest.mark.parametrize("stubbed", [True, False])
def test_hw_1_rpi_gpio_is_as_it_was_after_the_import(bench, stubbed, monkeypatch):
    """HW-1: gpiozero looks for it too, and must not find our six names."""
    names = ("RPi", "RPi.GPIO")
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
        if stubbed:
            monkeypatch.setitem(sys.modules, name, ModuleType(name))
    before = [sys.modules.get(name) for name in names]
    bench.poll()

    assert [sys.modules.get(name) for name in names] == before


def test_hw_1_no_log_handlers_pile_up(bench):
    """HW-1: the package adds one with every reader it makes."""
    for _ in range(3):
        bench.poll()
        bench.reader.close()

    assert not bench.reader._link._open().logger.handlers


# ------------------------------------------------------------------ our own spidev


def test_sim_1_the_module_has_the_names_of_the_real_one(bench):
    """SIM-1: what programs for a real bus use."""
    import spidev  # noqa: PLC0415  the bench's

    with spidev.SpiDev(0, 0) as device:
        device.max_speed_hz, device.mode, device.bits_per_word = 1_000_000, 0, 8
        assert device.xfer2([0xEE, 0]) == device.xfer([0xEE, 0]) == [0, 0x92]
        assert device.xfer3([0xEE, 0]) == [0, 0x92]
        device.writebytes([0x12, 1, 2, 3])
        assert device.xfer2([0x94, 0]) == [0, 3]
        assert device.readbytes(2) == [0, 0]
    with pytest.raises(OSError, match="Bad file descriptor"):
        device.xfer2([0xEE, 0])


def test_sim_1_transfers_are_counted_and_take_their_time(bench):
    """SIM-1: 20 µs and 8 bits for each byte at the bus's speed."""
    import spidev  # noqa: PLC0415  the bench's

    device = spidev.SpiDev(0, 0)
    device.max_speed_hz = 1_000_000
    before = bench.clock.monotonic()
    device.xfer2([0xEE, 0xEE, 0])
    device.xfer2([0xEE, 0], 500_000)

    assert bench.wires.transfers == 2
    assert bench.clock.monotonic() - before == pytest.approx(40e-6 + 24e-6 + 32e-6)
    assert bench.wires.seconds == pytest.approx(96e-6)


def test_sim_1_the_module_goes_as_it_came(clock, chip):
    before = sys.modules.get("spidev")
    with install_spidev({(0, 0): chip}, clock):
        assert sys.modules["spidev"] is not before

    assert sys.modules.get("spidev") is before
