"""DAY-3: during the day a pupil's tap opens nothing."""

from __future__ import annotations

import pytest

from controller.domain import orders as o
from controller.domain import tap_facts as t
from controller.domain.refusals import RULES, Refusal
from tests.controller.domain.kit import (
    DSL,
    HEAD,
    KESTRELS,
    OFFICE,
    TEACHER,
    ordered,
)


def test_day_3_given_noon_when_a_pupil_taps_then_nothing_opens(full):
    """DAY-3: the refusal is a fact, and its rule is what staff read."""
    full.at("12:00")

    tap = full.tap("p3")

    assert (tap.result, tap.rule, tap.compartment) == ("refused", "lessons", 0)
    assert tap.facts == (
        t.CardTapped("front", "c-p3", "p3"),
        t.TapRefused("front", "p3", "lessons"),
    )
    assert RULES["lessons"].screen == "notnow"


@pytest.mark.parametrize(
    ("hm", "rule"),
    [
        ("06:00", "before-drop-off"),
        ("08:29", "before-drop-off"),
        ("10:00", "lessons"),
        ("15:14", "lessons"),
        ("15:15", "not-released"),
        ("15:44", "not-released"),
        ("15:45", "home-time-over"),
        ("23:59", "home-time-over"),
    ],
)
def test_day_3_each_hour_has_its_rule(full, hm, rule):
    """DAY-3: without a release no hour opens a door to a device that is in."""
    full.at(hm)

    tap = full.tap("p3")

    assert (tap.result, tap.rule) == ("refused", rule)
    assert not full.state.orders


def test_day_3_whose_device_is_held_reads_please_see_your_teacher(full):
    """DAY-3: at any hour, and nothing says why."""
    full.hold("p3")
    full.at("12:00")

    assert full.tap("p3").rule == "see-teacher"
    assert RULES["see-teacher"].screen == "teacher"


def test_day_3_thirty_taps_at_noon_change_nothing(full):
    """DAY-3: a sly child's patience is recorded and has no other effect."""
    full.at("12:00")
    before = full.state

    for _ in range(30):
        full.tap("p3")

    assert full.state == before


def test_day_3_a_teachers_word_gives_nothing_back_in_lessons(full):
    """DAY-3: an adult's word stands for the card, not for the hour."""
    full.at("12:00")

    assert full.order(o.VouchFor("p3"), TEACHER) == Refusal("lessons")
    assert full.order(o.VouchFor("p3"), DSL) == Refusal("lessons")


@pytest.mark.parametrize("by", [OFFICE, HEAD])
def test_day_3_the_office_lets_a_pupil_leave_early(full, by):
    """DAY-3, DAY-7: left early, then the office gives the device out."""
    full.at("12:00")
    full.order(o.MarkPupil("p3", "left-early"), by)

    told = full.order(o.VouchFor("p3"), by)
    full.use(3)

    assert ordered(told) == [3]
    assert "p3" not in full.inside
    assert full.tap("p3").rule == "lessons"


def test_day_3_a_trip_takes_devices_out_and_brings_them_back(full):
    """DAY-7, DAY-3: released at eleven, handed in at two; at noon nothing opens."""
    full.at("11:00")
    released = full.order(o.ReleaseClass("kestrels"))
    assert released[0].early
    full.collect("p1", "p2")

    full.at("14:00")
    assert full.tap("p3").rule == "lessons"
    full.order(o.OpenDropOff("kestrels"))
    full.hand_in("p1", "p2")
    full.order(o.CloseDropOff("kestrels"))

    assert full.inside >= set(KESTRELS)
    assert full.tap("p1").rule == "lessons"


def test_day_3_a_release_by_mistake_does_not_leave_the_doors_open_all_day(full):
    """DAY-3: a release before home time ends by itself after half an hour."""
    full.at("10:40")
    full.order(o.ReleaseClass("kestrels"))
    full.at("11:09")
    assert full.tap("p3").purpose == "out"
    full.miss()

    full.at("11:10")

    assert full.tap("p4").rule == "lessons"
    assert not full.state.class_days["kestrels"].closed
