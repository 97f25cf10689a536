"""Sign-in, first start, step-up, lock, sign-out (ACC-1, ACC-4, SEC-3)."""

from __future__ import annotations

import pytest

from controller.protocol import Fault
from tests.web.conftest import Visitor
from tests.web.fake_controller import PASSWORD, SIGNED_OUT, STARTING_CODE, a_person
from web.nav import ENTRIES, entries_for, first_page


def test_signing_in_leads_to_the_first_page_of_the_role(visitor, controller):
    answer = visitor.submit("/sign-in", {"username": "teacher", "password": PASSWORD})

    assert (answer.status_code, answer.location) == (303, "/classes")
    assert controller.last("sign_in").args["remote"] == "127.0.0.1"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(visitor):
    asked = visitor.get("/journal?day=2026-11-23")
    assert asked.location == "/sign-in?next=/journal%3Fday%3D2026-11-23"

    answer = visitor.submit(
        "/sign-in",
        {"username": "office", "password": PASSWORD, "next": "/journal?day=2026-11-23"},
    )

    assert answer.location == "/journal?day=2026-11-23"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "x"],
)
def test_sec_3_signing_in_never_leads_to_another_site(visitor, elsewhere):
    """SEC-3: no open redirect."""
    answer = visitor.submit(
        "/sign-in", {"username": "teacher", "password": PASSWORD, "next": elsewhere}
    )

    assert answer.location == "/classes"


def test_a_wrong_password_is_told_on_the_same_page_and_not_which_was_wrong(visitor):
    answer = visitor.submit("/sign-in", {"username": "teacher", "password": "wrong"})

    assert answer.status_code == 401
    assert "do not match" in answer.text
    assert 'value="teacher"' in answer.text
    assert "wrong" not in answer.text.replace("wrong-", "").replace('class="wrong"', "")


def test_sec_3_a_throttled_sign_in_says_how_long(visitor, controller):
    """SEC-3: brute force is the controller's to slow down, and the page's to tell."""
    controller.answers["sign_in"] = lambda **_: Fault(
        "throttled", "Too many tries. Wait 30 seconds.", "Then try again.", 429
    )
    answer = visitor.submit("/sign-in", {"username": "teacher", "password": "x"})

    assert answer.status_code == 429
    assert "Wait 30 seconds" in answer.text


def test_sec_3_a_planted_session_is_worth_nothing_after_signing_in(visitor):
    """SEC-3: session fixation. The cookie and its CSRF seed are new."""
    visitor.get("/sign-in")
    planted = visitor.cookie("hometime")
    with visitor.http.session_transaction() as session:
        seed = session["csrf_token"]
    visitor.sign_in("teacher")
    mine = visitor.cookie("hometime")
    with visitor.http.session_transaction() as session:
        assert session.get("csrf_token") != seed
    thief = Visitor(visitor.site)
    thief.http.set_cookie("hometime", planted)

    assert mine != planted
    assert thief.get("/classes").status_code == 303


def test_sec_3_a_forged_cookie_is_nobody(visitor):
    """SEC-3: the cookie is signed."""
    visitor.http.set_cookie("hometime", "eyJ0b2tlbiI6InRlYWNoZXIifQ.aaaaaa.bbbbbbbb")

    assert visitor.get("/classes").location.startswith("/sign-in")


def test_acc_1_the_very_first_visitor_is_asked_for_the_first_account(
    visitor, controller
):
    """ACC-1: no default password."""
    controller.must_start = True
    assert visitor.get("/sign-in").location == "/first-start"

    answer = visitor.submit(
        "/first-start",
        {
            "code": STARTING_CODE,
            "username": "head",
            "password": "three plain words",
            "first_name": "Head",
            "last_name": "Example",
        },
        on="/first-start",
    )

    assert answer.location == "/classes"
    assert controller.last("first_start").args["username"] == "head"
    assert visitor.get("/first-start").location == "/sign-in"


def test_acc_1_a_wrong_starting_code_keeps_what_was_typed_but_the_password(
    visitor, controller
):
    """ACC-1: only who installed it has the code."""
    controller.must_start = True
    answer = visitor.submit(
        "/first-start",
        {"code": "NO", "username": "head", "password": "three plain words"},
        on="/first-start",
    )

    assert answer.status_code == 422
    assert 'value="head"' in answer.text
    assert "three plain words" not in answer.text


def test_acc_4_a_revoked_session_ends_at_its_next_page(signed_in, controller):
    """ACC-4: sessions are the controller's rows."""
    visitor = signed_in("teacher")
    assert visitor.get("/classes").status_code == 200
    del controller.people["teacher"]

    assert visitor.get("/classes").location == "/sign-in?next=/classes"


def test_acc_4_locking_ends_the_session_and_leads_back_after_signing_in(
    signed_in, controller
):
    """ACC-4: the lock clears names off the screen."""
    visitor = signed_in("teacher")
    answer = visitor.submit(
        "/lock", on="/classes", headers={"Referer": "http://localhost/classes/kestrels"}
    )

    assert controller.count("lock") == 1
    assert answer.location == "/sign-in?next=/classes/kestrels"
    assert visitor.get("/classes").status_code == 303


def test_acc_4_signing_out_works_while_the_controller_is_down(signed_in, controller):
    """ACC-4: this visitor forgets in any case."""
    visitor = signed_in("teacher")
    token_page = visitor.get("/classes")
    assert token_page.status_code == 200
    controller.answers["sign_out"] = lambda: SIGNED_OUT
    visitor.submit("/sign-out", on="/classes")

    assert visitor.get("/classes").status_code == 303


def test_acc_4_step_up_carries_the_form_along_and_sends_it_again(signed_in, controller):
    """ACC-4: step-up before a release of all, with one more touch and not two."""
    visitor = signed_in("teacher")
    asked = visitor.submit(
        "/classes/kestrels/release", {"mode": "tables"}, on="/classes/kestrels"
    )
    assert asked.status_code == 403
    assert 'name="mode" value="tables"' in asked.text

    answer = visitor.submit(
        "/step-up",
        {
            "then": "/classes/kestrels/release",
            "back": "/classes/kestrels",
            "mode": "tables",
            "step_up_secret": controller.secret,
        },
        on="/classes/kestrels",
    )

    assert (answer.status_code, answer.location) == (307, "/classes/kestrels/release")


def test_acc_4_a_wrong_step_up_asks_again_and_keeps_the_form(signed_in):
    """ACC-4: nothing is done until it is right."""
    answer = signed_in("teacher").submit(
        "/step-up",
        {"then": "/classes/kestrels/release", "mode": "tables", "step_up_secret": "no"},
        on="/classes/kestrels",
    )

    assert answer.status_code == 403
    assert "That is not right." in answer.text
    assert 'name="mode" value="tables"' in answer.text
    assert 'value="no"' not in answer.text


def test_sec_3_step_up_never_sends_a_form_to_another_site(signed_in, controller):
    """SEC-3: the way on is a path of this site."""
    answer = signed_in("teacher").submit(
        "/step-up",
        {"then": "https://elsewhere.example/", "step_up_secret": controller.secret},
        on="/classes/kestrels",
    )

    assert answer.location == "/"


def test_acc_6_the_bar_shows_only_what_the_role_has_a_use_for():
    """ACC-6: least privilege, told by what is not there."""
    titles = {
        role: [entry.title for entry in entries_for(a_person(role))]
        for role in ("teacher", "office", "technician")
    }

    assert titles == {
        "teacher": ["Board", "Classes", "People", "Records", "Concern"],
        "office": [e.title for e in ENTRIES if e.title != "Safeguarding"],
        "technician": ["Board", "Journal", "Settings", "Health", "Concern"],
    }
    assert entries_for(None) == []


def test_the_technician_begins_at_health_and_who_must_change_a_password_there():
    assert first_page(a_person("technician")) == "/health"
    assert first_page(a_person("office")) == "/classes"
    assert first_page(a_person("office", must_change=True)) == "/account"


def test_a_signed_in_person_is_asked_of_the_controller_once_a_page(
    signed_in, controller
):
    visitor = signed_in("teacher")
    before = controller.count("me")
    visitor.get("/classes")

    assert controller.count("me") == before + 1
