"""The release desk's pages: find, visit, hand over, sign, receipt, lists (CUS-4)."""

from __future__ import annotations

import json

import pytest

from controller.protocol import Fault, Visit
from tests.web.staff.fake_desk import ASK, handover, hold, sealed, visit

STROKES = [[[100, 500], [300, 400]]]


def refusal(rule: str, status: int = 409):
    """Return an answer that turns away."""
    return lambda **_: Fault("refused", "Words.", "Remedy.", status, [rule])


# -------------------------------------------------------------------------------- find


def test_cus_4_one_pupil_found_is_gone_to_at_once(office):
    """CUS-4: no list of one to choose from."""
    answer = office.get("/desk?q=Amina")

    assert (answer.status_code, answer.location) == (303, "/desk/pupils/p01")


def test_cus_4_several_are_listed_with_what_is_held(office):
    """CUS-4: what is held, else where the device of this morning lies."""
    piece = office.get("/desk/find?q=Khan", headers={"HX-Request": "true"}).text

    assert "<html" not in piece
    assert "1 device held" in piece
    assert "handed in, door 12" in piece


def test_cus_4_an_endless_search_is_cut_off_before_the_controller(office, controller):
    """CUS-4: 100,000 characters are no name."""
    office.get("/desk/find?q=" + "x" * 6_000)

    assert len(controller.last("custody_find").args["q"]) == 80


def test_cus_10_the_desk_lists_what_is_overdue_and_who_was_not_told(office):
    """CUS-10: nights, reminders, hours; sealed ones say whom to ask and no more."""
    page = office.text("/desk")

    assert "2 nights Zofia Nowak" in page
    assert "Home told 2 times, last: Phone, 20 November 15:40" in page
    assert "4 hours Amina Khan" in page
    assert ASK in page
    assert "Owner not known: say whose it is" in page


def test_cus_10_home_is_told_from_the_list_in_two_touches(office, controller):
    """CUS-10: how is the button; back on the list."""
    answer = office.post("/desk/holds/h1/told", {"how": "phone", "back": "desk"})

    assert answer.location == "/desk"
    assert controller.last("hold_told").args == {"id": "h1", "how": "phone"}


def test_cus_13_how_the_child_gets_home_is_asked_and_noted(office, controller):
    """CUS-13: and whether home knows."""
    assert "How does Amina get home?" in office.text("/desk/pupils/p01")

    form = {"travels": "bus", "home_knows": "yes"}
    answer = office.post("/desk/holds/h1/travel", form)

    assert answer.location == "/desk/pupils/p01"
    assert controller.last("hold_travel").args == {
        "id": "h1",
        "travels": "bus",
        "home_knows": True,
    }


# ------------------------------------------------------------------------------- visit


def test_cus_4_never_release_is_shown_in_words_and_cannot_be_chosen(office):
    """CUS-4: the mark stands with the name; there is no button behind it."""
    page = office.get("/desk/pupils/p01").text

    assert "Never release" in page
    assert "Craig Dunnock" in page
    assert 'value="adult:a1"' in page
    assert 'value="adult:a3"' not in page


def test_cus_4_the_form_says_who_takes_what_and_how_that_is_known(office, controller):
    """CUS-4: and leads to the door."""
    form = {"holds": ["h1"], "to": "adult:a1", "identity": "known"}
    answer = office.post("/desk/pupils/p01/hand-over", form)

    assert answer.location == "/desk/hand-overs/g1"
    args = controller.last("handover_prepare").args
    assert (args["holds"], args["to"]) == (["h1"], "adult")
    assert (args["contact"], args["identity"]) == ("a1", "known")
    assert args["override"] is False


def test_cus_4_whoever_was_slower_is_led_to_what_is_so_now(office, controller):
    """CUS-4: no dead end: the child's page says who is at it, or how it ended."""
    for rule, status in (("being-handed-over", 409), ("unknown", 404)):
        controller.answers["handover_prepare"] = refusal(rule, status)
        answer = office.post("/desk/pupils/p01/hand-over", {"to": "adult:a1"})

        assert answer.location == "/desk/pupils/p01"
        assert "Somebody else was quicker." in office.get("/desk/pupils/p01").text


def test_cus_4_a_rule_that_forbids_is_told_in_its_own_words(office, controller):
    """CUS-4: not hidden behind "somebody was quicker"."""
    controller.answers["handover_prepare"] = refusal("never-release")

    answer = office.post("/desk/pupils/p01/hand-over", {"to": "adult:a3"})

    assert answer.status_code == 409


def test_cus_4_a_sealed_hold_says_whom_to_ask_and_has_no_form(office, controller):
    """CUS-4, CUS-10: as far as the role allows."""
    shown = visit("p01")
    shown.child.holds, shown.siblings = [sealed()], []
    controller.answers["custody_visit"] = lambda pupil: shown

    page = office.get("/desk/pupils/p01").text

    assert ASK in page
    assert 'class="giving"' not in page
    assert "Confiscated" not in page


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"in_reach": False, "can": ["move", "fetch", "adult"]}, "brought here"),
        ({"in_reach": False, "carried": True, "can": ["move"]}, "I have it now"),
        ({"opening": 35, "door": 0, "place": "Office safe"}, "Door 35 opens."),
        ({"ended": False}, "at home time"),
    ],
)
def test_cus_3_what_is_not_within_reach_says_what_to_do(
    office, controller, over, words
):
    """CUS-3, CUS-4: fetch, take over, put away, wait."""
    shown = Visit(visit("p01").child, [])
    shown.child.holds = [hold(**over)]
    controller.answers["custody_visit"] = lambda pupil: shown

    assert words in office.text("/desk/pupils/p01")
    is_given = 'class="giving"' in office.get("/desk/pupils/p01").text
    assert is_given is (shown.child.holds[0].in_reach and shown.child.holds[0].ended)


def test_cus_3_a_move_says_from_where_to_where(office, controller):
    """CUS-3: with the number of the bag."""
    office.post("/desk/holds/h1/move", {"place": "safe", "seal": " 0412 "})

    args = controller.last("hold_move").args
    assert args == {"id": "h1", "place": "safe", "seal": "0412"}


def test_cus_1_a_device_that_was_found_is_held_before_its_owner_is_known(
    office, controller
):
    """CUS-1: what, where, and a note; a place that is none counts as the hand."""
    said = {"kind": "watch", "where": "yard", "reason": " By the oak. ", "seal": ""}
    answer = office.post("/desk/found", {**said, "place": "safe", "pupil": "p01"})

    args = controller.last("hold_confiscate").args
    assert args == {
        "pupil": "",
        "basis": "found",
        "taken": True,
        "place": "safe",
        "kind": "watch",
        "where": "yard",
        "reason": "By the oak.",
    }
    assert answer.location == "/desk/found/h7"
    office.post("/desk/found", {**said, "place": "door"})
    assert controller.last("hold_confiscate").args["place"] == "carried"


def test_cus_1_the_desk_asks_for_what_was_found(office):
    """CUS-1: the device is held first; whose it is comes after."""
    page = office.text("/desk")

    assert "A device was found" in page
    assert "Nobody looks at what is on it" in page


def test_cus_2_whose_a_found_device_is_is_searched_and_said(office, controller):
    """CUS-2."""
    assert "It is Oliver Khan" in office.text("/desk/found/h4?q=Oliver")

    assert office.post("/desk/holds/h4/owner", {"pupil": "p02"}).location == "/desk"
    assert controller.last("hold_owner").args == {"id": "h4", "pupil": "p02"}


# --------------------------------------------------------------------------- hand over


@pytest.mark.parametrize(
    ("state", "words", "not_there"),
    [
        ("stuck", "Open door 34", "Turn the screen"),
        ("open", "push the door shut", "Turn the screen"),
        ("opening", "opens now", "Turn the screen"),
        ("ready", "Turn the screen to Marigold", "Open door"),
        ("needs-two", "This needs two people", "Turn the screen"),
        ("needs-head", "Quentin Ashgrove, neighbour is not on the list", "Turn"),
    ],
)
def test_cus_4_each_state_says_what_comes_next(office, state, words, not_there):
    """CUS-4: one main button, and always a way to undo it."""
    page = office.text(f"/desk/hand-overs/{state}")

    assert words in page
    assert not_there not in page
    assert "Undo it" in page


def test_cus_4_who_decides_sees_whom_the_list_forbids(leadership):
    """CUS-4: a stranger may be the one who is never released to."""
    page = leadership.text("/desk/hand-overs/needs-head")

    assert "Never release to Craig Dunnock." in page
    assert "Allow it" in page


def test_cus_4_a_hand_over_that_is_done_leads_to_its_receipt(office, controller):
    """CUS-4: also where somebody else finished it."""
    controller.answers["handover"] = refusal("no", 404)

    answer = office.get("/desk/hand-overs/g0")

    assert answer.location == "/desk/hand-overs/g0/receipt"


def test_cus_4_the_parents_page_shows_this_device_and_nobody_else(office):
    """CUS-4: no bar, no list, no reason, no other adult."""
    page = office.get("/desk/hand-overs/ready/sign").text

    assert "Marigold, please sign" in page
    assert "<nav" not in page
    for word in ("Filmed", "Phones in lessons", "Craig", "Barnaby", "Teresa", "Zofia"):
        assert word not in page


def test_cus_4_nobody_signs_before_the_door_is_shut(office):
    """CUS-4: a signature that would be refused is not asked for."""
    answer = office.get("/desk/hand-overs/open/sign")

    assert answer.location == "/desk/hand-overs/open"


def test_cus_4_a_signature_is_sent_as_lines(office, controller):
    """CUS-4, CUS-11."""
    form = {"signed": "screen", "strokes": json.dumps(STROKES)}
    answer = office.post("/desk/hand-overs/ready/finish", form)

    assert answer.location == "/desk/hand-overs/ready/receipt"
    assert controller.last("handover_finish").args["strokes"] == STROKES


@pytest.mark.parametrize(
    "strokes",
    [
        *("{", '{"a": 1}', "[[[1, 2, 3]]]", "[[[true, 2]]]", "[[[1e999, 2]]]"),
        *("[" * 9_000, "[" * 900 + "]" * 900, f"[{'0,' * 100_000}0]"),
    ],
)
def test_cus_11_what_is_no_signature_never_reaches_the_controller(
    office, controller, strokes
):
    """CUS-11: told so, nothing sent."""
    form = {"signed": "screen", "strokes": strokes}

    assert office.post("/desk/hand-overs/ready/finish", form).status_code == 422
    assert not controller.count("handover_finish")


def test_cus_4_the_receipt_has_the_signature_and_where_it_stands(office):
    """CUS-4, CUS-3."""
    page = office.get("/desk/hand-overs/g0/receipt").text

    assert '<polyline points="100,500 300,400 900,520 "/>' in page
    assert "Entry 734 of the journal." in page
    assert "With Teresa Reed" in page
    assert "data-print" in page


def test_cus_4_undoing_says_why(office, controller):
    """CUS-4."""
    form = {"why": "door-stuck", "remarks": " jammed "}
    office.post("/desk/hand-overs/stuck/undo", form)

    assert controller.last("handover_undo").args == {
        "id": "stuck",
        "why": "door-stuck",
        "remarks": "jammed",
    }


def test_cus_4_a_child_is_given_it_without_a_signature(office, controller):
    """CUS-4, CUS-5: same day, own hand."""
    controller.answers["handover"] = lambda id: handover(  # noqa: A006  as sent
        "ready", to="owner", whom="Amina Khan"
    )

    page = office.text("/desk/hand-overs/ready")

    assert "Amina has it" in page
    assert "Turn the screen" not in page


# ------------------------------------------------------------------------------- lists


def test_cus_4_the_list_is_changed_where_it_stands(office, controller):
    """CUS-4: add, change, mark, remove, put on a brother's list."""
    form = {"name": " Marigold ", "relationship": "mother", "phone": "", "never": "yes"}
    assert office.post("/people/p01/adults", form).location == "/people/p01/adults"
    args = controller.last("contact_set").args
    assert (args["id"], args["name"], args["never"]) == ("", "Marigold", True)

    office.post("/people/p01/adults/a1", {"name": "Marigold"})
    args = controller.last("contact_set").args
    assert (args["id"], args["never"]) == ("a1", False)

    office.post("/people/p01/adults/a1/siblings", {"sibling": "p02"})
    args = controller.last("contact_set").args
    assert (args["pupil"], args["id"], args["phone"]) == ("p02", "a1", "01632 960001")

    office.post("/people/p01/adults/a1/remove")
    assert controller.last("contact_remove").args == {"pupil": "p01", "id": "a1"}


def test_acc_6_who_may_only_read_the_list_changes_nothing(staff):
    """ACC-6: the safeguarding lead reads it."""
    page = staff("dsl").get("/people/p01/adults").text

    assert "Marigold Fennimore" in page
    assert 'method="post" action="/people' not in page


def test_rec_1_the_policy_page_sets_clauses_and_authorises(leadership, controller):
    """REC-1, CUS-5: who may confiscate, under which clauses."""
    page = leadership.text("/settings/policy")
    assert "Teresa Reed since 1 September 2026" in page

    form = {"clause": "4.4", "name": "Filming", "longer": "yes"}
    leadership.post("/settings/policy/clauses", form)
    assert controller.last("policy_clause").args == {
        "clause": "4.4",
        "name": "Filming",
        "longer": True,
    }
    leadership.post("/settings/policy/authorised", {"staff": "s2"})
    args = controller.last("policy_authorise").args
    assert args == {"staff": "s2", "withdraw": False}
