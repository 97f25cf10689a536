"""DAY-4: home time by tap, released by the teacher."""

from __future__ import annotations

from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.domain import orders as o
from controller.domain import people_facts as p
from controller.domain.refusals import Refusal
from tests.controller.domain.kit import (
    COVER,
    HEAD,
    KESTRELS,
    OFFICE,
    TEACHER,
    TECHNICIAN,
    collected,
    kinds,
    ordered,
)


def test_day_4_given_a_release_when_a_pupil_taps_then_that_door_opens(full):
    """DAY-4: the release itself opens no door; each tap opens its own."""
    full.at("15:15")

    told = full.order(o.ReleaseClass("kestrels"), COVER)
    tap = full.tap("p3")

    assert kinds(told) == ["ReleaseStarted"]
    assert told[0].waves[0].pupils == tuple(KESTRELS)
    assert (tap.result, tap.compartment, tap.purpose) == ("ordered", 3, "out")
    assert tap.facts[1].release == told[0].release
    assert collected(full.use(3)) == ["p3"]


def test_day_4_one_class_is_released_the_other_waits(full):
    """DAY-4: the wrens' doors stay shut."""
    full.at("15:15")

    full.order(o.ReleaseClass("kestrels"))

    assert full.tap("p7").rule == "not-released"


def test_day_4_a_second_press_of_release_changes_nothing(full):
    """DAY-4: the count of those who have collected is not begun anew."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.collect("p1")

    assert full.order(o.ReleaseClass("kestrels")) == []
    (release,) = full.state.releases.values()
    assert release.pupils == tuple(KESTRELS)


def test_day_4_given_a_stop_then_taps_open_nothing(full):
    """DAY-4: stoppable at any moment."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))

    told = full.order(o.StopRelease("kestrels"))

    assert kinds(told) == ["ReleaseStopped"]
    assert full.tap("p3").rule == "not-released"
    assert full.order(o.StopRelease("kestrels")) == Refusal("not-running")


def test_day_4_given_a_stop_when_begun_again_then_those_still_in_are_in_it(full):
    """DAY-4: who has collected is out, who has not is in."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.collect("p1", "p2")
    full.order(o.StopRelease("kestrels"))

    full.order(o.ReleaseClass("kestrels"))

    (release,) = full.state.releases.values()
    assert release.pupils == ("p3", "p4", "p5", "p6")
    assert full.tap("p3").result == "ordered"


def test_day_4_a_door_that_was_open_at_the_stop_still_counts_when_shut(full):
    """DAY-4: a child with a hand in the door is not left in the books."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tap("p3")
    full.power()
    full.pull(3)
    full.order(o.StopRelease("kestrels"))

    assert collected(full.push(3)) == ["p3"]


def test_day_4_who_has_collected_may_open_the_own_door_again(full):
    """DAY-4: a charger was forgotten; nothing new is written about the device."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.collect("p3")

    tap = full.tap("p3")

    assert (tap.result, tap.compartment) == ("ordered", 3)
    assert kinds(full.use(3)) == ["DoorOpened", "DoorShut"]


def test_day_4_who_has_collected_never_opens_what_is_anothers_by_now(full):
    """DAY-4: first free: another class handed in behind that door meanwhile."""
    full.first_free()
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.collect("p3")
    full.tell(p.PupilSet("p9", "wrens", "", 0), d.DeviceSaidIn("p9", 3, ("phone",)))

    assert full.tap("p3").rule == "nothing-in"


def test_day_4_who_has_nothing_in_is_told_so(full):
    """DAY-4: no door for a child who brought nothing."""
    full.at("15:15")
    full.tell(p.PupilSet("p9", "kestrels", "", 9), p.CardEnrolled("c-p9", "p9"))
    full.order(o.ReleaseClass("kestrels"))

    assert full.tap("p9").rule == "nothing-in"


def test_day_4_who_hands_in_after_the_release_began_may_still_collect(full):
    """DAY-4: a second device, a latecomer on the teacher's word."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tell(p.PupilSet("p9", "kestrels", "", 9), p.CardEnrolled("c-p9", "p9"))
    full.tell(d.DeviceSaidIn("p9", 9, ("phone",)))

    assert full.tap("p9").compartment == 9


def test_day_4_a_release_closes_a_drop_off_that_was_opened_by_hand(full):
    """DAY-4: one way at a time."""
    full.at("14:30")
    full.order(o.OpenDropOff("kestrels"))

    told = full.order(o.ReleaseClass("kestrels"))

    assert kinds(told) == ["DropOffClosed", "ReleaseStarted"]
    assert full.tap("p3").purpose == "out"


def test_day_4_a_tap_release_can_turn_into_waves(full):
    """DAY-4: the teacher changes her mind; those still in are the waves."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.collect("p1")

    told = full.order(o.ReleaseClass("kestrels", "all"))

    assert ordered(told) == [2, 3, 4, 5, 6]


def test_day_4_a_fault_does_not_keep_a_device_from_its_owner(full):
    """DAY-4: what is inside may be fetched even behind a faulty door."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.order(o.SetInUse(3, in_use=False), TECHNICIAN)
    full.tell(f.FaultLatched("door:3", "not-opening"))

    assert full.tap("p3").result == "ordered"


def test_day_4_a_door_left_open_in_the_morning_gives_back_in_the_afternoon(school):
    """DAY-4: its purpose is the newest lawful tap's, not the morning's."""
    school.at("08:40")
    school.hand_in("p3")
    school.tap("p3")
    school.power()
    school.pull(3)
    school.at("15:15")
    school.order(o.ReleaseClass("kestrels"))

    tap = school.tap("p3")

    assert tap.result == "ordered"
    assert collected(school.push(3)) == ["p3"]


def test_day_4_a_cut_contact_wire_does_not_lock_a_device_in(full):
    """DAY-4, HW-3: the door reads "open" for ever; the tap orders its bolt."""
    full.pull(3)
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))

    tap = full.tap("p3")

    assert tap.result == "ordered"
    assert kinds(full.miss()) == ["ReleaseGivenUp"]
    assert full.state.compartment(3).missed == 0


# ----------------------------------------------------------- who may be vouched for


def test_day_4_given_a_release_when_vouched_then_the_own_door_opens(full):
    """DAY-4, DAY-9: in two touches, by the release."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))

    (order,) = full.order(o.VouchFor("p3"), TEACHER)

    assert (order.compartment, order.purpose, order.cause) == (3, "out", "vouch")
    assert (order.by, order.release) == ("t1", next(iter(full.state.releases)))


def test_day_4_at_home_time_a_teachers_word_needs_no_release(full):
    """DAY-4: one child at the gate, the class not released yet."""
    full.at("15:15")

    assert ordered(full.order(o.VouchFor("p3"))) == [3]


def test_day_4_given_the_door_open_when_vouched_then_it_says_so(full):
    """DAY-4: no second order for a door that stands open for just this."""
    full.at("15:15")
    full.order(o.VouchFor("p3"))
    full.power()
    full.pull(3)

    assert full.order(o.VouchFor("p3")) == Refusal("door-is-open")


def test_day_4_unknown_modes_are_refused(full):
    """DAY-4: four ways and no more."""
    full.at("15:15")

    assert full.order(o.ReleaseClass("kestrels", "stampede")) == Refusal("bad-value")


def test_day_4_a_pupil_who_changed_class_goes_with_the_new_one(full):
    """DAY-4: the device stays where it is, the new teacher's release gives it out."""
    full.tell(p.PupilSet("p3", "wrens", "", 3))
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    assert full.tap("p3").rule == "not-released"

    full.order(o.ReleaseClass("wrens"), HEAD)

    assert full.tap("p3").compartment == 3


def test_day_4_the_office_cannot_release_a_class(full):
    """DAY-4, ACC-6: its way is one pupil at a time."""
    full.at("15:15")

    assert full.order(o.ReleaseClass("kestrels"), OFFICE) == Refusal("no-right")


def test_day_4_a_door_that_has_stood_open_for_long_is_ordered_again(full):
    """DAY-4, HW-3: perhaps it is shut, and only its wire says otherwise."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tap("p3")
    full.power()
    full.pull(3)
    assert full.tap("p3").result == "open"

    full.tell(f.DoorLeftOpen(3, 61))

    assert full.tap("p3").result == "ordered"
    assert collected(full.push(3)) == ["p3"]


def test_day_4_who_collected_by_the_first_release_may_look_again_in_the_second(full):
    """DAY-4: stopped and begun anew; the charger is still in there."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.collect("p3")
    full.order(o.StopRelease("kestrels"))
    full.order(o.ReleaseClass("kestrels"))

    assert full.tap("p3").result == "ordered"


def test_day_4_a_stopped_release_lets_nobody_collect(full):
    """DAY-4: the record says so itself."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.order(o.StopRelease("kestrels"))

    (release,) = full.state.releases.values()

    assert not release.may_collect("p3")
