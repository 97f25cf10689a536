"""DAY-15: "Leave it. Go.", and going on afterwards."""

from __future__ import annotations

import pytest

from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.domain import orders as o
from controller.domain.refusals import RULES, Refusal
from tests.controller.domain.kit import (
    COVER,
    HEAD,
    OFFICE,
    STAFF,
    TEACHER,
    TECHNICIAN,
    kinds,
    ordered,
)


@pytest.mark.parametrize("by", STAFF, ids=lambda actor: actor.roles[0])
def test_day_15_anybody_on_the_staff_may_evacuate(full, by):
    """DAY-15: one touch; who may resume is another question."""
    told = full.order(o.Evacuate("bank"), by)

    assert told == [d.Evacuated(by.person, "bank")]


@pytest.mark.parametrize("hm", ["08:40", "12:00", "15:20"])
def test_day_15_taps_open_nothing_at_any_hour(full, hm):
    """DAY-15: the kiosk says "Leave it. Go."."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.local = full.local.fromisoformat(hm)
    full.order(o.Evacuate())

    tap = full.tap("p3")

    assert (tap.result, tap.rule) == ("refused", "evacuated")
    assert RULES["evacuated"].screen == "leave"


def test_day_15_waves_stop_and_none_follows(full):
    """DAY-15: orders that wait are given up; nothing crashes on a double tap's two."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "tables"))
    full.tap("p1")

    told = full.order(o.Evacuate())
    for order in list(full.state.orders.values()):
        full.tell(f.ReleaseGivenUp(order.order, order.compartment, "evacuated"))

    assert kinds(told) == ["Evacuated", "ReleaseStopped"]
    assert full.tick() == []
    assert not full.state.orders


def test_day_15_no_order_of_a_person_opens_a_door(full):
    """DAY-15: not the teacher's, not the office's, not the technician's."""
    full.at("15:15")
    full.order(o.ReleaseClass("wrens", "rows"), HEAD)
    full.order(o.Evacuate())

    for order, by in (
        (o.ReleaseClass("kestrels"), TEACHER),
        (o.ReleaseClass("kestrels", "all"), TEACHER),
        (o.ReleaseClub("chess"), TEACHER),
        (o.VouchFor("p3"), OFFICE),
        (o.OpenForCheck(3, "check"), TECHNICIAN),
    ):
        assert full.order(order, by) == Refusal("evacuated"), order
    assert full.order(o.OpenNextWave("wrens"), HEAD) == Refusal("not-running")


def test_day_15_what_the_doors_tell_is_still_written(full):
    """DAY-15: open doors are listed, since facts are never refused."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tap("p3")
    full.power()
    full.order(o.Evacuate())

    assert kinds(full.pull(3)) == ["DoorOpened"]
    assert full.state.compartment(3).door.is_open


def test_day_15_a_second_touch_changes_nothing(full):
    """DAY-15: thirty panicking hands, one evacuation."""
    full.order(o.Evacuate())

    assert full.order(o.Evacuate(), COVER) == []


def test_day_15_given_resumed_then_each_childs_tap_goes_on(full):
    """DAY-15: a release by tap goes on, waves wait for a person."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.order(o.ReleaseClass("wrens", "all"), HEAD)
    full.order(o.Evacuate())

    told = full.order(o.Resume(), TEACHER)

    assert told == [d.Resumed("t1")]
    assert full.tap("p3").result == "ordered"
    assert full.tap("p7").rule == "not-released"
    assert ordered(full.order(o.ReleaseClass("wrens", "all"), HEAD)) == [7, 8]


def test_day_15_without_an_evacuation_there_is_nothing_to_resume(full):
    """DAY-15: and a cover teacher does not decide that the building is safe."""
    assert full.order(o.Resume()) == Refusal("not-evacuated")
    full.order(o.Evacuate())
    assert full.order(o.Resume(), COVER) == Refusal("no-right")
