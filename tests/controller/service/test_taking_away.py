"""A device taken away from the class page, and a page safe on a whiteboard."""

from __future__ import annotations

import json

import pytest

from controller.domain import custody_facts as f
from controller.domain.door_facts import ReleaseOrdered
from tests.rig_desk import desk_rig, pupil_id, take_away, to_safe


@pytest.fixture
def rig(folder, cheap_hashes):
    """Half past ten; pupils 1 to 3 have handed in; a policy, two doors at the desk."""
    with desk_rig(folder) as rig:
        rig.clock_to("08:40")
        rig.hand_in(1, 2, 3)
        rig.clock_to("10:30")
        yield rig


def hold(rig, pupil=1, by="teacher", **more):
    args = {"clause": "4.2"} | more
    return rig.ask(by, "hold_confiscate", pupil=pupil_id(pupil), **args)


def terms(rig, pupil=1, by="teacher"):
    return rig.ask(by, "hold_terms", pupil=pupil_id(pupil))


# ------------------------------------------------------------------------------- take


def test_cus_2_held_where_it_lies_without_a_door_moving(rig):
    """CUS-2 REC-1: who, where, by which rule, which time, until when, seen when."""
    ordered = rig.facts(ReleaseOrdered)

    line = hold(rig, where="class", seal="0412", condition="good", individual=True)

    (fact,) = rig.facts(f.DeviceHeld)
    assert rig.facts(ReleaseOrdered) == ordered
    assert (fact.place, fact.deposit, fact.clause) == ("door:1", True, "4.2")
    assert (fact.occurrence, fact.step, fact.until) == (1, "same-day", "2026-11-23")
    assert (fact.review_by, fact.where, fact.seal) == ("2026-11-24", "class", "0412")
    assert line["place"] == "Door 1"
    assert rig.tap(1).reason


def test_cus_5_the_page_proposes_what_will_be_done(rig):
    """CUS-5: occurrence, step, until and review day, before anything is done."""
    found = terms(rig)

    assert (found["authorised"], found["inside"], found["occurrence"]) == (True, 1, 1)
    step = next(s for s in found["steps"] if s["step"] == found["step"])
    assert (step["title"], step["until"], step["review"]) == (
        "Back at the end of the day",
        "the end of today",
        "Tuesday 24 November",
    )
    assert found["given"].startswith("Helen Stonecrop, 23 November")


def test_cus_5_the_ladder_goes_on_only_as_far_as_the_rule_lets_it(rig):
    """CUS-5: the third time is days by a clause that allows it, else an adult comes."""
    rig.step_up("leadership")
    rig.ask("leadership", "setting_set", key="ladder.3", value="days")
    for n in range(2):
        line = hold(rig, taken=True, place="safe")
        assert line["occurrence"] == n + 1
    assert terms(rig)["step"] == "days"

    within = hold(rig, 1, clause="4.2")
    longer = hold(rig, 1, clause="4.3", taken=True)

    assert within["step"] == "An adult collects it"
    assert longer["step"].startswith("Held for")
    longest = {"clause": "4.2", "step": "days", "taken": True}
    refused = rig.refused("teacher", "hold_confiscate", pupil=pupil_id(1), **longest)
    assert refused.details == ["needs-clause"]


def test_cus_2_from_a_hand_into_the_safe_or_to_the_bank(rig):
    """CUS-2 CUS-3: the corridor's phone, with every move in the record."""
    line = hold(rig, 4, taken=True, kind="watch", where="corridor", seal="9")
    assert (line["carried"], line["kinds"]) == (True, ["watch"])

    to_safe(rig, line["id"])

    (moved,) = rig.facts(f.HoldMoved)
    assert (moved.origin, moved.place) == (
        f"carried:{rig.cast.adults['teacher'].id}",
        "safe",
    )


@pytest.mark.parametrize("by", ["cover", "dsl"])
def test_rec_1_who_is_not_on_the_heads_list_takes_nothing_away(rig, by):
    """REC-1: the page says so before; the controller says so in any case."""
    assert not terms(rig, by=by)["authorised"]

    refused = rig.refused(by, "hold_confiscate", pupil=pupil_id(1), clause="4.2")

    assert refused.details == ["not-authorised"]
    assert not rig.state.holds


def test_rec_1_without_a_rule_a_sentence_is_needed(rig):
    """REC-1: a reason there is always."""
    refused = rig.refused("teacher", "hold_confiscate", pupil=pupil_id(1))
    assert refused.details == ["needs-reason"]

    line = hold(rig, clause="", reason="Thrown across the room")
    assert line["note"] == "Thrown across the room"


@pytest.mark.parametrize("do", ["hold_terms", "hold_confiscate"])
def test_acc_6_not_another_class_and_not_the_technician(rig, do):
    """ACC-6: 403, and no name in the answer."""
    other = rig.cast.other.id
    for by in ("teacher", "cover"):
        fault = rig.refused(by, do, pupil=other, clause="4.2")
        assert fault.status == 403
        assert rig.cast.other.first_name not in str(fault)
    assert rig.refused("technician", do, pupil=other, clause="4.2").status == 403


def test_cus_2_two_at_one_device_one_wins_the_other_learns_why(rig):
    """CUS-2: nothing is held twice."""
    hold(rig)

    refused = rig.refused("office", "hold_confiscate", pupil=pupil_id(1), clause="4.2")

    assert refused.details == ["nothing-in"]
    assert len(rig.state.holds) == 1


def test_cus_2_a_door_that_just_opens_is_not_taken_for_shut(rig):
    """CUS-2: the terms say so; held it is not."""
    rig.clock_to("15:20")
    rig.ask("teacher", "release_class", class_id="kestrels")
    rig.tap(1)
    assert rig.pull(1)

    assert terms(rig)["moving"]
    refused = rig.refused("teacher", "hold_confiscate", pupil=pupil_id(1), clause="4.2")
    assert refused.details == ["door-is-open"]


def test_dat_2_no_word_of_it_stands_in_the_journal(rig):
    """DAT-2: reason, circumstances, remarks: kept apart, found in no body."""
    words = {name: f"Plumage {name}" for name in ("reason", "circumstances", "remarks")}
    hold(rig, **words)

    bodies = [e.body or "" for e in rig.hub.core.journal.entries(limit=1_000_000)]
    assert not [body for body in bodies if "Plumage" in body]
    (key,) = rig.state.holds
    line = rig.ask("office", "hold", id=key)
    shown = [line["note"], line["considered"], line["remarks"]]
    assert shown == list(words.values())
    (fact,) = rig.facts(f.DeviceHeld)
    assert json.loads(rig.hub.directory.store.texts.get(fact.note).text) == words


def test_web_2_the_class_page_follows_a_hand_over(rig):
    """WEB-2: what was held is no more; the tile is told at once."""
    line = hold(rig, 2, taken=True, place="safe")
    rig.clock_to("15:20")
    args = {"holds": [line["id"]], "to": "adult", "contact": rig.mother}
    view = rig.ask("office", "handover_prepare", **args, identity="known")
    rig.run(0.1)
    told = len(rig.feed)
    rig.ask("office", "handover_finish", id=view["id"], signed="paper")
    rig.run(0.1)

    changed = [topic for event in rig.feed[told:] for topic in event.changed or []]
    assert "class:kestrels" in changed


# ------------------------------------------------------------------------- whiteboard


def page(rig, do="class_page", **more):
    return rig.ask("teacher", do, class_id="kestrels", **more)


def uncovered(rig):
    return page(rig, "class_reasons", pin=rig.cast.adults["teacher"].pin)


def tiles(shown):
    return {tile["pupil"]: tile for group in shown["groups"] for tile in group["tiles"]}


def same_but_for_name(tile):
    personal = ("pupil", "name", "compartment")
    return {key: value for key, value in tile.items() if key not in personal}


def test_web_8_held_absent_and_kept_look_alike_until_the_pin(rig):
    """WEB-8: the answer itself, not the page, has nothing that tells them apart."""
    hold(rig, 1)
    rig.ask("teacher", "concern_raise", about="pupil", person=pupil_id(2), reason="Fig")
    rig.ask("teacher", "mark", pupil=pupil_id(4), mark="absent")
    rig.ask("teacher", "mark", pupil=pupil_id(5), mark="office")

    shown = tiles(page(rig))
    alike = [same_but_for_name(shown[pupil_id(n)]) for n in (1, 2, 4, 5)]

    assert alike == [{"state": "covered", "marked": True}] * 4


def test_web_8_after_the_pin_a_hold_is_office_and_never_says_why(rig):
    """WEB-8 CUS-6: a confiscation and a safeguarding hold read the same."""
    hold(rig, 1)
    rig.ask("teacher", "concern_raise", about="pupil", person=pupil_id(2), reason="Fig")
    rig.ask("teacher", "mark", pupil=pupil_id(4), mark="absent")

    shown = tiles(uncovered(rig))

    assert [shown[pupil_id(n)]["reason"] for n in (1, 2, 4)] == [
        *("office", "office"),
        "absent",
    ]
    text = json.dumps(uncovered(rig)).lower()
    assert not [word for word in ("confisc", "safeguard", "police") if word in text]


def test_web_8_a_wrong_pin_uncovers_nothing(rig):
    """WEB-8: and counts, as at sign-in."""
    hold(rig, 1)
    fault = rig.refused("teacher", "class_reasons", class_id="kestrels", pin="000001")
    assert fault.error == "wrong-secret"
    assert "going_home" not in str(fault)


def test_web_8_a_held_childs_tap_is_not_told_to_the_whiteboard(rig):
    """WEB-8 DAT-8: that it was somebody's who should see the teacher comes later."""
    hold(rig, 1)
    rig.clock_to("15:20")
    rig.ask("teacher", "release_class", class_id="kestrels")
    rig.tap(1)

    assert page(rig)["refused_today"] == []
    (sentence,) = uncovered(rig)["refused_today"]
    assert "see-teacher" in sentence


def test_web_8_taking_back_a_mark_that_is_none_tells_nothing(rig):
    """WEB-8: of a held child there is no mark; the refusal is that of any other."""
    hold(rig, 1)
    assert rig.refused("teacher", "unmark", pupil=pupil_id(1)).status == 404
    assert rig.refused("teacher", "unmark", pupil=pupil_id(3)).status == 404


def test_cus_13_how_the_child_gets_home_is_asked_until_it_is_said(rig):
    """CUS-13: only after the PIN; once said, not again; the office reads it."""
    line = hold(rig, 1)
    assert page(rig)["going_home"] == []
    assert uncovered(rig)["going_home"] == [[pupil_id(1), line["id"]]]

    rig.ask("teacher", "hold_travel", id=line["id"], travels="bus", home_knows=True)

    assert uncovered(rig)["going_home"] == []
    seen = rig.ask("office", "hold", id=line["id"])
    assert (seen["travels"], seen["home_knows"]) == ("Bus", True)


def test_cus_13_a_teacher_says_it_of_a_safeguarding_hold_and_learns_nothing(rig):
    """CUS-13 CUS-6: the answer is a name and "Held"."""
    rig.ask("office", "concern_raise", about="pupil", person=pupil_id(2), reason="Fig")
    ((_, key),) = uncovered(rig)["going_home"]

    line = rig.ask("teacher", "hold_travel", id=key, travels="walks", home_knows=False)

    assert {"basis", "why", "note", "by", "place"} & {
        k for k in line if line[k]
    } == set()
    assert line["title"] == "Held"


def test_day_5_a_class_is_released_while_devices_are_held(rig):
    """CUS-1 DAY-5: they stay; the teacher is told who after the PIN, and never why."""
    hold(rig, 1)
    take_away(rig, 3)
    rig.clock_to("15:20")
    rig.ask("teacher", "release_class", class_id="kestrels")
    rig.tap(2)

    shown = page(rig)
    assert (shown["stay_shut"], shown["left_out"]) == (1, [])
    assert uncovered(rig)["left_out"] == [f"{rig.cast.children[0].first_name}: office"]
    assert rig.tap(1).reason == "see-teacher"
