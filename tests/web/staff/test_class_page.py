"""The class page (DAY-1 to DAY-15, WEB-8)."""

from __future__ import annotations

import re

import pytest

from tests.web.staff.conftest import words
from tests.web.staff.fake_class import class_page

REASONS = ("absent", "left early", "choir", "tapped at 11:20")


def test_day_4_a_form_with_only_its_token_releases_by_tap(teacher, controller):
    """DAY-4: committed before the redirect: the controller has answered by then."""
    response = teacher.post("/classes/kestrels/release")

    assert response.status_code == 303
    assert response.location.endswith("/classes/kestrels")
    assert controller.last("release_class").args == {
        "class_id": "kestrels",
        "mode": "tap",
    }


def test_sec_3_a_form_without_its_token_changes_nothing(teacher, controller):
    """SEC-3: whoever lures a browser here has no token."""
    response = teacher.client.post("/classes/kestrels/release")

    assert response.status_code == 400
    assert not controller.count("release_class")


def test_acc_4_opening_without_cards_asks_for_the_password_and_then_goes_on(
    teacher, controller
):
    """ACC-4: the way that was chosen is carried through the step-up."""
    asked = teacher.post("/classes/kestrels/release", {"mode": "tables"})
    assert asked.status_code == 403
    assert 'name="mode" value="tables"' in asked.text

    form = {
        "then": "/classes/kestrels/release",
        "back": "/classes/kestrels",
        "mode": "tables",
        "step_up_secret": controller.secret,
    }
    again = teacher.post("/step-up", form)
    assert again.status_code == 307  # the browser sends the same form once more
    assert teacher.post(again.location, form).status_code == 303

    assert controller.last("release_class").args["mode"] == "tables"


@pytest.mark.parametrize("class_id", ["kestrels", "herons", "merlins", "robins"])
def test_web_8_the_page_holds_no_reason_until_the_pin(teacher, class_id):
    """WEB-8: not hidden by styles: not in the page at all."""
    page = teacher.get(f"/classes/{class_id}").text.lower()

    assert not [reason for reason in REASONS if reason in page]


def test_web_8_day_5_after_the_pin_the_teacher_sees_who_and_why_for_20_seconds(teacher):
    """WEB-8, DAY-5: "office" stays without a why; the page goes by itself."""
    shown = teacher.post("/classes/herons/reasons", {"pin": "123456"})

    assert "Jayden: absent." in words(shown)
    assert "Freya: office." in words(shown)
    assert 'http-equiv="refresh" content="20; url=/classes/herons"' in shown.text
    assert shown.headers["Cache-Control"] == "no-store"


def test_web_8_a_wrong_pin_shows_nothing(teacher):
    """WEB-8."""
    refused = teacher.post("/classes/herons/reasons", {"pin": "000000"})

    assert refused.status_code == 403
    assert "absent" not in refused.text.lower()


def test_web_8_without_a_pin_the_page_says_how_to_get_one(teacher, controller):
    """WEB-8."""
    controller.people["teacher"].has_pin = False

    assert "set a PIN in your account" in teacher.text("/classes/kestrels")


def test_day_4_a_running_release_shows_its_waves_next_and_stop(teacher, controller):
    """DAY-4: progress bar, line of stops, stoppable."""
    page = teacher.get("/classes/herons").text

    assert '<progress value="11" max="24"' in page
    assert page.count('<li class="done">') == 2
    assert teacher.post("/classes/herons/stop").status_code == 303
    assert teacher.post("/classes/herons/next").status_code == 303
    assert teacher.post("/classes/herons/end").status_code == 303
    asked = {request.do for request in controller.asked}
    assert {"release_stop", "wave_next", "release_end"} <= asked


def test_day_4_a_door_that_had_its_turn_and_stayed_shut_is_told_with_its_child(teacher):
    """DAY-4: beside the progress, and on the tile."""
    shown = teacher.text("/classes/herons")

    assert "Door 6 was not opened. Ask Harry to tap" in shown
    assert "Harry Not opened Its turn came and the door stayed shut." in shown
    assert shown.count("Not opened") == 1


def test_day_4_many_doors_that_stayed_shut_are_one_line(teacher, controller):
    """DAY-4: the panel fits on the screen of a phone, with Stop on it."""
    page = class_page("herons")
    for tile in page.groups[3].tiles:
        tile.unopened = tile.state == "in"
    controller.answers["class_page"] = lambda class_id: page

    shown = teacher.text("/classes/herons")

    assert "Doors 6, 19, 20, 22 and 24 were not opened. A tap opens each" in shown
    assert "was not opened" not in shown


def test_day_1_class_seen_all_off_is_one_touch_and_names_exceptions(
    teacher, controller
):
    """DAY-1: all at once, or all but those that are touched."""
    assert "Class seen, all off" in teacher.text("/classes/merlins")
    teacher.post("/classes/merlins/confirm")
    assert controller.last("confirm_class").args["except_pupils"] == []

    page = teacher.get("/classes/merlins/confirm").text
    assert page.count('name="except"') == 14
    teacher.post("/classes/merlins/confirm", {"except": ["p01", "p07"]})
    assert controller.last("confirm_class").args["except_pupils"] == ["p01", "p07"]


def test_day_9_vouching_is_two_touches(teacher, controller):
    """DAY-9: the tile leads to the sheet, the sheet's one button opens the door."""
    assert (
        'href="/classes/kestrels/pupils/p18"' in teacher.get("/classes/kestrels").text
    )
    sheet = teacher.get("/classes/kestrels/pupils/p18").text
    assert "Open door 18 for Sana" in sheet

    assert teacher.post("/classes/kestrels/vouch", {"pupil": "p18"}).status_code == 303
    assert controller.last("vouch").args == {"pupil": "p18"}


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("lessons", "The device stays in until home time."),
        ("closed-day", "There is no school today"),
    ],
)
def test_day_3_no_button_offers_what_the_hour_forbids(
    teacher, office, controller, phase, words
):
    """DAY-3 DAY-9: a vouched pupil too waits for home time, but the office may."""
    page = class_page("kestrels")
    page.phase, page.release = phase, None
    controller.answers["class_page"] = lambda class_id: page

    shown = teacher.text("/classes/kestrels/pupils/p21")
    assert words in shown
    assert "Open door" not in shown
    assert "Open door 21" in office.text("/classes/kestrels/pupils/p21")
    assert "Open door 9" in teacher.text("/classes/kestrels/pupils/p09")


@pytest.mark.parametrize("mark", ["none", "absent", "left-early", "office"])
def test_day_7_a_mark_is_one_touch(teacher, controller, mark):
    """DAY-7."""
    sheet = teacher.get("/classes/kestrels/pupils/p18").text
    assert f'name="mark" value="{mark}"' in sheet

    teacher.post("/classes/kestrels/mark", {"pupil": "p18", "mark": mark})

    assert controller.last("mark").args == {"pupil": "p18", "mark": mark}


def test_day_5_a_pupil_goes_to_one_of_the_clubs(teacher, controller):
    """DAY-5 DAY-7: each with its end; one touch more than other marks."""
    sheet = teacher.get("/classes/kestrels/pupils/p18").text
    assert 'name="club" value="chess"' in sheet
    assert "until 16:00" in sheet
    form = {"pupil": "p18", "mark": "club", "club": "chess"}

    teacher.post("/classes/kestrels/mark", form)

    assert controller.last("mark").args == form


def test_a_thing_that_many_doors_want_is_said_once(teacher, controller):
    """WEB-6: thirty small fingers are one line, one door is named with its child."""
    page = class_page("merlins")
    tiles = [tile for group in page.groups for tile in group.tiles]
    for tile in tiles[:28]:
        tile.note = "Shut again at once. Is the device in?"
    tiles[29].note = "The door is out of order."
    controller.answers["class_page"] = lambda class_id: page

    shown = teacher.text("/classes/merlins")

    assert "Doors 1 to 28. Shut again at once." in shown
    assert "Door 30, Martha. The door is out of order." in shown


@pytest.mark.parametrize(
    ("class_id", "main"),
    [("kestrels", "Release class"), ("merlins", "Class seen, all off")],
)
def test_day_4_the_one_main_button_is_what_the_day_asks_for(teacher, class_id, main):
    """DAY-1 DAY-4: home time releases; in the morning that is out of turn."""
    page = teacher.get(f"/classes/{class_id}").text

    buttons = re.findall(r'<button[^>]*class="main huge"[^>]*>(.*?)</button>', page)
    assert [re.sub("<[^>]+>", "", button) for button in buttons] == [main]


def test_day_7_a_mark_can_be_taken_back(teacher, controller):
    """DAY-7: offered only where today's mark may be taken back."""
    assert "mark back" in teacher.text("/classes/kestrels/pupils/p04")
    assert "mark back" not in teacher.text("/classes/kestrels/pupils/p18")

    teacher.post("/classes/kestrels/unmark", {"pupil": "p04"})

    assert controller.last("unmark").args == {"pupil": "p04"}


def test_day_11_with_a_guessed_clock_staff_begin_drop_off_by_hand(teacher, controller):
    """DAY-11: the page says so."""
    assert "The clock is only guessed." in teacher.text("/classes/swifts")

    teacher.post("/classes/swifts/drop-off/start")
    teacher.post("/classes/swifts/drop-off/end")

    assert controller.count("drop_off_start") == controller.count("drop_off_end") == 1


def test_day_15_evacuate_from_the_class_page(teacher, controller):
    """DAY-15: one press; the browser is back on the class."""
    assert 'data-hold="1000"' in teacher.get("/classes/kestrels").text

    done = teacher.post("/evacuate", {"class": "kestrels"})

    assert done.location.endswith("/classes/kestrels")
    assert controller.count("evacuate") == 1


def test_day_15_an_evacuated_class_offers_nothing_but_to_resume(teacher, controller):
    """DAY-15: open doors are listed, staff resume with PIN or password."""
    page = teacher.text("/classes/wrens")
    assert "2 doors are open: 9 and 22" in page
    assert "Release class" not in page

    teacher.post("/resume", {"secret": "246810", "class": "wrens"})

    assert controller.last("resume").args == {"secret": "246810"}


def test_day_6_after_home_time_the_page_says_what_stayed(teacher):
    """DAY-6."""
    assert "23 of 24 collected." in teacher.text("/classes/robins")


def test_a_class_without_pupils_says_where_they_come_from(teacher):
    assert "Pupils come with the roll" in teacher.text("/classes/larks")


def test_web_6_a_class_that_is_not_there_is_a_page(teacher):
    """WEB-6."""
    missing = teacher.get("/classes/nobody")

    assert missing.status_code == 404
    assert "There is no such class." in missing.text


def test_web_6_a_pupil_of_another_class_is_not_found(teacher):
    """WEB-6, SEC-3: an id from elsewhere leads nowhere."""
    assert teacher.get("/classes/kestrels/pupils/p99").status_code == 404
