"""Taking a device away, Concern, Safeguarding: what the pages say and send."""

from __future__ import annotations

import pytest

from controller.protocol import ConcernForm, CustodyDesk, Raised
from tests.web.staff.fake_safe import sealed

TAKE = "/classes/kestrels/pupils/p01/take"
NEVER = ("erased", "wiped", "deleted", "viewed", "unlock")


@pytest.fixture
def dsl(staff, controller):
    """The lead, with one hold of each kind."""
    held = [sealed("h8"), sealed("h9", "police")]
    controller.answers["custody"] = lambda **_: CustodyDesk(held, [], [], [])
    return staff("dsl")


# ------------------------------------------------------------------------- take away


def test_cus_2_only_the_reason_is_left_to_choose(teacher):
    """CUS-2: no reason is chosen beforehand; everything else is."""
    page = teacher.get(TAKE).text

    assert 'name="clause" value="4.2" required>' in page
    assert 'name="place" value="inside" checked' in page


def test_cus_2_one_reason_alone_is_chosen_already(teacher, controller):
    """CUS-2: nothing is asked that has one answer; "another" stays in reach."""
    found = controller.answers["hold_terms"]

    def one(pupil):
        terms = found(pupil)
        terms.clauses = terms.clauses[:1]
        return terms

    controller.answers["hold_terms"] = one
    assert 'value="4.2" required checked>' in teacher.get(TAKE).text


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        (
            {"clause": "4.2", "place": "inside"},
            {"clause": "4.2", "taken": False, "place": "carried"},
        ),
        (
            {"clause": "4.2", "place": "safe", "kind": "watch"},
            {"taken": True, "place": "safe", "kind": "watch"},
        ),
        (
            {"clause": "other", "reason": " Thrown ", "individual": "yes"},
            {"clause": "", "reason": "Thrown", "individual": True},
        ),
        (
            {"clause": "4.3", "step": "parent", "seal": "7", "condition": "worn"},
            {"step": "parent", "seal": "7", "condition": "worn", "clause": "4.3"},
        ),
    ],
)
def test_cus_2_the_form_says_what_was_chosen_and_no_more(
    teacher, controller, form, sent
):
    """CUS-2: folded fields that nobody touched are not sent."""
    answer = teacher.post(TAKE, form)

    assert answer.location == "/classes/kestrels/pupils/p01/home/h7"
    asked = controller.last("hold_confiscate").args
    assert sent.items() <= asked.items()
    assert "" not in {asked.get(key) for key in ("seal", "where", "step", "remarks")}


def test_cus_5_the_third_time_says_what_each_rule_leads_to(teacher):
    """CUS-5: longer where the rule allows it, else an adult comes."""
    words = teacher.text("/classes/kestrels/pupils/p02/take")

    assert "Third time this term" in words
    assert "Rule 4.2: an adult collects it" in words
    assert "Rule 4.3: held for 3 school days" in words
    assert "No holding door is free" in words


def test_rec_1_who_is_not_on_the_list_gets_no_form(teacher):
    """REC-1: who to ask instead; Concern stays open."""
    page = teacher.get("/classes/kestrels/pupils/p03/take").text

    assert "has not put you on the list" in page
    assert "Hold it" not in page
    assert "/concern?pupil=p03" in page


def test_cus_13_how_the_child_gets_home(teacher, controller):
    """CUS-13: one press, with whether home knows."""
    path = "/classes/kestrels/pupils/p01/home/h7"
    teacher.post(path, {"travels": "bus", "home_knows": "yes"})

    asked = controller.last("hold_travel").args
    assert asked == {"id": "h7", "travels": "bus", "home_knows": True}


def test_web_8_a_mark_that_is_none_is_taken_back_in_silence(teacher, controller):
    """WEB-8: the button is on every covered tile; the answer tells nothing."""
    from controller.protocol import Fault  # noqa: PLC0415  only here

    gone = Fault("unknown", "There is no such thing.", "Choose again.", 404)
    controller.answers["unmark"] = lambda **_: gone
    answer = teacher.post("/classes/kestrels/unmark", {"pupil": "p01"})

    assert answer.location == "/classes/kestrels"


# --------------------------------------------------------------------------- concern


@pytest.mark.parametrize(
    "role", ["teacher", "office", "dsl", "leadership", "technician"]
)
def test_cus_6_it_is_in_everybodys_bar_with_the_words_first(staff, role):
    """CUS-6: do not look, copy, search; 999 and 101."""
    someone = staff(role)
    assert 'href="/concern"' in someone.get("/account").text

    words = someone.text("/concern")
    for said in ("Do not look at it, copy it", "search it", "999", "101"):
        assert said in words
    assert words.index("999") < words.index("Pass it on now")


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        ({"about": "pupil", "pupil": "p01", "reason": "x"}, {"person": "p01"}),
        ({"about": "pupil", "door": "7"}, {"person": "", "compartment": 7}),
        ({"about": "pupil", "taken": "yes", "pupil": "p01"}, {"taken": True}),
        ({"about": "staff", "pupil": "p01", "colleague": "s2"}, {"person": "s2"}),
        (
            {"about": "head", "pupil": "p01", "taken": "yes"},
            {"person": "", "taken": False},
        ),
    ],
)
def test_cus_6_it_is_about_whom_was_chosen(teacher, controller, form, sent):
    """CUS-6: a pupil whose page it began on is not told of when staff are meant."""
    teacher.post("/concern", form)

    assert sent.items() <= controller.last("concern_raise").args.items()


def test_cus_6_the_confirmation_says_neither_what_nor_whom(teacher):
    """CUS-6: passed on, and no more; nothing of the form comes back."""
    form = {"about": "pupil", "pupil": "p01", "reason": "Plumage"}
    answer = teacher.post("/concern", form, follow_redirects=True)

    assert "It has been passed on" in answer.text
    assert "Plumage" not in answer.text
    assert "Amina" not in answer.text
    assert "p01" not in answer.request.url


@pytest.mark.parametrize("by_mail", [True, False])
def test_cus_6_about_the_head_is_shown_once_to_be_printed(teacher, controller, by_mail):
    """CUS-6: for the chair; the words are on paper and in no address."""
    controller.answers["concern_form"] = lambda **_: ConcernForm([], [], by_mail)
    answer = teacher.post("/concern", {"about": "head", "reason": "Plumage <b>"})

    assert answer.status_code == 200
    assert "Plumage &lt;b&gt;" in answer.text
    assert "1/734/9f86d081" in answer.text
    assert "data-print" in answer.text
    assert ("told by e-mail" in answer.text) == by_mail
    assert answer.headers["Cache-Control"] == "no-store"


def test_cus_6_staff_who_are_the_head_go_to_the_chair(teacher, controller):
    """CUS-6: the controller says whom it is for; the page follows it."""
    head = Raised("head", False, False, "Monday", "1/2/3", "Ms Example", "front")
    controller.answers["concern_raise"] = lambda **_: head
    answer = teacher.post("/concern", {"about": "staff", "colleague": "s2"})

    assert "For the chair of governors" in answer.text
    assert "Olga Finch" in answer.text


@pytest.mark.parametrize("door", ["x", "-1", "7777", "٣"])
def test_cus_6_a_door_is_a_number(teacher, controller, door):
    """CUS-6: what is none is told, and nothing is raised."""
    assert teacher.post("/concern", {"about": "pupil", "door": door}).status_code == 422
    assert controller.count("concern_raise") == 0


# ---------------------------------------------------------------------- safeguarding


def test_cus_6_the_unread_come_first_and_are_counted_in_the_bar(dsl, controller):
    """CUS-6: with what became of the e-mail."""
    controller.people["dsl"].concerns_due = 1
    page, words = dsl.get("/safeguarding").text, dsl.text("/safeguarding")

    assert '<span class="count">1<span class="unseen"> unread</span></span>' in page
    assert words.index("1 concern to read") < words.index("Read, and open")
    assert "the mail server cannot be reached" in words
    assert "LADO told on Monday 23 November 2026." in words
    assert dsl.get("/safeguarding/unread").text.count("count") == 1


def test_cus_7_nothing_is_ever_said_to_be_erased_or_viewed(dsl):
    """CUS-7: nobody has looked, and nothing is gone."""
    for path in ("/safeguarding", "/safeguarding/hand-overs/g0/chain", "/concern"):
        words = dsl.text(path).lower()
        assert not [word for word in NEVER if word in words]


def test_cus_7_no_page_of_it_takes_a_file_or_a_picture(dsl):
    """CUS-11: no upload, no camera."""
    for path in ("/safeguarding", "/concern", TAKE):
        page = dsl.get(path).text
        assert 'type="file"' not in page
        assert "<img" not in page


@pytest.mark.parametrize(
    ("path", "form", "do", "sent"),
    [
        ("concerns/k1/read", {}, "concern_seen", {"id": "k1"}),
        (
            "concerns/k2/agency",
            {"agency": "lado", "date": "2026-11-23"},
            "concern_agency",
            {"id": "k2", "agency": "lado", "date": "2026-11-23"},
        ),
        (
            "concerns/k2/close",
            {"remarks": " Record 12 "},
            "concern_close",
            {"id": "k2", "remarks": "Record 12"},
        ),
        (
            "holds/h8/police",
            {"reason": "CR/1"},
            "hold_reclassify",
            {"id": "h8", "basis": "police", "reason": "CR/1"},
        ),
        (
            "holds/h8/told",
            {"how": "not-yet-safe"},
            "hold_told",
            {"how": "not-yet-safe"},
        ),
        ("holds/h8/take", {"place": "safe", "seal": "7"}, "hold_move", {"seal": "7"}),
        (
            "holds/h9/officer",
            {"name": "Jo", "force": "Mercia", "number": "4", "warrant": "yes"},
            "handover_prepare",
            {"holds": ["h9"], "to": "officer", "identity": "warrant-card"},
        ),
        ("holds/h9/officer", {"name": "Jo"}, "handover_prepare", {"identity": "other"}),
    ],
)
def test_cus_6_cus_7_each_act_sends_what_it_says(dsl, controller, path, form, do, sent):
    """CUS-6 CUS-7 CUS-12."""
    assert dsl.post(f"/safeguarding/{path}", form).status_code == 303

    assert sent.items() <= controller.last(do).args.items()


def test_cus_7_the_chain_prints_each_entry_and_how_to_hold_it_against_the_journal(dsl):
    """CUS-7: with the journal's end and the command."""
    words = dsl.text("/safeguarding/hand-overs/g0/chain")

    assert "hometime journal verify --entry" in words
    assert "The journal’s end" in words
