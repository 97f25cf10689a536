"""Adults from a file on the page: preview, choices, what is told (CUS-4)."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO

import pytest

from controller.protocol import AdultsPreview
from tests.web.staff.fake_school import SCRIPT, school
from tests.web.staff.test_people import words

NOTHING = AdultsPreview("t6", "a.csv", [], [], [], [], [], 31, 0, 0)


def send(person, name="adults.csv", data=b"a,b\n"):
    return person.post("/people/adults", {"adults": (BytesIO(data), name)})


def test_cus_4_the_preview_says_who_is_added_changed_and_not_in_the_file(
    office, controller
):
    """CUS-4: names, what they are, whose list, and nothing is done yet."""
    page = send(office)

    assert b64decode(controller.last("adults_preview").args["data"]) == b"a,b\n"
    shown = words(page)
    assert "Nothing has been changed yet." in shown
    assert "3 added 1 changed 31 as before 4 may not collect" in shown
    assert "Marigold Finch Mother Amina Khan, Kestrels Line 2" in shown
    assert "Oliver Khan, Kestrels Line 3, on more than one list" in shown
    assert "Craig Never release" in shown
    assert "Barnaby Uncle Amina Khan, Kestrels Relationship" in shown
    assert "1 adult is on a list and not in the file" in shown
    assert "7 never release: the mark stays" in shown
    assert "1 name stands for more than one child." in shown


def test_cus_4_nobody_is_taken_off_unless_the_box_is_ticked(office, controller):
    """CUS-4: the box is not ticked by itself."""
    page = send(office).text
    assert 'name="take_off" value="yes">' in page
    assert "checked" not in page

    office.post("/people/adults/apply", {"ticket": "t5"})
    asked = {"ticket": "t5", "leave_out": False, "take_off": False}
    assert controller.last("adults_apply").args == asked

    form = {"ticket": "t5", "take_off": "yes", "leave_out": "yes"}
    done = office.post("/people/adults/apply", form)
    asked = {"ticket": "t5", "leave_out": True, "take_off": True}
    assert controller.last("adults_apply").args == asked
    assert "2 added, 1 changed, 1 taken off." in words(done)


def test_cus_4_lines_are_left_out_by_choice_and_then_nobody_is_taken_off(office):
    """CUS-4: each bad line with its reason; the box for taking off is not there."""
    page = send(office, "bad.csv")

    assert "9 adult's name: empty, fill it in" in words(page)
    assert 'name="leave_out" value="yes" required' in page.text
    assert 'name="take_off"' not in page.text


def test_cus_4_a_file_that_changes_nothing_has_nothing_to_apply(office, controller):
    """CUS-4: imported every Monday."""
    controller.answers["adults_preview"] = lambda **_: NOTHING
    page = send(office)

    assert "Nothing would change. The lists are as in this file." in words(page)
    assert "Apply to the lists" not in page.text


def test_cus_4_a_file_of_bad_lines_alone_has_nothing_to_apply_either(
    office, controller
):
    """CUS-4: and does not say that the lists are as in the file."""
    only_bad = {"bad": [{"line": 2, "reason": "name: empty"}]}
    fields = {name: getattr(NOTHING, name) for name in NOTHING.__struct_fields__}
    controller.answers["adults_preview"] = lambda **_: fields | only_bad
    page = send(office)

    assert "Nothing would change." in words(page)
    assert "The lists are as" not in words(page)
    assert "Apply to the lists" not in page.text


def test_sec_3_a_script_in_the_file_is_shown_as_text(office):
    """SEC-3."""
    school.update(script=True)
    page = send(office).text

    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("role", ["office", "leadership"])
def test_cus_4_the_way_there_stands_under_people(staff, role):
    """CUS-4: beside the other imports."""
    assert 'href="/people/adults"' in staff(role).get("/people").text


def test_cus_4_who_may_not_change_a_list_finds_no_way_to_it(staff):
    """CUS-4, ACC-6."""
    assert 'href="/people/adults"' not in staff("dsl").get("/people").text
