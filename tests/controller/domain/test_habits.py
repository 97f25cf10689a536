"""DAY-8: who usually hands in, from what was handed in; a question and no more."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from controller.domain import orders as o
from controller.domain.habits import DAYS, LEAST, is_usual
from controller.domain.morning import whom_to_ask
from controller.domain.record_state import Record
from controller.domain.state import put
from tests.controller.domain.kit import KESTRELS, a_school


def morning(school, *pupils, absent=(), first=False):
    """Let a school day pass on which these hand in, and collect at home time."""
    friday = 4
    night = 3 if school.day.weekday() == friday else 1
    school.at("08:40", days=0 if first else night)
    school.hand_in(*pupils)
    for pupil in absent:
        school.order(o.MarkPupil(pupil, "absent"))
    school.at("15:16")
    school.order(o.ReleaseClass("kestrels"))
    school.collect(*pupils)
    school.at("17:00")


def test_day_8_usual_is_more_than_half_of_the_last_days():
    """DAY-8: p1 always, p2 on two of five, p3 never."""
    school = a_school()
    for day, two in enumerate((True, False, True, False)):
        morning(school, "p1", *(["p2"] if two else []), first=day == 0)
    school.at("08:00", days=1)

    assert is_usual(school.state, "p1")
    assert not is_usual(school.state, "p2")
    assert not is_usual(school.state, "p3")


def test_day_8_nothing_is_usual_before_a_few_days_are_known():
    """DAY-8: in the first week of a year nobody is asked."""
    school = a_school()
    for day in range(LEAST):
        assert not is_usual(school.state, "p1")
        morning(school, "p1", first=day == 0)
    school.at("08:00", days=1)

    assert is_usual(school.state, "p1")


def test_day_8_a_day_of_absence_says_nothing_about_the_pupil():
    """DAY-8: a week of chickenpox does not end a habit, nor a holiday."""
    school = a_school()
    for day in range(3):
        morning(school, "p1", "p2", first=day == 0)
    morning(school, "p2", absent=["p1"])
    school.day += 3 * school.day.resolution  # a weekend, nobody there
    morning(school, "p2", absent=["p1"])
    school.at("08:00", days=1)

    assert school.state.habits["p1"].known == 3
    assert is_usual(school.state, "p1")


def test_day_8_who_has_a_word_for_it_is_not_asked_about():
    """DAY-8 REC-3: a mark, a held device, an exception that holds, a device inside."""
    school = a_school()
    for day in range(3):
        morning(school, *KESTRELS, first=day == 0)
    school.at("08:40", days=1)
    school.hand_in("p1", "p3")
    school.order(o.MarkPupil("p2", "none"))
    school.hold("p3")
    days = (("first", "2026-09-02"), ("last", "2026-12-18"))
    kept = Record("e1", "exception", "p4", "o1", 0, "", days, approved_us=1)
    school.state = put(school.state, "records", "e1", kept)

    assert whom_to_ask(school.state, "kestrels", school.context()) == {"p5", "p6"}


def test_day_8_a_device_that_stays_over_night_was_handed_in():
    """DAY-8 DAY-6: and is no hand-in of the next day."""
    school = a_school()
    school.at("08:40")
    school.hand_in("p1")
    school.at("17:00")
    school.at("17:00", days=1)
    school.at("08:00", days=1)

    assert school.state.habits["p1"].handed == 0b1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sets(st.sampled_from(list(KESTRELS))), max_size=14))
def test_day_8_what_is_remembered_is_bounded_and_counts_days(days):
    """DAY-8: ten days, ten bits, whatever happens; the newest is the lowest bit."""
    school = a_school()
    for day, pupils in enumerate(days):
        morning(school, *sorted(pupils), first=day == 0)
    school.at("08:00", days=1)

    counted = [pupils for pupils in days if pupils]
    for pupil in KESTRELS:
        habit = school.state.habits.get(pupil)
        newest = counted[::-1][:DAYS]
        assert (habit.known if habit else 0) == len(newest)
        bits = sum(1 << i for i, pupils in enumerate(newest) if pupil in pupils)
        assert (habit.handed if habit else 0) == bits
