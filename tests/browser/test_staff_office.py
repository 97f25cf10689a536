"""The office, leadership and the technician at their pages: real processes, one room.

Each story has a day and people of its own.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.classroom import opened
from tests.browser.hands import children_at, prove
from tests.browser.looking import faults_of, main_words

pytestmark = pytest.mark.browser

OWN = "seven green otters walk home"


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """The one classroom of this file."""
    with opened(tmp_path_factory.mktemp("office") / "room") as room:
        yield room


def send(page, field, name, lines):
    """Choose a file of these lines."""
    buffer = "\n".join(lines).encode()
    page.set_input_files(
        field, {"name": name, "mimeType": "text/csv", "buffer": buffer}
    )


def test_dat_1_acc_9_a_roll_with_mistakes_and_then_cards_one_by_one(
    classroom, signed_in
):
    """DAT-1 ACC-9 WEB-5: nothing is applied by mistake; enrolment has undo and why."""
    office = signed_in("office")
    before = people(classroom, office)
    preview_a_roll(classroom, office)
    assert people(classroom, office) == before

    preview_a_roll(classroom, office)
    office.get_by_text("Leave these 30 lines out").click()
    office.get_by_role("button", name="Apply to the roll").click()
    expect(office.get_by_text("2 added, 0 changed, 0 left.")).to_be_visible()
    assert faults_of(office) == []

    office.get_by_role("link", name="Enrol a class").click()
    office.get_by_text("4 Maple").click()
    office.get_by_role("button", name="Begin").click()
    enrol_with_mistakes(classroom, office)


def people(classroom, page):
    page.goto(f"{classroom.url}/people")
    return main_words(page)


def preview_a_roll(classroom, office):
    """Thirty lines without a last name, and two good ones of a new class."""
    pupils = classroom.cast["pupils"]
    bad = [f"{i},{one['first_name']},,Kestrels,4" for i, one in enumerate(pupils, 1)]
    new = ["101,Amberly,Heron,4 Maple,Year 4", "102,Willa,Reed,4 Maple,Year 4"]
    office.goto(f"{classroom.url}/people/import")
    send(office, "#roll", "roll.csv", [ROLL_HEAD, *bad, *new])
    office.get_by_role("button", name="Show what would change").click()
    expect(office.get_by_text("30 lines cannot be taken")).to_be_visible()
    expect(office.get_by_text("last name: empty").first).to_be_visible()
    expect(office.get_by_text("30 pupils stay as they are")).to_be_visible()
    assert faults_of(office) == []


ROLL_HEAD = "Admission number,Forename,Surname,Class,Year"


def enrol_with_mistakes(classroom, office):
    """ACC-7 ACC-9: a second tap, a phone, a card taken back."""
    going = office.locator(".going")
    expect(office.get_by_text("0 of 2")).to_be_visible()
    assert tap(classroom, "04D1D2D3D4D5D1") == "enrolled"
    expect(office.get_by_text("1 of 2")).to_be_visible()
    assert tap(classroom, "04D1D2D3D4D5D1") == "not-enrolled"
    expect(going).to_contain_text("This card is enrolled already.")
    assert tap(classroom, "08D1D2D3") == "random-uid"
    expect(going).to_contain_text("another number at every tap")
    assert faults_of(office) == []

    office.get_by_role("button", name="Take the last card back").click()
    expect(office.get_by_text("0 of 2")).to_be_visible()
    assert tap(classroom, "04D1D2D3D4D5D2") == "enrolled"
    expect(office.get_by_text("1 of 2")).to_be_visible()
    assert tap(classroom, "04D1D2D3D4D5D3") == "enrolled"
    expect(office.get_by_role("heading", name="Enrol a class")).to_be_visible()
    expect(office.get_by_role("button", name="Take the last card back")).to_be_visible()


def tap(classroom, uid):
    return classroom.twin("readers/front/tap", uid=uid)["result"]


def test_dat_1_a_roll_of_one_class_only_asks_before_the_others_leave(
    classroom, signed_in
):
    """DAT-1: more than a fifth; without the tick nothing can be sent."""
    office = signed_in("office", 390)
    office.goto(f"{classroom.url}/people/import")
    send(office, "#roll", "one.csv", [ROLL_HEAD, "7,Tove,Ash,4 Maple,Year 4"])
    office.get_by_role("button", name="Show what would change").click()

    expect(office.get_by_text("More than a fifth of the school")).to_be_visible()
    assert faults_of(office) == []
    office.get_by_role("button", name="Apply to the roll").click()
    expect(office.get_by_role("heading", name="What would change")).to_be_visible()


def test_acc_9_a_pupil_who_is_not_on_the_roll_hands_in_a_minute_later(
    classroom, signed_in
):
    """ACC-9 WEB-6: a language, the first free door, a card; a taken door says why."""
    classroom.clock("08:45", "2026-11-26")
    office = signed_in("office")
    give_door_back(classroom, office, classroom.cast["pupils"][29])
    office.goto(f"{classroom.url}/people/add")
    assert faults_of(office) == []
    office.fill("#first_name", "Ines")
    office.fill("#last_name", "Duarte")
    office.select_option("[name=class_id]", "kestrels")
    office.select_option("[name=language]", "pl")
    office.get_by_role("button", name="Add the pupil").click()
    expect(office.get_by_text("Not on the roll yet")).to_be_visible()
    here = office.url
    expect(office.locator("[name=compartment]")).to_have_value("30")
    assert faults_of(office) == []

    office.get_by_role("button", name="Give a card with the next tap").click()
    expect(office.get_by_text("Ines Duarte, tap your card")).to_be_visible()
    assert tap(classroom, "04B1B2B3B4B5B6") == "enrolled"
    expect(office.get_by_text("Ines has a card now.")).to_be_visible()
    outcome = classroom.tap({"card": "04B1B2B3B4B5B6"})
    assert (outcome["result"], outcome["compartment"]) == ("opened", 30)
    assert classroom.door(30, "pull")
    assert classroom.door(30, "push")

    office.goto(here)
    office.fill("[name=compartment]", "1")
    office.get_by_role("button", name="Save").click()
    expect(office.get_by_role("heading", level=1)).to_contain_text("A device is behind")
    assert "Traceback" not in office.content()
    assert faults_of(office) == []
    office.get_by_role("link", name="Back to where you were").click()
    expect(office.get_by_role("heading", name="Ines Duarte")).to_be_visible()


def give_door_back(classroom, office, pupil):
    """All doors are given, so somebody who has moved away loses theirs."""
    office.goto(f"{classroom.url}/people/{pupil['id']}")
    office.fill("[name=compartment]", "")
    office.get_by_role("button", name="Save").click()
    expect(office.get_by_text("No door is given.")).to_be_visible()
    assert faults_of(office) == []


def test_day_6_what_stayed_behind_is_on_the_desk_the_next_morning(classroom, signed_in):
    """DAY-6: with its night; closed with a word and a note; the report keeps it."""
    pupil = classroom.cast["pupils"][20]
    classroom.clock("08:45", "2026-12-03")
    classroom.hand_in(pupil)
    classroom.clock("16:30", "2026-12-03")
    classroom.clock("08:10", "2026-12-04")
    office = signed_in("office")
    office.goto(f"{classroom.url}/desk")
    mine = office.locator("li", has_text=pupil["first_name"])
    expect(mine).to_contain_text("1night")
    assert faults_of(office) == []

    mine.locator("summary").click()
    mine.get_by_text("Handed back by the office").click()
    mine.get_by_label("Note, if one helps").fill("Given to the grandmother.")
    assert faults_of(office) == []
    mine.get_by_role("button", name="Close it").click()

    expect(office.get_by_text("Closed. The record keeps both.")).to_be_visible()
    expect(mine).to_have_count(0)
    office.goto(f"{classroom.url}/reports?day=2026-12-03")
    expect(office.locator("tr", has_text=pupil["first_name"])).to_be_visible()
    assert faults_of(office) == []


def test_acc_1_a_new_account_from_its_first_to_its_last_day(
    classroom, signed_in, someone
):
    """ACC-1 ACC-2 ACC-4: one-time password, forced change, roles at once, the end."""
    head = signed_in("leadership")
    head.goto(f"{classroom.url}/accounts/add")
    for name, value in (("first", "Nora"), ("last", "Quill")):
        head.fill(f"#{name}_name", value)
    head.fill("#username", "n.quill")
    head.get_by_label("Cover teacher").check()
    head.get_by_label("Kestrels").check()
    assert faults_of(head) == []
    head.get_by_role("button", name="Add the person").click()
    prove(classroom, head, "leadership")
    given = head.locator("code").inner_text()

    nora = someone(390, 844)
    first_sign_in(classroom, nora, given)
    change_password(nora, given)
    nora.goto(f"{classroom.url}/classes/kestrels")
    expect(nora.get_by_role("heading", name="Kestrels")).to_be_visible()
    assert faults_of(nora) == []

    head.goto(f"{classroom.url}/accounts")
    head.get_by_role("link", name="Nora Quill").click()
    head.get_by_label("Technician").check()
    head.get_by_role("button", name="Save").click()
    expect(head.get_by_text("It acts at once.").first).to_be_visible()
    assert nora.goto(f"{classroom.url}/health").status == 200

    head.get_by_text("This person leaves").click()
    assert faults_of(head) == []
    head.get_by_role("button", name="End the account").click()
    expect(head.get_by_text("The account has ended.")).to_be_visible()
    nora.goto(f"{classroom.url}/classes")
    assert "/sign-in" in nora.url


def first_sign_in(classroom, nora, given):
    """ACC-2: the password that was given leads to its change and nowhere else."""
    nora.goto(f"{classroom.url}/sign-in")
    nora.fill("[name=username]", "n.quill")
    nora.fill("[name=password]", given)
    nora.press("[name=password]", "Enter")
    expect(nora.get_by_text("Choose a password of your own first.")).to_be_visible()
    assert faults_of(nora) == []
    nora.goto(f"{classroom.url}/classes/kestrels")
    assert nora.url.endswith("/account")


def change_password(nora, given):
    """ACC-2: a common one is refused beside the field."""
    for new, answer in (
        ("passwordpassword", "This password cannot be used."),
        (OWN, "Your password is changed."),
    ):
        nora.fill("#old", given)
        nora.fill("#new", new)
        nora.fill("#again", new)
        nora.get_by_role("button", name="Change the password").click()
        expect(nora.get_by_text(answer)).to_be_visible()


def test_web_6_a_rule_and_a_calendar_out_of_bounds_are_told_at_their_place(
    classroom, signed_in
):
    """WEB-6 ACC-4 DAY-10: after the step-up, in plain words, and nothing changed."""
    head = signed_in("leadership")
    head.goto(f"{classroom.url}/settings")
    assert faults_of(head) == []
    field = head.get_by_role("spinbutton", name="A door counts as left open")
    field.fill("-5")
    field.evaluate("input => { input.form.noValidate = true }")  # as an old browser
    head.get_by_role("button", name="Save: A door counts as left open").click()
    prove(classroom, head, "leadership")
    expect(head.get_by_role("alert")).to_contain_text("It is as it was.")
    expect(field).to_have_value("60")
    assert faults_of(head) == []

    head.goto(f"{classroom.url}/settings/calendar")
    head.locator("[name=term-first]").last.fill("2027-01-05")
    head.get_by_role("button", name="Save the calendar").click()
    expect(head.get_by_text("Term 2, last day: not understood")).to_be_visible()
    expect(head.locator("[name=term-first]").nth(1)).to_have_value("2027-01-05")
    assert faults_of(head) == []


def test_hw_3_cus_9_a_loose_contact_from_its_fault_to_its_repair(classroom, signed_in):
    """HW-3 HW-6 CUS-9 ACC-6: named, cleared; opened for a check for a reason."""
    pupil = classroom.cast["pupils"][16]
    n = pupil["compartment"]
    classroom.clock("08:45", "2026-12-08")
    technician = signed_in("technician")
    technician.goto(f"{classroom.url}/health")
    expect(technician.get_by_role("heading", name="Ready for today")).to_be_visible()

    classroom.twin("faults", kind="chattering-contact", on=str(n), active=True)
    look = technician.get_by_role("heading", name=f"Look at door {n}")
    expect(look).to_be_visible(timeout=15_000)
    assert pupil["first_name"] not in technician.content()
    assert faults_of(technician) == []
    classroom.twin("faults", kind="chattering-contact", on=str(n), active=False)

    technician.get_by_role("link", name=f"Door {n}", exact=True).click()
    technician.get_by_role("button", name="clear the fault").click()
    expect(technician.get_by_text("The fault is cleared.")).to_be_visible()
    technician.get_by_label("To check it").check()
    assert faults_of(technician) == []
    with children_at(classroom, n):
        technician.get_by_role("button", name=f"Open door {n}").click()
        prove(classroom, technician, "technician")
    expect(technician.get_by_text("The door opens now.")).to_be_visible()
    assert classroom.door(n, "push")


PAGES = {
    "leadership": [
        *("/classes", "/classes/kestrels", "/clubs", "/people", "/people/cards"),
        *("/journal", "/settings/calendar/times", "/settings/calendar/import"),
        *("/accounts", "/account", "/desk", "/reports", "/health"),
    ],
    "technician": ["/health/doors/3", "/settings", "/journal"],
}


@pytest.mark.parametrize("role", PAGES)
def test_web_2_every_page_is_for_everybody_on_a_phone_in_the_dark(
    classroom, someone, role
):
    """WEB-2: with what the real controller puts into it."""
    page = someone(390, 844, color_scheme="dark", reduced_motion="reduce")
    classroom.sign_in(page, role)
    faults = []
    for path in PAGES[role]:
        assert page.goto(classroom.url + path).status == 200
        faults += [(path, fault) for fault in faults_of(page)]

    assert faults == []


@pytest.mark.parametrize(
    ("role", "paths"),
    [
        ("technician", ["/people", "/classes", "/desk", "/reports", "/accounts"]),
        ("teacher", ["/settings", "/health", "/journal", "/desk", "/accounts"]),
        ("office", ["/accounts"]),
        ("dsl", ["/settings", "/health", "/accounts"]),
    ],
)
def test_acc_6_no_page_opens_to_a_role_that_has_no_use_for_it(
    classroom, someone, role, paths
):
    """ACC-6 WEB-6: a page that says so and what to do; and no link leads there."""
    page = someone()
    classroom.sign_in(page, role)
    linked = page.locator("nav[aria-label=Main] a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert not set(linked) & set(paths)
    for path in paths:
        assert page.goto(classroom.url + path).status == 403
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert faults_of(page) == []
