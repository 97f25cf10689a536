"""Each page shows only what the role has a use for (ACC-6, SEC-3)."""

from __future__ import annotations

import re

import pytest

from tests.web.staff.fake_school import SCRIPT, school

PAGES = (
    "/classes",
    "/classes/kestrels",
    "/classes/herons",
    "/classes/merlins/confirm",
    "/classes/kestrels/pupils/p01",
    "/people",
    "/people/p01",
    "/people/enrol",
    "/clubs",
    "/journal",
    "/settings",
    "/health",
    "/health/doors/17",
    "/desk",
    "/desk?q=Khan",
    "/desk/pupils/p01",
    "/desk/hand-overs/needs-head",
    "/desk/hand-overs/ready",
    "/classes/kestrels/pupils/p01/take",
    "/classes/kestrels/pupils/p01/home/h7",
    "/concern?pupil=p01",
    "/safeguarding",
    "/people/p01/adults",
    "/settings/policy",
    "/reports",
    "/records",
    "/records/new/exception",
    "/records/rec2",
    "/classes/kestrels/outing",
    "/classes/kestrels/morning",
    "/pupils/p01/leave",
    "/pupils/p01/sibling",
    "/pupils/p01/mix-up",
    "/covers",
    "/sheet",
    "/sheet/enter",
    "/sheet/envelope",
    "/stock-take",
    "/account",
)


@pytest.mark.parametrize(
    ("role", "path", "words"),
    [
        ("teacher", "/people", ["Add a pupil", "Import the roll", "Accounts of staff"]),
        ("teacher", "/people/p01", ["Save", "In the journal"]),
        ("office", "/people", ["Accounts of staff"]),
        ("dsl", "/people", ["Add a pupil", "Enrol a class"]),
        ("dsl", "/people/p01", ["The card is lost", "Save"]),
        ("office", "/settings", ["End the pairing", "Pair this browser"]),
        ("technician", "/settings", ["Close early", "Terms and closed days"]),
    ],
)
def test_acc_6_a_page_offers_nothing_that_the_role_may_not_do(staff, role, path, words):
    """ACC-6."""
    page = staff(role).text(path)

    assert not [word for word in words if word in page]


@pytest.mark.parametrize("path", PAGES)
def test_sec_3_a_script_in_a_pupils_name_is_words(leadership, path):
    """SEC-3: from the roll into every page that names a pupil."""
    school["script"] = True

    page = leadership.get(path)

    assert page.status_code == 200
    assert SCRIPT not in page.text


@pytest.mark.parametrize("path", PAGES)
def test_sec_3_no_page_has_an_inline_script_or_style(leadership, path):
    """SEC-3: what the Content-Security-Policy forbids is not there either."""
    page = leadership.get(path).text

    assert not re.findall(
        r"<script(?![^>]*\ssrc=)|\sstyle=|<style|\son[a-z]+=|hx-on", page
    )


@pytest.mark.parametrize("path", PAGES)
def test_sec_3_every_form_that_changes_something_has_its_token(leadership, path):
    """SEC-3."""
    forms = re.findall(
        r'<form[^>]*method="post".*?</form>', leadership.get(path).text, re.DOTALL
    )

    assert forms
    assert all('name="csrf_token"' in form for form in forms)


@pytest.mark.parametrize("path", PAGES)
def test_nobody_signed_in_is_led_to_the_sign_in_page(app, path):
    response = app.test_client().get(path)

    assert response.status_code == 303
    assert response.location.startswith("/sign-in?next=")
