"""Clubs: set by the office, released by their leaders (DAY-5)."""

from __future__ import annotations

import pytest

from controller.protocol import Fault
from tests.web.staff.conftest import words


def test_day_5_a_leader_is_offered_the_own_club_alone(teacher):
    """DAY-5: the others are there to be seen."""
    page = teacher.get("/clubs").text

    assert 'action="/clubs/chess/release"' in page
    assert 'action="/clubs/judo/release"' not in page
    shown = teacher.text("/clubs")
    assert "3 pupils today. 2 devices are behind doors." in shown
    assert "Released at 16:12. Everything has gone home." in shown


def test_day_5_the_office_releases_any_club_that_has_something_in(office, controller):
    """DAY-5: and none that has nothing to release."""
    page = office.get("/clubs").text
    assert page.count("/release") == 2

    done = office.post("/clubs/judo/release")

    assert done.location.endswith("/clubs")
    assert controller.last("release_club").args == {"club": "judo"}


def test_day_5_a_new_club_gets_a_slug_that_no_other_has(office, controller):
    """DAY-5: two clubs of one name are two clubs."""
    form = {"name": " Chess ", "ends": "16:30", "leader": "s2"}

    office.post("/settings/clubs", form)

    assert controller.last("club_set").args == {
        "club": "chess-2",
        "name": "Chess",
        "ends": "16:30",
        "leader": "s2",
    }


def test_day_5_a_club_is_changed_under_its_own_slug(office, controller):
    """DAY-5: a new name does not make a new club of it."""
    office.post(
        "/settings/clubs/chess", {"name": "Go", "ends": "16:00", "leader": "s2"}
    )

    asked = controller.last("club_set").args
    assert (asked["club"], asked["name"]) == ("chess", "Go")


def test_day_5_a_club_is_removed_after_a_second_touch_that_says_what_follows(
    office, teacher, controller
):
    """DAY-5: how many go with their classes again; a teacher is not offered it."""
    shown = office.text("/clubs")
    assert "3 pupils go with their classes again today." in shown
    assert "1 pupil goes with the class again today." in shown
    assert "/remove" not in teacher.get("/clubs").text

    done = office.post("/settings/clubs/chess/remove")

    assert done.location.endswith("/clubs")
    assert controller.last("club_remove").args == {"club": "chess"}


def test_web_6_a_club_that_is_gone_already_is_told(office, controller):
    """DAY-5, WEB-6: two in the office at once."""
    controller.answers["club_remove"] = lambda club: Fault(
        "unknown", "There is no such club.", "Go back and choose again.", 404
    )

    refused = office.post("/settings/clubs/chess/remove")

    assert refused.status_code == 404
    assert "There is no such club." in words(refused)


@pytest.mark.parametrize(
    ("role", "offered"), [("office", True), ("leadership", True), ("technician", False)]
)
def test_acc_6_clubs_are_set_by_those_who_set_the_calendar(staff, role, offered):
    """ACC-6."""
    assert ("A new club" in staff(role).text("/settings")) is offered


def test_classes_lead_to_the_clubs(teacher):
    assert 'href="/clubs"' in teacher.get("/classes").text
