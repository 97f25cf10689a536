"""The second step of signing in: the code of an app (ACC-3)."""

from __future__ import annotations

import pytest

from controller.protocol import Fault
from tests.web.fake_controller import CODE, PASSWORD

FIRST = {"username": "leadership", "password": PASSWORD}


@pytest.fixture
def head(visitor, controller):
    """A visitor whose account has a second factor."""
    controller.people["leadership"].has_second_factor = True
    return visitor


def test_acc_3_after_the_password_comes_a_page_that_asks_for_the_code(head):
    """ACC-3: and nobody is signed in until it is right."""
    answer = head.submit("/sign-in", FIRST)
    assert (answer.status_code, answer.location) == (303, "/sign-in/code")
    assert head.get("/classes").location.startswith("/sign-in")
    head.submit("/sign-in", FIRST)

    page = head.get("/sign-in/code").text
    assert 'name="code"' in page
    assert 'autocomplete="one-time-code"' in page
    answer = head.submit("/sign-in/code", {"code": CODE}, on="/sign-in/code")
    assert (answer.status_code, answer.location) == (303, "/classes")
    assert head.get("/classes").status_code == 200


@pytest.mark.parametrize("field", ["code", "totp"])
def test_acc_3_the_code_may_come_in_the_same_form(head, field):
    """ACC-3: for programs, and for whoever has it at hand."""
    answer = head.submit("/sign-in", FIRST | {field: CODE})
    assert (answer.status_code, answer.location) == (303, "/classes")


def test_acc_3_both_steps_lead_to_the_page_that_was_asked_for(head):
    """ACC-3: and never to another site."""
    answer = head.submit("/sign-in", FIRST | {"next": "/reports"})
    assert answer.location == "/sign-in/code?next=/reports"
    asked = head.get(answer.location).text
    assert 'name="next" value="/reports"' in asked

    more = {"code": CODE, "next": "/reports"}
    answer = head.submit("/sign-in/code", more, on="/sign-in/code")
    assert answer.location == "/reports"


def test_sec_3_the_second_step_leads_to_no_other_site(head):
    """SEC-3: no open redirect."""
    head.submit("/sign-in", FIRST)
    more = {"code": CODE, "next": "https://elsewhere.example/"}
    answer = head.submit("/sign-in/code", more, on="/sign-in/code")
    assert answer.location == "/classes"


def test_acc_3_a_wrong_code_is_told_there_and_may_be_tried_again(head):
    """ACC-3: the password need not be typed again."""
    head.submit("/sign-in", FIRST)
    answer = head.submit("/sign-in/code", {"code": "000000"}, on="/sign-in/code")
    assert answer.status_code == 401
    assert "That code is not right." in answer.text
    assert "000000" not in answer.text

    answer = head.submit("/sign-in/code", {"code": CODE}, on="/sign-in/code")
    assert answer.status_code == 303


def test_acc_3_who_waited_too_long_begins_again(head, controller):
    """ACC-3: with a word why."""
    head.submit("/sign-in", FIRST)
    late = Fault("sign-in-over", "This took too long.", "Sign in again.", 401)
    controller.answers["sign_in_code"] = lambda **_: late
    answer = head.submit("/sign-in/code", {"code": CODE}, on="/sign-in/code")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "This took too long." in head.get("/sign-in").text
    assert head.get("/sign-in/code").location == "/sign-in"


def test_acc_3_the_second_page_alone_is_nothing(visitor, controller):
    """ACC-3: without a right password nothing is asked of the controller."""
    assert visitor.get("/sign-in/code").location == "/sign-in"
    answer = visitor.submit("/sign-in/code", {"code": CODE})
    assert answer.location == "/sign-in"


def test_acc_3_a_program_is_told_that_a_code_is_wanted_and_learns_no_ticket(head):
    """ACC-3: in the one error shape."""
    answer = head.submit("/sign-in", FIRST, headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json["error"] == "second-factor-needed"
    assert "details" not in answer.json


def test_acc_3_whoever_must_set_it_up_is_led_there_from_every_page(head, controller):
    """ACC-3: and no link leads anywhere else."""
    me = controller.people["leadership"]
    me.has_second_factor, me.must_set_up = False, True
    answer = head.submit("/sign-in", FIRST)
    assert answer.location == "/account/second-factor"
    page = head.get("/account/second-factor").text
    assert 'href="/classes"' not in page
    assert 'class="qr"' in page
    fault = Fault("must-set-up", "Set up your second factor first.", "", 403)
    controller.answers["classes"] = lambda: fault
    assert head.get("/classes").location == "/account/second-factor"


def test_acc_3_the_first_code_shows_the_recovery_codes(signed_in, controller):
    """ACC-3: once; a wrong one keeps the picture."""
    teacher = signed_in("teacher")
    page = teacher.submit(
        "/account/second-factor", {"code": CODE}, on="/account/second-factor"
    )
    assert page.text.count("<code>a7mqk-2xvd9</code>") == 10
    wrong = Fault("wrong-secret", "That code is not right.", "Try again.", 403)
    controller.answers["second_factor_confirm"] = lambda **_: wrong
    page = teacher.submit(
        "/account/second-factor", {"code": "1"}, on="/account/second-factor"
    )
    assert page.status_code == 403
    assert "That code is not right." in page.text
    assert 'class="qr"' in page.text


def test_acc_3_a_step_up_on_the_way_leads_back(signed_in, controller):
    """ACC-3 ACC-4: to replace one that is there."""
    teacher = signed_in("teacher")
    wanted = Fault("step-up-needed", "Prove it.", "", 403)
    controller.answers["second_factor_begin"] = lambda: wanted
    answer = teacher.get("/account/second-factor")
    assert answer.location == "/step-up?next=/account/second-factor"


def test_acc_3_leadership_resets_a_lost_one(signed_in, controller):
    """ACC-3: from the account's page."""
    head = signed_in("leadership")
    line = controller.answers["accounts"]()[0]
    answer = head.submit(f"/accounts/{line.id}/second-factor", on="/accounts")
    assert answer.status_code == 303
    assert controller.last("account_second_factor_reset").args == {"id": line.id}
