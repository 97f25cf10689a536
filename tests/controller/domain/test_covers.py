"""DAY-12: a cover teacher has a class for a stretch of time, which ends by itself."""

from __future__ import annotations

from datetime import time

import pytest

from controller.domain import orders as o
from controller.domain import today_orders as t
from controller.domain.context import Actor
from controller.domain.decide_cover import LONGEST_US
from controller.domain.people_facts import CardEnrolled, StaffLeft, StaffSet
from controller.domain.refusals import Refusal
from tests.controller.domain.kit import MONDAY, OFFICE, a_full_school, kinds


@pytest.fixture
def full():
    """Half past ten."""
    return a_full_school()


def give(school, staff="v9", classes=("kestrels",), until="12:00"):
    until_us = school.calendar.instant(MONDAY, time.fromisoformat(until))
    return school.order(t.GiveCover(staff, classes, until_us), OFFICE)


def actor(school, staff="v9"):
    known = school.state.staff[staff]
    return Actor(staff, known.roles, known.classes)


def test_day_12_a_cover_has_its_class_and_no_other(full):
    """DAY-12 ACC-6: a teacher's acts, that class, nothing about people."""
    give(full)
    cover = actor(full)

    assert not isinstance(full.order(o.MarkPupil("p1", "absent"), cover), list)
    assert full.order(o.ConfirmClass("kestrels"), cover)
    assert full.order(o.ConfirmClass("wrens"), cover) == Refusal("not-your-class")
    assert full.order(o.SetPupil("p1", group="elm"), cover) == Refusal("no-right")


def test_day_12_a_cover_ends_by_itself_with_account_and_card(full):
    """DAY-12: at its minute; the day card's tap is nobody's from then on."""
    give(full)
    full.tell(CardEnrolled("c-v9", "v9"))
    assert full.tap("v9").result == "staff"
    assert not full.at("11:59")

    done = full.at("12:00")

    assert kinds(done) == ["CoverEnded", "StaffLeft", "CardRevoked"]
    assert not full.state.covers
    assert actor(full) == Actor("v9")
    assert full.tap("v9").result == "unknown"
    assert full.order(o.ConfirmClass("kestrels"), actor(full)) == Refusal("no-right")
    assert not full.tick(), "said once"


def test_day_11_under_a_guessed_clock_a_cover_does_not_end_by_itself(full):
    """DAY-11 DAY-12: not in the middle of a lesson; once the clock is believed it does.

    The office can end it by hand meanwhile.
    """
    give(full)
    give(full, "v8")
    full.clock = "guessed"
    assert not full.at("14:00")
    done = full.order(t.EndCover("v8"), OFFICE)
    assert kinds(done) == ["CoverEnded", "StaffLeft"]
    full.clock = "synced"

    assert "CoverEnded" in kinds(full.tick())


def test_day_12_a_cover_that_the_night_overtook_ends_in_the_morning(full):
    """DAY-12: the Pi was off at noon."""
    give(full)
    full.at("08:00", days=1)
    assert not full.state.covers


@pytest.mark.parametrize(
    ("order", "rule"),
    [
        ({"until": "10:00"}, "cover-time"),
        ({"until": "10:30"}, "cover-time"),
        ({"classes": ()}, "unknown"),
        ({"classes": ("owls",)}, "unknown"),
        ({"staff": "t1"}, "taken"),
        ({"staff": "p1"}, "taken"),
    ],
)
def test_day_12_a_cover_is_new_has_classes_and_an_end_to_come(full, order, rule):
    """DAY-12: nobody's own account is turned into one."""
    before = full.state
    assert give(full, **order) == Refusal(rule)
    assert full.state == before


def test_day_12_a_cover_lasts_a_month_at_most(full):
    """DAY-12: longer is an account of leadership's."""
    order = t.GiveCover("v9", ("kestrels",), full.at_us + LONGEST_US + 1)
    assert full.order(order, OFFICE) == Refusal("cover-time")


def test_acc_4_an_account_that_leadership_changes_or_ends_is_no_cover_any_more(full):
    """ACC-4: made a teacher, it stays; ended there, it is not ended twice."""
    give(full)
    give(full, "v8")
    full.tell(StaffSet("v9", ("teacher",), ("kestrels",)), StaffLeft("v8"))

    assert not full.at("12:00")
    assert full.state.staff["v9"].active
