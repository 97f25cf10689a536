"""A trip, an early leaver, a cover, a day on paper and a stock-take, in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.classroom import opened
from tests.browser.hands import children_at
from tests.browser.looking import faults_of

pytestmark = pytest.mark.browser

KESTRELS = "/classes/kestrels"


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """The one classroom of this file: half past ten, six devices in."""
    with opened(tmp_path_factory.mktemp("today") / "room") as room:
        room.clock("08:40")
        for pupil in room.cast["pupils"][:6]:
            room.hand_in(pupil)
        room.clock("10:30")
        yield room


@pytest.fixture
def signed_in(classroom, someone):
    """Open a browser for somebody with a role, at a page."""

    def sign_in(role, path, width=1280):
        page = someone(width, 900, reduced_motion="reduce", locale="en-GB")
        classroom.sign_in(page, role)
        page.goto(classroom.url + path)
        return page

    return sign_in


def test_day_7_a_trip_from_a_phone_out_and_back(classroom, signed_in):
    """DAY-7: two touches to go; the figures follow the doors by themselves."""
    pupils = classroom.cast["pupils"]
    teacher = signed_in("teacher", KESTRELS, width=390)
    teacher.get_by_role("link", name="Trip or lesson").click()
    teacher.get_by_role("button", name="Let 6 devices out").click()
    for pupil in pupils[:2]:
        classroom.collect(pupil)
    expect(teacher.locator("p", has_text="Still behind")).to_contain_text("Zofia")
    expect(teacher.locator(".counts li").first).to_have_text("2out, of 6")
    assert faults_of(teacher) == []

    teacher.get_by_role("button", name="We are back: hand in again").click()
    classroom.hand_in(pupils[0])
    expect(teacher.locator(".counts li").last).to_have_text("1missing")
    expect(teacher.locator("p", has_text="Not handed in again")).to_contain_text(
        "Oliver"
    )
    assert faults_of(teacher) == []
    teacher.get_by_role("button", name="It is over").click()
    expect(teacher.get_by_role("heading", name="Trip, over")).to_be_visible()


def test_day_7_a_child_leaves_early_alone(classroom, signed_in):
    """DAY-7: from the tile in three touches; the door opens, the device goes along."""
    pupil = classroom.cast["pupils"][2]
    office = signed_in("office", f"{KESTRELS}/pupils/{pupil['id']}")
    office.get_by_role("link", name="Leaves early").click()
    office.get_by_text("Nobody: goes alone").click()
    assert faults_of(office) == []
    with children_at(classroom, pupil["compartment"]):
        office.get_by_role("button", name="Let go, and open door 3").click()
    assert classroom.twin("compartments/3/device", do="take")["device"]
    classroom.door(3, "push")
    expect(office.get_by_text("Noted: leaves early. Door 3 opens now.")).to_be_visible()


def test_day_12_cover_in_three_touches(classroom, signed_in):
    """DAY-12: give, card; the slip is shown once, the card is known at once."""
    office = signed_in("office", "/covers")
    office.get_by_role("button", name="Give cover").click()
    expect(office.get_by_text("Hold a day card to the reader")).to_be_visible()
    pin = office.locator(".code").first.inner_text()
    assert faults_of(office) == []

    outcome = classroom.twin("readers/front/tap", uid="04D1D2D3D4D5AA")
    assert outcome["result"] == "enrolled"
    expect(office.get_by_text("Has a day card.")).to_be_visible()
    office.goto(f"{classroom.url}/covers")
    assert pin not in office.content()
    office.get_by_role("button", name="End it now").click()
    expect(office.get_by_text("No cover runs.")).to_be_visible()


def test_day_13_a_sheet_is_typed_back_in(classroom, signed_in):
    """DAY-13: one time in one field; the rest of the sheet stays as it is."""
    office = signed_in("office", "/sheet")
    assert faults_of(office) == []
    office.get_by_role("link", name="Type a sheet in").click()
    assert faults_of(office) == []
    office.get_by_label("Door 4: out at").fill("10:05")
    office.get_by_role("button", name="Take it in").click()
    row = office.get_by_role("row").filter(has_text="JD")
    expect(row).to_contain_text("Out")


def test_rep_6_open_all_empties_and_compare(classroom, signed_in):
    """REP-6: after the password; stopped, no further door opens."""
    office = signed_in("office", "/stock-take")
    office.get_by_role("button", name="empty doors").click()
    office.fill("[name=step_up_secret]", classroom.account("office")["password"])
    office.get_by_role("button", name="Go on").click()
    if office.get_by_role("button", name="empty doors").count():
        office.get_by_role("button", name="empty doors").click()
    expect(office.get_by_text("still to open")).to_be_visible()
    assert faults_of(office) == []
    office.get_by_label("Something is there").first.check()
    office.get_by_role("button", name="Write what was found").click()
    expect(office.get_by_text("Last taken")).to_contain_text("1 difference")
