"""Forms that are sent twice, over a real controller (CUS-5, CUS-6)."""

from __future__ import annotations

import re

import pytest

from controller.domain import custody_facts as f
from tests.rig_desk import desk_rig, pupil_id
from tests.rig_fixtures import cheap_hashes, folder  # noqa: F401  fixtures
from tests.web.over_rig import Site

KEY = re.compile(r'name="once" value="([^"]{16})"')
CHILD = f"/classes/kestrels/pupils/{pupil_id(1)}"
PAGES = {
    "take": ("teacher", f"{CHILD}/take"),
    "concern": ("teacher", f"/concern?pupil={pupil_id(1)}"),
    "record": ("office", f"/records/new/exception?about={pupil_id(1)}"),
    "visitor": ("office", "/visitors"),
    "found, at the desk": ("office", "/desk"),
    "found, in class": ("teacher", "/classes"),
}


@pytest.fixture
def site(folder, cheap_hashes):  # noqa: F811  the fixtures
    """Half past ten, with a policy and a desk."""
    with desk_rig(folder) as rig:
        rig.clock_to("10:30")
        yield Site(rig)


@pytest.mark.parametrize("page", PAGES)
def test_cus_5_each_form_that_begins_something_has_a_key_of_its_own(site, page):
    """CUS-5: made anew with each page."""
    who, path = PAGES[page]
    keys = {KEY.search(site.look(who, path).text)[1] for _ in range(2)}

    assert len(keys) == 2


def test_cus_5_pressed_twice_a_device_is_held_once(site):
    """CUS-5: both presses lead to the same hold."""
    path = f"{CHILD}/take"
    key = KEY.search(site.look("teacher", path).text)[1]
    form = {"clause": "4.2", "place": "safe", "once": key}

    first = site.open("teacher", "POST", path, form)
    again = site.open("teacher", "POST", path, form)

    assert first.status_code == again.status_code == 303
    assert first.location == again.location
    assert len(site.rig.facts(f.DeviceHeld)) == 1


def test_cus_6_a_concern_pressed_twice_is_told_once(site):
    """CUS-6."""
    key = KEY.search(site.look("teacher", "/concern").text)[1]
    form = {"about": "pupil", "pupil": pupil_id(1), "taken": "1", "once": key}

    for _ in range(2):
        assert site.open("teacher", "POST", "/concern", form).status_code < 400
    assert len(site.rig.facts(f.ConcernRaised)) == 1
