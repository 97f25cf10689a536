"""What somebody found, over a real controller: held, then whose it is (CUS-1)."""

from __future__ import annotations

import pytest

from tests.rig import opened
from tests.rig_desk import pupil_id
from tests.rig_fixtures import cheap_hashes, folder  # noqa: F401  fixtures
from tests.web.over_rig import Site

SAID = {"kind": "phone", "where": "yard", "reason": "By the oak.", "place": "safe"}


@pytest.fixture
def site(folder, cheap_hashes):  # noqa: F811  the fixtures
    """A morning of a class in which nobody misses anything yet."""
    with opened(folder / "rig") as rig:
        rig.clock_to("10:40")
        yield Site(rig)


def test_cus_1_what_was_found_is_held_and_goes_to_its_owner(site):
    """CUS-1: from the desk's form to the child's own page of the desk."""
    held = site.open("office", "POST", "/desk/found", SAID)
    assert held.status_code == 303
    asks = site.look("office", held.location).text
    assert "Whose is it?" in asks
    assert "By the oak." in asks
    assert held.location in site.look("office", "/desk").text

    hold = held.location.rpartition("/")[2]
    owner = {"pupil": pupil_id(1)}
    said = site.open("office", "POST", f"/desk/holds/{hold}/owner", owner)

    assert said.location == f"/desk/pupils/{pupil_id(1)}"
    assert "Office safe" in site.look("office", said.location).text
    assert site.open("office", "GET", held.location).status_code == 200


def test_cus_1_a_teacher_who_found_one_hands_it_to_the_office(site):
    """CUS-1: any of the staff may; whose it is, the office finds out."""
    assert "A device was found" in site.look("teacher", "/classes").text
    said = SAID | {"place": "carried"}

    held = site.open("teacher", "POST", "/desk/found", said)

    assert held.location == "/classes"
    assert "please tell them" in site.look("teacher", "/classes").text
    assert "By the oak." not in site.look("teacher", "/classes").text
    assert "/desk/found/" in site.look("office", "/desk").text
    assert "A device was found" not in site.look("office", "/classes").text


def test_sec_2_who_may_hold_no_device_finds_none(site):
    """SEC-2 ACC-6: the technician is refused by the controller, not by the page."""
    refused = site.open("technician", "POST", "/desk/found", SAID)

    assert refused.status_code == 403
    assert [one.do for one in site.client.asked if one.error] == ["hold_confiscate"]
