"""The pages of records: list, form, print (REC-2 to REC-11, WEB-6)."""

from __future__ import annotations

import pytest

from controller.protocol import Fault, RecordDone
from tests.web.staff.conftest import words

FORM = {
    "about": "p01",
    "need": "a",
    "scope": "c1",
    "first": "2026-11-23",
    "at": "10:20",
    "version": "1",
    "witness": "c3",
    "pupils": ["c1", "c4"],
    "told": "yes",
    "how": "b",
    "reference": "  CP \r\n 17 ",
    "approve": "yes",
}


def test_rec_3_what_is_open_stands_first(office):
    """REC-3: the head is reminded; the bar says how many."""
    page = office.text("/records")

    assert page.index("Look at these") < page.index("All records")
    assert "Is over: its date has passed." in page


def test_rec_3_the_bar_says_on_every_page_how_many_wait(office, controller):
    """REC-3: also whoever never opens the page is reminded."""
    controller.people["office"].records_due = 3

    assert '<span class="count">3' in office.get("/classes").text
    assert '<span class="count">3' in office.get("/records/due").text


def test_the_list_is_asked_by_kind_and_name(office, controller):
    """REC-2 to REC-11: and with the old ones only on request."""
    office.get("/records?kind=exam&q=am&all=1")

    assert controller.last("records").args == {
        "kind": "exam",
        "query": "am",
        "everything": True,
    }


def test_a_form_is_prefilled_from_the_page_it_was_asked_from(office, controller):
    """REC-5: the examination and the pupil are known already."""
    office.get("/records/new/possession?about=p04&exam=rec2")

    assert controller.last("record_form").args == {
        "kind": "possession",
        "about": "p04",
        "given": {"exam": "rec2"},
    }


def test_a_form_is_sent_by_sort_words_apart_from_values(office, controller):
    """DAT-2: lines become one line; several choices one value; a flag yes."""
    answer = office.post("/records/new/exception", FORM)

    assert answer.status_code == 303
    assert answer.location.endswith("/records/rec1")
    sent = controller.last("record_file").args
    assert sent["words"] == {"reference": "CP 17"}
    assert sent["values"]["pupils"] == "c1,c4"
    assert sent["values"]["told"] == "yes"
    assert (sent["about"], sent["approve"]) == ("p01", True)


def test_rec_9_whoever_may_not_see_what_was_filed_is_told_so(office, controller):
    """REC-9: there is no page to go to."""
    controller.answers["record_file"] = lambda **_: RecordDone("")

    assert office.post("/records/new/breach", FORM).location.endswith("/records")


@pytest.mark.parametrize("path", ["/records/new/exception", "/records/rec1/change"])
def test_web_6_a_form_with_a_mistake_comes_back_with_everything_typed(
    office, controller, path
):
    """WEB-6: what is wrong stands beside its field."""
    wrong = Fault(
        "bad-record",
        "Not complete.",
        "Mend it.",
        422,
        ["need: Kind of need is missing"],
    )
    for do in ("record_file", "record_amend"):
        controller.answers[do] = lambda **_: wrong

    answer = office.post(path, FORM)

    assert answer.status_code == 422
    assert "Kind of need is missing." in words(answer)
    assert 'value="CP 17"' in answer.text
    assert 'value="c4" checked' in answer.text
    assert 'value="b" checked' in answer.text


def test_web_6_any_other_refusal_is_the_usual_page(office, controller):
    """WEB-6: a right, a rule."""
    refusal = Fault("no-right", "Your role does not include this.", "Ask.", 403)
    controller.answers["record_file"] = lambda **_: refusal

    answer = office.post("/records/new/exception", FORM)

    assert answer.status_code == 403
    assert "Your role does not include this." in words(answer)


@pytest.mark.parametrize(
    ("path", "do", "args"),
    [
        ("approve", "record_approve", {"record": "rec1"}),
        ("read", "record_read", {"record": "rec1"}),
        ("end", "record_end", {"record": "rec1", "why": "over"}),
    ],
)
def test_a_record_is_approved_read_and_ended_by_one_touch(
    leadership, controller, path, do, args
):
    """REC-2, REC-3: each is a request of its own."""
    answer = leadership.post(f"/records/rec1/{path}", {"why": "over"})

    assert answer.status_code == 303
    assert controller.last(do).args == args


def test_rec_5_the_page_of_an_examination_leads_to_what_was_found(office):
    """REC-5: one touch a pupil."""
    page = office.get("/records/rec2").text

    assert "4 of 9 have not handed in" in page
    assert "/records/new/possession?about=p01&amp;exam=rec2" in page


def test_a_pupils_page_offers_the_kinds_that_can_be_about_a_pupil(office):
    """REC-3: nothing is asked twice: the pupil is in the address."""
    assert "/records/new?about=p01" in office.get("/people/p01").text
    page = office.get("/records/new?about=p01").text

    assert "/records/new/exception?about=p01" in page
    assert "/records/new/exam" not in page
    assert "/records/new/search" not in page  # may be seen, not filed


def test_acc_6_the_technician_has_no_records_in_the_bar(technician):
    """ACC-6."""
    assert 'href="/records"' not in technician.get("/health").text
