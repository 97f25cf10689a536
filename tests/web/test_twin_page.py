"""The page of the simulated room: every hand, every fault, no name and no secret."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from controller.domain.refusals import RULES
from controller.people.totp import code_at
from hardware.twin.faults import FAULTS

PAGE = "/twin"
DEMO = {
    "pupils": [
        {
            "id": "p1",
            "first_name": "Zofia",
            "class": "kestrels",
            "card": "04A1B2C3D4E5F6",
            "compartment": 7,
        }
    ],
    "readers": ["front"],
    "accounts": [
        {
            "username": "teacher",
            "password": "625q-5ywd",
            "pin": "135790",
            "role": "teacher",
            "card": "04AABBCC",
        },
        {
            "username": "head",
            "password": "9x2k-77ab",
            "pin": "246802",
            "role": "leadership",
            "card": "04AABBCD",
            "totp": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        },
    ],
}


@pytest.fixture
def demo(tmp_path):
    """What a demo that is ready has written down."""
    (tmp_path / "demo.json").write_text(json.dumps(DEMO), encoding="utf-8")
    return DEMO


def test_sim_4_every_hand_is_on_the_page(site, demo):
    """SIM-4: doors, cards, the clock, and the day that plays itself."""
    page = site.test_client().get(PAGE).text

    assert page.count("data-bay ") == 36
    for hand in ("pull", "push", "put", "take"):
        assert f'data-do="{hand}"' in page
    assert 'data-card="04A1B2C3D4E5F6" data-title="Card 7" data-pupil="7"' in page
    assert 'data-clock-at="15:15" data-day="today"' in page
    assert 'data-clock-at="12:00" data-day="saturday"' in page
    assert 'data-home-time="15:15"' in page
    assert re.findall(r'data-step="([^"]+)"', page) == [
        "phones-in",
        "lessons",
        "home-time",
    ]


def test_sim_4_it_says_who_the_teacher_is_and_keeps_every_secret(site, demo):
    """SIM-4 DAT-8: a username and a way to the class; no name, password or PIN."""
    page = site.test_client().get(PAGE).text

    assert "Sign in as <b>teacher</b>" in page
    assert 'href="/classes/kestrels"' in page
    assert not [word for word in ("Zofia", "625q", "135790") if word in page]


def test_sim_3_every_fault_that_the_room_knows_is_on_the_page(site, demo):
    """SIM-3: each with what it does; none that the room does not know."""
    page = site.test_client().get(PAGE).text

    assert set(re.findall(r'data-fault="([^"]+)"', page)) == set(FAULTS)


def test_day_3_each_rule_that_may_turn_a_tap_away_has_its_words(site, demo):
    """DAY-3: a refused tap is told in words, here as on the staff's page."""
    page = site.test_client().get(PAGE).text

    assert not [name for name in RULES if f"&#34;{name}&#34;" not in page]


def test_the_page_is_there_before_the_demo_is_ready(site):
    """Nobody to play the day with, and it says so."""
    answer = site.test_client().get(PAGE)

    assert answer.status_code == 200
    assert "The classroom is not ready yet" in answer.text
    assert "data-pupil" not in answer.text


@pytest.fixture
def room(page, served, demo):
    """The page, and a room on paper whose answers a test may set."""
    answers = {
        "world": {
            "clock": "2026-11-23T08:25:00+00:00",
            "compartments": [],
            "faults": [],
        },
        "clock": {"followed": True},
    }

    def answer(route):
        call = route.request.url.rpartition("/")[2]
        route.fulfill(json=answers.get(call, {"error": "bad-call", "message": "No."}))

    page.route("**/twin/**", answer)
    page.goto(served.url + PAGE)
    page.answers = answers
    return page


@pytest.mark.browser
def test_sim_4_what_did_not_go_well_is_on_the_page_by_door_and_in_words(room):
    """SIM-4: a compartment out of order is said, and the day goes on without it."""
    room.answers["tap"] = {"result": "refused", "reason": "out-of-order"}

    room.get_by_role("button", name="Play the day").click()

    expect(room.locator("#play-failures")).to_have_text(
        f"Door 7: {RULES['out-of-order'].words}"
    )
    expect(room.locator("#play-says")).to_contain_text("One did not go well, below.")


@pytest.mark.browser
def test_sim_3_a_reader_that_answers_nothing_pauses_the_day(room):
    """SIM-3: it says why, and goes on when it is told to."""
    room.answers["tap"] = {"result": "unanswered"}
    room.get_by_role("radio", name="Fast").check()

    room.get_by_role("button", name="Play the day").click()
    expect(room.locator("#play-says")).to_contain_text("Three taps in a row")
    room.answers["tap"] = {"result": "refused", "reason": "no-room"}
    room.get_by_role("button", name="Go on").click()

    expect(room.locator("#play-failures")).to_contain_text(RULES["no-room"].words)
    expect(room.get_by_role("button", name="Play the day")).to_be_focused()


@pytest.mark.browser
def test_sim_4_without_a_room_the_day_does_not_begin(room):
    """SIM-4: one line that says so."""
    room.answers["world"] = {"error": "no-room", "message": "The room is away."}

    room.get_by_role("button", name="Play the day").click()

    expect(room.locator("#play-says")).to_contain_text("The room is away.")


def test_acc_3_the_room_shows_the_telephones_and_no_secret(site, demo, monkeypatch):
    """ACC-3 SIM-4: a newcomer needs a code, and has no app that knows the secret."""
    monkeypatch.setattr("web.public.telephones.time.time", lambda: 1_800_000_003)
    browser = site.test_client()
    page = browser.get(PAGE).text

    shown = code_at("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", 60_000_000)
    assert f"<span>head</span> <code>{shown}</code>" in page
    assert "27 s" in browser.get("/twin/telephones").text
    assert "<span>teacher</span>" not in page
    assert "JBSWY3DP" not in page
