"""DAY-4, DAY-6: which doors had their turn in a wave and stayed shut."""

from __future__ import annotations

import pytest

from controller.domain import doors
from controller.domain import orders as o
from controller.domain.day import class_release
from controller.domain.waves import unopened
from tests.controller.domain.kit import OFFICE


def shut(school) -> tuple[str, ...]:
    release = class_release(school.state, "kestrels")
    return unopened(school.state, release, school.context())


@pytest.fixture
def going(full):
    """Home time by tables: oak (p1, p2) is open, ash and p5 are to come."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "tables"))
    return full


def test_day_4_a_door_that_waits_for_its_coil_or_its_child_is_not_among_them(going):
    """DAY-4: nor one that stands open or was used, nor any of a later wave."""
    assert shut(going) == ()

    going.power()
    going.pull(1)
    assert shut(going) == ()

    going.push(1)
    assert shut(going) == ()


def test_day_4_a_door_that_nobody_pulled_is_told_until_it_is_opened(going):
    """DAY-4: a second order takes it off the list; its miss puts it on again."""
    going.use(1)
    going.miss()
    assert shut(going) == ("p2",)

    going.tap("p2")
    assert shut(going) == ()
    going.miss()
    assert shut(going) == ("p2",)

    going.collect("p2")
    assert shut(going) == ()


def test_day_4_the_next_table_leaves_those_of_the_last_on_the_list(going):
    """DAY-4: in the order of their doors."""
    going.miss()
    going.tick()
    going.use(3)
    going.miss()

    assert shut(going) == ("p1", "p2", "p4", "p6")


def test_rel_3_a_door_whose_outcome_is_unknown_is_among_them(going):
    """REL-3: killed in the middle; nothing is fired again, so somebody has to ask."""
    going.tell(*doors.at_start(going.state, {}, going.context()))

    assert shut(going) == ("p1", "p2")


def test_day_5_who_was_marked_meanwhile_is_not_told(going):
    """DAY-5: the door is to stay shut, and the page says nothing about why."""
    going.order(o.MarkPupil("p2", "office"), OFFICE)
    going.miss()

    assert shut(going) == ("p1",)


@pytest.mark.parametrize("over", [o.StopRelease("kestrels"), o.EndSession("kestrels")])
def test_day_6_after_the_end_nothing_is_told_here(going, over):
    """DAY-6: a stopped one begins anew; what an ended one leaves is the office's."""
    going.miss()

    going.order(over)

    assert shut(going) == ()


def test_day_4_a_release_by_tap_has_no_turns(full):
    """DAY-4: a child that did not pull taps again."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))
    full.tap("p1")
    full.miss()

    assert shut(full) == ()
