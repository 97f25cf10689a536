"""DAY-10: the school calendar decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from controller.domain import orders as o
from controller.domain.calendar import ClosureKind, DayTimes, SchoolCalendar, Term
from controller.domain.refusals import Refusal
from tests.controller.domain.kit import HEAD, MONDAY, OFFICE, TEACHER, ordered


@pytest.mark.parametrize("hm", ["08:40", "12:00", "15:20", "15:50"])
def test_day_10_on_a_non_school_day_nothing_opens_for_a_pupil(full, hm):
    """DAY-10: on a Saturday, at any hour, even with a device inside."""
    full.at(hm, days=5)

    assert full.tap("p3").rule == "no-school"


def test_day_10_on_a_non_school_day_staff_begin_nothing(full):
    """DAY-10: no drop-off, no release, no club; the office can open a door."""
    full.order(o.MarkPupil("p2", "club", club="chess"))
    full.calendar = full.calendar.closed_on(MONDAY, ClosureKind.INSET)
    full.at("15:20")

    for order in (
        o.OpenDropOff("kestrels"),
        o.ReleaseClass("kestrels"),
        o.ReleaseClub("chess"),
        o.VouchFor("p3"),
    ):
        assert full.order(order, TEACHER) == Refusal("no-school"), order
    assert ordered(full.order(o.VouchFor("p3"), OFFICE)) == [3]


def test_day_10_a_drop_off_by_hand_does_not_survive_a_day_that_is_closed(school):
    """DAY-10: the snow closes the school while drop-off is open."""
    school.at("07:50")
    school.order(o.OpenDropOff("kestrels"), OFFICE)
    school.calendar = school.calendar.closed_on(MONDAY, ClosureKind.CLOSURE)

    assert school.tap("p3").rule == "no-school"


def test_day_10_a_half_day_brings_home_time_forward(full):
    """DAY-10: at noon the class may go, and the session closes at half past."""
    full.calendar = full.calendar.closing_early(MONDAY, time(12, 0))
    full.at("12:00")
    assert full.tap("p3").rule == "not-released"

    (started,) = full.order(o.ReleaseClass("kestrels"))

    assert not started.early
    assert full.tap("p3").result == "ordered"
    full.miss()
    full.at("12:45")
    assert full.tap("p3").rule == "home-time-over"


def test_day_10_an_early_closure_while_lessons_run_takes_hold_at_once(full):
    """DAY-10: the boiler breaks at eleven."""
    full.at("11:00")
    assert full.tap("p3").rule == "lessons"

    full.calendar = full.calendar.closing_early(MONDAY, time(11, 0))

    assert full.tap("p3").rule == "not-released"


def test_day_10_a_class_may_have_its_own_times(full):
    """DAY-10: the infants go a quarter of an hour earlier."""
    early = DayTimes(home_time=time(15, 0), session_end=time(15, 0))
    full.calendar = replace(full.calendar, classes={"wrens": {0: early}})
    full.at("15:00")

    assert full.tap("p7").rule == "not-released"
    assert full.tap("p3").rule == "lessons"


@pytest.mark.parametrize(
    ("day", "offset"), [(date(2027, 3, 26), "GMT"), (date(2027, 3, 29), "BST")]
)
def test_day_10_drop_off_is_at_half_past_eight_by_the_schools_clock(
    school, day, offset
):
    """DAY-10: on either side of the change to summer time."""
    school.calendar = SchoolCalendar(terms=(Term(date(2027, 1, 5), date(2027, 4, 1)),))
    school.day = day

    school.at("08:29")
    assert f"{school.calendar.local(school.at_us):%Z}" == offset
    assert school.tap("p3").rule == "before-drop-off"
    school.at("08:30")

    assert school.tap("p3").result == "ordered"


def test_day_10_a_release_from_friday_does_not_open_doors_on_monday(full):
    """DAY-10: before the clock has even begun the new day."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"), HEAD)
    full.day = date(2026, 11, 30)

    assert full.tap("p3").result == "refused"
    assert full.order(o.VouchFor("p4"), TEACHER)[0].release == ""
