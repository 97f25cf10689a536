"""DAY-10: the school closes early today, at once or at a time to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from types import MappingProxyType

import pytest

from controller.domain.calendar import ClosureKind, DayTimes, SchoolCalendar
from controller.domain.closure import close_early
from controller.domain.refusals import Refusal
from tests.controller.domain.kit import CALENDAR, MONDAY, School

SUNDAY, SATURDAY = date(2026, 11, 22), date(2026, 11, 28)


def decided(school: School, hm: str) -> Refusal | SchoolCalendar:
    """Ask for today's end at ``hm``."""
    return close_early(time.fromisoformat(hm), school.context())


def test_day_10_a_time_to_come_ends_today_and_no_other_day(full):
    """DAY-10: snow at noon."""
    full.at("12:00")

    calendar = decided(full, "13:00")

    assert calendar.half_days == {MONDAY: time(13, 0)}


def test_day_10_the_present_minute_closes_at_once(full):
    """DAY-10: the boiler breaks; whoever types the time that it is means now."""
    full.at("13:20")

    full.calendar = decided(full, "13:20")

    assert full.tap("p3").rule == "not-released"


@pytest.mark.parametrize("hm", ["13:19", "11:00", "09:00"])
def test_day_10_a_time_that_is_past_is_refused(full, hm):
    """DAY-10, WEB-6: the past cannot be changed; it says what, why and what to do."""
    full.at("13:20")

    refusal = decided(full, hm)

    assert refusal == Refusal("closure-past")
    assert refusal.words == f"{hm} is past: it is 13:20 now. The day was not changed."
    assert "now to close at once" in refusal.remedy


@pytest.mark.parametrize("hm", ["15:15", "15:30", "23:59", "08:50", "08:00", "00:00"])
def test_day_10_what_is_no_early_end_is_refused(school, hm):
    """DAY-10: nothing would be earlier, or the whole day would be gone."""
    school.at("07:00")

    refusal = decided(school, hm)

    assert refusal == Refusal("closure-outside")
    assert refusal.words == (
        f"{hm} is no early end: today there are lessons from 08:50 until 15:15."
    )


def test_day_10_a_class_that_goes_home_later_can_be_sent_home_earlier(full):
    """DAY-10: the day's end is the last class's."""
    monday = MappingProxyType({0: DayTimes(home_time=time(15, 30))})
    full.calendar = replace(CALENDAR, classes={"kestrels": monday})
    full.at("13:00")

    assert isinstance(decided(full, "15:20"), SchoolCalendar)
    assert decided(full, "15:30") == Refusal("closure-outside")


def test_day_10_a_closure_can_be_put_off_again(full):
    """DAY-10: the coaches come later; what counts is the day as it was planned."""
    full.at("12:00")
    full.calendar = decided(full, "13:00")
    full.at("12:30")

    assert decided(full, "14:00").half_days == {MONDAY: time(14, 0)}


@pytest.mark.parametrize("days", [-1, 5])
def test_day_10_without_school_there_is_nothing_to_close(full, days):
    """DAY-10: a Sunday, a Saturday."""
    full.at("12:00", days=days)

    refusal = decided(full, "13:00")

    assert refusal == Refusal("no-school")
    assert refusal.words == "There is no school today, so there is nothing to close."


def test_day_10_a_day_that_is_closed_already_is_not_closed_early(full):
    """DAY-10: INSET."""
    full.calendar = full.calendar.closed_on(MONDAY, ClosureKind.INSET)
    full.at("12:00")

    assert decided(full, "13:00") == Refusal("no-school")


def test_day_11_no_day_is_closed_by_a_clock_that_is_only_guessed(full):
    """DAY-11: another day than today would end early."""
    full.clock = "guessed"
    full.at("12:00")

    refusal = decided(full, "13:00")

    assert refusal == Refusal("by-hand")
    assert "by hand on their pages" in refusal.remedy
