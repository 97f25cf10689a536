"""The morning: DAY-1 and DAY-2."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.domain import orders as o
from controller.domain import people_facts as p
from controller.domain.refusals import Refusal
from tests.controller.domain.kit import OFFICE, TEACHER, TECHNICIAN, kinds, ordered

# ----------------------------------------------------------------------------- DAY-1


def test_day_1_given_drop_off_when_a_pupil_taps_then_the_own_door_is_ordered(school):
    """DAY-1: the order names door, pupil and purpose before any coil is powered."""
    school.at("08:30")

    tap = school.tap("p3")

    assert (tap.result, tap.compartment, tap.purpose) == ("ordered", 3, "in")
    assert kinds(tap.facts) == ["CardTapped", "ReleaseOrdered"]
    assert tap.facts[1] == f.ReleaseOrdered("o0", 3, "in", "tap", "p3")


def test_day_1_given_a_door_opened_and_shut_then_the_device_is_said_to_be_in(school):
    """DAY-1: the door's word alone is "said to be in"."""
    school.at("08:40")
    school.tap("p3")

    told = school.use(3)

    assert kinds(told) == ["DoorOpened", "DoorShut", "DeviceSaidIn"]
    custody = school.state.custody["p3"]
    assert (custody.stage, custody.compartment) == ("said", 3)
    assert custody.date == "2026-11-23"


def test_day_1_given_the_class_seen_then_it_is_handed_in_but_for_the_exceptions(school):
    """DAY-1: "class seen, all off", naming one exception."""
    school.at("08:40")
    school.hand_in("p1", "p2", "p7")

    school.order(o.ConfirmClass("kestrels", excepted=("p2",)))

    stages = {who: one.stage for who, one in school.state.custody.items()}
    assert stages == {"p1": "in", "p2": "said", "p7": "said"}
    assert school.state.class_days["kestrels"].confirmed_by == "t1"


def test_day_1_an_exception_must_be_of_the_class(school):
    """DAY-1: another class's pupil cannot be excepted."""
    refused = school.order(o.ConfirmClass("kestrels", excepted=("p7",)))

    assert refused == Refusal("unknown")


def test_day_1_given_the_class_seen_when_a_door_is_opened_again_then_it_is_said_only(
    school,
):
    """DAY-1: the adult saw it before, not after; the page must say so."""
    school.at("08:40")
    school.hand_in("p1")
    school.order(o.ConfirmClass("kestrels"))
    school.at("09:20")

    school.hand_in("p1")

    assert school.state.custody["p1"].stage == "said"


def test_day_1_a_door_that_nobody_opened_hands_in_nothing(school):
    """DAY-1: a tap and a pulse are no hand-in."""
    school.at("08:40")
    school.tap("p3")

    told = school.miss()

    assert kinds(told) == ["NeverOpened"]
    assert not school.inside


def test_day_1_a_hurried_hand_in_is_marked_as_such(school):
    """DAY-1: shut again within a second and a half, perhaps nothing was put in."""
    school.at("08:40")
    school.tap("p3")

    school.use(3, after_s=1.0)

    assert school.state.custody["p3"].quick


def test_day_1_a_second_look_at_a_hurried_hand_in_settles_it(school):
    """DAY-1: the second, slower opening takes the question away."""
    school.at("08:40")
    school.tap("p3")
    school.use(3, after_s=1.0)

    school.hand_in("p3")

    assert not school.state.custody["p3"].quick


@pytest.mark.parametrize("fault", ["early", "contact"])
def test_day_1_nothing_is_handed_in_behind_a_door_with_a_closing_fault(school, fault):
    """DAY-1: the teacher takes it in by hand."""
    school.at("08:40")
    school.tell(f.FaultLatched("door:3", fault))

    assert school.tap("p3").rule == "out-of-order"


def test_hw_3_a_door_that_nobody_pulled_three_times_still_opens_for_its_pupil(school):
    """HW-3: the bolt is suspected and told of; a child may simply have gone."""
    school.at("08:40")
    school.tell(f.FaultLatched("door:3", "not-opening"))

    assert school.tap("p3").result == "ordered"


def test_hw_3_a_door_that_may_be_stuck_is_not_given_as_the_first_free(school):
    """HW-3: there are others."""
    school.first_free()
    school.at("08:40")
    school.tell(f.FaultLatched("door:1", "not-opening"))

    assert school.tap("p3").compartment == 2


def test_day_1_a_compartment_out_of_use_is_given_to_nobody(school):
    """DAY-1: nor is one that the technician has taken out."""
    school.at("08:40")
    school.tell(f.TakenOutOfUse(3, "x1"))

    assert school.tap("p3").rule == "out-of-order"


def test_day_1_a_pupil_without_a_door_in_a_fixed_bank_is_told_to_see_the_teacher(
    school,
):
    """DAY-1: fixed assignment gives no other door."""
    school.tell(p.PupilSet("p3", "kestrels", "ash", 0))
    school.at("08:40")

    assert school.tap("p3").rule == "no-compartment"


@pytest.mark.parametrize("n", [10, 99])
def test_day_1_a_roll_cannot_send_a_pupil_to_a_door_that_is_not_the_pupils(school, n):
    """DAY-1: a holding compartment, or one that was never built, is never ordered."""
    school.tell(p.PupilSet("p3", "kestrels", "ash", n))
    school.at("08:40")

    assert school.tap("p3").rule == "no-compartment"


def test_day_1_two_pupils_never_share_a_door(school):
    """DAY-1: whatever the roll says, a door with a device opens for its owner only."""
    school.tell(p.PupilSet("p4", "kestrels", "ash", 3))
    school.at("08:40")
    school.hand_in("p3")

    assert school.tap("p4").rule == "taken"


def test_day_1_a_door_that_was_just_ordered_for_one_is_not_anothers(school):
    """DAY-1: nor while the first stands before it, or has it open."""
    school.tell(p.PupilSet("p4", "kestrels", "ash", 3))
    school.at("08:40")
    school.tap("p3")

    assert school.tap("p4").rule == "taken"
    school.power()
    school.pull(3)
    assert school.tap("p4").rule == "taken"


def test_day_1_a_technicians_order_does_not_hide_whose_door_it_is(school):
    """DAY-1: the first pupil's order still waits; the second is turned away."""
    school.tell(p.PupilSet("p4", "kestrels", "ash", 3))
    school.at("08:40")
    school.tap("p3")
    school.order(o.OpenForCheck(3, "check"), TECHNICIAN)

    assert school.tap("p4").rule == "taken"


# ------------------------------------------------------------------ DAY-1: first free


def test_day_1_first_free_gives_the_lowest_door_that_nobody_has(school):
    """DAY-1: a setting of the bank."""
    school.first_free()
    school.at("08:40")

    school.hand_in("p5")
    school.tap("p2")

    assert school.state.custody["p5"].compartment == 1
    assert [order.compartment for order in school.state.orders.values()] == [2]


def test_day_1_first_free_passes_over_doors_that_are_not_fit(school):
    """DAY-1: faults, doors out of use, doors that stand open, somebody's fixed one."""
    school.first_free()
    school.tell(f.FaultLatched("door:1", "early"), f.TakenOutOfUse(2, "x1"))
    school.pull(3)
    school.tell(p.PupilSet("p7", "wrens", "", 4))
    school.at("08:40")

    assert school.tap("p1").compartment == 5


def test_day_1_a_full_bank_says_so_and_never_opens_a_holding_door(school):
    """DAY-1: nine doors, nine devices; the tenth door is for holding."""
    school.first_free()
    for n in range(1, 10):
        school.tell(d.DeviceSaidIn(f"guest{n}", n, ("phone",)))
    school.at("08:40")

    assert school.tap("p1").rule == "no-room"


# ----------------------------------------------------------------------------- DAY-2


def test_day_2_given_late_when_a_pupil_without_a_device_taps_then_it_opens(school):
    """DAY-2: late arrivals hand in until ten."""
    school.at("09:59")

    assert school.tap("p3").purpose == "in"
    school.at("10:00")
    assert school.tap("p4").rule == "lessons"


def test_day_2_given_a_device_in_when_tapped_again_then_the_own_door_reopens(school):
    """DAY-2: a small child's second tap; nothing new is written about the device."""
    school.at("08:40")
    school.hand_in("p3")

    tap = school.tap("p3")
    told = school.use(3)

    assert (tap.result, tap.compartment) == ("ordered", 3)
    assert kinds(told) == ["DoorOpened", "DoorShut"]


def test_day_2_given_the_door_open_when_tapped_again_then_no_second_order(school):
    """DAY-2: the number is shown once more, the coil stays cold."""
    school.at("08:40")
    school.tap("p3")
    school.power()
    school.pull(3)

    tap = school.tap("p3")

    assert (tap.result, tap.compartment) == ("open", 3)
    assert kinds(tap.facts) == ["CardTapped"]


def test_day_2_first_free_double_tap_before_the_pull_gets_the_same_door(school):
    """DAY-2: the second tap does not open a second door."""
    school.first_free()
    school.at("08:40")

    first, second = school.tap("p3"), school.tap("p3")

    assert first.compartment == second.compartment == 1


def test_day_2_first_free_double_tap_with_the_door_open_gets_the_same_door(school):
    """DAY-2: nor once the first door stands open."""
    school.first_free()
    school.at("08:40")
    school.tap("p3")
    school.power()
    school.pull(1)

    tap = school.tap("p3")

    assert (tap.result, tap.compartment) == ("open", 1)


def test_day_2_many_taps_that_wait_for_their_coil_are_one_order(school):
    """DAY-2: a small child's eight taps power the door once."""
    school.at("08:40")
    first = school.tap("p3").facts[1].order

    again = [school.tap("p3") for _ in range(7)]

    assert {(tap.result, tap.order) for tap in again} == {("ordered", first)}
    assert len(school.state.orders) == 1


def test_day_2_two_taps_that_nobody_follows_are_one_miss_and_raise_nothing(school):
    """DAY-2: a double tap is one child; the bolt is not suspected sooner for it."""
    school.at("08:40")
    school.tap("p3")
    school.power(3)
    school.tap("p3")

    told = school.miss()

    assert kinds(told) == ["NeverOpened", "NeverOpened"]
    assert school.state.compartment(3).missed == 1


def test_day_2_kinds_of_device_are_the_pupils_own(school):
    """DAY-2: a watch and a phone share the compartment, by a default per pupil."""
    school.order(o.SetPupil("p3", kinds=("phone", "watch")), OFFICE)
    school.at("08:40")

    school.hand_in("p3")

    assert school.state.custody["p3"].kinds == ("phone", "watch")


def test_day_2_late_a_device_that_is_in_stays_in(school):
    """DAY-2: the time for latecomers is no way back to a device of half past eight."""
    school.at("08:40")
    school.hand_in("p3")
    school.at("09:45")

    assert school.tap("p3").rule == "already-in"


def test_day_2_a_latecomers_double_tap_still_reopens(school):
    """DAY-2: small children double-tap late, too."""
    school.at("09:45")
    school.hand_in("p3")
    school.at("09:46")

    assert school.tap("p3").result == "ordered"


def test_day_2_a_hurried_hand_in_may_be_put_right_late(school):
    """DAY-2: perhaps nothing is in; the page says "a tap opens the door again"."""
    school.at("08:40")
    school.tap("p3")
    school.use(3, after_s=1.0)
    school.at("09:45")

    assert school.tap("p3").result == "ordered"


def test_day_2_after_the_window_a_teachers_word_takes_a_latecomers_device_in(school):
    """DAY-2: back from the dentist at eleven."""
    school.at("11:00")
    assert school.tap("p3").rule == "lessons"

    told = school.order(o.VouchFor("p3"), TEACHER)
    school.use(3)

    assert ordered(told) == [3]
    assert school.inside == {"p3"}


def test_day_2_a_device_from_yesterday_is_of_today_once_its_pupil_hands_in(full):
    """DAY-2: yesterday's stays in its compartment; the office's question is over."""
    full.at("16:00")
    assert ("left-behind", "p3") in full.asked
    full.at("08:40", days=1)

    full.hand_in("p3")

    assert full.state.custody["p3"].date == "2026-11-24"
    assert ("left-behind", "p3") not in full.asked
    assert ("left-behind", "p4") in full.asked


# -------------------------------------------------------------- drop-off opened by hand


def test_day_1_drop_off_by_hand_closes_itself_after_an_hour(school):
    """DAY-1: after a trip; a forgotten one would hand devices out all day."""
    school.at("13:00")
    school.order(o.OpenDropOff("kestrels"))
    school.at("13:59")
    assert school.tap("p3").purpose == "in"

    school.at("14:00")

    assert school.tap("p4").rule == "lessons"


def test_day_1_a_drop_off_that_ran_out_does_not_shut_the_calendars_own(school):
    """DAY-1: the clock was wrong and is set back to the morning."""
    school.at("13:00")
    school.order(o.OpenDropOff("kestrels"))
    school.at("14:00")

    school.at("08:40")

    assert school.tap("p3").result == "ordered"


def test_day_1_drop_off_by_hand_never_reaches_into_home_time(full):
    """DAY-1: at home time no door opens as if for a hand-in."""
    full.at("14:50")
    full.order(o.OpenDropOff("kestrels"))

    told = full.at("15:15")

    assert told == [d.DropOffClosed("kestrels", "")]
    assert full.tap("p3").rule == "not-released"


def test_day_1_drop_off_begun_early_becomes_the_calendars_own(school):
    """DAY-1: breakfast club at seven does not cost the class its window."""
    school.at("07:00")
    school.order(o.OpenDropOff("kestrels"), OFFICE)
    school.at("08:20")
    assert school.tap("p3").purpose == "in"

    school.at("09:59")
    assert school.tap("p4").purpose == "in"
    school.at("10:00")

    assert school.tap("p5").rule == "lessons"


def test_day_1_drop_off_can_be_closed_and_opened_again(school):
    """DAY-1: the teacher's hand is stronger than the calendar, both ways."""
    school.at("08:40")
    school.order(o.CloseDropOff("kestrels"))
    assert school.tap("p3").rule == "lessons"
    assert school.tap("p7").result == "ordered"

    school.order(o.OpenDropOff("kestrels"))

    assert school.tap("p3").result == "ordered"


def test_day_1_what_has_not_begun_cannot_be_called_off(school):
    """DAY-1: a press at eight o'clock does not shut out the class at half past."""
    assert school.order(o.CloseDropOff("kestrels")) == []
    school.at("08:30")

    assert school.tap("p3").result == "ordered"


def test_day_1_a_second_press_of_begin_changes_nothing(school):
    """DAY-1: within the window there is nothing to begin."""
    school.at("08:40")

    assert school.order(o.OpenDropOff("kestrels")) == []


def test_day_1_each_class_by_its_own_times(school):
    """DAY-10, DAY-1: one class's drop-off says nothing about another's."""
    late = replace(school.calendar.days[0], drop_off_from=time(8, 45))
    school.calendar = replace(school.calendar, classes={"wrens": {0: late}})
    school.at("08:40")

    assert school.tap("p1").result == "ordered"
    assert school.tap("p7").rule == "before-drop-off"
