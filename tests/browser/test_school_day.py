"""Thirty pupils through a whole day: real processes, a real browser, hands."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_given_a_class_of_thirty_when_a_day_goes_by_then_everybody_has_their_phone(
    classroom, someone
):
    """DAY-1 DAY-3 DAY-4 DAY-6 WEB-1 WEB-3 SIM-1: the day a newcomer sees.

    A teacher at a tablet, the board on the wall, the kiosk by the lockers.
    """
    teacher, wall, kiosk = someone(820, 1180), someone(1920, 1080), someone(800, 480)
    pupils = classroom.cast["pupils"]
    pair_kiosk(classroom, kiosk)
    wall.goto(classroom.url)

    morning(classroom, pupils, wall, kiosk)
    confirm(classroom, teacher)
    noon(classroom, pupils, kiosk)
    home_time(classroom, pupils, teacher, kiosk)
    evening(classroom, someone())


def pair_kiosk(classroom, kiosk):
    """The technician makes this screen the bank's kiosk, and goes."""
    classroom.sign_in(kiosk, "technician")
    kiosk.goto(f"{classroom.url}/kiosk/kestrels-bank")
    kiosk.get_by_role("button", name="Pair this screen").click()
    expect(kiosk.get_by_text("Tap your card")).to_be_visible()


def morning(classroom, pupils, wall, kiosk):
    classroom.clock("08:31")
    first = pupils[0]
    assert classroom.tap(first)["result"] == "opened"
    expect(kiosk.get_by_role("heading", name="Door 1")).to_be_visible()
    assert classroom.door(1, "pull")
    expect(wall.locator(".door.open")).to_have_count(1)
    classroom.twin("compartments/1/device", do="put", label="phone 1")
    assert classroom.door(1, "push")
    expect(wall.locator(".door.open")).to_have_count(0)

    outcomes = [classroom.hand_in(pupil)["result"] for pupil in pupils[1:]]

    assert outcomes == ["opened"] * 29
    assert [classroom.compartment(n)["device"] for n in (1, 30)] == [
        "phone 1",
        "phone 30",
    ]


def confirm(classroom, teacher):
    classroom.sign_in(teacher, "teacher")
    teacher.goto(f"{classroom.url}/classes/kestrels")
    expect(teacher.locator(".tile.said")).to_have_count(30)
    teacher.get_by_role("button", name="Class seen, all off").click()
    expect(teacher.locator(".tile.in")).to_have_count(30)


def noon(classroom, pupils, kiosk):
    """DAY-3: nothing opens, kindly; the rule's name is in the record."""
    classroom.clock("12:00")

    outcome = classroom.tap(pupils[4])

    assert (outcome["result"], outcome["reason"]) == ("refused", "lessons")
    expect(kiosk.get_by_text("15:15")).to_be_visible()
    assert not classroom.door(5, "pull")


def home_time(classroom, pupils, teacher, kiosk):
    classroom.clock("15:15")
    assert classroom.tap(pupils[0])["reason"] == "not-released"
    teacher.get_by_role("button", name="Release class").click()
    expect(teacher.get_by_text("0 of 30")).to_be_visible()

    devices = [classroom.collect(pupil) for pupil in pupils]

    assert devices == [f"phone {n}" for n in range(1, 31)]
    expect(teacher.get_by_text("30 of 30")).to_be_visible()
    expect(kiosk.get_by_role("heading", name="Door 30")).to_be_visible()


def evening(classroom, office):
    """DAY-6: the session closes by itself; the office has nothing to do."""
    classroom.clock("15:50")
    classroom.sign_in(office, "office")
    office.goto(f"{classroom.url}/reports")
    expect(office.get_by_text("30 collected from 30 doors")).to_be_visible()
    office.goto(f"{classroom.url}/desk")
    expect(office.get_by_text("Nothing waits.")).to_be_visible()

    kinds = [entry["kind"] for entry in classroom.journal()]
    assert kinds.count("DeviceSaidIn") == kinds.count("DeviceCollected") == 30
    assert "SessionClosed" in kinds
    assert classroom.hometime("journal", "verify")[0].startswith("entries ")


def test_given_a_morning_when_the_controller_is_killed_in_it_then_nothing_is_lost(
    classroom, someone
):
    """REL-1 REL-3 WEB-7 HW-2: killed between an order and its door; the day goes on."""
    wall = someone()
    pupils = classroom.cast["pupils"]
    classroom.clock("08:40")
    for pupil in pupils[:5]:
        classroom.hand_in(pupil)
    assert classroom.tap(pupils[5])["result"] == "opened"
    wall.goto(classroom.url)

    classroom.kill("controller")

    expect(wall.get_by_role("region", name="Old")).to_be_visible()
    assert classroom.health() == 503
    classroom.start_controller()
    expect(wall.get_by_role("region", name="Old")).to_be_hidden()
    assert not any(c["coil"] for c in classroom.twin("world")["compartments"])
    entries = classroom.journal()
    unknown = [
        e["body"]["compartment"] for e in entries if e["kind"] == "OutcomeUnknown"
    ]
    assert unknown == [6]
    said = [e["body"]["compartment"] for e in entries if e["kind"] == "DeviceSaidIn"]
    assert said == [1, 2, 3, 4, 5]
    for pupil in pupils[5:8]:
        assert classroom.hand_in(pupil)["result"] == "opened"


def test_given_everything_is_killed_when_it_starts_again_then_it_goes_on(classroom):
    """REL-1 SIM-2: room, clock and devices in doors too."""
    pupils = classroom.cast["pupils"]
    classroom.clock("08:50")
    for pupil in pupils[:3]:
        classroom.hand_in(pupil)
    before = len(classroom.journal())

    classroom.kill("web", "controller", "room", "demo")
    classroom.start()

    world = classroom.twin("world")
    assert world["clock"].startswith("2026-11-23T08:5")
    inside = [c["device"] for c in world["compartments"][:4]]
    assert inside == ["phone 1", "phone 2", "phone 3", None]
    assert len(classroom.journal()) >= before
    classroom.clock("15:16")
    assert classroom.tap(pupils[0])["reason"] == "not-released"
