"""HW-2, HW-3, REL-3: what coils and contacts tell, as far as the rules go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.domain import door_facts as f
from controller.domain import doors
from controller.domain import orders as o
from controller.domain.compartment import DoorState
from controller.domain.faults import FAULTS, NEVER_OPENED_LIMIT
from controller.domain.refusals import Refusal
from tests.controller.domain.kit import HEAD, OFFICE, TECHNICIAN, collected, kinds


def test_hw_2_no_coil_without_an_order_each_with_its_own_id(full):
    """HW-2: every way of opening leaves a ReleaseOrdered, and no two share an id."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "all"))
    full.order(o.VouchFor("p7"), OFFICE)
    full.order(o.OpenForCheck(10, "check"), TECHNICIAN)
    full.tap("p1")

    made = [fact for fact, _ in full.told if isinstance(fact, f.ReleaseOrdered)]

    assert len({order.order for order in made}) == len(made)
    assert {order.cause for order in made} == {"tap", "wave", "vouch", "staff"}


# ---------------------------------------------------------------------------- forced


def test_hw_3_given_no_order_when_a_door_opens_then_it_is_forced(full):
    """HW-3: a fact, a latched fault, a question about the device behind it."""
    told = full.pull(3)

    assert kinds(told) == ["DoorForced", "FaultLatched", "QuestionRaised"]
    assert full.state.compartment(3).door is DoorState.FORCED
    assert full.state.compartment(3).faults == ("forced",)
    assert full.asked == [("forced", "p3")]


def test_hw_3_an_empty_door_that_is_forced_is_a_fault_and_no_question(full):
    """HW-3: nothing was behind it."""
    assert kinds(full.pull(9)) == ["DoorForced", "FaultLatched"]


def test_hw_3_a_fault_is_latched_once_and_stays_until_cleared(full):
    """HW-3: forced twice is one fault and one question; shutting does not clear it."""
    full.pull(3)
    full.push(3)
    told = full.pull(3)
    full.push(3)

    assert kinds(told) == ["DoorForced"]
    assert full.state.compartment(3).faults == ("forced",)
    cleared = full.order(o.ClearFault(3), TECHNICIAN)
    assert cleared == [f.FaultCleared("door:3", "forced", "x1")]
    assert full.state.compartment(3).faults == ()


def test_hw_3_a_forced_door_collects_nothing(full):
    """HW-3: custody is what the record says until somebody explains it."""
    full.pull(3)

    assert kinds(full.push(3)) == ["DoorShut"]
    assert "p3" in full.inside


def test_hw_10_staff_explain_an_opening_by_the_key(full):
    """HW-10: the fault and the office's question end with it."""
    full.pull(3)

    told = full.order(o.ExplainByKey(3), TECHNICIAN)

    assert kinds(told) == ["OpenedByKey", "QuestionClosed"]
    assert full.asked == []
    assert full.state.compartment(3).faults == ()


def test_hw_3_given_an_order_not_yet_powered_when_pulled_then_it_gave_way_early(school):
    """HW-3: the bolt does not hold; the order is given up, the door is closed off."""
    school.at("08:40")
    school.tap("p3")

    told = school.pull(3)

    assert kinds(told) == ["DoorForced", "ReleaseGivenUp", "FaultLatched"]
    assert told[0].early
    assert FAULTS["early"].closes
    assert not school.state.orders


def test_hw_3_a_child_who_pulled_too_early_has_handed_in_all_the_same(school):
    """HW-3, DAY-1: the device is behind the door and in the books."""
    school.at("08:40")
    school.tap("p3")
    school.pull(3)

    told = school.push(3)

    assert kinds(told) == ["DoorShut", "DeviceSaidIn"]


# ---------------------------------------------------------------------- never opened


def test_hw_3_never_opened_three_times_is_suspected(full):
    """HW-3: once a child was called away, twice it pulled too late."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))

    told = []
    for _ in range(NEVER_OPENED_LIMIT):
        full.tap("p3")
        told += full.miss()

    assert kinds(told) == [*["NeverOpened"] * NEVER_OPENED_LIMIT, "FaultLatched"]
    assert told[-1] == f.FaultLatched("door:3", "not-opening")


def test_hw_3_an_opening_in_between_begins_the_count_anew(full):
    """HW-3: three in a row, not three in a life."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    for _ in range(2):
        full.tap("p3")
        full.miss()
    full.tap("p3")
    full.use(3)
    full.tap("p3")

    assert kinds(full.miss()) == ["NeverOpened"]


def test_hw_3_clearing_begins_the_count_anew(full):
    """HW-3: the technician has looked."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    for _ in range(NEVER_OPENED_LIMIT):
        full.tap("p3")
        full.miss()

    full.order(o.ClearFault(3), TECHNICIAN)

    assert full.state.compartment(3).missed == 0


def test_hw_3_after_its_time_an_order_explains_no_opening(full):
    """HW-3: a door that opens a minute later was forced."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tap("p3")
    full.miss()

    assert kinds(full.pull(3))[0] == "DoorForced"
    assert "p3" in full.inside


def test_hw_3_an_outcome_that_comes_twice_is_told_once(full):
    """HW-3: an order that is over is over."""
    assert list(doors.not_opened(full.state, "o-gone")) == []


def test_hw_2_a_coil_cut_late_is_a_fault(full):
    """HW-2: the second guard cut it."""
    told = full.tell(*doors.pulse_ended(full.state, "o1", 3, 2_000, "overrun"))

    assert kinds(told) == ["BoltPulsed", "FaultLatched"]
    again = doors.pulse_ended(full.state, "o2", 3, 2_000, "overrun")
    assert kinds(again) == ["BoltPulsed"]


# ----------------------------------------------------------------- two orders, one door


def test_hw_3_a_second_tap_is_waited_for_before_the_bolt_is_suspected(full):
    """HW-3: the first tap's time is over, the second's hand is on its way."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    for _ in range(NEVER_OPENED_LIMIT - 1):
        full.tap("p3")
        full.miss()
    first = full.tap("p3").facts[1]
    full.power(3)
    full.tap("p3")

    told = full.tell(*doors.not_opened(full.state, first.order))

    assert kinds(told) == ["NeverOpened"]
    assert full.state.compartment(3).door is DoorState.ORDERED
    assert collected(full.use(3)) == ["p3"]
    assert full.state.compartment(3).faults == ()


def test_hw_3_a_bounce_and_an_early_pull_do_not_lose_whose_door_it_is(school):
    """HW-3: "shut", said of a door that waits, says nothing about whom it waits for."""
    school.at("08:40")
    school.tap("p3")
    school.push(3)
    school.pull(3)

    assert kinds(school.push(3)) == ["DoorShut", "DeviceSaidIn"]


def test_cus_9_a_technician_may_order_a_door_whose_contact_says_open(full):
    """CUS-9, HW-3: which is how a cut wire is found."""
    full.pull(3)

    assert kinds(full.order(o.OpenForCheck(3, "repair"), TECHNICIAN)) == [
        "ReleaseOrdered"
    ]


def test_hw_3_the_order_that_was_powered_says_whose_opening_it_is(full):
    """HW-3: a technician's order behind a child's does not swallow the collection."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tap("p3")
    full.power()
    full.order(o.OpenForCheck(3, "check"), TECHNICIAN)

    full.pull(3)

    assert collected(full.push(3)) == ["p3"]


def test_cus_9_opening_as_staff_never_changes_custody(full):
    """CUS-9: a reason is recorded, the device stays where it is."""
    (order,) = full.order(o.OpenForCheck(3, "clean"), HEAD)

    assert (order.purpose, order.cause, order.reason) == ("check", "staff", "clean")
    assert kinds(full.use(3)) == ["DoorOpened", "DoorShut"]
    assert "p3" in full.inside


def test_cus_9_a_check_needs_a_reason_and_a_shut_door(full):
    """CUS-9: one of the codes; and nothing is checked under a child's hand."""
    nosy = full.order(o.OpenForCheck(3, "nosy"), HEAD)
    assert nosy == Refusal("bad-value")
    full.at("15:15")
    full.order(o.VouchFor("p3"))
    full.power()
    full.pull(3)

    assert full.order(o.OpenForCheck(3, "check"), HEAD) == Refusal("door-is-open")


# ------------------------------------------------------------------------- left open


def test_hw_3_a_door_left_open_is_told_once_an_opening(full):
    """HW-3: after a minute, and not every second."""
    full.at("15:15")
    full.order(o.VouchFor("p3"))
    full.power()
    full.pull(3)

    early = list(doors.left_open(full.state, full.context(open_s=59)))
    told = full.tell(*doors.left_open(full.state, full.context(open_s=61)))
    again = list(doors.left_open(full.state, full.context(open_s=120)))

    assert (early, again) == ([], [])
    assert told == [f.DoorLeftOpen(3, 61)]
    full.push(3)
    assert not full.state.compartment(3).left_open


def test_hw_3_a_shut_door_that_tells_shut_again_is_believed(full):
    """HW-3: a contact that was not believed has settled."""
    assert kinds(full.push(9)) == ["DoorShut"]
    assert full.state.compartment(9).door is DoorState.SHUT


def test_hw_3_a_bounce_while_ordered_changes_nothing(full):
    """HW-3: shut, said of a shut door that waits for a hand."""
    full.at("15:15")
    full.order(o.VouchFor("p3"))
    full.push(3)

    full.power()
    full.pull(3)

    assert collected(full.push(3)) == ["p3"]


# --------------------------------------------------------------------------- at start


def test_rel_3_an_order_without_outcome_is_said_to_be_unknown(full):
    """REL-3: marked so, asked about, and never fired again."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "all"))

    told = full.tell(*doors.at_start(full.state, {}, full.context()))

    assert kinds(told) == [*["OutcomeUnknown"] * 6, *["QuestionRaised"] * 6]
    assert not full.state.orders
    assert {place.door for place in full.state.compartments.values()} == {
        DoorState.SHUT
    }
    assert list(doors.at_start(full.state, {}, full.context())) == []


def test_rel_3_a_double_taps_two_orders_are_one_question(full):
    """REL-3: the office looks once."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tap("p3")
    full.tap("p3")

    full.tell(*doors.at_start(full.state, {3: False}, full.context()))

    assert full.asked == [("outcome-unknown", "p3")]


def test_rel_3_the_pupils_next_collection_settles_it(full):
    """REL-3: nothing is left for the office to look at."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tap("p3")
    full.tell(*doors.at_start(full.state, {3: False}, full.context()))

    full.collect("p3")

    assert full.asked == []


def test_hw_3_a_door_found_open_at_start_moved_unwatched(full):
    """HW-3: a fact, and a question about the device that was behind it."""
    contacts = {n: n in (3, 9) for n in range(1, 11)}

    told = full.tell(*doors.at_start(full.state, contacts, full.context()))

    assert kinds(told) == ["DoorFound", "QuestionRaised", "DoorFound"]
    assert full.asked == [("forced", "p3")]
    assert full.state.compartment(3).door is DoorState.FORCED


def test_rel_3_an_order_and_a_door_found_open_are_one_question(full):
    """REL-3: it is not called forced; an order had been given."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tap("p3")

    full.tell(*doors.at_start(full.state, {3: True}, full.context()))

    assert full.asked == [("outcome-unknown", "p3")]


def test_hw_3_a_door_that_its_pupil_shut_unwatched_is_asked_about(full):
    """HW-3, REL-3: perhaps collected, perhaps not; custody stays as it was."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tap("p3")
    full.power()
    full.pull(3)

    told = full.tell(*doors.at_start(full.state, {3: False}, full.context()))

    assert kinds(told) == ["DoorFound", "QuestionRaised"]
    assert full.asked == [("outcome-unknown", "p3")]
    assert "p3" in full.inside


def test_hw_3_doors_as_they_were_say_nothing_at_start(full):
    """HW-3: unchanged states are never written."""
    contacts = dict.fromkeys(range(1, 11), False)

    assert list(doors.at_start(full.state, contacts, full.context())) == []


def test_hw_3_a_door_open_over_the_restart_still_counts(full):
    """HW-3: the child stands there with the door in hand."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tap("p3")
    full.power()
    full.pull(3)

    assert list(doors.at_start(full.state, {3: True}, full.context())) == []
    assert collected(full.push(3)) == ["p3"]


# ---------------------------------------------------------------- the technician's acts


@pytest.mark.parametrize("in_use", [True, False])
def test_a_compartment_is_taken_out_of_use_and_put_back_once(full, in_use):
    """HW-6: saying the same twice writes nothing."""
    full.order(o.SetInUse(3, in_use=not in_use), TECHNICIAN)

    told = full.order(o.SetInUse(3, in_use=in_use), TECHNICIAN)

    assert len(told) == 1
    assert full.state.compartment(3).in_use is in_use
    assert full.order(o.SetInUse(3, in_use=in_use), TECHNICIAN) == []


def test_clearing_where_nothing_is_latched_writes_nothing(full):
    """HW-3: no entry without a fact."""
    assert full.order(o.ClearFault(3), TECHNICIAN) == []


def test_hw_4_a_readers_fault_is_not_a_doors(full):
    """HW-4: "reader:front" is latched without a compartment."""
    before = full.state

    full.tell(f.FaultLatched("reader:front", "reader-dead"))
    full.tell(f.FaultCleared("reader:front", "reader-dead"))

    assert full.state == before


def test_a_bank_that_was_rebuilt_smaller_orders_no_door_that_is_gone(full):
    """HW-7: a device in a compartment that the configuration no longer knows."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    places = {n: place for n, place in full.layout.places.items() if n != 3}
    full.layout = replace(full.layout, places=places)

    assert full.tap("p3").rule == "out-of-order"
