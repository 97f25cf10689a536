"""Accounts of staff, and one's own (ACC-1, ACC-2, ACC-4, ACC-6)."""

from __future__ import annotations

from controller.protocol import Fault
from tests.web.staff.conftest import words


def test_acc_1_a_new_account_gets_a_password_that_is_shown_once(leadership, controller):
    """ACC-1: no default password; the page is kept by nobody."""
    form = {
        "username": " new.person ",
        "first_name": "New",
        "last_name": "Person",
        "roles": ["teacher"],
        "classes": ["kestrels"],
    }

    shown = leadership.post("/accounts/add", form)

    assert "otter-maple-thirty-lantern" in words(shown)
    assert shown.headers["Cache-Control"] == "no-store"
    assert controller.last("account_add").args == form | {"username": "new.person"}
    assert "otter-maple" not in leadership.get("/accounts").text


def test_acc_4_roles_and_classes_are_changed_together(leadership, controller):
    """ACC-4: a role change acts at once."""
    leadership.post("/accounts/s1", {"roles": ["cover"], "classes": ["merlins"]})

    assert controller.last("account_change").args == {
        "id": "s1",
        "roles": ["cover"],
        "classes": ["merlins"],
    }


def test_acc_1_an_account_ends(leadership, controller):
    """ACC-1: and is not offered for change any more."""
    leadership.post("/accounts/s1/leave")

    assert controller.last("account_change").args == {"id": "s1", "left": True}
    assert 'href="/accounts/s5"' not in leadership.get("/accounts").text
    assert "This account has ended." in leadership.text("/accounts/s5")


def test_acc_1_a_password_is_reset_and_a_card_given_by_the_next_tap(
    leadership, controller
):
    """ACC-1, ACC-5."""
    assert "river-candle-eight-finch" in words(leadership.post("/accounts/s1/reset"))
    assert leadership.post("/accounts/s1/card").location.endswith("/people/enrol")
    assert controller.last("account_card").args == {"id": "s1"}


def test_an_account_that_is_not_there_is_not_found(leadership):
    assert leadership.get("/accounts/s99").status_code == 404


def test_acc_4_ones_sessions_can_be_revoked(teacher, controller):
    """ACC-4: this one is marked and has no button."""
    page = teacher.get("/account").text
    assert page.count("Sign it out") == 1
    assert "this one" in page

    teacher.post("/account/sessions/b/revoke")

    assert controller.last("session_revoke").args == {"id": "b"}


def test_acc_4_sign_out_everywhere_ends_this_browsers_session_too(teacher, controller):
    """ACC-4."""
    done = teacher.post("/account/sign-out-everywhere")

    assert done.status_code == 303
    assert controller.count("sign_out_everywhere") == 1
    with teacher.client.session_transaction() as session:
        assert "token" not in session


def test_acc_2_a_password_is_changed_when_it_is_typed_twice_alike(teacher, controller):
    """ACC-2."""
    form = {
        "old": "old one",
        "new": "four plain words here",
        "again": "four plain words",
    }
    refused = teacher.post("/account/password", form)
    assert refused.status_code == 422
    assert "The two new ones are not the same. Nothing was changed." in words(refused)
    assert not controller.count("change_password")

    teacher.post("/account/password", form | {"again": form["new"]})

    assert controller.last("change_password").args == {
        "old": "old one",
        "new": "four plain words here",
    }


def test_acc_5_a_pin_is_set_with_the_password(teacher, controller):
    """ACC-5."""
    form = {"secret": "pw", "pin": "246810", "pin_again": "246810"}

    teacher.post("/account/pin", form)

    assert controller.last("set_pin").args == {"secret": "pw", "pin": "246810"}


def test_acc_1_a_one_time_password_has_to_be_changed_before_anything_else(
    teacher, controller
):
    """ACC-1."""
    controller.people["teacher"].must_change = True

    page = teacher.text("/account")

    assert "Choose a password of your own first." in page
    assert "Set the PIN" not in page


def test_acc_1_a_new_account_with_a_fault_comes_back_as_typed(leadership, controller):
    """ACC-1 WEB-6: only what is wrong has to be typed again."""
    fault = Fault("taken", "This user name is taken.", "Choose another one.", 422)
    controller.answers["account_add"] = lambda **_: fault

    back = leadership.post(
        "/accounts/add",
        {"username": "j.hughes", "first_name": "New", "roles": ["cover"]},
    )

    assert back.status_code == 422
    assert "This user name is taken. Choose another one." in words(back)
    assert 'value="j.hughes"' in back.text
    assert 'value="cover" checked' in back.text


def test_acc_2_why_a_password_is_refused_stands_beside_it(teacher, controller):
    """ACC-2 WEB-6: said once, in the part that it is about."""
    why = "Many people use it."
    fault = Fault("bad-password", "This password cannot be used.", why, 422, [why])
    controller.answers["change_password"] = lambda **_: fault

    back = teacher.post("/account/password", {"old": "a", "new": "b", "again": "b"})

    assert back.status_code == 422
    assert words(back).count(why) == 1
    assert "Where you are signed in" in words(back)


def test_acc_2_with_a_one_time_password_every_page_leads_to_its_change(
    teacher, controller
):
    """ACC-2: and no link leads anywhere else."""
    controller.people["teacher"].must_change = True
    fault = Fault("must-change", "Choose a password of your own first.", "", 403)
    controller.answers["classes"] = lambda: fault

    led = teacher.get("/classes")

    assert (led.status_code, led.location) == (303, "/account")
    page = teacher.get("/account").text
    assert 'href="/classes"' not in page
    assert "Choose a password of your own first." in page
