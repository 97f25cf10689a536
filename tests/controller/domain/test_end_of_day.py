"""DAY-6: the session closes itself, and what stays is asked about."""

from __future__ import annotations

import pytest

from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.domain import orders as o
from controller.domain import people_facts as p
from controller.domain.refusals import Refusal
from tests.controller.domain.kit import (
    KESTRELS,
    OFFICE,
    TEACHER,
    WRENS,
    collected,
    kinds,
    ordered,
)


def test_day_6_given_home_time_over_then_the_session_closes_itself(full):
    """DAY-6: at a quarter to four the teachers are at the gate."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.collect(*(pupil for pupil in KESTRELS if pupil != "p3"))

    told = full.at("15:45")

    assert kinds(told)[:3] == ["ReleaseEnded", "SessionClosed", "QuestionRaised"]
    assert full.asked == [
        ("left-behind", "p3"),
        *(("left-behind", pupil) for pupil in WRENS),
    ]


def test_day_6_what_was_left_behind_stays_locked(full):
    """DAY-6: it has passed to the office."""
    full.at("15:45")

    assert full.tap("p3").rule == "home-time-over"


def test_day_6_a_session_is_closed_once_a_day(full):
    """DAY-6: the clock does not repeat itself."""
    full.at("15:45")

    assert full.tick() == []
    assert full.at("23:59") == []


def test_day_6_a_late_release_is_given_its_half_hour(full):
    """DAY-6: the bus was late; the class is released at twenty to four."""
    full.at("15:40")
    full.order(o.ReleaseClass("kestrels"))

    full.at("16:09")
    assert full.tap("p3").result == "ordered"
    full.miss()
    full.at("16:10")

    assert full.tap("p3").rule == "home-time-over"


def test_day_6_given_the_session_closed_when_released_again_then_it_opens_again(full):
    """DAY-6: the teacher finds them all still there."""
    full.at("15:45")

    full.order(o.ReleaseClass("kestrels"))
    full.collect("p3")

    assert ("left-behind", "p3") not in full.asked
    assert ("left-behind", "p4") in full.asked
    told = full.at("16:15")
    assert kinds(told) == ["ReleaseEnded", "SessionClosed"]


def test_day_6_given_a_device_left_behind_when_collected_then_the_question_closes(full):
    """DAY-6: by the office's word; the closing is a fact of its own."""
    full.at("15:50")
    full.order(o.VouchFor("p3"), OFFICE)

    told = full.use(3)

    assert collected(told) == ["p3"]
    closed = [fact for fact in told if isinstance(fact, d.QuestionClosed)]
    assert [fact.how for fact in closed] == ["collected"]


def test_day_6_handed_over_ends_custody_and_kept_does_not(full):
    """DAY-6: to a parent at the desk, or into the safe."""
    full.at("15:45")
    questions = {q.pupil: q.question for q in full.state.questions.values()}

    full.order(o.CloseQuestion(questions["p3"], "handed-over"), OFFICE)
    full.order(o.CloseQuestion(questions["p4"], "kept"), OFFICE)

    assert "p3" not in full.inside
    assert "p4" in full.inside
    assert full.tick() == []


@pytest.mark.parametrize("how", ["collected", "by-itself", "lost"])
def test_day_6_only_a_persons_ways_close_a_question(full, how):
    """DAY-6: what the doors tell, nobody can say for them."""
    full.at("15:45")
    question = next(iter(full.state.questions))

    refused = full.order(o.CloseQuestion(question, how), OFFICE)

    assert refused == Refusal("bad-value")


def test_day_6_a_door_that_stands_open_is_asked_about_until_it_is_shut(full):
    """DAY-6: its device may be out already, so it is not called left behind."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tap("p3")
    full.power()
    full.pull(3)
    full.at("15:45")
    assert ("door-open", "p3") in full.asked
    assert ("left-behind", "p3") not in full.asked

    told = full.push(3)

    assert collected(told) == ["p3"]
    assert ("door-open", "p3") not in full.asked


def test_day_6_the_teacher_may_end_it_by_hand(full):
    """DAY-6: once; a second press has nothing to end."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))

    told = full.order(o.EndSession("kestrels"))

    assert kinds(told)[:2] == ["ReleaseEnded", "SessionClosed"]
    assert full.tap("p3").rule == "home-time-over"
    assert full.order(o.EndSession("kestrels")) == Refusal("not-running")


def test_day_6_what_was_never_released_cannot_be_ended(full):
    """DAY-6: a slip of the finger in lessons."""
    assert full.order(o.EndSession("kestrels")) == Refusal("not-running")


def test_day_6_over_a_night_the_question_keeps_its_day(full):
    """DAY-6: nights and weekends are counted from the day of the hand-in."""
    full.at("15:45")

    full.at("08:00", days=3)

    assert {q.date for q in full.state.questions.values()} == {"2026-11-23"}
    assert full.inside == {*KESTRELS, *WRENS}


def test_day_6_a_day_that_ended_without_power_is_asked_about_the_next_morning(full):
    """DAY-6: the plug was pulled at three; nobody closed the session."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.collect("p1")

    told = full.at("07:50", days=1)

    assert kinds(told)[0] == "ReleaseEnded"
    assert ("left-behind", "p3") in full.asked
    assert ("left-behind", "p1") not in full.asked
    assert {q.date for q in full.state.questions.values()} == {"2026-11-23"}
    assert full.tap("p3").rule == "before-drop-off"


def test_day_6_a_new_day_begins_without_yesterdays_marks_and_releases(full):
    """DAY-6: marks are of a day, custody is not."""
    full.order(o.MarkPupil("p3", "left-early"))
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))

    full.at("08:00", days=1)

    assert not full.state.marks
    assert not full.state.releases
    assert not full.state.collected
    assert full.state.the_bank.date == "2026-11-24"


def test_day_6_a_day_that_begins_while_a_door_is_open_loses_nothing(full):
    """DAY-6: shut the next morning, it counts as collected."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tap("p3")
    full.power()
    full.pull(3)

    full.at("07:00", days=1)

    assert collected(full.push(3)) == ["p3"]


def test_day_6_a_clock_that_goes_back_a_day_calls_nothing_left_behind(full):
    """DAY-6: somebody corrects the date; the devices were handed in "tomorrow"."""
    full.at("10:30", days=-1)

    assert full.asked == []
    assert full.state.the_bank.date == "2026-11-22"


def test_day_6_a_clock_that_goes_back_within_the_day_closes_the_session_again(full):
    """DAY-6: what is handed in after it has its own home time."""
    full.at("15:45")
    full.at("08:40")
    full.tell(p.PupilSet("p9", "kestrels", "", 9), p.CardEnrolled("c-p9", "p9"))
    full.hand_in("p9")
    full.at("12:00")
    assert ("left-behind", "p9") not in full.asked

    full.at("15:45")

    assert ("left-behind", "p9") in full.asked


# ---------------------------------------------------------------------- leavers


def test_day_6_a_device_of_a_pupil_who_left_the_roll_is_asked_about(full):
    """DAY-6: at once, not at home time; the card is dead, the office can open."""
    full.tell(p.CardRevoked("c-p3", "left"), p.PupilLeft("p3"))

    full.tick()

    assert full.asked == [("left-behind", "p3")]
    assert full.tap("p3").result == "unknown"
    assert ordered(full.order(o.VouchFor("p3"), OFFICE)) == [3]
    assert collected(full.use(3)) == ["p3"]
    assert full.asked == []


@pytest.mark.parametrize("at", ["08:40", "09:45", "11:00", "15:20", "17:00"])
def test_cus_1_a_leavers_device_comes_out_on_the_offices_word_at_any_hour(full, at):
    """CUS-1 DAY-6: also while others hand in; it never goes in again."""
    full.tell(p.CardRevoked("c-p3", "left"), p.PupilLeft("p3"))
    full.at(at, days=1)

    (order,) = [
        fact
        for fact in full.order(o.VouchFor("p3"), OFFICE)
        if isinstance(fact, f.ReleaseOrdered)
    ]
    assert (order.compartment, order.purpose) == (3, "out")
    assert collected(full.use(3)) == ["p3"]


@pytest.mark.parametrize("at", ["08:40", "09:45", "11:00"])
def test_cus_1_a_leavers_device_is_not_the_teachers_to_give_in_school_hours(full, at):
    """CUS-1: as with any other pupil's."""
    full.tell(p.CardRevoked("c-p3", "left"), p.PupilLeft("p3"))
    full.at(at, days=1)

    assert full.order(o.VouchFor("p3"), TEACHER) == Refusal("lessons")


def test_day_6_a_leaver_with_nothing_in_is_given_no_door(school):
    """DAY-6: nor a mark."""
    school.tell(p.PupilLeft("p3"))
    school.at("08:40")

    assert school.order(o.VouchFor("p3"), OFFICE) == Refusal("unknown")
    assert school.order(o.MarkPupil("p3", "absent"), OFFICE) == Refusal("unknown")


def test_day_6_a_leavers_door_is_not_given_away_with_the_device_in_it(full):
    """DAY-6: not by the page, and not by the roll."""
    full.tell(p.PupilLeft("p3"), p.PupilSet("p9", "kestrels", "", 0))
    refused = full.order(o.SetPupil("p9", compartment=3), OFFICE)
    assert refused == Refusal("taken")

    full.tell(p.PupilSet("p9", "kestrels", "", 3), p.CardEnrolled("c-p9", "p9"))
    full.at("08:40", days=1)

    assert full.tap("p9").rule == "taken"


def test_day_6_a_forced_door_is_one_question_and_its_device_another(full):
    """DAY-6: asked about at noon, and again when it stays behind."""
    full.pull(3)
    full.push(3)

    full.at("15:45")

    assert {("forced", "p3"), ("left-behind", "p3")} <= set(full.asked)


def test_day_6_an_old_question_does_not_hand_over_a_new_device(school):
    """DAY-6: door 1 was asked about on Monday; on Tuesday the device is in door 2."""
    school.first_free()
    school.at("08:40")
    school.hand_in("p3")
    school.pull(1)
    school.push(1)
    (question,) = school.state.questions
    school.at("15:15")
    school.order(o.VouchFor("p3"), OFFICE)
    school.use(1)
    school.at("08:40", days=1)
    school.hand_in("p1", "p3")

    school.order(o.CloseQuestion(question, "handed-over"), OFFICE)

    assert school.inside == {"p1", "p3"}
