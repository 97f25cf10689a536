"""The release desk as its page asks: find, visit, hand over, receipt (CUS-4)."""

from __future__ import annotations

import json

import pytest

from controller.domain import custody_facts as f
from controller.domain.tap_facts import OrderRefused
from tests.rig_desk import (
    MOTHER,
    NEVER,
    UNCLE,
    at_home_time,
    desk_rig,
    hand_over,
    pupil_id,
    take_away,
    to_desk,
    to_safe,
    use,
)

STROKES = [[[100, 500], [300, 400], [900, 520]], [[120, 600], [880, 610]]]


@pytest.fixture
def rig(folder, cheap_hashes):
    """A bank with a desk, adults on two lists, a policy; lessons."""
    with desk_rig(folder) as rig:
        rig.clock_to("11:00")
        yield rig


def visit(rig, pupil: int, by: str = "office"):
    """Return the child at the desk as ``by`` sees it."""
    return rig.ask(by, "custody_visit", pupil=pupil_id(pupil))


# ----------------------------------------------------------------------- the whole way


def test_cus_4_from_search_to_receipt(rig):
    """CUS-4: found, adult of the list, door in sight, signature, receipt."""
    hold = take_away(rig, 1)
    door = to_desk(rig, hold)
    at_home_time(rig)

    found = rig.ask("office", "custody_find", q="ami")
    assert [(one["id"], one["held"]) for one in found] == [("p0001", 1)]
    child = visit(rig, 1)["child"]
    assert child["holds"][0]["place"] == f"Door {door}, at the desk"
    assert child["holds"][0]["ended"]

    given = hand_over(rig, hold)
    assert given["state"] == "opening"
    rig.until(lambda: rig.pull(door))
    assert rig.ask("office", "handover", id=given["id"])["state"] == "open"
    rig.run(2)
    assert rig.push(door)
    assert rig.ask("office", "handover", id=given["id"])["state"] == "ready"
    receipt = rig.ask(
        "office", "handover_finish", id=given["id"], signed="screen", strokes=STROKES
    )

    lines = dict(receipt["lines"])
    assert lines["Given to"] == f"{MOTHER}, mother"
    assert lines["Identity"] == "Known to staff"
    assert receipt["strokes"] == STROKES
    assert [tuple(move[1:4]) for move in receipt["moves"]] == [
        ("", "With Teresa Stonecrop", "Teresa Stonecrop"),
        ("With Teresa Stonecrop", f"Door {door}, at the desk", "Olga Stonecrop"),
    ]
    assert visit(rig, 1)["child"]["holds"] == []


def test_cus_4_a_receipt_is_found_however_much_came_before_it(rig):
    """CUS-4: the two hundredth hand-over's receipt is as whole as the first's."""
    hold = take_away(rig, 1)
    for _ in range(60):
        rig.ask("office", "hold_move", id=take_away(rig, 3), place="safe")
    to_safe(rig, hold)
    at_home_time(rig)
    given = hand_over(rig, hold)

    receipt = rig.ask("office", "handover_finish", id=given["id"], signed="paper")

    assert dict(receipt["lines"])["Signed"] == "Paper"
    assert len(receipt["moves"]) == 2


def test_cus_4_siblings_stand_together_and_go_together(rig):
    """CUS-4: one adult on both lists, one hand-over, one signature."""
    one, two = take_away(rig, 1), take_away(rig, 2)
    to_safe(rig, one)
    to_safe(rig, two)
    at_home_time(rig)

    shown = visit(rig, 1)
    assert [child["id"] for child in shown["siblings"]] == [pupil_id(2)]
    given = hand_over(rig, one, two)
    rig.ask("office", "handover_finish", id=given["id"], signed="paper")

    assert rig.state.holds == {}


def test_cus_4_same_day_goes_into_the_childs_own_hand_and_later_steps_do_not(rig):
    """CUS-4, CUS-5: at home time the office gives it back; an adult must come else."""
    first = take_away(rig, 1)
    second = take_away(rig, 1)
    to_safe(rig, first)
    to_safe(rig, second)
    at_home_time(rig)

    assert "owner" in _line(rig, 1, first)["can"]
    assert "owner" not in _line(rig, 1, second)["can"]
    given = hand_over(rig, first, to="owner", contact="", identity="")
    assert given["state"] == "ready"
    fault = rig.refused(
        "office", "handover_prepare", holds=[second], to="owner", identity=""
    )
    assert fault.details == ["adult-must-come"]


def _line(rig, pupil: int, hold: str, by: str = "office"):
    holds = visit(rig, pupil, by)["child"]["holds"]
    return next(line for line in holds if line["id"] == hold)


# -------------------------------------------------------------------- who may not come


def test_cus_4_never_release_is_marked_and_last_and_refused(rig):
    """CUS-4: the mark is on the list, and no form can get round it."""
    hold = take_away(rig, 1)
    to_safe(rig, hold)
    at_home_time(rig)

    adults = visit(rig, 1)["child"]["adults"]
    assert [(one["name"], one.get("never", False)) for one in adults] == [
        (UNCLE, False),
        (MOTHER, False),
        (NEVER, True),
    ]
    fault = rig.refused(
        "office",
        "handover_prepare",
        holds=[hold],
        to="adult",
        contact=rig.never,
        identity="known",
    )
    assert fault.details == ["never-release"]
    assert NEVER not in str(fault)


def test_cus_4_nobody_who_is_not_on_the_list_without_leadership(rig):
    """CUS-4: the office asks, nothing opens; the head allows it, the office goes on."""
    hold = take_away(rig, 1)
    door = to_desk(rig, hold)
    at_home_time(rig)
    who = {"name": "Quentin Ashgrove", "relationship": "neighbour"}
    args = {"to": "unlisted", "contact": "", "identity": "passport", **who}

    asked = hand_over(rig, hold, **args)
    assert asked["state"] == "needs-head"
    assert asked["whom"] == "Quentin Ashgrove, neighbour"
    for do in ("handover_again", "handover_finish"):
        fault = rig.refused("office", do, id=asked["id"], signed="paper")
        assert fault.details == ["not-begun"]
    assert rig.refused("office", "handover_allow", id=asked["id"]).status == 403
    assert rig.refused("dsl", "handover_allow", id=asked["id"]).status == 403
    assert rig.coils_on == []

    waits = rig.ask("leadership", "custody")["handovers"]
    assert [one["state"] for one in waits] == ["needs-head"]
    rig.ask("leadership", "handover_allow", id=asked["id"])
    assert rig.ask("office", "handover", id=asked["id"])["state"] == "stuck"
    rig.ask("office", "handover_again", id=asked["id"])
    use(rig, door)
    receipt = rig.ask("office", "handover_finish", id=asked["id"], signed="paper")

    assert dict(receipt["lines"])["Allowed by"] == "Helen Stonecrop"
    begun = rig.facts(f.HandOverBegun)[-1]
    assert begun.by == rig.cast.adults["leadership"].id


def test_cus_4_what_the_head_does_not_allow_is_undone_with_a_reason(rig):
    """CUS-4: nobody waits for a yes that does not come."""
    hold = take_away(rig, 1)
    to_safe(rig, hold)
    at_home_time(rig)
    asked = hand_over(rig, hold, to="unlisted", contact="", name="Quentin Ashgrove")

    rig.ask("leadership", "handover_undo", id=asked["id"], why="wrong-person")

    assert _line(rig, 1, hold).get("handover", "") == ""
    assert rig.facts(f.HandOverUndone)[-1].why == "wrong-person"


def test_cus_4_leadership_needs_nobody_to_allow_it(rig):
    """CUS-4: the head at the desk prepares it and it goes on at once."""
    hold = take_away(rig, 1)
    to_safe(rig, hold)
    at_home_time(rig)

    given = hand_over(
        rig, hold, by="leadership", to="unlisted", contact="", name="Quentin Ashgrove"
    )

    assert given["state"] == "ready"


def test_cus_5_before_its_end_only_by_the_heads_word_with_a_reason(rig):
    """CUS-5: the office is told until when; the head's reason is in the record."""
    hold = take_away(rig, 1)
    to_safe(rig, hold)

    args = {"holds": [hold], "to": "adult", "contact": rig.mother, "identity": "known"}
    assert rig.refused("office", "handover_prepare", **args).details == ["too-early"]
    args |= {"override": True}
    fault = rig.refused("leadership", "handover_prepare", **args)
    assert fault.status == 422
    assert fault.message.startswith("reason: nothing")
    given = rig.ask("leadership", "handover_prepare", **args, reason="Grandmother ill")

    assert given["state"] == "ready"


# ----------------------------------------------------------------------- two at a time


def test_cus_4_two_at_one_device_one_wins_the_other_learns_what_happened(rig):
    """CUS-4: who is at it, for whom, since when; and once over, how it ended."""
    hold = take_away(rig, 1)
    to_safe(rig, hold)
    at_home_time(rig)
    first = hand_over(rig, hold)

    late = {"holds": [hold], "to": "adult", "contact": rig.uncle, "identity": "known"}
    fault = rig.refused("leadership", "handover_prepare", **late)
    assert fault.details == ["being-handed-over"]
    child = visit(rig, 1, "leadership")["child"]
    assert child["handovers"][0]["whom"] == f"{MOTHER}, mother"
    assert child["handovers"][0]["by"] == "Olga Stonecrop"
    assert child["handovers"][0]["since"] == "15:20"

    rig.ask("office", "handover_finish", id=first["id"], signed="paper")
    gone = rig.refused("leadership", "handover_prepare", **late)
    assert gone.status == 404
    past = visit(rig, 1, "leadership")["child"]["past"]
    assert [(one["handover"], one["whom"]) for one in past] == [
        (first["id"], f"{MOTHER}, mother")
    ]
    again = rig.refused("office", "handover_finish", id=first["id"], signed="paper")
    assert again.status == 404
    assert len(rig.facts(f.HandedOver)) == 1


def test_cus_4_a_device_in_a_hand_over_is_not_moved_meanwhile(rig):
    """CUS-4: it stays where the hand-over found it."""
    hold = take_away(rig, 1)
    to_safe(rig, hold)
    at_home_time(rig)
    hand_over(rig, hold)

    fault = rig.refused("leadership", "hold_move", id=hold, place="carried")
    assert fault.details == ["being-handed-over"]


# -------------------------------------------------------------------- bad luck (REL-3)


def test_cus_4_begun_and_never_opened_is_shown_so_and_can_go_on(rig):
    """CUS-4: not handed over; open it again, or undo it with a reason."""
    hold = take_away(rig, 1)
    door = to_desk(rig, hold)
    at_home_time(rig)
    given = hand_over(rig, hold)["id"]
    rig.run(4)

    assert rig.ask("office", "handover", id=given)["state"] == "stuck"
    fault = rig.refused("office", "handover_finish", id=given, signed="paper")
    assert fault.details == ["door-not-opened"]
    rig.ask("office", "handover_again", id=given)
    use(rig, door)
    rig.ask("office", "handover_finish", id=given, signed="paper")
    assert rig.state.holds == {}


@pytest.mark.parametrize("moment", ["before the door", "door open", "door shut"])
def test_cus_4_power_cut_in_the_middle_of_a_hand_over(rig, moment):
    """CUS-4: after the restart it is begun still, not done; finished or undone."""
    hold = take_away(rig, 1)
    door = to_desk(rig, hold)
    at_home_time(rig)
    given = hand_over(rig, hold)["id"]
    if moment != "before the door":
        rig.until(lambda: rig.pull(door))
    if moment == "door shut":
        rig.run(2)
        rig.push(door)

    rig.kill()

    assert rig.coils_on == []
    assert not rig.facts(f.HandedOver)
    wanted = {"before the door": "stuck", "door open": "open", "door shut": "ready"}
    shown = rig.ask("office", "handover", id=given)
    assert shown["state"] == wanted[moment]
    assert ("finish" in shown["can"]) is (moment != "before the door")
    if moment == "before the door":
        rig.ask("office", "handover_again", id=given)
        use(rig, door)
    elif moment == "door open":
        rig.push(door)
    rig.ask("office", "handover_finish", id=given, signed="paper")
    assert rig.state.holds == {}


def test_cus_4_after_a_power_cut_it_can_be_undone(rig):
    """CUS-4: with a reason; the device is held as before."""
    hold = take_away(rig, 1)
    to_desk(rig, hold)
    at_home_time(rig)
    given = hand_over(rig, hold)["id"]
    rig.kill()

    rig.ask("office", "handover_undo", id=given, why="nobody-came")

    assert rig.state.holds[hold].handover == ""
    assert hand_over(rig, hold)["state"] == "opening"


# ------------------------------------------------------------------------- the words


HOSTILE = '<script>alert(1)</script> =HYPERLINK("x") Quillfeather'


def test_dat_2_words_of_a_hand_over_are_kept_but_not_in_the_journal(rig):
    """DAT-2: names, reasons, signature: in people.db, bound by a digest."""
    hold = take_away(rig, 1, reason=HOSTILE)
    to_safe(rig, hold)
    at_home_time(rig)
    given = hand_over(
        rig,
        hold,
        by="leadership",
        to="unlisted",
        contact="",
        name=HOSTILE,
        remarks=HOSTILE,
    )
    rig.ask(
        "office",
        "handover_finish",
        id=given["id"],
        signed="screen",
        strokes=STROKES,
        remarks=HOSTILE,
    )

    bodies = " ".join(e.body or "" for e in rig.hub.core.journal.entries(limit=9_999))
    for word in ("script", "HYPERLINK", "Quillfeather", "strokes", MOTHER, NEVER):
        assert word not in bodies
    receipt = rig.ask("office", "handover_receipt", id=given["id"])
    assert dict(receipt["lines"])["Given to"] == HOSTILE
    for kind in (f.DeviceHeld, f.HandOverPrepared, f.HandedOver):
        text = rig.hub.directory.store.texts.get(rig.facts(kind)[-1].note)
        assert HOSTILE in json.loads(text.text).values()
        assert text.entry_ref == _entry_of(rig, kind.__name__)


def _entry_of(rig, kind: str):
    entry = rig.hub.core.journal.entries(limit=9_999, kinds=[kind])[-1]
    return "/".join(map(str, entry.ref))


@pytest.mark.parametrize("length", [501, 100_000])
@pytest.mark.parametrize("field", ["name", "reason", "remarks", "relationship"])
def test_dat_2_endless_words_are_turned_away(rig, field, length):
    """CUS-4: 100,000 characters: told so, nothing kept."""
    hold = take_away(rig, 1)
    to_safe(rig, hold)
    at_home_time(rig)
    before = rig.state

    fault = rig.refused(
        "leadership",
        "handover_prepare",
        holds=[hold],
        to="unlisted",
        identity="known",
        **({"name": "Quentin"} | {field: "x" * length}),
    )

    assert fault.status == 422
    assert rig.state == before


@pytest.mark.parametrize(
    "strokes",
    [
        [],
        "script",
        [["<svg onload=alert(1)>"]],
        [[[0, 1_001]]],
        [[[0, -1]]],
        [[[0, 0.5]]],
        [[[True, 0]]],
        [[[0, 0, 0]]],
        [[[0, 0]] * 4_001],
        [[[0, 0]]] * 61,
    ],
)
def test_cus_11_a_signature_is_lines_and_nothing_else(rig, strokes):
    """CUS-11: points in a square; no picture, no text, no flood."""
    hold = take_away(rig, 1)
    to_safe(rig, hold)
    at_home_time(rig)
    given = hand_over(rig, hold)["id"]

    args = {"id": given, "signed": "screen", "strokes": strokes}
    fault = rig.refused("office", "handover_finish", **args)

    assert fault.status in (409, 422)
    assert given in rig.state.handovers


@pytest.mark.parametrize("strokes", [[], [[]]])
def test_cus_4_words_are_no_signature(rig, strokes):
    """CUS-4: a receipt says "signed on screen" only where somebody signed."""
    hold = take_away(rig, 1)
    to_safe(rig, hold)
    at_home_time(rig)
    given = hand_over(rig, hold)["id"]

    args = {"id": given, "signed": "screen", "strokes": strokes, "remarks": "Fine."}
    fault = rig.refused("office", "handover_finish", **args)

    assert fault.status == 422
    assert given in rig.state.handovers


def test_sec_2_the_desks_refusals_are_written_down(rig):
    """SEC-2: who asked for what, and which rule."""
    hold = take_away(rig, 1)
    to_safe(rig, hold)
    at_home_time(rig)
    rig.refused(
        "office",
        "handover_prepare",
        holds=[hold],
        to="adult",
        contact=rig.never,
        identity="known",
    )

    fact = rig.facts(OrderRefused)[-1]
    assert (fact.order, fact.rule) == ("PrepareHandOver", "never-release")
