"""Records at the pages: office, teacher, leadership, safeguarding lead; one room."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from tests.browser.classroom import opened
from tests.browser.looking import faults_of, main_words

pytestmark = pytest.mark.browser

A_MINUTE_S = 60
"""A form is completed in less; here by quick hands, so in far less."""

SCRIPT = "<script>document.title='run'</script>"


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """The one classroom of this file."""
    with opened(tmp_path_factory.mktemp("records") / "room") as room:
        yield room


def file(page):
    """Send the form; return the address of the record."""
    page.get_by_role("button", name="File it").click()
    expect(page.locator("#said")).to_contain_text("Filed")
    return page.url


def new(classroom, page, kind, about=""):
    """Open the form of a kind, about somebody who is known already."""
    page.goto(f"{classroom.url}/records/new/{kind}?about={about}")
    assert faults_of(page) == []


def test_rec_3_an_exception_is_filed_approved_and_covered(classroom, signed_in):
    """REC-3: five touches and a date from the pupil's page; the head sees it waits."""
    pupil = classroom.cast["pupils"][2]
    office = signed_in("office")
    office.goto(f"{classroom.url}/people/{pupil['id']}")
    began = time.monotonic()
    office.get_by_role("link", name="File a record").click()
    office.get_by_role("link", name="Exception").click()
    assert faults_of(office) == []
    office.get_by_text("Young carer").click()
    office.fill("#agreed_on", "2026-11-20")
    record = file(office)
    assert time.monotonic() - began < A_MINUTE_S
    expect(office.get_by_text("Waits for approval.").first).to_be_visible()

    head = signed_in("leadership", 390)
    expect(head.get_by_role("link", name="Records 1 to look at")).to_be_visible()
    head.goto(record)
    head.get_by_role("button", name="Approve").click()
    expect(head.get_by_text("Holds.")).to_be_visible()
    assert faults_of(head) == []

    teacher = signed_in("teacher", 820)
    teacher.goto(record)
    assert "carer" not in teacher.content()
    expect(teacher.get_by_text("Holds.")).to_be_visible()


def test_rec_4_a_lesson_waits_for_leadership(classroom, signed_in):
    """REC-4: the teacher asks for the own class."""
    klass = classroom.cast["pupils"][0]["class"]
    teacher = signed_in("teacher")
    new(classroom, teacher, "education", klass)
    teacher.select_option("#lesson", "science")
    teacher.fill("#ends", "23:30")

    file(teacher)

    expect(teacher.get_by_text("Waits for approval.").first).to_be_visible()


def test_rec_5_an_examination_lists_who_has_not_handed_in_and_shuts_taps(
    classroom, signed_in
):
    """REC-5: during it nobody's tap opens; ended, it does."""
    classroom.clock("08:40")
    first, second = classroom.cast["pupils"][:2]
    classroom.hand_in(first)
    teacher = signed_in("teacher", 820)
    new(classroom, teacher, "exam", first["class"])
    teacher.select_option("#paper", "ks2-maths")
    teacher.fill("#starts", "08:40")
    teacher.fill("#ends", "09:20")
    teacher.fill("#room", "Hall")
    file(teacher)
    expect(teacher.get_by_role("heading", name="have not handed in")).to_be_visible()
    assert second["first_name"] in main_words(teacher)

    assert classroom.tap(second)["reason"] == "exam"
    teacher.get_by_text("A device was found").click()
    teacher.locator(".picks-of a").nth(1).click()
    assert faults_of(teacher) == []
    expect(teacher.locator("#exam")).to_have_value(teacher.url.partition("exam=")[2])
    file(teacher)
    expect(teacher.get_by_text("Has not been reported.")).to_be_visible()

    classroom.clock("09:21")
    assert classroom.tap(second)["result"] == "opened"


def test_rec_2_a_search_is_leaderships_and_the_safeguarding_lead_reads_it(
    classroom, signed_in
):
    """REC-2: it is counted in the bar of the lead's page that is open already.

    The office and the class's teacher find nothing under its address.
    """
    dsl = signed_in("dsl")
    before = dsl.locator("#records-due").inner_text()
    head = signed_in("leadership")
    new(classroom, head, "search", classroom.cast["pupils"][4]["id"])
    head.get_by_text("Who else was present").click()
    head.locator("#witness").select_option(classroom.account("teacher")["id"])
    for words in ("Asked, and given", "Nothing"):
        head.get_by_text(words, exact=True).click()
    head.select_option("#grounds", "seen")
    head.fill("#reference", "CP-2026-17")
    record = file(head)
    expect(head.get_by_text("Parents have not been told.")).to_be_visible()
    expect(dsl.locator("#records-due .count")).to_be_visible()
    expect(dsl.locator("#records-due")).not_to_have_text(before)

    for role in ("office", "teacher"):
        other = signed_in(role)
        assert other.goto(record).status == 404
    dsl.goto(record)
    dsl.get_by_role("button", name="I have read it").click()
    expect(dsl.locator("#said")).to_contain_text("you have read it")
    assert faults_of(dsl) == []


def test_rec_6_sec_3_a_visitors_name_is_words_and_a_mistake_loses_nothing(
    classroom, signed_in
):
    """REC-6, SEC-3, WEB-6: a script stays a name; the notice must be accepted."""
    office = signed_in("office")
    new(classroom, office, "visitor")
    office.fill("#name", SCRIPT)
    office.get_by_text("The device is used with pupils").click()
    office.get_by_text("The notice was shown and accepted").click()
    office.get_by_role("button", name="File it").click()
    expect(office.get_by_text("Risk assessment is missing.")).to_be_visible()
    expect(office.locator("#name")).to_have_value(SCRIPT)
    assert faults_of(office) == []

    office.fill("#risk", "RA-9")
    file(office)

    assert SCRIPT in main_words(office)
    assert "Visitor" in office.title()


def test_rec_7_rec_10_agreement_and_permission_are_two_touches(classroom, signed_in):
    """REC-7, REC-10: all is prefilled; then the class page says who lacks one."""
    pupil = classroom.cast["pupils"][0]
    office = signed_in("office")
    for kind in ("agreement", "permission"):
        new(classroom, office, kind, pupil["id"])
        file(office)

    teacher = signed_in("teacher")
    teacher.goto(f"{classroom.url}/classes/{pupil['class']}")

    expect(teacher.get_by_text("No agreement signed: 29.")).to_be_visible()
    assert faults_of(teacher) == []


def test_rec_9_rec_11_staff_tell_a_breach_and_ask_for_their_own_device(
    classroom, signed_in
):
    """REC-9, REC-11: a breach is not seen again by who filed it; the own request is."""
    teacher = signed_in("teacher")
    new(classroom, teacher, "breach", classroom.account("office")["id"])
    teacher.select_option("#what", "not-away")
    teacher.get_by_role("button", name="File it").click()
    expect(teacher.locator("#said")).to_contain_text("you will not see it again")
    assert "Breach" not in main_words(teacher)

    new(classroom, teacher, "own-use", classroom.account("teacher")["id"])
    teacher.get_by_text("Family, for a time").click()
    own = file(teacher)
    head = signed_in("leadership")
    head.goto(own)
    head.get_by_role("button", name="Approve").click()
    expect(head.get_by_text("Holds.")).to_be_visible()
