"""What contacts tell becomes facts, latched until a technician clears them (HW-3)."""

from controller.domain import door_facts as f


def faults(rig, n: int) -> tuple[str, ...]:
    return rig.state.compartment(n).faults


def board_word(rig, n: int) -> str:
    doors = rig.ask("nobody", "board")["doors"]
    return next(door["state"] for door in doors if door["n"] == n)


def test_hw_3_a_door_that_opens_by_itself_is_forced_and_stays_a_fault(rig):
    """HW-3: a cut wire reads open; nobody ordered it, so it is told and latched."""
    rig.world.fault("contact-stuck-open", 3, active=True)
    rig.run(2)
    assert [fact.compartment for fact in rig.facts(f.DoorForced)] == [3]
    assert faults(rig, 3) == ("forced",)
    assert board_word(rig, 3) == "open"

    rig.world.fault("contact-stuck-open", 3, active=False)
    rig.run(2)
    assert board_word(rig, 3) == "shut"
    assert faults(rig, 3) == ("forced",), "latched after the door is shut again"

    rig.kill()
    assert faults(rig, 3) == ("forced",), "and over a restart"
    rig.ask("technician", "fault_clear", n=3)
    assert faults(rig, 3) == ()


def test_hw_3_bounce_is_no_opening(rig):
    """HW-3: one pull, one fact, however often the contact bounces."""
    rig.clock_to("08:40")
    rig.hand_in(1)

    told = [type(fact).__name__ for fact in rig.facts(f.DoorOpened, f.DoorShut)]
    assert told == ["DoorOpened", "DoorShut"]


def test_hw_3_a_bolt_that_does_not_move_is_suspected_after_three_tries(rig):
    """HW-3: jammed. The technician is told; the child may try until it is mended."""
    rig.clock_to("08:40")
    rig.world.fault("jammed-bolt", 2, active=True)
    for _ in range(3):
        assert rig.tap(2).result == "ordered"
        assert not rig.pull(2)
        rig.until(lambda: not rig.state.orders, within=10)

    assert faults(rig, 2) == ("not-opening",)
    assert board_word(rig, 2) == "shut"

    rig.world.fault("jammed-bolt", 2, active=False)
    rig.hand_in(2)
    assert faults(rig, 2) == ("not-opening",), "latched until somebody has looked"
    rig.ask("technician", "fault_clear", n=2)
    assert faults(rig, 2) == ()


def test_hw_3_a_device_behind_a_faulty_door_may_still_be_fetched(rig):
    """HW-3: nobody's phone is kept because of a fault."""
    rig.clock_to("08:40")
    rig.hand_in(2)
    rig.world.fault("chattering-contact", 2, active=True)
    rig.run(10)
    rig.world.fault("chattering-contact", 2, active=False)
    rig.run(10)
    assert "contact" in faults(rig, 2)
    rig.clock_to("15:16")
    rig.ask("teacher", "release_class", class_id="kestrels")

    assert rig.tap(2).result == "ordered"
    assert rig.pull(2)


def test_hw_3_a_chattering_contact_is_one_fault_not_a_flood(rig):
    """HW-3: a loose wire for a minute writes next to nothing."""
    before = rig.entries
    rig.world.fault("chattering-contact", 4, active=True)
    rig.run(60)

    assert faults(rig, 4) == ("contact",)
    assert rig.entries - before <= 6


def test_hw_3_a_door_left_open_is_told_once_and_is_no_longer_when_it_is_shut(rig):
    """HW-3, DAY-6: ajar for longer than the rule allows."""
    rig.clock_to("08:40")
    rig.step_up("leadership")
    rig.ask("leadership", "setting_set", key="left_open_s", value="10")
    rig.tap(1)
    rig.pull(1)
    rig.run(30)
    assert [fact.compartment for fact in rig.facts(f.DoorLeftOpen)] == [1]
    assert "stood open" in str(rig.ask("teacher", "class_page", class_id="kestrels"))

    rig.push(1)
    assert "stood open" not in str(
        rig.ask("teacher", "class_page", class_id="kestrels")
    )


def test_hw_3_a_door_that_moved_while_nobody_watched_is_found_at_start(rig):
    """HW-3: the program was down; what the contact tells now is what holds."""
    rig.clock_to("08:40")
    rig.tap(1)
    rig.pull(1)
    rig.die()
    rig.world.push(1)
    rig.clock.sleep(1)
    rig.start()

    found = [(fact.compartment, fact.is_open) for fact in rig.facts(f.DoorFound)]
    assert found == [(1, False)]
    assert board_word(rig, 1) == "shut"


def test_hw_10_an_opening_can_be_said_to_have_been_the_key(rig):
    """HW-10: the technician explains it; the fault ends."""
    rig.world.compartments[5].stand(is_open=True)
    rig.run(1)
    assert faults(rig, 5) == ("forced",)

    rig.ask("technician", "opened_by_key", n=5)
    assert faults(rig, 5) == ()


def test_a_compartment_out_of_use_takes_nothing_in_until_it_is_back(rig):
    """HW-3: taken out by hand; the health page lists it."""
    rig.clock_to("08:40")
    health = rig.ask("technician", "out_of_use", n=1, on=True)
    assert not health["ready"]
    assert rig.tap(1).reason == "out-of-order"

    assert rig.ask("technician", "out_of_use", n=1, on=False)["ready"]
    rig.hand_in(1)
