"""DAY-4, DAY-5: a wave's order that waits holds only while its ground does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.domain import orders as o
from controller.domain.release import lapsed
from controller.domain.state import put
from tests.controller.domain.kit import OFFICE, TEACHER


@pytest.fixture
def waiting(full):
    """Everybody's door ordered in one wave; no coil has been powered yet."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "all"))
    assert lapsed(full.state) == ()
    return full


def doors_of(school, orders) -> list[int]:
    return [school.state.orders[order].compartment for order in orders]


@pytest.mark.parametrize(
    ("order", "by"),
    [(o.StopRelease("kestrels"), TEACHER), (o.EndSession("kestrels"), TEACHER)],
)
def test_day_4_all_lapse_when_the_release_is_stopped_or_over(waiting, order, by):
    """DAY-4: at any moment."""
    waiting.order(order, by)

    assert doors_of(waiting, lapsed(waiting.state)) == [1, 2, 3, 4, 5, 6]


def test_day_10_all_lapse_with_their_day(waiting):
    """DAY-10: nobody released anything today."""
    waiting.at("00:01", days=1)

    assert len(lapsed(waiting.state)) == 6


def test_day_5_one_lapses_when_its_pupil_is_marked_and_holds_again_unmarked(waiting):
    """DAY-5: left out from this moment."""
    waiting.order(o.MarkPupil("p3", "office"), OFFICE)
    assert doors_of(waiting, lapsed(waiting.state)) == [3]

    waiting.order(o.UnmarkPupil("p3"), OFFICE)
    assert lapsed(waiting.state) == ()


def test_cus_1_one_lapses_when_its_device_is_held(waiting):
    """CUS-1: by a concern, say, while it waits for its coil."""
    waiting.hold("p3")

    assert doors_of(waiting, lapsed(waiting.state)) == [3]


def test_cus_3_one_lapses_when_its_device_is_elsewhere(waiting):
    """CUS-3: what is behind the door now is not what was released."""
    now = waiting.state.custody["p3"]
    changed = put(waiting.state, "custody", "p3", replace(now, compartment=9))

    assert doors_of(waiting, lapsed(changed)) == [3]


def test_day_9_an_order_for_one_pupil_at_the_door_never_lapses(waiting):
    """DAY-9: the child stands there; it grows too old instead."""
    waiting.order(o.VouchFor("p3"), TEACHER)
    waiting.order(o.StopRelease("kestrels"), TEACHER)

    assert len(waiting.state.orders) == 7
    assert doors_of(waiting, lapsed(waiting.state)) == [1, 2, 3, 4, 5, 6]
