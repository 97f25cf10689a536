"""Whoever leaves the school has the device back all the same (CUS-1, DAY-6).

The card is dead and the class page shows no tile any more: the office's desk is the
way out.
"""

from __future__ import annotations

import pytest

from controller.domain import people_facts as p
from controller.domain.day_facts import DeviceCollected
from tests.web.over_rig import Site


@pytest.fixture
def left(rig):
    """Pupil 2 hands in, and leaves the roll at noon; pupil 3's stays over night."""
    rig.clock_to("08:40")
    rig.hand_in(2, 3)
    rig.clock_to("12:00")
    card = next(
        c.credential for c in rig.state.credentials.values() if c.person == "p0002"
    )
    rig.hub.core.commit([p.CardRevoked(card, "left"), p.PupilLeft("p0002")])
    rig.clock_to("2026-11-24 08:45")
    return rig


def lines(rig, role: str) -> dict[str, dict]:
    desk = rig.ask(role, "desk")
    return {line["name"].split()[0]: line for line in desk["left_behind"]}


@pytest.mark.parametrize("role", ["office", "leadership"])
def test_cus_1_the_desk_says_how_a_leavers_device_comes_out(left, role):
    """CUS-1: not that a dead card opens the door."""
    line = lines(left, role)["Oliver"]

    assert line["leaver"] is True
    assert line["give_back"] == "p0002"
    assert "has left the school" in line["words"]


def test_cus_1_who_may_not_open_is_offered_no_button(left):
    """CUS-1: the safeguarding lead reads the list, and opens nothing from it."""
    line = lines(left, "dsl")["Oliver"]

    assert line["leaver"] is True
    assert not line.get("give_back")


def test_day_6_who_is_still_on_the_roll_is_told_as_ever(left):
    """DAY-6: the own card, at home time."""
    line = lines(left, "office")["Zofia"]

    assert not line.get("leaver")
    assert "stayed behind this door" in line["words"]


def test_cus_1_one_touch_at_the_desk_opens_the_door(left):
    """CUS-1 DAY-6: over the page; then the list is clear."""
    site = Site(left)
    page = site.look("office", "/desk").text
    assert "Open door 2" in page
    assert "Open door 3" not in page

    answer = site.open("office", "POST", "/desk/leavers/p0002/open")
    assert answer.status_code == 303
    left.until(lambda: left.pull(2))
    assert left.take(2)
    left.push(2)
    left.run(1)

    (fact,) = left.facts(DeviceCollected)
    assert fact.pupil == "p0002"
    assert "Oliver" not in lines(left, "office")
    assert "p0002" not in left.state.custody


def test_cus_1_the_page_offers_others_no_button(left):
    """CUS-1: the safeguarding lead may look."""
    assert "Open door" not in Site(left).look("dsl", "/desk").text
