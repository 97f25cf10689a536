"""Own devices in a browser: a teacher at the kiosk, a visitor at reception (REC-6)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.classroom import opened, wait_for
from tests.browser.looking import faults_of, main_words

pytestmark = pytest.mark.browser

KIOSKS = [(800, 480), (1024, 600), (1920, 1080)]
SIZES = [(390, 844), (820, 1180), (1280, 800)]
HAND_MS = 1_600
"""A door that is shut sooner was perhaps not used (``Timings.quick_ms``)."""
CARDS = ("045A112233AA01", "045A112233AA02")
FIRST, SECOND = 32, 33
"""The demo's doors for own devices."""


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """The one classroom of this file, in its lessons."""
    with opened(tmp_path_factory.mktemp("own") / "room") as room:
        room.clock("11:05")
        yield room


def tap(classroom, card):
    return classroom.twin("readers/front/tap", uid=card)


def pair_kiosk(classroom, kiosk):
    """Let a technician make this browser the bank's kiosk."""
    kiosk.set_default_timeout(10_000)
    classroom.sign_in(kiosk, "technician")
    kiosk.goto(f"{classroom.url}/kiosk/kestrels-bank")
    kiosk.get_by_role("button", name="Pair this screen").click()
    expect(kiosk.locator(".kiosk")).to_be_visible()
    return kiosk


def use(classroom, page, n, do):
    """Open door ``n``, put a device in or take it out, shut it; in a hand's time."""
    wait_for(lambda: classroom.door(n, "pull"), f"door {n}")
    device = {"do": do, "label": "own"} if do == "put" else {"do": do}
    found = classroom.twin(f"compartments/{n}/device", **device)
    page.wait_for_timeout(HAND_MS)
    assert classroom.door(n, "push")
    return found


def test_cus_1_a_teacher_card_and_one_touch(classroom, someone):
    """CUS-1, WEB-2: the button stands on the PIN screen, at every kiosk's size."""
    kiosk = pair_kiosk(classroom, someone(*KIOSKS[0], reduced_motion="reduce"))
    teacher = classroom.account("teacher")
    assert tap(classroom, teacher["card"])["result"] == "staff"
    button = kiosk.get_by_role("button", name="My own device")
    expect(button).to_be_visible()
    for width, height in KIOSKS:
        kiosk.set_viewport_size({"width": width, "height": height})
        box = button.bounding_box()
        assert box["height"] >= 88, "a kiosk's target"
        assert box["y"] + box["height"] <= height, (width, height)
        assert faults_of(kiosk) == []
    button.click()
    expect(kiosk.get_by_role("heading", name=f"Door {FIRST}")).to_be_visible()
    use(classroom, kiosk, FIRST, "put")

    tap(classroom, teacher["card"])
    kiosk.get_by_role("button", name="My own device").click()
    expect(kiosk.get_by_role("heading", name=f"Door {FIRST}")).to_be_visible()
    assert use(classroom, kiosk, FIRST, "take")["device"] == "own"


def test_rec_6_reception_gives_a_card_in_three_touches(classroom, someone):
    """REC-6, WEB-2: the notice, the button, the card; then the visitor's own tap."""
    page = someone(1280, 900, reduced_motion="reduce", locale="en-GB")
    classroom.sign_in(page, "office")
    page.goto(f"{classroom.url}/visitors")
    page.get_by_label("Name", exact=True).fill("Thaddeus Wetherspoon")

    page.get_by_label("The notice was shown and accepted").check()
    page.get_by_role("button", name="Give a card").click()
    expect(page.get_by_role("heading", name="Hold a plain card")).to_be_visible()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert faults_of(page) == []
    tap(classroom, CARDS[0])

    expect(page.get_by_text("Has a card since 11:0")).to_be_visible()
    outcome = tap(classroom, CARDS[0])
    assert (outcome["result"], outcome["compartment"]) == ("opened", FIRST)
    use(classroom, page, FIRST, "put")
    expect(page.get_by_text(f"Device behind door {FIRST}")).to_be_visible()

    page.get_by_role("button", name="End the card").click()
    expect(page.get_by_role("heading", name="Left behind")).to_be_visible()
    assert "Give back to its owner" in main_words(page)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert faults_of(page) == []


def test_rec_6_a_card_that_is_over_says_so_and_goes_back(classroom, someone):
    """REC-6: kind words; the office gives the device back with card and PIN."""
    kiosk = pair_kiosk(classroom, someone(*KIOSKS[0], reduced_motion="reduce"))
    assert tap(classroom, CARDS[0])["reason"] == "card-ended"
    expect(kiosk.get_by_role("heading", name="This card is over")).to_be_visible()
    assert faults_of(kiosk) == []

    office = classroom.account("office")
    tap(classroom, office["card"])
    for digit in office["pin"]:
        kiosk.locator(f"[data-digit='{digit}']").click()
    kiosk.locator("#pad").get_by_role("button", name="Done").click()
    kiosk.get_by_role("button", name=f"Give back to its owner: door {FIRST}").click()
    expect(kiosk.get_by_role("heading", name=f"Door {FIRST}")).to_be_visible()
    assert use(classroom, kiosk, FIRST, "take")["device"] == "own"


def test_cus_1_with_every_door_taken_the_kiosk_is_kind(classroom, someone):
    """CUS-1: nobody is at fault."""
    kiosk = pair_kiosk(classroom, someone(*KIOSKS[0], reduced_motion="reduce"))
    for role, n in (("teacher", FIRST), ("dsl", SECOND)):
        tap(classroom, classroom.account(role)["card"])
        kiosk.get_by_role("button", name="My own device").click()
        expect(kiosk.get_by_role("heading", name=f"Door {n}")).to_be_visible()
        use(classroom, kiosk, n, "put")
    tap(classroom, classroom.account("office")["card"])
    kiosk.get_by_role("button", name="My own device").click()
    told = kiosk.get_by_role("heading", name="Every door is taken just now")
    expect(told).to_be_visible()
    assert faults_of(kiosk) == []
