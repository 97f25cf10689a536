"""The screen beside the lockers (WEB-3, DAY-1, DAY-3, DAY-14, DAY-15, ACC-5, DAT-8)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import web
from controller.protocol import Fault, KioskScreen, KioskShow
from tests.web.fake_controller import AT_US, KIOSK_TOKEN, SIGNED_OUT
from tests.web.staff.fake_school import NAMES
from web.pictures import PICTURES, picture
from web.public.kiosk_view import hands, map_of, seconds_left
from web.public.words import ENGLISH, WORDS, say_in

WEB = Path(web.__file__).parent
PIECE = {"HX-Request": "true", "HX-Current-URL": "http://localhost/kiosk/front"}


def show(controller, screen, serial=9, **more):
    controller.kiosk = KioskShow(screen, serial, **more)


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("screen", "more", "says"),
    [
        ("waiting", {}, "Tap your card"),
        ("opened", {"compartment": 7}, "Door 7"),
        ("notnow", {"home_time": "15:15"}, "Home time is at 15:15"),
        ("notnow", {}, "Your teacher will say when."),
        ("teacher", {}, "Please see your teacher"),
        ("leave", {}, "Leave it. Go."),
        ("one-card", {}, "One card at a time"),
        ("unknown-card", {}, "This card is new here"),
        ("pin", {"pin_until_us": AT_US + 21_000_000}, "Your PIN, please."),
        ("staff", {"unlocked": True, "acts": ["release:kestrels"]}, "Release Kestrels"),
        ("enrol", {"compartment": 7}, "Tap the next card"),
        ("out-of-order", {}, "The lockers are having a rest"),
    ],
)
def test_web_3_each_screen_says_one_thing(kiosk, controller, screen, more, says):
    """WEB-3: one idea a screen."""
    show(controller, screen, **more)
    page = kiosk.get("/kiosk/front")

    assert page.status_code == 200
    assert says in words_of(page.text)
    assert page.text.count("<h1") == 1


def test_every_screen_of_the_protocol_is_drawn():
    source = (WEB / "templates/public/kiosk_screen.html").read_text()

    assert all(
        f'"{name}"' in source or name == "waiting" for name in get_args(KioskScreen)
    )


def test_day_1_a_door_is_shown_with_number_picture_place_and_the_question(
    kiosk, controller
):
    """DAY-1: number, picture, "switched off?" without waiting for an answer."""
    show(controller, "opened", compartment=7, ask_off=True)
    page = kiosk.get("/kiosk/front").text

    assert "#p-owl" in page
    assert "Door 7: row 2 from the top, number 1 from the left" in page
    assert "Switched off?" in page
    assert "<form" not in page


def test_day_14_the_other_open_doors_stand_beside_the_newest(kiosk, controller):
    """DAY-14: at least three doors open at once, each number shown; at most three."""
    show(controller, "opened", compartment=7, also=[12, 21, 30])
    page = kiosk.get("/kiosk/front").text

    assert re.findall(r"#i-open\"/></svg>(\d+)", page) == ["12", "21"]


def test_day_3_during_the_day_the_kiosk_is_kind(kiosk, controller):
    """DAY-3: until when, who helps, the same sound; no red, no cross, no reason."""
    show(controller, "notnow", home_time="15:15", sound="soft")
    page = kiosk.get("/kiosk/front").text

    assert "Need to call home? The office will help." in words_of(page)
    assert 'data-sound="soft"' in page
    for unkind in ("grave", "refused", "denied", "error", "late", "i-never"):
        assert unkind not in page.lower().split("<main", 1)[1].replace("translate", "")


def test_dat_8_no_screen_bears_a_name(kiosk, controller):
    """DAT-8: numbers and pictures."""
    for serial, screen in enumerate(get_args(KioskScreen)):
        show(controller, screen, serial, compartment=7, unlocked=True)
        page = words_of(kiosk.get("/kiosk/front").text)
        assert not [name for name in NAMES if name in page]


def test_a_browser_that_is_not_paired_is_told_how_and_gets_403(visitor, controller):
    answer = visitor.get("/kiosk/front")

    assert answer.status_code == 403
    assert "A technician signs in on this very screen" in words_of(answer.text)
    assert controller.count("kiosk") == 0


def test_not_paired_is_an_error_for_machines(visitor):
    answer = visitor.get("/kiosk/front", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json["error"]) == (403, "not-a-kiosk")


def test_a_technician_pairs_the_screen_and_is_signed_out_of_it(signed_in, controller):
    visitor = signed_in("technician")
    assert "Pair this screen" in visitor.get("/kiosk/front/pair").text
    answer = visitor.submit("/kiosk/front/pair", on="/kiosk/front/pair")

    assert answer.location == "/kiosk/front"
    assert controller.last("sign_out").token == "technician"
    assert visitor.get("/kiosk/front").status_code == 200
    assert controller.last("kiosk").token == KIOSK_TOKEN
    assert visitor.get("/health").location.startswith("/sign-in")


def test_acc_6_who_may_not_pair_sees_no_button(signed_in):
    """ACC-6: least privilege."""
    page = signed_in("teacher").get("/kiosk/front/pair").text

    assert "<button" not in page


def test_a_pairing_is_for_one_bank(kiosk):
    assert kiosk.get("/kiosk/other").status_code == 403


def test_a_pairing_that_has_ended_is_told_at_once(kiosk, controller):
    controller.answers["kiosk"] = lambda bank: Fault("not-a-kiosk", "No.", status=403)

    assert kiosk.get("/kiosk/front").status_code == 403
    piece = kiosk.get("/kiosk/front/screen", headers=PIECE)
    assert piece.headers["HX-Redirect"] == "/kiosk/front"


def test_a_screen_that_is_shown_already_is_not_sent_again(kiosk, controller):
    show(controller, "opened", serial=9, compartment=7)

    assert kiosk.get("/kiosk/front/screen?seen=8").status_code == 200
    assert kiosk.get("/kiosk/front/screen?seen=9").status_code == 204
    assert kiosk.get("/kiosk/front/screen?seen=9w").status_code == 204


def test_day_14_a_door_that_is_shut_leaves_the_screen_of_another(kiosk, controller):
    """DAY-14: the small plates follow the doors, without a new tap."""
    show(controller, "opened", serial=9, compartment=7, also=[12])
    seen = re.search(r'name="seen" value="([^"]+)"', kiosk.get("/kiosk/front").text)[1]
    same = kiosk.get(f"/kiosk/front/screen?seen={seen}")
    show(controller, "opened", serial=9, compartment=7)
    shut = kiosk.get(f"/kiosk/front/screen?seen={seen}")

    assert (same.status_code, shut.status_code) == (204, 200)


def test_the_screen_returns_to_waiting_when_its_time_is_up(kiosk, controller):
    show(controller, "opened", serial=9, compartment=7, seconds=5)
    shown = kiosk.get("/kiosk/front/screen").text
    after = kiosk.get("/kiosk/front/screen?over=9").text
    show(controller, "notnow", serial=10, seconds=5)
    newer = kiosk.get("/kiosk/front/screen?over=9").text

    assert 'data-seconds="5.0"' in shown
    assert "Tap your card" in after
    assert "Not just now" in newer


def test_acc_5_a_pin_unlocks_what_staff_may_do(kiosk, controller):
    """ACC-5: card and PIN, never the card alone."""
    show(controller, "pin", pin_until_us=AT_US + 21_000_000)
    answer = kiosk.submit(
        "/kiosk/front/pin", {"pin": controller.secret}, on="/kiosk/front", headers=PIECE
    )

    assert "Release Kestrels" in answer.text
    assert controller.last("bank_pin").token == KIOSK_TOKEN


def test_acc_5_a_wrong_pin_is_told_and_the_pad_stays(kiosk, controller):
    """ACC-5: throttled by the controller, told here."""
    show(controller, "pin", pin_until_us=AT_US + 21_000_000)
    answer = kiosk.submit(
        "/kiosk/front/pin", {"pin": "000000"}, on="/kiosk/front", headers=PIECE
    )

    assert "That PIN was not right." in answer.text
    assert "000000" not in answer.text
    assert answer.text.count("data-digit=") == 10


def test_day_4_a_teacher_releases_the_class_at_the_bank(kiosk, controller):
    """DAY-4: with card and PIN at the bank."""
    show(controller, "staff", unlocked=True, acts=["release:kestrels", "evacuate"])
    answer = kiosk.submit(
        "/kiosk/front/act",
        {"act": "release:kestrels"},
        on="/kiosk/front",
        headers=PIECE,
    )

    assert controller.last("bank_act").args == {"act": "release:kestrels"}
    assert "Tap your card" in answer.text


def test_staff_who_are_not_unlocked_are_asked_for_the_pin(kiosk, controller):
    show(controller, "staff", acts=["release:kestrels"])
    page = kiosk.get("/kiosk/front").text

    assert "Your PIN, please." in page
    assert "Release" not in page


def test_a_touch_on_staff_says_how(kiosk, controller):
    show(controller, "waiting", serial=4)
    page = kiosk.get("/kiosk/front/screen?show=staff").text

    assert "tap your card, then type your PIN" in page
    assert 'data-seconds="10.0"' in page


def test_web_7_while_the_controller_is_silent_the_kiosk_rests(kiosk, controller):
    """WEB-7: kind to children, honest to machines, and back by itself."""
    kiosk.get("/kiosk/front")
    controller.stop()
    rests = kiosk.get("/kiosk/front")
    controller.start()
    back = kiosk.get("/kiosk/front")

    assert (rests.status_code, back.status_code) == (503, 200)
    assert "The lockers are having a rest" in rests.text
    assert "Tap your card" in back.text


def test_web_3_the_words_of_a_language_are_complete_or_not_offered():
    """WEB-3: half a screen in another language helps nobody."""
    assert all(set(words) == set(ENGLISH) for words in WORDS.values())
    assert say_in("uk").lang == "en-GB"
    assert all(words.strip() for words in ENGLISH.values())


def test_web_3_right_to_left_turns_the_words_and_not_the_cabinet(
    kiosk, controller, monkeypatch
):
    """WEB-3: the real cabinet does not turn round."""
    monkeypatch.setattr("web.public.words.WORDS", {"en": ENGLISH, "ar": ENGLISH})
    show(controller, "opened", compartment=7, language="ar")
    page = kiosk.get("/kiosk/front").text
    show(controller, "opened", compartment=7)

    assert 'lang="ar" dir="rtl"' in page
    svg = re.compile(r"<svg class=\"map\".*?</svg>", re.DOTALL)
    here = svg.search(page)[0].replace('lang="ar"', "")
    assert here == svg.search(kiosk.get("/kiosk/front").text)[0]


def test_the_map_leads_to_the_door(feed):
    found = map_of(feed.board, 22)

    assert (found.row, found.place) == (4, 4)
    assert len(found.cells) == 35
    assert map_of(feed.board, 99) is None
    assert map_of(None, 1) is None


def test_each_door_has_a_picture_of_its_own():
    assert len(set(PICTURES)) == len(PICTURES) == 36
    symbols = (WEB / "static/img/symbols.svg").read_text()
    assert all(f'id="p-{name}"' in symbols for name in PICTURES)
    assert (picture(0), picture(37)) == ("", "")


def test_the_clock_face_shows_home_time():
    assert hands("15:15").hour == 97.5
    assert hands("12:00") == hands("00:00")


def test_seconds_for_the_pin_never_leave_their_bounds():
    assert [seconds_left(s * 1_000_000, 0) for s in (-5, 12, 400)] == [0, 12, 30]


def test_the_kiosks_answers_to_a_signed_out_pairing_are_those_of_an_unpaired(
    kiosk, controller
):
    controller.answers["bank_done"] = lambda: SIGNED_OUT
    answer = kiosk.submit("/kiosk/front/done", on="/sign-in")

    assert answer.status_code == 403
