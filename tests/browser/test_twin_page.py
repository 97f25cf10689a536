"""The day that a newcomer plays: one button, and a teacher at another browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

HALF_A_DAY_MS = 60_000
"""Thirty taps at top speed are 14 s; much longer on a machine that is busy."""


@pytest.fixture
def newcomer(classroom, someone):
    """Somebody who has just opened the page of the simulated room."""
    page, wrong = someone(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{classroom.url}/twin")
    yield page
    assert not wrong


def test_given_a_newcomer_when_the_day_is_played_then_the_class_waits_for_its_teacher(
    classroom, newcomer, someone
):
    """SIM-4 DAY-1 DAY-3 DAY-4: thirty in, turned away at noon, released, home.

    By keyboard, at top speed; nobody but the teacher releases.
    """
    says = newcomer.locator("#play-says")
    newcomer.get_by_role("radio", name="Fast").press("Space")
    newcomer.get_by_role("button", name="Play the day").press("Enter")
    expect(newcomer.get_by_role("button", name="Pause")).to_be_focused()
    pause_and_go_on(newcomer, says)

    call = newcomer.locator("#play-teacher-calls")
    expect(call).to_be_visible(timeout=HALF_A_DAY_MS)
    expect(newcomer.locator(".sim.is-full")).to_have_count(30)
    expect(says).to_have_text("0 of 30 have their phone back.")
    assert classroom.account("teacher")["password"] not in newcomer.content()
    release(classroom, newcomer, someone(820, 1180))

    expect(says).to_contain_text("That was the day.", timeout=HALF_A_DAY_MS)
    expect(says).to_contain_text("30 of 30 handed in. 3 of 3 kindly turned away.")
    expect(says).to_contain_text("30 of 30 went home with their phone.")
    expect(newcomer.locator("#play-failed")).to_be_hidden()
    expect(newcomer.get_by_role("button", name="Play the day")).to_be_focused()
    the_record_agrees(classroom)


def pause_and_go_on(newcomer, says):
    newcomer.get_by_role("button", name="Pause").click()
    expect(says).to_contain_text("Paused. Nobody new comes to the reader.")
    expect(newcomer.locator(".sim.is-open")).to_have_count(0)
    newcomer.get_by_role("button", name="Go on").click()


def release(classroom, newcomer, teacher):
    """The page names whom to sign in as, and leads to the class in another tab."""
    way = newcomer.get_by_role("link", name="Open the class page")
    assert way.get_attribute("target") == "_blank"
    username = classroom.account("teacher")["username"]
    expect(newcomer.locator("#play-teacher")).to_contain_text(f"Sign in as {username}")
    classroom.sign_in(teacher, "teacher")
    teacher.goto(classroom.url + way.get_attribute("href"))
    teacher.get_by_text("Each child taps").click()
    teacher.get_by_role("button", name="Release class").click()
    expect(newcomer.locator("#play-teacher")).to_be_hidden()


def the_record_agrees(classroom):
    entries = classroom.journal()
    kinds = [entry["kind"] for entry in entries]
    assert kinds.count("DeviceSaidIn") == kinds.count("DeviceCollected") == 30
    at_noon = [e for e in entries if e["body"].get("rule") == "lessons"]
    assert len(at_noon) == 3
    assert not [c for c in classroom.twin("world")["compartments"] if c["device"]]


def test_given_a_developer_when_a_card_is_tapped_then_hands_do_the_rest(
    classroom, newcomer
):
    """SIM-4 SIM-3 DAY-1: tap, pull, put in, push; leave a card there; break, mend."""
    classroom.clock("08:40")
    bay, chosen = newcomer.locator("#bay-7"), newcomer.locator("#chosen-n")

    newcomer.get_by_role("button", name="7 owl", exact=True).click()
    expect(chosen).to_have_text("7")
    newcomer.get_by_role("button", name="Pull", exact=True).click()
    expect(bay).to_contain_text("open")
    newcomer.get_by_role("button", name="Put a phone in").click()
    expect(bay).to_contain_text("phone 7")
    bay.click()
    expect(bay).to_contain_text("shut")
    assert classroom.compartment(7)["device"] == "phone 7"

    newcomer.get_by_label("Leave it there").check()
    newcomer.get_by_role("button", name="9 car", exact=True).click()
    expect(newcomer.get_by_text("On the reader: Card 9.")).to_be_visible()
    newcomer.get_by_role("button", name="Take all off").click()
    expect(newcomer.get_by_text("Nothing lies on the reader.")).to_be_visible()

    newcomer.get_by_label("Jammed bolt").check()
    expect(newcomer.get_by_text("Broken now: Jammed bolt, door")).to_be_visible()
    newcomer.get_by_role("button", name="Mend all").click()
    expect(newcomer.get_by_text("Nothing is broken now.")).to_be_visible()
    expect(newcomer.get_by_label("Jammed bolt")).not_to_be_checked()


def test_given_another_day_when_the_clock_is_moved_then_it_stays_that_day(
    classroom, newcomer
):
    """SIM-4: the buttons go by the day in the room, not by that of the page's start."""
    shown = newcomer.locator("#room-clock")
    for button, then in (
        ("08:25 Next weekday", "2026-11-24 08:25"),
        ("15:15 Home time", "2026-11-24 15:15"),
        ("12:00 Saturday", "2026-11-28 12:00"),
        ("08:25 Next weekday", "2026-11-30 08:25"),
    ):
        newcomer.get_by_role("button", name=button).click()
        expect(shown).to_contain_text(then)
