"""Accounts of staff, and one's own (ACC-1, ACC-2, ACC-4, ACC-6)."""

from __future__ import annotations

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
