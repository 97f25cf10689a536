"""DAY-5, DAY-7: marks, and whom a release leaves out."""

from __future__ import annotations

import pytest

from controller.domain import day_facts as d
from controller.domain import orders as o
from controller.domain import people_facts as p
from controller.domain.refusals import RULES, Refusal
from tests.controller.domain.kit import (
    COVER,
    DSL,
    HEAD,
    OFFICE,
    OTHER_TEACHER,
    TEACHER,
    kinds,
    ordered,
)


def mark(full, pupil: str, what: str, **more: str) -> None:
    """Let the office mark a pupil."""
    done = full.order(o.MarkPupil(pupil, what, **more), OFFICE)
    assert kinds(done) == ["PupilMarked"]


def test_day_5_a_release_leaves_out_and_says_whom_by_which_mark(full):
    """DAY-5: left early, club, office, held; the reason of a hold is only "office"."""
    mark(full, "p1", "left-early")
    mark(full, "p2", "club", club="chess")
    mark(full, "p3", "office")
    full.hold("p4", "safeguarding")
    full.at("15:15")

    (started,) = full.order(o.ReleaseClass("kestrels"))

    assert started.left_out == (
        d.LeftOut("p1", "left-early"),
        d.LeftOut("p2", "club"),
        d.LeftOut("p3", "office"),
        d.LeftOut("p4", "office"),
    )
    assert started.waves[0].pupils == ("p5", "p6")


def test_day_5_an_absent_pupil_is_left_out(school):
    """DAY-5: absent, with nothing behind the door."""
    school.order(o.MarkPupil("p1", "absent"))
    school.at("15:15")

    (started,) = school.order(o.ReleaseClass("kestrels"))

    assert started.left_out == (d.LeftOut("p1", "absent"),)


@pytest.mark.parametrize("mode", ["tap", "tables", "rows", "all"])
def test_day_5_no_way_of_release_opens_a_marked_pupils_door(full, mode):
    """DAY-5: by itself, whatever the way."""
    for pupil, what in [("p1", "left-early"), ("p3", "office")]:
        mark(full, pupil, what)
    mark(full, "p2", "club", club="chess")
    full.at("15:15")

    told = full.order(o.ReleaseClass("kestrels", mode))

    assert not {1, 2, 3} & set(ordered(told))
    assert {full.tap(pupil).result for pupil in ("p1", "p2", "p3")} == {"refused"}


@pytest.mark.parametrize(
    ("what", "rule"), [("left-early", "left-out"), ("office", "see-teacher")]
)
def test_day_5_a_mark_made_during_the_release_holds_at_once(full, what, rule):
    """DAY-5: the office rings down while the class is going home."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    mark(full, "p3", what)

    assert full.tap("p3").rule == rule
    assert RULES[rule].screen == "teacher"


def test_day_5_a_mark_taken_back_lets_the_pupil_go(full):
    """DAY-5: without a new release."""
    mark(full, "p3", "left-early")
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.order(o.UnmarkPupil("p3"))

    assert full.tap("p3").result == "ordered"


# ------------------------------------------------------------------------------ clubs


def test_day_5_a_club_pupil_waits_for_the_clubs_own_release(full):
    """DAY-5: not the class's; the rule says what is waited for."""
    mark(full, "p2", "club", club="chess")
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    assert full.tap("p2").rule == "at-club"
    full.at("16:10")
    assert full.tap("p2").rule == "at-club"

    full.order(o.ReleaseClub("chess"), TEACHER)

    assert full.tap("p2").compartment == 2


def test_day_5_a_clubs_release_is_its_leaders_or_the_offices(full):
    """DAY-5: another teacher does not lead this club."""
    mark(full, "p2", "club", club="chess")
    full.at("16:10")

    for other in (OTHER_TEACHER, COVER, DSL):
        assert full.order(o.ReleaseClub("chess"), other) == Refusal("no-right")
    for one in (TEACHER, OFFICE, HEAD):
        assert kinds(full.order(o.ReleaseClub("chess"), one)) == ["ReleaseStarted"]


def test_day_5_a_club_takes_pupils_of_several_classes(full):
    """DAY-5: the leader releases whoever is there."""
    mark(full, "p2", "club", club="chess")
    mark(full, "p7", "club", club="chess")
    full.at("16:10")

    (started,) = full.order(o.ReleaseClub("chess"))

    assert started.waves[0].pupils == ("p2", "p7")
    assert full.tap("p7").result == "ordered"
    assert full.tap("p3").rule == "home-time-over"


def test_day_5_who_joins_the_club_after_its_release_may_collect_too(full):
    """DAY-5: marked late, the release runs."""
    mark(full, "p2", "club", club="chess")
    full.at("15:20")
    full.order(o.ReleaseClub("chess"))
    mark(full, "p3", "club", club="chess")

    assert full.tap("p3").result == "ordered"


def test_day_5_a_device_that_is_held_does_not_go_with_the_club(full):
    """DAY-5: nor does it stand in the club's release."""
    mark(full, "p2", "club", club="chess")
    full.hold("p2")

    assert full.order(o.ReleaseClub("chess")) == Refusal("nobody-to-release")


def test_day_5_a_club_with_nobody_says_so(full):
    """DAY-5: nothing to release."""
    assert full.order(o.ReleaseClub("chess")) == Refusal("nobody-to-release")


def test_day_5_after_the_club_what_stays_passes_to_the_office(full):
    """DAY-5, DAY-6: a quarter of an hour after the club's end."""
    mark(full, "p2", "club", club="chess")
    full.at("16:10")
    full.order(o.ReleaseClub("chess"))
    assert ("left-behind", "p2") not in full.asked

    full.at("16:45")

    assert ("left-behind", "p2") in full.asked
    assert full.tap("p2").rule == "home-time-over"


def test_day_6_a_question_that_the_office_closed_is_not_asked_again(full):
    """DAY-6: "kept" stays kept; the clock does not nag every second."""
    mark(full, "p2", "club", club="chess")
    full.at("16:45")
    (question,) = [q for q in full.state.questions.values() if q.pupil == "p2"]

    full.order(o.CloseQuestion(question.question, "kept"), OFFICE)

    assert full.tick() == []
    assert "p2" in full.inside


def test_day_5_a_club_that_is_removed_sends_its_pupils_with_their_classes(full):
    """DAY-5: the marks are taken back in the same step, with who did it."""
    mark(full, "p2", "club", club="chess")
    mark(full, "p7", "club", club="chess")
    mark(full, "p3", "left-early")

    told = full.order(o.RemoveClub("chess"), OFFICE)

    assert told == [
        d.PupilUnmarked("p2", "o1"),
        d.PupilUnmarked("p7", "o1"),
        p.ClubRemoved("chess", "o1"),
    ]
    assert "chess" not in full.state.clubs
    assert set(full.state.marks) == {"p3"}
    full.at("15:15")
    (started,) = full.order(o.ReleaseClass("kestrels"))
    assert "p2" in started.waves[0].pupils
    assert full.tap("p2").result == "ordered"


def test_day_5_a_club_removed_after_its_class_has_gone_goes_with_it(full):
    """DAY-5: the class's release runs; the own tap opens without a new one."""
    mark(full, "p2", "club", club="chess")
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    assert full.tap("p2").rule == "at-club"

    full.order(o.RemoveClub("chess"), HEAD)

    assert full.tap("p2").result == "ordered"


def test_day_6_what_a_removed_club_leaves_inside_is_the_offices(full):
    """DAY-5, DAY-6: removed while its release runs and its classes have gone home."""
    mark(full, "p2", "club", club="chess")
    full.at("16:10")
    full.order(o.ReleaseClub("chess"))
    assert ("left-behind", "p2") not in full.asked

    told = full.order(o.RemoveClub("chess"), OFFICE)
    full.tick()

    assert kinds(told) == ["ReleaseEnded", "PupilUnmarked", "ClubRemoved"]
    assert ("left-behind", "p2") in full.asked
    assert full.tap("p2").rule == "home-time-over"
    assert "p2" in full.inside


def test_day_5_a_club_that_is_no_more_is_unknown(full):
    """DAY-5: twice removed, released, or joined: told, and nothing else changes."""
    full.order(o.RemoveClub("chess"), OFFICE)

    for order in (
        o.RemoveClub("chess"),
        o.ReleaseClub("chess"),
        o.MarkPupil("p2", "club", club="chess"),
    ):
        assert full.order(order, OFFICE) == Refusal("unknown")


# ------------------------------------------------------------------------------ marks


def test_day_7_a_mark_says_who_and_when(full):
    """DAY-7: one tap, with time and who."""
    full.order(o.MarkPupil("p3", "left-early", until="13:00"), TEACHER)

    one = full.state.marks["p3"]
    assert (one.mark, one.by, one.until, one.date) == (
        *("left-early", "t1", "13:00", "2026-11-23"),
    )
    assert one.at_us == full.at_us


def test_day_7_a_mark_ends_by_itself_when_its_time_has_come(full):
    """DAY-7: back from the dentist at one."""
    mark(full, "p3", "left-early", until="13:00")
    full.at("12:59")
    assert "p3" in full.state.marks

    assert full.at("13:00") == [d.PupilUnmarked("p3", "")]


def test_day_7_a_club_mark_that_ended_leaves_no_device_forgotten(full):
    """DAY-7, DAY-6: its class's session is long closed; the office is told."""
    mark(full, "p2", "club", club="chess", until="16:00")

    full.at("16:00")

    assert ("left-behind", "p2") in full.asked


@pytest.mark.parametrize(
    "until", ["10:30", "09:00", "25:00", "1300", "1\uff13:00", "x"]
)
def test_day_7_a_time_that_is_over_or_is_none_is_refused(full, until):
    """DAY-7: it is half past ten."""
    refused = full.order(o.MarkPupil("p3", "left-early", until=until))

    assert refused == Refusal("bad-value")


def test_day_7_marks_are_five_and_a_club_must_exist(full):
    """DAY-7: anything else is refused."""
    assert full.order(o.MarkPupil("p3", "naughty")) == Refusal("bad-value")
    assert full.order(o.MarkPupil("p3", "club", club="ludo")) == Refusal("unknown")
    assert full.order(o.UnmarkPupil("p3")) == Refusal("unknown")


@pytest.mark.parametrize("what", ["none", "absent"])
def test_day_7_a_device_inside_speaks_against_none_and_absent(full, what):
    """DAY-7: a slip of the finger does not hide a device."""
    assert full.order(o.MarkPupil("p3", what)) == Refusal("device-inside")


@pytest.mark.parametrize("what", ["none", "absent"])
def test_day_7_a_device_handed_in_takes_the_mark_away(school, what):
    """DAY-7: the child came after all."""
    school.order(o.MarkPupil("p3", what))
    school.at("08:40")

    school.hand_in("p3")

    assert "p3" not in school.state.marks


def test_day_7_no_device_today_is_no_reason_to_be_left_out(school):
    """DAY-7: "none" has simply nothing in."""
    school.order(o.MarkPupil("p3", "none"))
    school.at("15:15")

    (started,) = school.order(o.ReleaseClass("kestrels"))

    assert started.left_out == ()
    assert school.tap("p3").rule == "nothing-in"


def test_day_7_what_the_office_keeps_a_teacher_cannot_free(full):
    """DAY-7, DAY-5: not by taking the mark back, by another mark, or by a word."""
    mark(full, "p3", "office")
    full.at("15:15")

    for order in (
        o.UnmarkPupil("p3"),
        o.MarkPupil("p3", "left-early"),
        o.VouchFor("p3"),
    ):
        assert full.order(order, TEACHER) == Refusal("see-teacher")
    assert ordered(full.order(o.VouchFor("p3"), OFFICE)) == [3]


def test_day_7_a_teachers_own_office_mark_is_the_teachers_to_take_back(full):
    """DAY-7: a slip of the finger is mended by whoever made it."""
    full.order(o.MarkPupil("p3", "office"), TEACHER)

    assert kinds(full.order(o.UnmarkPupil("p3"), TEACHER)) == ["PupilUnmarked"]


def test_day_5_the_office_mark_keeps_a_device_not_a_hand_in(school):
    """DAY-5: "comes to the office at three" is said at eight; the phone goes in."""
    school.order(o.MarkPupil("p3", "office"), OFFICE)
    school.at("08:40")

    school.hand_in("p3")

    assert school.tap("p3").rule == "see-teacher"


def test_day_5_a_left_out_pupil_may_be_vouched_for_at_home_time(full):
    """DAY-5: the child is there after all; the teacher answers for it."""
    mark(full, "p3", "left-early")
    full.at("15:15")

    assert ordered(full.order(o.VouchFor("p3"), TEACHER)) == [3]


def test_day_5_a_late_release_of_a_club_is_given_its_half_hour(full):
    """DAY-5, DAY-6: nothing is called left behind while it runs."""
    mark(full, "p2", "club", club="chess")
    full.at("16:29")
    full.order(o.ReleaseClub("chess"))
    full.at("16:45")
    assert ("left-behind", "p2") not in full.asked
    assert full.tap("p2").result == "ordered"
    full.miss()

    full.at("16:59")

    assert ("left-behind", "p2") in full.asked
