"""A telephone is set up and left at home, in a browser (ACC-3); the list is signed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looking import faults_of
from tools.authenticator import PHONE, sign_in

pytestmark = pytest.mark.browser

OWN = "m4ple!owl"


def test_acc_3_a_new_colleague_of_the_safeguarding_lead(classroom, someone):
    """ACC-1 ACC-2 ACC-3: scan, type, keep the codes, choose a short password, go on."""
    head = someone()
    sign_in(head, classroom.url, classroom.account("leadership"))
    given = new_account(classroom, head)

    nora = someone(390, 844)
    nora.goto(f"{classroom.url}/sign-in")
    nora.fill("[name=username]", "n.quill")
    nora.fill("[name=password]", given)
    nora.press("[name=password]", "Enter")
    expect(nora.get_by_role("heading", name="Your second factor")).to_be_visible()
    expect(nora.locator("svg.qr")).to_be_visible()
    assert faults_of(nora) == []
    nora.goto(f"{classroom.url}/journal")
    assert nora.url.endswith("/account/second-factor")

    nora.get_by_text("No camera? Type the key").click()
    secret = nora.locator(".secret code").inner_text().replace(" ", "")
    nora.fill("[name=code]", PHONE.code(secret))
    nora.get_by_role("button", name="Set it up").click()
    codes = nora.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    assert faults_of(nora) == []
    nora.get_by_role("link", name="I have them").click()

    expect(nora.get_by_text("8 characters or more")).to_be_visible()
    for name, value in (("old", given), ("new", OWN), ("again", OWN)):
        nora.fill(f"#{name}", value)
    nora.get_by_role("button", name="Change the password").click()
    expect(nora.get_by_text("Your password is changed.")).to_be_visible()
    expect(nora.get_by_text("You have 10 recovery codes left.")).to_be_visible()
    assert faults_of(nora) == []

    with_a_recovery_code(classroom, nora, codes[0])


def new_account(classroom, head) -> str:
    """Add a deputy of the safeguarding lead; return the one-time password."""
    head.goto(f"{classroom.url}/accounts/add")
    for name, value in (("first", "Nora"), ("last", "Quill")):
        head.fill(f"#{name}_name", value)
    head.fill("#username", "n.quill")
    head.locator("[name=roles][value=dsl]").check()
    head.get_by_role("button", name="Add the person").click()
    head.fill(
        "[name=step_up_secret]", PHONE.code(classroom.account("leadership")["totp"])
    )
    head.get_by_role("button", name="Go on").click()
    return head.locator("code").inner_text()


def with_a_recovery_code(classroom, nora, code) -> None:
    """The telephone is at home."""
    nora.get_by_role("button", name="Sign out here").click()
    nora.goto(f"{classroom.url}/sign-in")
    nora.fill("[name=username]", "n.quill")
    nora.fill("[name=password]", OWN)
    nora.press("[name=password]", "Enter")
    expect(nora.get_by_role("heading", name="Your code")).to_be_visible()
    assert faults_of(nora) == []
    nora.fill("[name=code]", "000000")
    nora.press("[name=code]", "Enter")
    expect(nora.get_by_role("alert")).to_contain_text("That code is not right")
    nora.fill("[name=code]", code)
    nora.press("[name=code]", "Enter")
    nora.wait_for_url(lambda at: "/sign-in" not in at)
    nora.goto(f"{classroom.url}/account")
    expect(nora.get_by_text("You have 9 recovery codes left.")).to_be_visible()


def test_rec_8_the_head_signs_the_list_of_those_with_access(classroom, someone):
    """REC-8 ACC-4: read, prove, sign; on a telephone too."""
    head = someone(390, 844)
    account = classroom.account("leadership")
    sign_in(head, classroom.url, account)
    head.goto(f"{classroom.url}/accounts")
    head.get_by_role("link", name="Who has access").click()
    expect(head.get_by_text("Nobody has signed it yet.")).to_be_visible()
    assert faults_of(head) == []
    head.fill("[name=name]", "Helen Marsh")
    head.get_by_role("button", name="Sign", exact=True).click()
    head.fill("[name=step_up_secret]", account["pin"])
    head.get_by_role("button", name="Go on").click()
    expect(head.get_by_text("as “Helen Marsh”")).to_be_visible()
    head.get_by_role("link", name="Earlier signatures").click()
    expect(head.get_by_text("looked over who has access")).to_be_visible()
