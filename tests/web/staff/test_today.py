"""Pages of outings, early leavers, covers, the paper sheet and the stock-take."""

from __future__ import annotations

import pytest


def asked(controller, do):
    """Return the arguments with which ``do`` was asked last."""
    return [request.args for request in controller.asked if request.do == do][-1]


def test_day_7_a_trip_shows_out_back_and_missing(teacher):
    """DAY-7: three figures, who is waited for, and what comes next."""
    page = teacher.text("/classes/kestrels/outing")

    assert "22 out, of 28" in page
    assert "0 back" in page
    assert "Still behind their doors: Amina, Oliver" in page
    assert "Not handed in again: Amina." in page
    assert "We are back: hand in again" in page


def test_day_7_some_children_or_all(teacher, controller):
    """DAY-7: names that are ticked count only with "only these"."""
    form = {"why": "trip", "pupil": ["p07", "p08"]}
    teacher.post("/classes/kestrels/outing", form)
    assert asked(controller, "outing_begin")["pupils"] == []

    teacher.post("/classes/kestrels/outing", form | {"some": "1"})
    assert asked(controller, "outing_begin")["pupils"] == ["p07", "p08"]


def test_day_8_the_mornings_question_says_what_it_is_not(teacher, controller):
    """DAY-8: one touch each; never grounds for a search."""
    page = teacher.text("/classes/kestrels/morning")
    assert "never grounds for a search" in page

    teacher.post("/classes/kestrels/morning", {"pupil": "p01", "word": "none"})
    assert asked(controller, "mark") == {"pupil": "p01", "mark": "none"}
    teacher.post("/classes/kestrels/morning", {"pupil": "p01", "word": "left-early"})
    assert asked(controller, "mark")["mark"] == "", "only the two answers are taken"


def test_day_7_whom_nothing_is_released_to_cannot_be_chosen(office):
    """DAY-7 CUS-4: she is named as never, and is no choice."""
    page = office.get("/pupils/p01/leave").text

    assert 'value="adult:a1"' in page
    assert 'value="adult:a2"' not in page
    assert "Never release to Casimir Dunnock." in page


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        ({"whom": "adult:a1", "who": "x"}, {"whom": "adult", "contact": "a1"}),
        ({"whom": "alone", "who": "x"}, {"whom": "alone", "contact": ""}),
        ({"whom": "other", "who": " A  b "}, {"whom": "other", "who": "A b"}),
    ],
)
def test_day_7_only_somebody_else_needs_words(office, controller, form, sent):
    """DAY-7: what was typed beside another choice is not kept."""
    office.post("/pupils/p01/leave", form)

    given = asked(controller, "leave_early")
    assert given == {"pupil": "p01", "contact": "", "who": ""} | sent


def test_day_16_siblings_come_first_and_a_mix_up_blames_nobody(teacher, controller):
    """DAY-16."""
    assert teacher.text("/pupils/p01/sibling").index("Oliver") > 0
    assert "nobody is to blame" in teacher.text("/pupils/p01/mix-up")
    teacher.post("/pupils/p01/mix-up", {"other": "p02"})
    assert asked(controller, "swap_devices") == {"pupil": "p01", "other": "p02"}


def test_day_12_pin_and_password_are_shown_once(office):
    """DAY-12: with the answer, and on no page after that."""
    shown = office.post("/covers", {"classes": ["kestrels"]}).text

    assert "704915" in shown
    assert "704915" not in office.get("/covers").text
    assert "Hold a day card to the reader" in office.text("/covers")


def test_day_12_no_browser_keeps_the_slip(office):
    """DAY-12 SEC-3: going back shows nothing."""
    slip = office.post("/covers", {"classes": ["kestrels"]})
    assert "no-store" in slip.headers["Cache-Control"]


def test_day_13_the_sheet_says_where_it_went_and_what_not_to_open(office):
    """DAY-13: no reason stands on it."""
    page = office.text("/sheet")

    assert "last left Monday 23 November, 09:31" in page
    assert "has not left yet. Since Monday 23 November" in page
    assert page.count("Do not open") >= 2
    assert "onfiscat" not in page


def test_day_13_only_times_that_were_written_are_typed_in(office, controller):
    """DAY-13: what is left empty says nothing."""
    form = {"day": "2026-11-23", "pupil": ["p01", "p02"], "out-p01": "15:20"}
    office.post("/sheet/enter", form | {"in-p02": "08:41", "out-p02": "15:21"})

    assert asked(controller, "sheet_enter")["lines"] == [
        "p02,in,08:41,0",
        "p01,out,15:20,0",
        "p02,out,15:21,0",
    ]


def test_rep_6_each_door_has_one_answer(office, controller):
    """REP-6: an answer of nobody's making is left out."""
    form = {"id": "k1", "door-1": "missing", "door-3": "agreed", "door-4": "extra"}
    office.post("/stock-take/record", form | {"door-²": "extra", "door-9": "gone"})

    assert asked(controller, "stock_record") == {
        "id": "k1",
        "agreed": [3],
        "extra": [4],
        "missing": [1],
    }


def test_rep_6_what_was_as_it_should_be_takes_one_touch(office, controller):
    """REP-6: every other empty door; a door that is full needs an answer of its own."""
    page = office.get("/stock-take").text
    assert 'name="empty" value="3"' in page
    assert 'name="empty" value="1"' not in page, "it is full"
    assert 'name="empty" value="4"' not in page, "it has not had its turn"

    form = {"id": "k1", "rest": "1", "empty": ["3", "5"], "door-5": "extra"}
    office.post("/stock-take/record", form)
    given = asked(controller, "stock_record")
    assert (given["agreed"], given["extra"]) == ([3], [5])


def test_cus_6_the_stock_take_does_not_say_why_a_device_is_held(office):
    """CUS-6 REP-6: that it is there is enough."""
    page = office.text("/stock-take")
    assert "A held device" in page
    assert "police" not in page.casefold()


@pytest.mark.parametrize(
    ("role", "there"),
    [("teacher", False), ("office", True), ("leadership", True), ("dsl", False)],
)
def test_acc_6_the_schools_own_pages_are_linked_for_whom_they_are(staff, role, there):
    """ACC-6: covers, sheet, stock-take."""
    page = staff(role).text("/classes")
    for words in ("Cover teachers", "Paper sheet", "Stock-take"):
        assert (words in page) is there
