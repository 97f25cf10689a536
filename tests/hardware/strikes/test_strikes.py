"""Strikes over gpiozero pins, and the second thread in real time (HW-2)."""

from __future__ import annotations

import threading

import pytest

from hardware.clock import RealClock
from hardware.cutter import Cutter
from hardware.errors import CoilFailed, LineUnfit
from hardware.lines import LineName
from hardware.pi.lines import Lines
from hardware.pi.strikes import CutterThread, Strike, open_strikes
from hardware.twin.pins import twin_makers
from hardware.twin.spec import CompartmentSpec, WorldSpec
from hardware.twin.world import World
from tests.hardware.strikes.bank import COILS, named


@pytest.fixture
def strikes(lines):
    return open_strikes(lines, named(COILS))


def test_a_strike_powers_the_coil_behind_its_line(strikes, world):
    strikes[3].on()

    assert strikes[3].is_on
    assert [each.coil.is_on for each in world.compartments.values()] == [
        False,
        False,
        True,
    ]

    strikes[3].off()
    strikes[3].off()
    assert not strikes[3].is_on
    assert world.compartments[3].coil.pulses == 1


def test_hw_2_no_strike_opens_on_a_line_unfit_for_locks(lines, world):
    """HW-2: and then none is opened at all."""
    with pytest.raises(LineUnfit, match="compartment 2: header:14"):
        open_strikes(
            lines,
            {1: LineName.parse("header:17"), 2: LineName.parse("header:14")},
        )

    lines.output(LineName.parse("header:17"))


@pytest.mark.parametrize("ordered", ["on", "off"])
def test_a_chip_that_takes_no_order_is_a_fault_with_its_line(ordered):
    class BrokenOutput:
        def on(self):
            raise RuntimeError("GPIO not allocated")

        off = on

    strike = Strike(LineName.parse("header:17"), BrokenOutput())

    with pytest.raises(CoilFailed) as failed:
        getattr(strike, ordered)()
    assert str(failed.value) == (
        f"line header:17: could not be switched {ordered}, GPIO not allocated"
    )


def test_a_driver_that_is_active_low_is_driven_the_other_way_round(clock):
    spec = CompartmentSpec(4, "header:17", "header:27", active_low=True)
    world = World(WorldSpec(compartments=(spec,)), clock)
    coil = world.compartments[4].coil
    lines = Lines(twin_makers(world, clock))
    assert world.output("header:17")

    strike = open_strikes(lines, {4: LineName.parse("header:17")}, active_low={4})[4]
    assert (coil.is_on, strike.is_on) == (False, False)
    strike.on()
    assert (coil.is_on, world.output("header:17")) == (True, False)

    lines.close()
    assert not coil.is_on
    world.lose_power()
    assert not coil.is_on


class ToldCoil:
    def __init__(self):
        self.was_cut = threading.Event()
        self.is_on = False

    def on(self):
        self.was_cut.clear()
        self.is_on = True

    def off(self):
        self.is_on = False
        self.was_cut.set()


def test_hw_2_the_second_thread_cuts_without_anybodys_help():
    """HW-2: the control loop does nothing here after powering the coils."""
    clock, coils = RealClock(), {7: ToldCoil(), 8: ToldCoil()}
    cutter = Cutter(coils)
    thread = CutterThread(cutter, clock)
    thread.start()

    start = clock.monotonic()
    cutter.power(7, start + 0.05)
    cutter.power(8, start + 0.02)

    for n, after_s in ((8, 0.02), (7, 0.05)):
        assert coils[n].was_cut.wait(5)
        assert cutter.cut(n, clock.monotonic()) >= start + after_s
    thread.stop()


def test_a_second_thread_that_never_began_is_stopped_all_the_same():
    CutterThread(Cutter({}), RealClock()).stop()


def test_the_second_thread_ends_when_it_is_told_to():
    thread = CutterThread(Cutter({}), RealClock())
    thread.start()

    thread.stop()

    assert not thread._thread.is_alive()
