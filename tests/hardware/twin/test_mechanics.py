"""What hands, bolts, coils and supplies can and cannot do in the simulated room."""

from __future__ import annotations

import pytest

from hardware.errors import RoomRefused
from hardware.twin.clock import VirtualClock
from hardware.twin.contact import BOUNCE_S
from hardware.twin.mechanics import MONOSTABLE, TRAVEL_S, SimCompartment
from hardware.twin.spec import CompartmentSpec, SupplySpec
from hardware.twin.supply import Supply

MAX_ON_S = 2.0


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def supply():
    return Supply(SupplySpec())


@pytest.fixture
def seven(clock, supply):
    return a_compartment(7, clock, supply)


def a_compartment(n, clock, supply, current_a=0.65):
    lines = f"room:locks:{n}", f"room:locks:{100 + n}"
    return SimCompartment(
        CompartmentSpec(n, *lines, current_a=current_a, max_on_s=MAX_ON_S),
        clock,
        supply,
    )


def open_it(compartment, clock):
    compartment.coil.drive(True)
    clock.sleep(TRAVEL_S)
    assert compartment.pull()
    compartment.coil.drive(False)
    clock.sleep(TRAVEL_S)


def test_sim_2_a_hand_cannot_open_a_bolted_door(seven):
    """SIM-2."""
    assert seven.pull() is False

    assert not seven.door_is_open
    assert seven.contact.loop_is_closed


def test_a_bolt_is_back_only_after_its_travel_and_while_its_coil_is_on(seven, clock):
    seven.coil.drive(True)
    clock.sleep(TRAVEL_S - 0.001)
    assert not seven.pull()

    clock.sleep(0.001)
    assert seven.bolt.is_retracted

    seven.coil.drive(False)
    clock.sleep(TRAVEL_S)
    assert not seven.bolt.is_retracted
    assert not seven.pull()


def test_a_pulse_shorter_than_the_travel_moves_no_bolt(seven, clock):
    seven.coil.drive(True)
    clock.sleep(TRAVEL_S / 2)
    seven.coil.drive(False)

    clock.sleep(1)

    assert not seven.bolt.is_retracted
    assert seven.coil.pulses == 1


def test_a_pushed_door_is_bolted(seven, clock):
    open_it(seven, clock)

    assert seven.push()

    assert not seven.pull()
    assert not seven.door_is_open


def test_a_door_moves_once_per_hand(seven, clock):
    open_it(seven, clock)

    assert (seven.pull(), seven.push(), seven.push()) == (False, True, False)


def test_a_jammed_bolt_stays_where_it_is_and_follows_when_it_comes_loose(seven, clock):
    """SIM-3."""
    seven.bolt.jam(jammed=True)
    seven.coil.drive(True)
    clock.sleep(1)
    assert not seven.pull()

    seven.bolt.jam(jammed=False)
    clock.sleep(TRAVEL_S)
    assert seven.pull()


def test_a_door_does_not_shut_over_a_bolt_that_is_jammed_out_in_the_air(seven, clock):
    open_it(seven, clock)
    seven.bolt.jam(jammed=True)

    assert not seven.push()
    assert seven.door_is_open


def test_a_bolt_jammed_back_lets_the_door_be_pulled_without_a_pulse(seven, clock):
    seven.coil.drive(True)
    clock.sleep(TRAVEL_S)
    seven.bolt.jam(jammed=True)
    seven.coil.drive(False)
    clock.sleep(1)

    assert seven.pull()


def test_hands_reach_devices_only_through_an_open_door(seven, clock):
    with pytest.raises(RoomRefused) as refused:
        seven.put("a phone")
    assert refused.value.reason == "door-shut"

    open_it(seven, clock)
    seven.put("a phone")
    seven.put("a watch")
    assert seven.take() == "a watch"
    seven.push()

    with pytest.raises(RoomRefused):
        seven.take()
    assert seven.devices == ["a phone"]


def test_an_empty_compartment_gives_nothing(seven, clock):
    open_it(seven, clock)

    assert seven.take() is None


def test_hw_2_the_monostable_cuts_a_coil_that_everybody_forgot(seven, clock):
    """HW-2: the level stays high, the current does not."""
    seven.coil.drive(True)
    clock.sleep(60)

    assert not seven.coil.is_on
    assert seven.coil.longest_s == pytest.approx(MAX_ON_S * MONOSTABLE)
    seven.coil.drive(True)
    assert seven.coil.pulses == 1


def test_a_second_pulse_outlives_the_monostable_of_the_first(seven, clock):
    seven.coil.drive(True)
    clock.sleep(MAX_ON_S)
    seven.coil.drive(False)
    seven.coil.drive(True)

    clock.sleep(MAX_ON_S)

    assert seven.coil.is_on


def test_the_longest_stretch_counts_the_present_one(seven, clock):
    seven.coil.drive(True)
    clock.sleep(0.3)
    assert seven.coil.longest_s == pytest.approx(0.3)

    seven.coil.drive(False)
    seven.coil.drive(True)
    clock.sleep(0.1)
    assert seven.coil.longest_s == pytest.approx(0.3)


def test_the_supply_remembers_how_many_coils_were_on_together(clock, supply):
    doors = [a_compartment(n, clock, supply) for n in range(1, 4)]
    doors[0].coil.drive(True)
    doors[1].coil.drive(True)
    doors[0].coil.drive(False)
    doors[2].coil.drive(True)

    assert supply.coils_on_max == 2


def test_too_many_coils_at_once_move_no_bolt(clock, supply):
    doors = [a_compartment(n, clock, supply, current_a=2.0) for n in range(1, 4)]
    for door in doors:
        door.coil.drive(True)

    clock.sleep(1)

    assert [door.bolt.is_retracted for door in doors] == [False, False, False]
    assert supply.voltage_v == 0


@pytest.mark.parametrize(("fault", "stays"), [("sagging", True), ("out", False)])
def test_a_weak_supply_moves_no_bolt_but_may_hold_one(
    seven, clock, supply, fault, stays
):
    """SIM-3: sag and brown-out."""
    seven.coil.drive(True)
    clock.sleep(TRAVEL_S)
    supply.fail(**{fault: True})
    clock.sleep(1)
    assert seven.bolt.is_retracted is stays

    seven.coil.drive(False)
    clock.sleep(1)
    seven.coil.drive(True)
    clock.sleep(1)
    assert not seven.bolt.is_retracted

    supply.fail(**{fault: False})
    clock.sleep(TRAVEL_S)
    assert seven.bolt.is_retracted


def test_a_contact_bounces_and_comes_to_rest(seven, clock):
    shown = []
    seven.contact.on_change.append(shown.append)

    open_it(seven, clock)
    clock.sleep(1)

    assert shown == [False, True, False, True, False]


def test_a_door_that_turns_back_while_it_bounces_bounces_anew(seven, clock):
    shown = []
    seven.contact.on_change.append(
        lambda closed: shown.append((clock.monotonic(), closed))
    )

    seven.contact.move(is_open=True)
    clock.sleep(0.0012)
    seven.contact.move(is_open=False)
    clock.sleep(1)

    edges = [0, 0.0004, 0.0009, *(0.0012 + after for after in (0, *BOUNCE_S))]
    assert [at for at, _ in shown] == pytest.approx(edges)
    assert shown[-1][1] is True


@pytest.mark.parametrize("stuck", [True, False])
def test_a_stuck_contact_shows_one_level_until_it_is_mended(seven, clock, stuck):
    """SIM-3."""
    seven.contact.stick(closed=stuck)
    open_it(seven, clock)
    clock.sleep(1)
    assert seven.contact.loop_is_closed is stuck

    seven.contact.stick(closed=None)
    assert seven.contact.loop_is_closed is False


def test_a_chattering_contact_ends_at_the_doors_place(seven, clock):
    """SIM-3."""
    shown = []
    seven.contact.on_change.append(shown.append)

    seven.contact.chatter(active=True)
    seven.contact.chatter(active=False)
    seven.contact.chatter(active=True)
    clock.sleep(1)
    seven.contact.chatter(active=False)
    clock.sleep(1)

    assert 30 < len(shown) < 40
    assert seven.contact.loop_is_closed
