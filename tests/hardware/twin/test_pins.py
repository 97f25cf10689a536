"""Simulated pins obey physics, where bare mock pins do not (SIM-1)."""

from __future__ import annotations

import pytest
from gpiozero import InputDevice, OutputDevice, PinInvalidPin
from gpiozero.pins.mock import MockFactory

from hardware.twin.clock import VirtualClock
from hardware.twin.pins import TwinFactory
from hardware.twin.world import World
from tests.hardware.twin.room_process import SPEC


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def world(clock):
    return World(SPEC, clock)


@pytest.fixture
def board(world, clock):
    with TwinFactory("room:locks", world, clock) as factory:
        yield factory


@pytest.mark.parametrize(
    ("pull_up", "is_open", "level"),
    [(True, False, 0), (True, True, 1), (False, False, 0), (False, True, 0)],
)
def test_sim_1_a_loop_pulls_to_ground_and_only_a_pull_up_lifts_it(
    board, world, clock, pull_up, is_open, level
):
    """SIM-1."""
    world.compartments[7].stand(is_open=is_open)
    clock.sleep(1)

    with InputDevice(107, pull_up=pull_up, pin_factory=board) as device:
        assert device.pin.state == level
        world.compartments[7].stand(is_open=not is_open)
        clock.sleep(1)
        assert device.pin.state == (not is_open if pull_up else 0)


def test_an_input_that_was_closed_hears_nothing_any_more(board, world, clock):
    device = InputDevice(107, pull_up=True, pin_factory=board)
    pin = device.pin
    device.close()

    world.compartments[7].stand(is_open=True)
    clock.sleep(1)

    assert not pin.state
    assert world.compartments[7].contact.on_change == []


def test_an_output_drives_low_as_it_opens_where_a_bare_mock_pin_stays_silent(
    board, world
):
    """What a killed program left high goes low; gpiozero's mock tells changes only."""
    world.set_output("room:locks:7", True)

    OutputDevice(7, pin_factory=board)

    assert not world.output("room:locks:7")


def test_edges_are_dated_by_the_rooms_clock(board, clock):
    clock.sleep(42)

    assert board.ticks() == 42


def test_the_header_has_a_raspberry_pis_pins_and_a_wide_board_has_its_own(
    world, clock, board
):
    header = TwinFactory("header", world, clock)

    assert header.board_info == MockFactory().board_info
    with pytest.raises(PinInvalidPin):
        header.pin(28)
    assert board.pin(255).info.name == "GPIO255"
    with pytest.raises(PinInvalidPin):
        board.pin(256)


def test_a_pin_keeps_no_list_of_all_its_states(board):
    """A demo may run for weeks."""
    output = OutputDevice(7, pin_factory=board)
    for _ in range(100):
        output.toggle()

    assert len(output.pin.states) <= 1
