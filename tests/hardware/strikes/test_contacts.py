"""Door contacts over gpiozero pins, moved by hands in the twin (HW-3)."""

from __future__ import annotations

import pytest

from hardware.debounce import QUIET_S, SETTLE_S
from hardware.errors import LineUnfit
from hardware.lines import LineName
from hardware.pi.contacts import SWEEP_S, ContactBank
from hardware.ports import ContactChanged, ContactChattering, ContactSettled
from hardware.twin.contact import BOUNCE_S
from tests.hardware.strikes.bank import CONTACTS, named


@pytest.fixture
def wakes():
    return []


@pytest.fixture
def contacts(lines, clock, wakes):
    return ContactBank(lines, named(CONTACTS), clock, wake=lambda: wakes.append(1))


def run(contacts, clock, seconds):
    """Step whenever the bank asks for it, as the control loop does."""
    end = clock.monotonic() + seconds
    told = []
    while (due := contacts.next_due(clock.monotonic())) <= end:
        clock.advance_to(due)
        told += contacts.step(clock.monotonic())
    clock.advance_to(end)
    return told


@pytest.mark.parametrize("n", CONTACTS)
def test_hw_3_a_door_is_seen_open_and_shut_once_each(contacts, world, clock, n):
    """HW-3: on a wide board and on the header, in spite of the bounce."""
    clock.advance_to(0.3)
    world.compartments[n].stand(is_open=True)
    opened = run(contacts, clock, 5)
    world.compartments[n].stand(is_open=False)
    shut = run(contacts, clock, 5)

    settled = BOUNCE_S[-1]
    assert opened == [ContactChanged(n, True, pytest.approx(0.3 + settled))]
    assert shut == [ContactChanged(n, False, pytest.approx(5.3 + settled))]


def test_an_opened_door_is_known_within_bounce_and_settling_time(
    contacts, world, clock
):
    world.compartments[1].stand(is_open=True)

    assert run(contacts, clock, BOUNCE_S[-1] + SETTLE_S + 0.0001)


def test_each_edge_wakes_the_loop(contacts, world, clock, wakes):
    world.compartments[1].stand(is_open=True)
    assert len(wakes) == 1
    assert contacts.next_due(clock.monotonic()) == clock.monotonic()

    clock.sleep(1)
    assert len(wakes) == 1 + len(BOUNCE_S)


def test_a_door_that_stood_open_at_start_is_known_at_once(lines, world, clock):
    world.compartments[2].stand(is_open=True)
    clock.sleep(1)

    contacts = ContactBank(lines, named(CONTACTS), clock)

    assert contacts.initial() == {1: False, 2: True, 3: False}
    assert run(contacts, clock, 5) == []


def test_hw_3_an_open_wire_is_an_open_door(contacts, world, clock):
    """HW-3."""
    world.fault("contact-stuck-open", 1, active=True)

    assert [(e.compartment, e.is_open) for e in run(contacts, clock, 1)] == [(1, True)]


def test_hw_3_an_edge_that_nobody_told_is_found_by_the_sweep(contacts, lines, clock):
    """HW-3: a lost edge is never for ever."""
    pin = contacts._contacts[1]._device.pin
    pin.when_changed = None
    clock.advance_to(0.5)
    pin.drive_high()

    assert run(contacts, clock, SWEEP_S - 0.5 + SETTLE_S - 0.001) == []
    assert run(contacts, clock, 0.002) == [ContactChanged(1, True, SWEEP_S)]


def test_hw_3_chattering_is_told_once_and_its_end_too(contacts, world, clock):
    """HW-3, SIM-3."""
    world.fault("chattering-contact", 1, active=True)
    told = run(contacts, clock, 60)
    assert [type(event) for event in told] == [ContactChattering]

    world.fault("chattering-contact", 1, active=False)
    told = run(contacts, clock, 60)
    assert [(type(e), e.is_open) for e in told] == [(ContactSettled, False)]
    assert told[0].at == pytest.approx(60 + QUIET_S, abs=0.1)


def test_a_contact_on_a_line_that_cannot_be_read_is_refused(lines, clock):
    with pytest.raises(LineUnfit, match="compartment 4"):
        ContactBank(lines, {4: LineName.parse("i2c-1:0x20:7")}, clock)


def test_an_idle_bank_wants_one_look_a_sweep(contacts, clock):
    looks = 0
    while contacts.next_due(clock.monotonic()) <= 60:
        clock.advance_to(contacts.next_due(clock.monotonic()))
        assert contacts.step(clock.monotonic()) == []
        looks += 1

    assert looks == 60 / SWEEP_S
