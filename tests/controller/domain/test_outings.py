"""DAY-7, REC-4: a class takes its devices out before home time and brings them back."""

from __future__ import annotations

import pytest

from controller.domain import orders as o
from controller.domain import outings
from controller.domain import today_facts as f
from controller.domain import today_orders as t
from controller.domain.day_facts import DeviceCollected, DeviceSaidIn
from controller.domain.record_state import Record
from controller.domain.refusals import Refusal
from controller.domain.state import put
from tests.controller.domain.kit import HEAD, KESTRELS, MONDAY, TEACHER, a_full_school


@pytest.fixture
def full():
    """Ten in the morning, every device handed in."""
    return a_full_school()


def begin(school, *pupils, why="trip", by=TEACHER):
    done = school.order(t.BeginOuting("kestrels", why, pupils), by)
    if isinstance(done, Refusal):
        return done
    return done[0]


def counts(school):
    (outing,) = school.state.outings.values()
    return len(outing.pupils), len(outing.out), len(outing.back)


def move(school, stage):
    (outing,) = school.state.outings.values()
    return school.order(t.MoveOuting(outing.outing, stage))


def test_day_7_a_trip_takes_devices_out_and_counts_them_in_again(full):
    """DAY-7: out, back, missing; one never comes back."""
    assert begin(full).pupils == tuple(KESTRELS)
    full.collect(*list(KESTRELS)[:5])
    move(full, "away")
    assert full.tap("p6").rule == "lessons", "taking out is over"
    full.at("11:30")
    move(full, "returning")
    full.hand_in("p1", "p2", "p3", "p4")

    (over,) = move(full, "over")

    assert (over.out, over.back, over.missing) == (5, 4, ("p5",))
    assert counts(full) == (6, 5, 4)
    assert full.inside >= {"p1", "p2", "p3", "p4", "p6"}
    assert full.tap("p1").rule == "lessons"


def test_day_7_part_of_a_class_goes_and_nobody_else_takes_anything_out(full):
    """DAY-7: the others' taps open nothing, of whichever class."""
    begin(full, "p1", "p2")

    assert full.tap("p1").purpose == "out"
    assert full.tap("p3").rule == "lessons"
    assert full.tap("p7").rule == "lessons"


def test_day_7_a_second_tap_opens_again_while_taking_and_nobody_hands_in(full):
    """DAY-7: a charger was forgotten."""
    begin(full)
    full.collect("p1")

    assert full.tap("p1").purpose == "out"


def test_day_7_who_is_back_does_not_take_it_out_again(full):
    """DAY-7 DAY-2: five minutes of double taps, then the device is in for good."""
    begin(full)
    full.collect("p1", "p2")
    full.at("11:00")
    move(full, "returning")
    full.hand_in("p1")
    full.at("11:06")

    assert full.tap("p1").rule == "already-in"
    assert full.tap("p2").purpose == "in"


def test_day_7_who_took_nothing_out_brings_nothing_back(full):
    """DAY-7: left behind on purpose; the tap opens nothing, the count stays."""
    begin(full, "p1", "p2")
    full.collect("p1")
    move(full, "returning")

    assert full.tap("p2").rule == "lessons"
    full.tell(DeviceSaidIn("p2", 2, ("phone",)), DeviceCollected("p2", 2))
    assert counts(full) == (2, 1, 0), "what the office does meanwhile is no outing"


@pytest.mark.parametrize("mark", ["left-early", "office"])
def test_day_7_a_mark_keeps_a_pupil_out(full, mark):
    """DAY-7: before it begins, and while devices are taken out."""
    full.order(o.MarkPupil("p1", mark))
    assert "p1" not in begin(full).pupils
    full.order(o.MarkPupil("p2", mark))
    assert full.tap("p2").result == "refused"


def test_day_7_a_held_device_stays(full):
    """DAY-7 CUS-2: confiscated before or during the trip: it is on no outing."""
    full.hold("p1")
    assert "p1" not in begin(full).pupils
    full.hold("p2")
    assert full.tap("p2").rule == "see-teacher"


def test_day_7_a_stage_that_nobody_ends_runs_out_within_the_hour(full):
    """DAY-7: taking becomes away, returning becomes over; by itself, with nobody."""
    begin(full)
    full.collect("p1")
    full.at("11:29")
    assert full.tap("p2").purpose == "out"
    full.at("11:30")
    assert full.tap("p3").rule == "lessons"
    move(full, "returning")
    full.at("12:30")

    (outing,) = full.state.outings.values()
    assert (outing.stage, outing.missing) == ("over", ("p1",))


def test_day_11_under_a_guessed_clock_no_stage_ends_by_itself(full):
    """DAY-11."""
    full.clock = "guessed"
    begin(full)
    full.at("13:30")

    assert full.tap("p1").purpose == "out"


def test_day_7_a_trip_that_is_late_ends_with_the_day(full):
    """DAY-7: whoever is out keeps the device; nothing is asked of the office."""
    begin(full)
    full.collect("p1")
    move(full, "away")
    full.at("17:00")

    (outing,) = full.state.outings.values()
    assert outing.stage == "over"
    assert ("left-behind", "p1") not in full.asked
    full.at("08:00", days=1)
    assert not full.state.outings


def test_day_7_power_off_over_night_ends_a_trip_before_the_day_begins(full):
    """DAY-7: the count is written all the same."""
    begin(full)
    full.collect("p1", "p2")
    full.day += full.day.resolution  # nobody ticked in the evening

    facts = full.at("08:00", days=0)

    assert [fact.out for fact in facts if isinstance(fact, f.OutingOver)] == [2]


def test_day_7_a_release_at_home_time_goes_before_an_outing(full):
    """DAY-4 DAY-7: late back: whoever handed in again collects."""
    begin(full)
    full.collect("p1", "p2")
    move(full, "returning")
    full.at("15:16")
    full.order(o.ReleaseClass("kestrels"))

    assert full.tap("p3").purpose == "out"


@pytest.mark.parametrize(
    ("hour", "rule"), [("10:30", "already-released"), ("15:16", "already-released")]
)
def test_day_7_no_outing_while_the_class_is_released(full, hour, rule):
    """DAY-7: one thing at a time."""
    full.at(hour)
    full.order(o.ReleaseClass("kestrels"))

    assert begin(full) == Refusal(rule)


def test_day_15_in_an_evacuation_no_outing_opens_a_door(full):
    """DAY-15."""
    begin(full)
    full.order(o.Evacuate())

    assert full.tap("p1").rule == "evacuated"
    assert begin(full) == Refusal("evacuated")


def test_rec_4_use_in_a_lesson_needs_a_record_that_leadership_approved(full):
    """REC-4: none, waiting, approved; the outing says which."""
    assert begin(full, why="lesson") == Refusal("not-approved")
    values = (("day", MONDAY.isoformat()), ("starts", "10:00"), ("ends", "11:00"))
    lesson = Record("e1", "education", "kestrels", "t1", 0, "", values)
    full.state = put(full.state, "records", "e1", lesson)
    assert begin(full, why="lesson") == Refusal("not-approved")
    approved = Record(
        *("e1", "education", "kestrels", "t1", 0, "", values),
        approved_us=1,
        approved_by="h1",
    )
    full.state = put(full.state, "records", "e1", approved)

    assert begin(full, why="lesson").record == "e1"


def test_rec_5_whoever_sits_an_examination_goes_on_no_outing(full):
    """REC-5: nothing opens during the session."""
    values = (
        ("day", MONDAY.isoformat()),
        *(("starts", "10:00"), ("ends", "11:00"), ("pupils", "p1,p2")),
    )
    exam = Record("x1", "exam", "kestrels", "t1", 0, "", values)
    full.state = put(full.state, "records", "x1", exam)

    assert begin(full).pupils == ("p3", "p4", "p5", "p6")


def test_day_7_a_pupil_is_on_one_outing_at_a_time(full):
    """DAY-7: two groups of one class."""
    begin(full, "p1", "p2")

    assert begin(full, "p2", "p3").pupils == ("p3",)
    assert begin(full, "p1") == Refusal("nobody-to-release")


def test_sec_3_an_outing_of_somebody_elses_class_or_pupils_is_refused(full):
    """SEC-3: ids of another class, of nobody; stages that do not follow."""
    assert begin(full, "p7") == Refusal("unknown")
    assert full.order(t.BeginOuting("wrens", "trip")) == Refusal("not-your-class")
    assert full.order(t.BeginOuting("owls", "trip"), HEAD) == Refusal("unknown")
    assert full.order(t.BeginOuting("kestrels", "party")) == Refusal("bad-value")
    assert full.order(t.MoveOuting("u99", "away")) == Refusal("unknown")
    begin(full)
    assert move(full, "party") == Refusal("bad-value")
    move(full, "over")
    assert move(full, "returning") == Refusal("bad-value")


def test_day_7_a_teacher_vouches_for_a_lost_card_on_a_trip(full):
    """DAY-7 DAY-9: the adult's word opens as the tap would have."""
    begin(full)
    (order,) = full.order(o.VouchFor("p1"))
    full.use(order.compartment)

    assert order.purpose == "out"
    assert counts(full) == (6, 1, 0)


def test_every_stage_is_decided():
    """A stage that is added wants a thought about where it leads."""
    assert set(outings.NEXT) == {"taking", "away", "returning", "over"}
