"""DAY-11: what is written under a guessed clock is of the day it is found to be of."""

from __future__ import annotations

import pytest

from controller.domain import orders as o
from controller.domain import people_facts as p
from controller.domain import undated
from controller.domain.day import class_release
from controller.domain.day_facts import DayBegan
from controller.domain.state import State
from tests.controller.domain.clocks import found
from tests.controller.domain.kit import School, a_full_school, kinds


def of_the_session(state: State) -> list[str]:
    """Return what stands of any day: marks, collections, releases, classes' days."""
    tables = ("marks", "collected", "releases", "class_days")
    return [f"{name}:{key}" for name in tables for key in getattr(state, name)]


def home_time_by_hand(school: School) -> None:
    """Confirm the class, mark one, release it, and let three collect."""
    school.order(o.ConfirmClass("kestrels"))
    school.order(o.MarkPupil("p6", "left-early"))
    school.order(o.ReleaseClass("kestrels"))
    school.collect("p1", "p2", "p3")


@pytest.fixture
def blinked(full: School) -> School:
    """A day begun by a good clock, whose home time was under a guessed one."""
    full.at("15:10")
    full.clock = "guessed"
    home_time_by_hand(full)
    return full


def test_day_11_the_clock_is_back_on_the_same_day_and_what_was_said_is_of_it(blinked):
    """DAY-11: nothing is lost, nothing waits for a date."""
    blinked.clock = "synced"

    told = blinked.at("15:20")

    assert kinds(told) == ["DayBegan"]
    assert not undated.is_any(blinked.state)
    assert set(blinked.state.collected) == {"p1", "p2", "p3"}
    assert "p6" in blinked.state.marks
    assert blinked.state.class_days["kestrels"].confirmed_at_us
    assert blinked.tap("p4").purpose == "out"


def test_day_11_the_morning_after_is_clean(blinked):
    """DAY-11: no release, no "Confirmed at", no "Collected" of the day before."""
    blinked.clock = "synced"
    blinked.at("15:20")

    blinked.at("08:00", days=1)

    assert of_the_session(blinked.state) == []
    assert blinked.inside == {"p4", "p5", "p6", "p7", "p8"}
    assert {pupil for _, pupil in blinked.asked} == blinked.inside


@pytest.mark.parametrize("hm", ["00:10", "08:00", "08:40", "12:00", "15:20"])
def test_day_11_a_night_under_a_guessed_clock_that_goes_on(blinked, hm):
    """DAY-11: the network is back the morning after; the Pi was never off."""
    blinked.at("23:00")
    blinked.at(hm, days=1)
    assert class_release(blinked.state, "kestrels").state == "running"

    told = found(blinked, hm)

    assert kinds(told)[:2] == ["ReleaseEnded", "DayBegan"]
    assert [one for one in of_the_session(blinked.state) if "kestrels" not in one] == []
    day = blinked.state.class_days.get("kestrels")
    assert day is None or not (day.confirmed_at_us or day.by_hand)
    assert blinked.inside == {"p4", "p5", "p6", "p7", "p8"}


def test_day_11_the_power_was_off_for_a_night_and_the_time_comes_late(blinked):
    """DAY-11: the clock went on where it stopped; its error proves nothing."""
    blinked.tell(p.Started("1", "cut", was_off=True))
    blinked.at("15:12")

    found(blinked, "15:20", days=1)

    assert of_the_session(blinked.state) == []
    assert blinked.inside == {"p4", "p5", "p6", "p7", "p8"}


def test_day_11_the_power_blinked_twice_on_one_day_and_nothing_is_lost(blinked):
    """DAY-11: the record is in order, whatever its times say."""
    blinked.at("02:00", days=-3)
    blinked.tell(p.Started("1", "cut", was_off=True))
    blinked.order(o.MarkPupil("p5", "office"))

    found(blinked, "15:20", days=3)

    assert set(blinked.state.marks) == {"p5", "p6"}
    assert set(blinked.state.collected) == {"p1", "p2", "p3"}
    assert blinked.state.class_days["kestrels"].confirmed_at_us


def test_day_11_only_what_was_said_this_morning_is_of_this_morning(blinked):
    """DAY-11: off for a night, a morning by hand, then the time comes in."""
    blinked.tell(p.Started("1", "cut", was_off=True))
    blinked.at("15:13")
    blinked.order(o.OpenDropOff("kestrels"))
    blinked.hand_in("p1")
    blinked.order(o.MarkPupil("p2", "absent"))

    found(blinked, "09:40", days=1)

    assert set(blinked.state.marks) == {"p2"}
    assert not blinked.state.collected
    assert not blinked.state.releases
    day = blinked.state.class_days["kestrels"]
    assert (day.by_hand, day.confirmed_at_us) == ("open", 0)
    assert blinked.state.custody["p1"].date == "2026-11-24"
    assert {pupil for _, pupil in blinked.asked} == {"p4", "p5", "p6", "p7", "p8"}


def test_day_11_a_class_confirmed_by_a_good_clock_is_not_confirmed_tomorrow(full):
    """DAY-11: each part of a class's day goes by its own moment."""
    full.order(o.ConfirmClass("kestrels"))
    full.clock = "guessed"
    full.at("08:45", days=1)
    full.order(o.OpenDropOff("kestrels"))

    found(full, "08:50")

    day = full.state.class_days["kestrels"]
    assert (day.by_hand, day.confirmed_at_us) == ("open", 0)


def test_day_11_times_said_under_a_wrong_clock_are_put_right(blinked):
    """DAY-11: the page says when, by the clock that is believed."""
    found(blinked, "15:20")

    confirmed = blinked.state.class_days["kestrels"].confirmed_at_us
    assert blinked.context().local_hm(confirmed) == "15:20"
    release = class_release(blinked.state, "kestrels")
    assert blinked.context().local_hm(release.at_us) == "15:20"


def test_day_11_a_release_of_a_wrong_clock_is_not_ended_for_its_age(full):
    """DAY-11: released at 15:05, the clock said three in the morning; it is 15:06."""
    full.clock = "guessed"
    full.at("03:00", days=-2)
    full.order(o.ReleaseClass("kestrels"))

    found(full, "15:06", days=2)

    assert class_release(full.state, "kestrels").state == "running"


def test_day_11_a_morning_before_the_first_drop_off_knows_no_release():
    """DAY-11: nobody has handed in yet, so none of it can be of this day."""
    school = a_full_school()
    school.clock = "guessed"
    home_time_by_hand(school)

    found(school, "08:20", days=1)

    assert not school.state.releases
    assert not school.state.collected
    assert not school.state.class_days
    assert "p6" in school.state.marks, "whom the office marks at eight stays marked"


def test_day_11_a_step_of_a_clock_that_stays_guessed_may_be_a_night(blinked):
    """DAY-11: a machine that slept, or a hand that set the clock: nobody can say."""
    blinked.at("09:40", days=1)
    blinked.tell(p.ClockMoved((18 * 60 + 30) * 60_000, "guessed"))

    found(blinked, "09:41")

    assert not blinked.state.releases
    assert not blinked.state.collected


def test_day_11_on_a_day_without_school_nothing_of_a_session_stands(blinked):
    """DAY-11, DAY-10: the time comes in on a Saturday."""
    found(blinked, "15:20", days=5)

    assert not blinked.state.releases
    assert not blinked.state.collected


def test_day_11_a_pi_that_never_knew_the_time_begins_its_first_day_clean():
    """DAY-11: there is no earlier day to put anything on."""
    school = School()
    school.clock = "guessed"
    school.tell(p.ClassSet("kestrels", "Kestrels"), p.PupilSet("p1", "kestrels"))
    school.order(o.MarkPupil("p1", "absent"))
    school.tell(p.Started("1", was_off=True))

    found(school, "09:00")

    assert of_the_session(school.state) == []


def test_day_11_a_record_from_before_days_had_their_times_folds_as_it_did():
    """REL-1: an old entry holds a date alone; what was undated went to that day."""
    school = a_full_school()
    school.clock = "guessed"
    home_time_by_hand(school)
    school.clock = "synced"

    school.tell(DayBegan("2026-11-24"))

    assert set(school.state.collected) == {"p1", "p2", "p3"}
    assert school.state.class_days["kestrels"].confirmed_at_us
