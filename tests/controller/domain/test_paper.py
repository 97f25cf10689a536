"""DAY-13: the sheet is typed back in, late and marked so."""

from __future__ import annotations

import pytest

from controller.domain import orders as o
from controller.domain import today_orders as t
from controller.domain.day_facts import DeviceCollected, DeviceSaidIn
from controller.domain.refusals import Refusal
from tests.controller.domain.kit import MONDAY, OFFICE, a_full_school, a_school, kinds

TODAY = MONDAY.isoformat()


@pytest.fixture
def full():
    """Half past ten, every device handed in."""
    return a_full_school()


def enter(school, *lines, day=TODAY):
    typed = tuple(t.PaperLine(*line) for line in lines)
    return school.order(t.EnterFromPaper(day, typed), OFFICE)


def test_day_13_what_was_collected_by_key_is_typed_in_with_its_own_moment(full):
    """DAY-13: the Pi was dead from three to four; the sheet says who had what when."""
    full.at("16:00")
    facts = enter(full, ("p1", "out", "15:18"), ("p2", "out", "15:19"))

    collected = [fact for fact in facts if isinstance(fact, DeviceCollected)]
    assert [(one.pupil, one.paper, one.written) for one in collected] == [
        ("p1", True, f"{TODAY}T15:18"),
        ("p2", True, f"{TODAY}T15:19"),
    ]
    assert full.inside.isdisjoint({"p1", "p2"})
    assert {"p1", "p2"} <= set(full.state.collected)


def test_day_13_typing_it_in_answers_what_the_office_was_asked(full):
    """DAY-13 DAY-6: a device that was said to be left behind has gone home."""
    full.at("17:00")
    assert ("left-behind", "p1") in full.asked

    enter(full, ("p1", "out", "15:20"))

    assert ("left-behind", "p1") not in full.asked


def test_day_13_a_morning_on_paper_is_said_to_be_in(full):
    """DAY-13: handed in by hand; an adult still confirms the class."""
    school = a_school()
    school.at("09:50")
    facts = enter(school, ("p1", "in", "08:41"), ("p2", "in", "08:42", 9))

    assert all(isinstance(fact, DeviceSaidIn) and fact.paper for fact in facts)
    assert school.state.custody["p2"].compartment == 9
    assert school.state.custody["p1"].stage == "said"
    school.order(o.ConfirmClass("kestrels"))
    assert school.state.custody["p1"].stage == "in"


def test_day_13_yesterdays_sheet_is_of_yesterday(full):
    """DAY-13: typed in the next morning; nobody has collected today."""
    full.at("08:00", days=1)
    enter(full, ("p1", "out", "15:20"))

    assert "p1" not in full.state.custody
    assert "p1" not in full.state.collected


def test_day_13_in_and_out_of_one_sheet_follow_each_other(full):
    """DAY-13: the whole day was on paper."""
    school = a_school()
    school.at("16:00")
    facts = enter(school, ("p1", "in", "08:41"), ("p1", "out", "15:20"))

    assert kinds(facts)[:2] == ["DeviceSaidIn", "DeviceCollected"]
    assert not school.inside


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (("p1", "in", "10:00"), "already-in"),
        (("p1", "gone", "10:00"), "unknown"),
        (("p99", "out", "10:00"), "unknown"),
        (("p1", "out", "10:31"), "bad-value"),
        (("p1", "out", "25:00"), "bad-value"),
    ],
)
def test_day_13_all_lines_or_none(full, line, rule):
    """DAY-13: the wrong line is named by its door; nothing of the sheet is kept."""
    before = full.state

    refused = enter(full, ("p2", "out", "10:10"), line)

    assert refused == Refusal(rule)
    assert full.state == before
    if line[0] == "p1":
        assert refused.words.startswith("Door 1: ")


@pytest.mark.parametrize("day", ["2026-11-24", "2026-11-01", "yesterday", ""])
def test_day_13_a_sheet_is_of_these_two_weeks(full, day):
    """DAY-13."""
    assert enter(full, ("p1", "out", "10:00"), day=day) == Refusal("bad-value")
    assert enter(full) == Refusal("bad-value")


def test_cus_1_a_held_device_is_not_typed_out(full):
    """CUS-1 DAY-13: do not open means do not type either: the desk hands it over."""
    full.hold("p1")
    assert enter(full, ("p1", "out", "10:10")) == Refusal("nothing-in")
    assert enter(full, ("p1", "in", "10:10")) == Refusal("see-teacher")


def test_day_13_nothing_is_typed_behind_a_door_that_is_somebody_elses(full):
    """DAY-13: taken, a holding door, a door that is not there, an open one."""
    full.at("15:16")
    full.order(o.ReleaseClass("kestrels"))
    full.collect("p1")
    for n, rule in ((2, "taken"), (10, "no-compartment"), (99, "no-compartment")):
        assert enter(full, ("p1", "in", "15:16", n)) == Refusal(rule)
    full.tap("p2")
    assert enter(full, ("p2", "out", "15:16")) == Refusal("door-is-open")
