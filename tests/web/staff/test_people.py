"""People, cards, enrolment, files (ACC-9, DAY-9, DAT-1)."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO

import pytest

from controller.protocol import EnrolmentView, RollApplied, RollPreview
from tests.web.staff.conftest import words
from tests.web.staff.fake_people import people


def test_the_list_can_be_searched_and_says_who_has_no_card(office, controller):
    page = office.text("/people?q=sa&class=kestrels")

    assert "Sana" in page
    assert "No card yet" in page
    assert controller.last("people").args == {"query": "sa", "class_id": "kestrels"}


def test_nobody_found_is_said(office):
    assert "Nobody was found." in office.text("/people?q=zzz")


def test_acc_9_a_pupil_who_is_not_on_the_roll_gets_a_door_in_one_form(
    office, controller
):
    """ACC-9: an empty door is the first free one; then one tap gives the card."""
    form = {
        "first_name": "Ines",
        "last_name": "Duarte",
        "class_id": "kestrels",
        "language": "pl",
        "compartment": "",
    }

    added = office.post("/people/add", form, follow_redirects=True)

    assert controller.last("pupil_add").args == form | {"compartment": 0}
    assert "Not on the roll yet" in words(added)
    assert "with the next tap" in words(added)


@pytest.mark.parametrize(("typed", "asked"), [("7", 7), ("", 0), ("x", -1), ("²", -1)])
def test_a_door_that_is_no_number_is_left_to_the_controller_to_refuse(
    office, controller, typed, asked
):
    form = {
        "compartment": typed,
        "group": " Otters ",
        "language": "en",
        "kinds": ["phone"],
    }

    office.post("/people/p01", form)

    assert controller.last("pupil_change").args == {
        "id": "p01",
        "compartment": asked,
        "group": "Otters",
        "language": "en",
        "kinds": ["phone"],
    }


def test_day_9_a_lost_card_is_one_button_and_a_new_one_is_one_tap(office, controller):
    """DAY-9."""
    assert "The card is lost" in office.text("/people/p01")
    office.post("/people/p01/card/lost")
    assert controller.last("card_lost").args == {"id": "p01"}

    waiting = office.post("/people/p09/card/replace")
    assert waiting.location.endswith("/people/enrol")
    assert controller.last("card_replace").args == {"id": "p09"}


def test_acc_9_enrolment_shows_who_is_next_and_how_far_it_is(office, controller):
    """ACC-9, WEB-5: progress, undo, skip, stop."""
    page = office.get("/people/enrol").text
    assert '<progress value="10" max="30"' in page
    assert "Noah, tap your card" in page

    office.post("/people/enrol/undo")
    office.post("/people/enrol/skip", {"pupil": "p11"})
    office.post("/people/enrol/stop")

    asked = [request.do for request in controller.asked if "enrol" in request.do]
    assert asked[1:] == ["enrolment_undo", "enrolment_skip", "enrolment_stop"]


def test_acc_9_enrolment_begins_with_a_class(office, controller):
    """ACC-9."""
    controller.answers["enrolment"] = lambda: EnrolmentView(running=False)

    assert "Pick the class" in office.text("/people/enrol")
    office.post("/people/enrol", {"class_id": "kestrels"})

    assert controller.last("enrolment_start").args == {"class_id": "kestrels"}


def test_acc_9_a_card_that_was_refused_is_told_with_its_reason(office, controller):
    """ACC-9: the same card for two people."""
    controller.answers["enrolment"] = lambda: EnrolmentView(
        running=True, last="This card is enrolled already.", last_ok=False
    )

    assert 'class="wrong"' in office.get("/people/enrol").text


def send(person, path, field, name, data=b"x"):
    return person.post(path, {field: (BytesIO(data), name)})


def test_acc_9_a_file_of_cards_is_taken_whole_or_not_at_all(office):
    """ACC-9."""
    assert "28 cards work now." in words(
        send(office, "/people/cards", "cards", "a.csv")
    )
    bad = words(send(office, "/people/cards", "cards", "bad.csv"))
    assert "Nothing was changed." in bad
    assert "3 This card stands for two people" in bad


def test_dat_1_the_preview_names_line_and_reason_of_every_bad_row(office, controller):
    """DAT-1: nothing is applied until rows are left out by choice."""
    page = send(office, "/people/import", "roll", "roll.csv", b"a,b\n")

    assert b64decode(controller.last("roll_preview").args["data"]) == b"a,b\n"
    assert "14 The class is missing." in words(page)
    assert 'name="leave_out" value="yes" required' in page.text
    assert 'name="accept_leavers" value="yes" required' in page.text


def test_dat_1_what_is_not_chosen_is_not_asked(office, controller):
    """DAT-1: a form that leaves the boxes empty leaves nothing out."""
    office.post("/people/import/apply", {"ticket": "t1", "line": ["14", "31"]})

    assert controller.last("roll_apply").args == {
        "ticket": "t1",
        "leave_out": [],
        "accept_leavers": False,
    }


def test_dat_1_bad_rows_and_leavers_are_accepted_by_choice(office, controller):
    """DAT-1."""
    form = {
        "ticket": "t1",
        "line": ["14", "31"],
        "leave_out": "yes",
        "accept_leavers": "yes",
    }

    done = office.post("/people/import/apply", form)

    assert controller.last("roll_apply").args["leave_out"] == [14, 31]
    assert controller.last("roll_apply").args["accept_leavers"] is True
    assert "2 added, 1 changed, 1 left." in words(done)


def test_dat_1_a_file_that_changes_nothing_has_nothing_to_apply(office, controller):
    """DAT-1."""
    controller.answers["roll_preview"] = lambda **_: RollPreview(
        "t2", "roll.csv", [], [], [], [], asks_leavers=False, unchanged=240
    )

    page = send(office, "/people/import", "roll", "roll.csv")

    assert "Nothing would change." in words(page)
    assert "Apply to the roll" not in page.text


def test_dat_1_the_preview_says_who_gets_a_door_and_who_none(office, controller):
    """DAT-1: doors alone are something to apply, too."""
    controller.answers["roll_preview"] = lambda **_: RollPreview(
        *("t2", "roll.csv", [], [], [], []),
        asks_leavers=False,
        unchanged=240,
        doors=2,
        no_door=[["14", "Ines Duarte", "Kestrels"]],
        elsewhere=5,
    )

    page = send(office, "/people/import", "roll", "roll.csv")

    shown = words(page)
    assert "2 pupils without a door get the first free ones." in shown
    assert "1 pupil would have no door: none is free." in shown
    assert "Ines Duarte Kestrels Line 14" in shown
    assert "5 pupils of classes with doors in another bank get none here." in shown
    assert "Apply to the roll" in page.text


def test_dat_1_what_was_applied_says_who_has_no_door_and_what_to_do(office, controller):
    """DAT-1: each leads to the pupil's own page."""
    controller.answers["roll_apply"] = lambda **_: RollApplied(
        *(3, 0, 0), doors=2, no_door=[["p29", "Theo Duarte", "kestrels"]], elsewhere=1
    )

    done = office.post("/people/import/apply", {"ticket": "t1"})

    assert "2 pupils have a door now." in words(done)
    assert "1 pupil without a door" in words(done)
    assert 'href="/people/p29"' in done.text


@pytest.mark.parametrize(
    ("why", "listed", "advice"),
    [
        ("free", "No door", "Press Save below"),
        ("full", "No door", "none is free"),
        ("elsewhere", "Another bank", "in another one"),
    ],
)
def test_dat_1_people_without_a_door_are_shown_with_what_to_do(
    office, controller, why, listed, advice
):
    """DAT-1: in the list and on the pupil's page."""
    waits = people()[16]
    waits.compartment, waits.no_door = 0, why
    controller.answers["people"] = lambda **_: [*people()[:16], waits]
    controller.answers["pupil"] = lambda **_: waits

    page = office.text("/people")
    assert listed in page
    assert ("1 pupil without a door." in page) is (why != "elsewhere")
    assert advice in office.text(f"/people/{waits.id}")


@pytest.mark.parametrize(
    "path",
    ["/people/import", "/people/cards", "/people/adults", "/settings/calendar/import"],
)
def test_web_6_a_form_without_its_file_says_so(office, path):
    """WEB-6."""
    refused = office.post(path)

    assert refused.status_code == 422
    assert "Choose the file" in refused.text


def test_sec_3_a_file_name_is_shown_tame(office, controller):
    """SEC-3: a path or a script in the name of an upload."""
    send(office, "/people/import", "roll", "../<b>roll</b>.csv")

    assert controller.last("roll_preview").args["filename"] == "broll_b.csv"
