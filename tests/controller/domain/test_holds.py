"""Held devices: confiscated where they are, in the corridor, by concern; given back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from controller.domain import custody_facts as f
from controller.domain import custody_orders as c
from controller.domain import orders as o
from controller.domain.context import Place
from controller.domain.custody import is_overdue
from controller.domain.refusals import Refusal
from tests.controller.domain.kit import (
    BANK,
    COVER,
    DSL,
    HEAD,
    HOLDING_DOOR,
    OFFICE,
    OTHER_TEACHER,
    TEACHER,
    TECHNICIAN,
    School,
    a_full_school,
    kinds,
    ordered,
)

DESK_DOOR = 11
WITH_DESK = replace(
    BANK, places={**BANK.places, DESK_DOOR: Place(DESK_DOOR, "holding", at_desk=True)}
)


@pytest.fixture
def school() -> School:
    """A full school at half past ten; the teacher may confiscate; one adult a pupil."""
    school = a_full_school()
    school.layout = WITH_DESK
    school.tell(
        f.AuthorityGiven(TEACHER.person, HEAD.person),
        f.ClauseSet("4.2", "Phones in lessons", longer=False, by=HEAD.person),
        f.ClauseSet("4.3", "Again and again", longer=True, by=HEAD.person),
        *(f.ContactSet(f"a{n}", f"p{n}", never=False, by="o1") for n in range(1, 9)),
        f.ContactSet("never", "p1", never=True, by="o1"),
        f.ContactSet("a1", "p2", never=False, by="o1"),
    )
    return school


def confiscate(school: School, pupil: str = "p1", by=TEACHER, **more) -> str:
    """Confiscate; return the hold's id."""
    facts = school.order(c.HoldDevice(pupil, clause="4.2", **more), by)
    assert not isinstance(facts, Refusal), facts
    return facts[-1].hold


def at_desk(school: School, hold: str, door: bool = True) -> None:
    """Carry a held device to the desk: behind its door, or into the safe."""
    now = school.state.holds[hold]
    if now.door:
        school.order(c.MoveHold(hold, "carried", at_bank=True), OFFICE)
        school.use(now.door)
    if door:
        school.order(c.MoveHold(hold, "door"), OFFICE)
        school.use(DESK_DOOR)
    else:
        school.order(c.MoveHold(hold, "safe"), OFFICE)


def rule_of(decision) -> str:
    """Return the rule of a refusal, or what was done instead."""
    return decision.rule if isinstance(decision, Refusal) else str(kinds(decision))


# --------------------------------------------------------------------------- confiscate


def test_cus_2_a_device_behind_its_door_is_held_where_it_is(school):
    """CUS-2: no door opens; the record says who, which clause, until when."""
    name = confiscate(school)
    hold = school.state.holds[name]

    assert (hold.basis, hold.place, hold.by) == ("confiscated", "door:1", "t1")
    assert (hold.step, hold.until, hold.occurrence) == ("same-day", "2026-11-23", 1)
    assert "p1" not in school.state.custody


def test_cus_2_a_device_taken_elsewhere_is_in_the_hand_of_who_took_it(school):
    """CUS-2: the corridor's phone is carried until it is put away."""
    hold = confiscate(school, "p1", taken=True, where="corridor")

    assert school.state.holds[hold].place == "carried:t1"
    assert "p1" in school.state.custody  # what lies behind the own door stays handed in


@pytest.mark.parametrize(
    ("by", "rule"),
    [
        (COVER, "not-authorised"),
        (OFFICE, "not-authorised"),
        (OTHER_TEACHER, "not-your-class"),
        (TECHNICIAN, "no-right"),
    ],
)
def test_rec_1_only_whom_the_head_authorised_confiscates(school, by, rule):
    """REC-1: the head's list counts, for each role."""
    decision = school.order(c.HoldDevice("p1", clause="4.2"), by)

    assert rule_of(decision) == rule


def test_rec_1_a_confiscation_has_a_reason(school):
    """REC-1: a clause or a sentence."""
    assert rule_of(school.order(c.HoldDevice("p1"))) == "needs-reason"


def test_cus_2_a_door_that_stands_open_is_not_taken_for_shut(school):
    """CUS-2: what the pupil is just taking cannot be held behind the door."""
    school.at("15:20")
    school.order(o.ReleaseClass("kestrels"))
    school.tap("p1")

    assert rule_of(school.order(c.HoldDevice("p1", clause="4.2"))) == "door-is-open"


def test_cus_5_the_ladder_counts_this_terms_and_proposes(school):
    """CUS-5: the second time a parent is to come."""
    confiscate(school, "p1")
    name = confiscate(school, "p1", taken=True)
    second = school.state.holds[name]

    assert (second.occurrence, second.step) == (2, "parent")


def test_cus_5_longer_than_the_day_needs_the_clause_and_the_head_past_the_ceiling(
    school,
):
    """CUS-5: days need a clause that allows them; more than the ceiling the head."""
    order = c.HoldDevice("p1", clause="4.2", step="days", days=3)
    assert rule_of(school.order(order)) == "needs-clause"

    order = replace(order, clause="4.3", days=6)
    assert rule_of(school.order(order)) == "past-ceiling"
    assert rule_of(school.order(order, HEAD)) == "['DeviceHeld']"


@pytest.mark.parametrize("days", [-1, 191, 2_900_000, 10**15])
def test_cus_5_so_many_days_are_no_step_of_the_ladder(school, days):
    """CUS-5 SEC-2: neither the past nor a number that stops everything else."""
    order = c.HoldDevice("p1", clause="4.3", step="days", days=days)

    assert rule_of(school.order(order, HEAD)) == "bad-value"


def test_cus_5_three_school_days_pass_over_a_weekend(school):
    """CUS-5: school days count, not nights."""
    school.at("10:30", days=3)  # Thursday
    hold = school.order(c.HoldDevice("p1", clause="4.3", step="days", days=3), TEACHER)[
        -1
    ]

    assert (hold.step, hold.until) == ("days-3", "2026-12-01")


# ----------------------------------------------------------------------- stays put


def test_cus_1_a_class_release_leaves_held_devices_where_they_are(school):
    """CUS-1, DAY-5: by tap and in waves; the teacher is told who, not why."""
    confiscate(school, "p1")
    school.at("15:20")

    facts = school.order(o.ReleaseClass("kestrels", "all"))

    assert 1 not in ordered(facts)
    started = next(x for x in facts if type(x).__name__ == "ReleaseStarted")
    assert [(x.pupil, x.why) for x in started.left_out] == [("p1", "office")]
    assert school.tap("p1").rule == "see-teacher"


def test_cus_1_a_held_device_is_not_vouched_for_not_even_by_the_office(school):
    """CUS-1: an adult's word stands for a card, not for an adult at the counter."""
    confiscate(school, "p1")
    school.at("15:20")

    for by in (TEACHER, OFFICE, HEAD):
        assert rule_of(school.order(o.VouchFor("p1"), by)) == "see-teacher"


def test_cus_1_next_morning_the_own_door_with_a_held_device_opens_for_nobody(school):
    """CUS-1: the pupil's tap in the drop-off window is kind and opens nothing."""
    confiscate(school, "p1")
    school.at("08:40", days=1)

    assert school.tap("p1").rule == "see-teacher"


def test_cus_1_a_door_with_a_held_device_is_given_to_nobody_else(school):
    """CUS-1: reassignment respects custody."""
    confiscate(school, "p1")
    school.tell(*school.order(o.SetPupil("p1", compartment=9), OFFICE) or ())

    assert school.state.pupils["p1"].compartment == 9
    assert rule_of(school.order(o.SetPupil("p2", compartment=1), OFFICE)) == (
        "device-inside"
    )
    school.state = replace(school.state, custody={})
    assert rule_of(school.order(o.SetPupil("p2", compartment=1), OFFICE)) == "taken"


def test_cus_9_a_technician_does_not_open_the_door_of_a_held_device(school):
    """CUS-9: looking is for leadership; custody stays as it is."""
    confiscate(school, "p1")

    assert (
        rule_of(school.order(o.OpenForCheck(1, "check"), TECHNICIAN)) == "held-inside"
    )
    assert ordered(school.order(o.OpenForCheck(1, "check"), HEAD)) == [1]
    school.use(1)
    assert school.state.holds


# ------------------------------------------------------------------------------ moving


def test_cus_3_every_move_is_an_entry(school):
    """CUS-3: door, hand, desk's door: from, to, who, seal."""
    hold = confiscate(school)
    school.order(c.AskFetch(hold), OFFICE)
    at_desk(school, hold)

    moves = [fact for fact, _ in school.told if isinstance(fact, f.HoldMoved)]
    assert [(m.origin, m.place, m.by) for m in moves] == [
        ("door:1", "carried:o1", "o1"),
        ("carried:o1", f"door:{DESK_DOOR}", "o1"),
    ]
    assert not school.state.holds[hold].fetch_by


def test_cus_4_from_a_page_a_door_opens_only_in_sight_of_the_desk(school):
    """CUS-4: a classroom's door needs card and PIN there."""
    hold = confiscate(school)

    assert rule_of(school.order(c.MoveHold(hold, "carried"), OFFICE)) == "not-in-sight"


def test_cus_2_at_the_bank_the_first_free_holding_door_is_used(school):
    """CUS-2: with card and PIN any holding door will do."""
    hold = confiscate(school, taken=True)

    facts = school.order(c.MoveHold(hold, "door", at_bank=True))

    assert ordered(facts) == [HOLDING_DOOR]
    school.use(HOLDING_DOOR)
    assert school.state.holds[hold].place == f"door:{HOLDING_DOOR}"


# ------------------------------------------------------------------------- hand over


def hand_over(school: School, *holds: str, by=OFFICE, **more):
    """Prepare a hand-over to the adult of the first pupil's list."""
    order = c.PrepareHandOver(
        holds, **({"to": "adult", "contact": "a1", "identity": "known"} | more)
    )
    return school.order(order, by)


def test_cus_4_the_office_hands_a_confiscated_device_to_an_adult_of_the_list(school):
    """CUS-4: list, identity, door in sight of the desk, signature; then it is over."""
    hold = confiscate(school)
    at_desk(school, hold)
    school.at("15:20")

    assert ordered(hand_over(school, hold)) == [DESK_DOOR]
    school.use(DESK_DOOR)
    handover = school.state.holds[hold].handover
    school.order(c.FinishHandOver(handover, "screen", "t1", "d"), OFFICE)

    assert hold not in school.state.holds
    assert school.state.past_holds[hold].contact == "a1"


@pytest.mark.parametrize("to", ["owner", "unlisted"])
def test_dat_2_what_is_no_code_does_not_get_into_the_entry(school, to):
    """DAT-2: a name without a blank looks like an id; only known ones are written."""
    hold = confiscate(school)
    at_desk(school, hold, door=False)
    school.at("15:20")

    more = {"to": to, "contact": "Amina", "note": "t1"}
    assert rule_of(hand_over(school, hold, **more, identity="Amina")) in (
        "bad-value",
        "identity-not-checked",
    )
    prepared = hand_over(school, hold, **more)
    assert (prepared[0].contact, prepared[0].identity) == ("", "known")


@pytest.mark.parametrize("basis", ["confiscated", "found", "safeguarding"])
def test_dat_2_a_clause_is_one_of_the_policys(school, basis):
    """DAT-2 REC-1: on every basis, so that no word gets into the entry by it."""
    order = c.HoldDevice("p1", basis=basis, taken=True, clause="Amina")

    assert rule_of(school.order(order, HEAD)) == "unknown"


def test_cus_4_siblings_go_together(school):
    """CUS-4: one adult on both lists takes both devices in one hand-over."""
    one, two = confiscate(school, "p1"), confiscate(school, "p2")
    at_desk(school, one, door=False)
    at_desk(school, two)
    school.at("15:20")

    assert kinds(hand_over(school, one, two))[:2] == [
        "HandOverPrepared",
        "HandOverBegun",
    ]


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"contact": "a5"}, "not-on-list"),
        ({"contact": "never"}, "never-release"),
        ({"identity": ""}, "identity-not-checked"),
        ({"to": "officer", "note": "t1"}, "police-hold-first"),
        ({"to": "unlisted", "note": ""}, "needs-words"),
        ({"override": True, "note": "t1"}, "no-right"),
    ],
)
def test_cus_4_what_stands_against_an_adult(school, more, rule):
    """CUS-4: the list, the check and leadership; the office has no way past."""
    hold = confiscate(school)
    at_desk(school, hold, door=False)
    school.at("15:20")

    assert rule_of(hand_over(school, hold, **more)) == rule


def test_cus_4_the_office_asks_for_somebody_not_on_the_list_and_leadership_allows(
    school,
):
    """CUS-4: nothing opens and nothing is handed over before leadership's word."""
    hold = confiscate(school)
    at_desk(school, hold)
    school.at("15:20")

    asked = hand_over(school, hold, to="unlisted", contact="", note="t1")
    assert kinds(asked) == ["HandOverPrepared"]
    name = asked[0].handover
    for order in (c.OpenAgain(name), c.FinishHandOver(name, "paper")):
        assert rule_of(school.order(order, OFFICE)) == "not-begun"
    for by in (OFFICE, DSL, TEACHER):
        assert rule_of(school.order(c.AllowHandOver(name), by)) == "no-right"

    assert kinds(school.order(c.AllowHandOver(name), HEAD)) == ["HandOverBegun"]
    assert kinds(school.order(c.AllowHandOver(name), HEAD)) == []
    assert ordered(school.order(c.OpenAgain(name), OFFICE)) == [DESK_DOOR]
    school.use(DESK_DOOR)
    done = school.order(c.FinishHandOver(name, "paper"), OFFICE)
    assert kinds(done) == ["HandedOver"]


def test_cus_8_leaderships_word_alone_does_not_end_a_safeguarding_hold(school):
    """CUS-8: not on the list and sealed: two at the bank, no word on a page."""
    hold = confiscate(school)
    at_desk(school, hold, door=False)
    school.order(c.Reclassify(hold, "safeguarding"), DSL)
    asked = hand_over(school, hold, by=HEAD, to="unlisted", contact="", note="t1")

    allowed = school.order(c.AllowHandOver(asked[0].handover), HEAD)

    assert rule_of(allowed) == "needs-witness"


def test_cus_5_not_before_the_planned_end_but_by_the_heads_word(school):
    """CUS-5: the head overrides with a reason, and only with one."""
    hold = confiscate(school)
    at_desk(school, hold, door=False)

    assert rule_of(hand_over(school, hold)) == "too-early"
    assert rule_of(hand_over(school, hold, by=HEAD, override=True)) == "needs-reason"
    done = hand_over(school, hold, by=HEAD, override=True, note="t1")
    assert kinds(done) == ["HandOverPrepared", "HandOverBegun"]


def test_cus_5_leaving_early_ends_it_too(school):
    """CUS-5: the end of this pupil's day counts."""
    hold = confiscate(school)
    at_desk(school, hold, door=False)
    school.order(o.MarkPupil("p1", "left-early"), OFFICE)

    assert kinds(hand_over(school, hold))[0] == "HandOverPrepared"


def test_day_11_planned_ends_do_not_pass_by_a_guessed_clock(school):
    """DAY-11: a clock that jumped to next week gives nothing back."""
    hold = confiscate(school)
    at_desk(school, hold, door=False)
    school.clock = "guessed"
    school.at("15:20", days=3)

    assert rule_of(hand_over(school, hold)) == "too-early"


def test_cus_4_a_device_elsewhere_is_fetched_first(school):
    """CUS-4: no door opens out of the desk's sight."""
    hold = confiscate(school)
    school.at("15:20")

    assert rule_of(hand_over(school, hold)) == "fetch-first"


def test_cus_4_a_door_that_never_opened_has_handed_nothing_over(school):
    """CUS-4: begun, shown as begun; opened again, or undone with a reason."""
    hold = confiscate(school)
    at_desk(school, hold)
    school.at("15:20")
    hand_over(school, hold)
    school.miss()
    handover = school.state.holds[hold].handover

    finish = c.FinishHandOver(handover, "paper")
    assert rule_of(school.order(finish, OFFICE)) == "door-not-opened"
    assert ordered(school.order(c.OpenAgain(handover), OFFICE)) == [DESK_DOOR]
    school.miss()
    school.order(c.UndoHandOver(handover, "nobody-came"), OFFICE)
    assert school.state.holds[hold].handover == ""
    assert rule_of(school.order(finish, OFFICE)) == "unknown"


def test_cus_4_two_at_the_desk_one_wins(school):
    """CUS-4: the second is told that somebody is at it already."""
    hold = confiscate(school)
    at_desk(school, hold, door=False)
    school.at("15:20")
    hand_over(school, hold)

    assert rule_of(hand_over(school, hold, by=HEAD)) == "being-handed-over"


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        (f.ContactSet("a1", "p1", never=True, by="o1"), "never-release"),
        (f.ContactRemoved("a1", "p1", "o1"), "not-on-list"),
    ],
)
def test_cus_4_an_adult_who_is_struck_off_meanwhile_gets_nothing(school, told, rule):
    """CUS-4: the list counts until the device is handed over; undoing is left."""
    hold = confiscate(school)
    at_desk(school, hold)
    school.at("15:20")
    name = hand_over(school, hold)[0].handover
    school.miss()
    school.tell(told)

    assert rule_of(school.order(c.OpenAgain(name), OFFICE)) == rule
    assert rule_of(school.order(c.FinishHandOver(name, "paper"), HEAD)) == rule
    undone = school.order(c.UndoHandOver(name, "wrong-person"), OFFICE)
    assert kinds(undone) == ["HandOverUndone"]


def test_cus_8_two_do_not_open_for_an_adult_who_is_struck_off_meanwhile(school):
    """CUS-4 CUS-8: hours may lie between the page and the bank."""
    hold = confiscate(school)
    at_desk(school, hold, door=False)
    school.order(c.RaiseConcern("pupil", "p1"), TEACHER)
    name = hand_over(school, hold, by=DSL)[0].handover
    school.tell(f.ContactSet("a1", "p1", never=True, by="o1"))

    begun = school.order(c.BeginHandOver(name, witness="t1"), DSL)
    assert rule_of(begun) == "never-release"


def test_cus_10_overdue_once_home_time_is_over(school):
    """CUS-10: uncollected devices are known as such; not by a guessed clock."""
    hold = confiscate(school)
    school.at("15:20")
    assert not is_overdue(school.state, school.state.holds[hold], school.context())

    school.at("16:00")
    assert is_overdue(school.state, school.state.holds[hold], school.context())


# ------------------------------------------------------------- safeguarding and police


@pytest.fixture
def police(school) -> str:
    """A device on a police hold in the office safe."""
    hold = confiscate(school)
    at_desk(school, hold, door=False)
    school.order(c.Reclassify(hold, "police"), DSL)
    return hold


@pytest.mark.parametrize("to", ["adult", "unlisted", "owner"])
@pytest.mark.parametrize("by", [DSL, HEAD])
def test_cus_7_a_police_hold_never_goes_to_pupil_or_parent(school, police, to, by):
    """CUS-7: refused with its rule, whoever asks, at any hour."""
    school.at("15:20")

    assert rule_of(hand_over(school, police, by=by, to=to, note="t1")) == "evidence"


@pytest.mark.parametrize("to", ["adult", "unlisted", "owner"])
def test_cus_6_no_rule_tells_the_office_why_a_device_is_held(school, police, to):
    """CUS-6 CUS-7: to the office a police hold is a closed door, and no more."""
    school.at("15:20")

    told = hand_over(school, police, by=OFFICE, to=to, note="t1")
    assert rule_of(told) == "no-right"
    told = school.order(c.Reclassify(police, "confiscated"), OFFICE)
    assert rule_of(told) == "no-right"


def test_cus_8_a_police_hand_over_needs_two_at_the_bank(school, police):
    """CUS-8: prepared on the page; goes on with a witness who is somebody else."""
    prepared = hand_over(
        school, police, by=DSL, to="officer", note="t1", identity="warrant-card"
    )
    assert kinds(prepared) == ["HandOverPrepared"]
    handover = prepared[0].handover

    for by, witness, rule in (
        (DSL, "", "needs-witness"),
        (DSL, DSL.person, "own-witness"),
        (OFFICE, TEACHER.person, "no-right"),
        (DSL, "nobody", "unknown"),
    ):
        begin = c.BeginHandOver(handover, witness)
        assert rule_of(school.order(begin, by)) == rule
    finish = c.FinishHandOver(handover, "paper")
    assert rule_of(school.order(finish, DSL)) == "needs-witness"

    school.order(c.BeginHandOver(handover, TEACHER.person), DSL)
    school.order(finish, DSL)
    assert school.state.past_holds[police].witness == TEACHER.person


@pytest.mark.parametrize("by", [TEACHER, OFFICE, TECHNICIAN])
def test_cus_12_only_dsl_or_head_make_a_police_hold(school, by):
    """CUS-12: nobody else reclassifies."""
    hold = confiscate(school)

    assert rule_of(school.order(c.Reclassify(hold, "police"), by)) == "no-right"


def test_cus_12_never_the_other_way_without_a_second_person(school, police):
    """CUS-12: police to safeguarding takes two; to confiscated there is no way."""
    down = c.Reclassify(police, "safeguarding")
    assert rule_of(school.order(down, DSL)) == "needs-witness"
    assert (
        rule_of(school.order(c.Reclassify(police, "confiscated"), DSL)) == "wrong-way"
    )

    school.order(replace(down, witness=HEAD.person), DSL)
    assert school.state.holds[police].basis == "safeguarding"


# -------------------------------------------------------------------------- concerns


@pytest.mark.parametrize(
    "by", [TEACHER, OTHER_TEACHER, COVER, OFFICE, HEAD, DSL, TECHNICIAN]
)
def test_cus_6_any_member_of_staff_raises_a_concern_and_the_device_is_held(school, by):
    """CUS-6: one order; by door number for whoever sees no names."""
    order = c.RaiseConcern("pupil", compartment=1)

    facts = school.order(order, by)

    assert kinds(facts) == ["ConcernRaised", "DeviceHeld"]
    assert [h.basis for h in school.state.holds.values()] == ["safeguarding"]


def test_cus_6_a_confiscated_device_becomes_a_safeguarding_hold(school):
    """CUS-6: by concern; its planned end is nothing any more."""
    hold = confiscate(school)

    school.order(c.RaiseConcern("pupil", "p1"), COVER)

    now = school.state.holds[hold]
    assert (now.basis, now.until) == ("safeguarding", "")


def test_cus_6_a_concern_at_the_door_of_a_found_device_holds_it(school):
    """CUS-6: whose it is need not be known; another that was found stays as it is."""
    found = c.HoldDevice("", basis="found", taken=True)
    hold, other = (school.order(found, OFFICE)[-1].hold for _ in range(2))
    at_desk(school, hold)

    raised = school.order(c.RaiseConcern("pupil", compartment=DESK_DOOR), TEACHER)

    assert kinds(raised) == ["ConcernRaised", "HoldReclassified"]
    bases = [school.state.holds[each].basis for each in (hold, other)]
    assert bases == ["safeguarding", "found"]


@pytest.mark.parametrize("by", [TEACHER, TECHNICIAN, OFFICE, DSL])
def test_cus_12_a_concern_does_not_undo_a_police_hold(school, police, by):
    """CUS-12 CUS-8: one button does not do what takes two; the lead is told."""
    raised = school.order(c.RaiseConcern("pupil", "p1", note="t2"), by)

    assert kinds(raised) == ["ConcernRaised"]
    assert school.state.holds[police].basis == "police"


def test_cus_6_never_its_subject_and_the_heads_goes_past_the_head(school):
    """CUS-6: about staff the head reads; about the head nobody with an account."""
    school.order(c.RaiseConcern("staff", HEAD.person), TEACHER)
    school.order(c.RaiseConcern("staff", TEACHER.person), COVER)
    school.order(c.RaiseConcern("head"), TEACHER)
    mine, theirs, heads = school.state.concerns

    assert rule_of(school.order(c.SeeConcern(mine), HEAD)) == "unknown"
    assert kinds(school.order(c.SeeConcern(theirs), HEAD)) == ["ConcernSeen"]
    for by in (HEAD, DSL, TEACHER):
        assert rule_of(school.order(c.SeeConcern(heads), by)) == "unknown"
    assert rule_of(school.order(c.SeeConcern(theirs), DSL)) == "unknown"


def test_cus_6_telling_the_lado_is_a_dated_fact(school):
    """CUS-6: which agency, on which date, not in the future."""
    school.order(c.RaiseConcern("pupil", "p1"))
    (concern,) = school.state.concerns

    tell = c.TellAgency(concern, "lado", "2026-11-23")
    assert kinds(school.order(tell, DSL)) == ["AgencyTold"]
    later = replace(tell, date="2026-11-24")
    assert rule_of(school.order(later, DSL)) == "bad-value"


def test_cus_10_for_a_safeguarding_hold_only_dsl_or_head_say_that_home_knows(school):
    """CUS-10: the office neither decides nor sees it."""
    school.order(c.RaiseConcern("pupil", "p1"))
    (hold,) = school.state.holds

    assert rule_of(school.order(c.TellParent(hold, "phone"), OFFICE)) == "no-right"
    assert kinds(school.order(c.TellParent(hold, "not-yet-safe"), DSL)) == [
        "ParentTold"
    ]


def test_cus_13_how_the_child_travels_is_noted(school):
    """CUS-13: by the class's teacher, with whether home knows."""
    hold = confiscate(school)

    school.order(c.NoteTravel(hold, "walks", home_knows=False))

    now = school.state.holds[hold]
    assert (now.travels, now.home_knows) == ("walks", False)


def test_cus_1_found_devices_go_back_once_the_owner_is_known(school):
    """CUS-1: any staff find; the office gives back to the owner it has named."""
    (held,) = school.order(c.HoldDevice("", "found", taken=True, place="safe"), COVER)
    give = c.PrepareHandOver((held.hold,), "owner")
    assert rule_of(school.order(give, OFFICE)) == "owner-unknown"

    school.order(c.NameOwner(held.hold, "p3"), OFFICE)

    assert kinds(school.order(give, OFFICE)) == ["HandOverPrepared", "HandOverBegun"]
