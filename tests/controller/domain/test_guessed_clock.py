"""DAY-11: while the clock is only guessed, staff begin and end everything."""

from __future__ import annotations

import pytest

from controller.domain import orders as o
from controller.domain.people_facts import PupilLeft
from controller.domain.refusals import RULES, Refusal
from tests.controller.domain.clocks import found
from tests.controller.domain.kit import (
    KESTRELS,
    OFFICE,
    TEACHER,
    School,
    a_full_school,
    a_school,
    collected,
    kinds,
    ordered,
)


@pytest.fixture
def unsure() -> School:
    """The school on a Friday's clock, which stopped with the power at seven."""
    school = a_school()
    school.clock = "guessed"
    return school


@pytest.mark.parametrize("hm", ["08:40", "12:00", "15:20", "15:50"])
def test_day_11_no_window_opens_by_itself(unsure, hm):
    """DAY-11: whatever the guessed clock says."""
    unsure.at(hm)

    assert unsure.tap("p3").rule == "by-hand"
    assert RULES["by-hand"].screen == "teacher"


def test_day_11_staff_begin_and_end_drop_off(unsure):
    """DAY-11: at the bank or on the page."""
    unsure.order(o.OpenDropOff("kestrels"))
    unsure.hand_in("p3")

    unsure.order(o.CloseDropOff("kestrels"))

    assert unsure.tap("p4").rule == "by-hand"
    assert unsure.inside == {"p3"}


def test_day_11_no_window_closes_by_itself(unsure):
    """DAY-11: drop-off stays open, a release stays on, marks stay, whatever it says."""
    unsure.order(o.OpenDropOff("kestrels"))
    unsure.order(o.MarkPupil("p1", "left-early", until="09:00"))

    for hm in ("09:45", "12:00", "15:50", "23:00"):
        assert unsure.at(hm) == []
        assert unsure.tap("p3").purpose == "in"
    assert unsure.at("08:00", days=1) == []
    assert "p1" in unsure.state.marks


def test_day_11_staff_begin_and_end_home_time(unsure):
    """DAY-11: even on what the guessed clock calls a Sunday."""
    unsure.order(o.OpenDropOff("kestrels"))
    unsure.hand_in(*KESTRELS)
    unsure.at("03:00", days=-1)

    (_, started) = unsure.order(o.ReleaseClass("kestrels"))
    unsure.collect("p3")
    assert unsure.at("23:00") == []
    told = unsure.order(o.EndSession("kestrels"))

    assert not started.early
    assert kinds(told)[:2] == ["ReleaseEnded", "SessionClosed"]
    assert ("left-behind", "p4") in unsure.asked
    assert ("left-behind", "p3") not in unsure.asked
    assert unsure.tap("p4").rule == "by-hand"


def test_day_11_given_a_restart_at_home_time_then_the_release_goes_on(full):
    """DAY-11: the power blinked; the clock is guessed now; children stand there."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.clock = "guessed"
    full.at("02:00", days=-3)

    assert full.tap("p3").result == "ordered"


def test_day_11_when_the_clock_is_believed_again_the_morning_is_not_lost(unsure):
    """DAY-11: handed in, marked and released before the time came in."""
    unsure.order(o.OpenDropOff("kestrels"))
    unsure.hand_in("p3", "p4")
    unsure.order(o.ConfirmClass("kestrels"))
    unsure.order(o.MarkPupil("p5", "absent"))
    unsure.order(o.ReleaseClass("kestrels"))
    unsure.collect("p4")

    told = found(unsure, "15:20", days=3)

    assert kinds(told) == ["DayBegan"]
    assert unsure.state.custody["p3"].date == "2026-11-26"
    assert unsure.asked == []
    assert "p5" in unsure.state.marks
    assert "p4" in unsure.state.collected
    assert unsure.state.class_days["kestrels"].confirmed_by == TEACHER.person
    assert unsure.tap("p3").purpose == "out"


def test_day_11_when_the_clock_is_believed_again_it_decides(unsure):
    """DAY-11: a drop-off by hand in the window becomes the calendar's."""
    unsure.order(o.OpenDropOff("kestrels"))
    unsure.clock = "synced"

    unsure.at("08:55", days=3)
    assert unsure.tap("p3").purpose == "in"
    unsure.at("10:00")

    assert unsure.tap("p3").rule == "lessons"


def test_day_11_without_a_clock_the_next_mornings_drop_off_is_a_new_day():
    """DAY-11: a Pi that never learns the time must not drag marks along for weeks."""
    school = a_full_school()
    school.clock = "guessed"
    school.order(o.MarkPupil("p5", "left-early"))
    school.order(o.ReleaseClass("kestrels"))
    school.collect("p1", "p2", "p3", "p4", "p6")
    school.order(o.EndSession("kestrels"))

    school.order(o.OpenDropOff("kestrels"))

    assert not school.state.marks
    assert not school.state.collected
    assert school.tap("p1").purpose == "in"


def test_day_11_a_drop_off_within_the_day_keeps_the_marks(unsure):
    """DAY-11: back from a trip, nothing is forgotten."""
    unsure.order(o.OpenDropOff("kestrels"))
    unsure.hand_in("p3")
    unsure.order(o.MarkPupil("p5", "left-early"))
    unsure.order(o.ReleaseClass("kestrels"))

    unsure.order(o.OpenDropOff("kestrels"))

    assert "p5" in unsure.state.marks
    assert unsure.tap("p4").purpose == "in"


def test_day_11_a_teachers_word_waits_for_a_release_the_offices_does_not(unsure):
    """DAY-11: nobody knows that it is home time until somebody says so."""
    unsure.order(o.OpenDropOff("kestrels"))
    unsure.hand_in("p3")
    unsure.order(o.CloseDropOff("kestrels"))

    assert unsure.order(o.VouchFor("p3"), TEACHER) == Refusal("by-hand")
    assert ordered(unsure.order(o.VouchFor("p3"), OFFICE)) == [3]
    unsure.miss()
    unsure.order(o.ReleaseClass("kestrels"))
    unsure.order(o.EndSession("kestrels"))
    assert ordered(unsure.order(o.VouchFor("p3"), TEACHER)) == [3]
    assert collected(unsure.use(3)) == ["p3"]


def test_day_11_the_office_is_told_of_a_leavers_device_when_the_clock_is_back(full):
    """DAY-11, DAY-6: a question needs a date."""
    full.clock = "guessed"
    full.tell(PupilLeft("p3"))
    assert full.tick() == []

    full.clock = "synced"
    full.tick()

    assert full.asked == [("left-behind", "p3")]


def test_day_11_a_teachers_word_hands_in_while_drop_off_is_open(unsure):
    """DAY-11: whatever was released before."""
    unsure.order(o.ReleaseClass("kestrels"))
    unsure.order(o.OpenDropOff("kestrels"))

    (order,) = unsure.order(o.VouchFor("p4"))

    assert order.purpose == "in"
