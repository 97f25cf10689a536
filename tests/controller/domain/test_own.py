"""CUS-1: staff's and visitors' own devices: the own tap begins and ends it."""

from __future__ import annotations

import pytest

from controller.domain import custody_facts as c
from controller.domain import door_facts as f
from controller.domain import doors, own
from controller.domain import orders as o
from controller.domain import own_orders as w
from controller.domain import people_facts as p
from controller.domain.bases import STAFF, VISITOR
from controller.domain.context import Layout, Place
from controller.domain.record_orders import AmendRecord, EndRecord, FileRecord
from controller.domain.refusals import Refusal
from controller.domain.stock import expected
from tests.controller.domain.kit import (
    BANK,
    HEAD,
    OFFICE,
    OTHER_TEACHER,
    PUPIL_DOORS,
    TEACHER,
    TECHNICIAN,
    a_full_school,
    a_school,
    kinds,
    ordered,
)

DOORS = (11, 12)
FIRST, SECOND = DOORS
VISIT = (
    ("sponsor", TEACHER.person),
    ("purpose", "contractor"),
    ("first", "2026-11-23"),
    ("last", "2026-11-24"),
    ("notice", "yes"),
)


def with_own_doors(school):
    """Set two doors aside; the second is within sight of the desk."""
    places = {**BANK.places, FIRST: Place(FIRST, "staff")}
    places[SECOND] = Place(SECOND, "staff", at_desk=True)
    school.layout = Layout(places, columns=3)
    return school


@pytest.fixture
def school():
    """Half past ten, everybody's device is in, two doors are set aside."""
    return with_own_doors(a_full_school())


def touch(school, by=TEACHER):
    """Touch "My own device" after the card."""
    return school.order(w.OpenOwnDoor(), by)


def put_away(school, by=TEACHER):
    """Let a member of staff put the own device away; return the door."""
    (n,) = ordered(touch(school, by))
    school.use(n)
    return n


def admit(school, visitor="v9", **changes):
    """Let reception file a visit and give a card, which is tapped."""
    values = tuple((dict(VISIT) | changes).items())
    filing = FileRecord("visitor", "", values, ("name",), "t1", "d" * 64)
    done = school.order(w.AdmitVisitor(visitor, filing), OFFICE)
    if not isinstance(done, Refusal):
        school.tell(p.CardEnrolled(f"c-{visitor}", visitor))
    return done


def visit_of(school, visitor="v9"):
    return school.state.visitors[visitor].record


# ---------------------------------------------------------------------------- staff


def test_cus_1_staff_put_the_own_device_away_and_have_it_back(school):
    """CUS-1: own tap, own tap; the lowest free door, then that one."""
    n = put_away(school)
    assert n == FIRST
    inside = school.state.own[TEACHER.person]
    assert (inside.compartment, inside.basis) == (n, STAFF)
    assert expected(school.state, n) == STAFF

    done = touch(school)

    assert [(x.compartment, x.purpose, x.by, x.pupil) for x in done] == [
        (FIRST, own.OUT, TEACHER.person, "")
    ]
    assert kinds(school.use(FIRST)) == ["DoorOpened", "DoorShut", "OwnDeviceOut"]
    assert not school.state.own


def test_cus_1_two_colleagues_have_two_doors_and_the_third_is_told_kindly(school):
    """CUS-1: nobody's door is opened for another; none free is said."""
    assert put_away(school, TEACHER) == FIRST
    assert put_away(school, OTHER_TEACHER) == SECOND

    assert touch(school, HEAD) == Refusal("no-own-door")
    assert ordered(touch(school, OTHER_TEACHER)) == [SECOND]


def test_cus_1_many_touches_are_one_order_and_an_open_door_needs_none(school):
    """CUS-1: never two doors for one device."""
    (order,) = touch(school)
    assert touch(school) == []
    school.power(FIRST)
    school.pull(FIRST)
    assert touch(school) == []
    school.push(FIRST)
    assert order.compartment == school.state.own[TEACHER.person].compartment


def test_cus_1_a_door_that_nobody_pulled_stays_free(school):
    """CUS-1: nothing is behind it, and the next touch opens it again."""
    touch(school)
    school.miss()
    assert not school.state.own
    assert ordered(touch(school)) == [FIRST]


def test_cus_1_shut_again_at_once_the_device_counts_as_still_there(school):
    """CUS-1: in doubt it is behind its door, and its owner's alone.

    Whoever comes back within minutes has the hand empty still, and takes it out then.
    """
    n = put_away(school)
    touch(school)
    school.use(n, after_s=0.5)

    assert TEACHER.person in school.state.own
    assert ordered(touch(school, HEAD)) == [SECOND]
    (again,) = touch(school)
    assert (again.compartment, again.purpose) == (n, own.OUT)
    school.use(n)
    assert TEACHER.person not in school.state.own


def test_cus_1_a_door_that_was_emptied_in_a_moment_takes_the_device_next_time(school):
    """CUS-1: a quick hand in the evening; in the morning it is put away, not taken."""
    n = put_away(school)
    school.at("16:00")
    touch(school)
    school.use(n, after_s=0.5)
    school.at("08:30", days=1)

    (again,) = touch(school)
    assert (again.compartment, again.purpose) == (n, own.IN)
    school.use(n)
    assert school.state.own[TEACHER.person].quick_us == 0
    assert touch(school)[0].purpose == own.OUT


@pytest.mark.parametrize(
    "spoilt",
    [
        f.TakenOutOfUse(FIRST, "x1"),
        f.FaultLatched(f"door:{FIRST}", "not-opening"),
        f.FaultLatched(f"door:{FIRST}", "contact"),
        f.DoorForced(FIRST),
        f.ReleaseOrdered("o-x", FIRST, "check", "staff", by="x1", reason="check"),
    ],
)
def test_cus_1_only_a_sound_shut_door_that_nobody_is_at_is_given(school, spoilt):
    """CUS-1: out of use, in doubt, open or ordered: the next one."""
    school.tell(spoilt)
    assert ordered(touch(school)) == [SECOND]


def test_cus_1_a_device_comes_out_of_a_door_that_is_out_of_order(school):
    """CUS-1: as a pupil's does."""
    n = put_away(school)
    school.tell(f.FaultLatched(f"door:{n}", "not-opening"), f.TakenOutOfUse(n, "x1"))
    assert ordered(touch(school)) == [n]


def test_day_15_nothing_opens_in_an_evacuation(school):
    """DAY-15: nobody goes back for a telephone, staff as little as children."""
    admit(school)
    put_away(school)
    school.order(o.Evacuate(), TEACHER)

    assert touch(school) == Refusal("evacuated")
    assert school.tap("v9").rule == "evacuated"


def test_cus_1_a_bank_without_such_doors_says_so(school):
    """CUS-1: holding doors and pupils' doors are none of theirs."""
    school.layout = BANK
    assert touch(school) == Refusal("no-own-door")


def test_cus_1_a_door_that_was_built_away_names_the_technician(school):
    """CUS-1: the record still knows where it is."""
    put_away(school)
    school.layout = BANK
    assert touch(school) == Refusal("own-door-gone")


def test_acc_5_a_card_alone_is_not_more_than_before(school):
    """ACC-5: the tap of a staff card orders nothing by itself."""
    decision = school.tap(TEACHER.person)
    assert (decision.result, kinds(decision.facts)) == ("staff", ["CardTapped"])


def test_cus_9_opening_for_a_check_leaves_the_device_its_owners(school):
    """CUS-9: custody is as it was."""
    n = put_away(school)
    school.order(o.OpenForCheck(n, "check"), TECHNICIAN)
    school.use(n)
    assert school.state.own[TEACHER.person].compartment == n


def test_rel_3_cut_off_with_the_door_open_nobody_else_gets_that_door(school):
    """REL-3: a device may be behind it that no entry knows: asked, and kept free."""
    touch(school)
    school.power(FIRST)
    school.pull(FIRST)
    found = doors.at_start(school.state, {FIRST: False}, school.context())
    school.tell(*found)

    assert school.asked == [("outcome-unknown", TEACHER.person)]
    assert ordered(touch(school, HEAD)) == [SECOND]
    assert put_away(school) == FIRST
    assert not school.asked, "being at the own open door settles it"


def test_rel_3_cut_off_before_the_door_moved_the_office_is_told_whose(school):
    """REL-3: nobody knows whether it opened."""
    touch(school)
    school.tell(*doors.at_start(school.state, {}, school.context()))
    assert school.asked == [("outcome-unknown", TEACHER.person)]


def test_hw_3_a_door_that_is_forced_is_asked_about(school):
    """HW-3 DAY-6: whose device, as for a pupil's."""
    n = put_away(school)
    school.pull(n)
    assert school.asked == [("forced", TEACHER.person)]


# -------------------------------------------------------------------------- visitors


def test_rec_6_a_visitors_own_tap_opens_at_any_hour_of_its_day(school):
    """REC-6: no PIN, no screen of staff; before school, at noon, at night."""
    admit(school)
    for hour in ("06:00", "12:00", "23:50"):
        school.at(hour)
        tap = school.tap("v9")
        assert (tap.result, tap.compartment, tap.purpose) == ("ordered", FIRST, own.IN)
        school.use(FIRST)
        assert school.state.own["v9"].basis == VISITOR
        assert school.tap("v9").purpose == own.OUT
        school.use(FIRST)
        assert not school.state.own


def test_rec_6_a_second_tap_is_the_same_order_and_the_same_door(school):
    """REC-6: as small children do, so do visitors."""
    admit(school)
    first, second = school.tap("v9"), school.tap("v9")
    assert second.order == next(x.order for x in first.facts if hasattr(x, "order"))
    school.power(FIRST)
    school.pull(FIRST)
    assert school.tap("v9").result == "open"


def test_rec_6_the_card_ends_with_its_day_and_says_so_kindly(school):
    """REC-6: by itself, at midnight."""
    admit(school)
    done = school.at("00:05", days=1)

    assert "VisitorCardEnded" in kinds(done)
    tap = school.tap("v9")
    assert (tap.result, tap.rule) == ("refused", "card-ended")
    assert "VisitorCardEnded" not in kinds(school.tick()), "said once"


def test_rec_6_before_the_tick_of_midnight_the_card_is_over_too(school):
    """REC-6: the day that the card is for decides, not the second of the loop."""
    admit(school)
    school.day = school.day.replace(day=24)
    assert school.tap("v9").rule == "card-ended"


def test_rec_6_a_device_left_behind_is_the_offices_question(school):
    """REC-6 DAY-6: once; whatever the office answers, it is not asked again."""
    admit(school)
    n = school.tap("v9").compartment
    school.use(n)
    school.at("00:05", days=1)
    assert ("left-behind", "v9") in school.asked

    for question in list(school.state.questions):
        school.order(o.CloseQuestion(question, "kept"), OFFICE)
    school.at("09:00")
    assert not school.asked
    assert "v9" in school.state.own


def test_rec_6_the_office_gives_it_back_in_sight_of_the_desk_or_at_the_bank(school):
    """REC-6 CUS-4: from a page only where the desk sees the door."""
    admit(school, "v8")
    admit(school, "v9")
    for visitor in ("v8", "v9"):
        school.use(school.tap(visitor).compartment)
    for visitor in ("v8", "v9"):
        school.order(w.EndVisitorCard(visitor), OFFICE)

    assert school.order(w.GiveBackOwn("v8"), OFFICE) == Refusal("not-in-sight")
    assert school.order(w.GiveBackOwn("v8"), TEACHER) == Refusal("no-right")
    assert ordered(school.order(w.GiveBackOwn("v8", at_bank=True), OFFICE)) == [FIRST]
    assert ordered(school.order(w.GiveBackOwn("v9"), OFFICE)) == [SECOND]
    done = school.use(FIRST)

    gone = next(fact for fact in done if isinstance(fact, c.OwnDeviceOut))
    assert gone == c.OwnDeviceOut("v8", FIRST, OFFICE.person)
    assert school.asked == [("left-behind", "v9")]


def test_cus_1_nobody_gives_a_colleagues_device_back(school):
    """CUS-1: only its owner's own tap; the head as little as the office."""
    put_away(school)
    for by in (OFFICE, HEAD):
        order = w.GiveBackOwn(TEACHER.person, at_bank=True)
        assert school.order(order, by) == Refusal("not-the-schools")


def test_cus_1_who_has_left_the_staff_is_given_the_device_like_a_visitor(school):
    """CUS-1: the card is dead, so the office is asked and gives it back."""
    n = put_away(school)
    school.tell(p.StaffLeft(TEACHER.person, "h1"))
    school.tick()

    assert school.asked == [("left-behind", TEACHER.person)]
    assert ordered(school.order(w.GiveBackOwn("t1", at_bank=True), OFFICE)) == [n]
    assert kinds(school.use(n))[-2:] == ["OwnDeviceOut", "QuestionClosed"]


def test_day_6_closed_as_handed_over_the_door_is_free_again(school):
    """DAY-6: the office opened it with the key."""
    admit(school)
    school.use(school.tap("v9").compartment)
    school.order(w.EndVisitorCard("v9"), OFFICE)
    question = next(iter(school.state.questions))
    school.order(o.CloseQuestion(question, "handed-over"), OFFICE)
    assert ordered(touch(school)) == [FIRST]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"first": "2026-11-24"}, "not-today"),
        ({"notice": ""}, "bad-record"),
        ({"purpose": "spy"}, "bad-record"),
    ],
)
def test_rec_6_a_card_needs_a_visit_of_today_and_the_notice(school, changes, rule):
    """REC-6: nothing is filed and nobody is let in half."""
    before = school.state
    assert admit(school, **changes) == Refusal(rule)
    assert school.state == before


def test_rec_6_a_visit_that_is_over_gives_no_card(school):
    """REC-6: it was for last Friday."""
    dates = {"first": "2026-11-20", "last": "2026-11-20"}
    values = tuple((dict(VISIT) | dates).items())
    filing = FileRecord("visitor", "", values, ("name",), "t1", "d" * 64)
    (filed, *_) = school.order(filing, OFFICE)
    given = school.order(w.GiveVisitorCard("v9", filed.record), OFFICE)
    assert given == Refusal("not-today")


def test_rec_6_the_second_day_of_a_visit_takes_a_card_anew(school):
    """REC-6: the same visitor; the card of the day before is dead."""
    admit(school)
    school.at("08:00", days=1)
    record = visit_of(school)

    done = school.order(w.GiveVisitorCard("v9", record), OFFICE)
    assert kinds(done) == ["CardRevoked", "VisitorCardGiven"]
    assert school.tap("v9").result == "unknown", "yesterday's card"
    school.tell(p.CardEnrolled("c-v9", "v9"))
    assert school.tap("v9").result == "ordered"

    school.at("08:00", days=1)
    assert school.order(w.GiveVisitorCard("v9", record), OFFICE) == Refusal("not-today")


def test_rec_6_a_visit_is_one_visitors(school):
    """REC-6: nobody else comes by it, and nobody who is known here already."""
    admit(school)
    record = visit_of(school)
    for visitor in ("v8", "t1", "p1"):
        given = school.order(w.GiveVisitorCard(visitor, record), OFFICE)
        assert given == Refusal("unknown")
    assert admit(school, "v9") == Refusal("taken")
    assert admit(school, "t1") == Refusal("taken")


def test_rec_6_a_visit_that_is_ended_gives_no_card(school):
    """REC-6: the record is over."""
    admit(school)
    record = visit_of(school)
    school.order(EndRecord(record, "over"), OFFICE)
    assert school.order(w.GiveVisitorCard("v9", record), OFFICE) == Refusal("not-today")


def test_rec_6_a_changed_visit_keeps_its_visitor(school):
    """REC-6: a week longer, say."""
    admit(school)
    longer = tuple((dict(VISIT) | {"last": "2026-11-27"}).items())
    school.order(AmendRecord(visit_of(school), longer, ("name",)), OFFICE)
    school.at("08:00", days=3)
    done = school.order(w.GiveVisitorCard("v9", visit_of(school)), OFFICE)
    assert "VisitorCardGiven" in kinds(done)


def test_day_11_under_a_guessed_clock_no_card_ends_by_itself(school):
    """DAY-11: reception ends it by hand; once the clock is believed, it does."""
    admit(school, "v8")
    admit(school, "v9")
    school.clock = "guessed"
    school.at("09:00", days=1)
    assert school.tap("v8").result == "ordered"
    assert kinds(school.order(w.EndVisitorCard("v8"), OFFICE)) == ["VisitorCardEnded"]
    assert school.tap("v8").rule == "card-ended"

    school.clock = "synced"
    school.tick()
    assert school.tap("v9").rule == "card-ended"


def test_day_11_a_card_given_under_a_guessed_clock_is_of_the_day_it_proves_to_be(
    school,
):
    """DAY-11: of today where that is proven; else it ends, and is given anew."""
    school.clock = "guessed"
    admit(school)
    assert school.state.visitors["v9"].date == ""
    school.clock = "synced"
    school.tick()
    assert school.state.visitors["v9"].date == "2026-11-23"
    assert school.tap("v9").result == "ordered"


def test_day_11_a_card_of_a_day_that_is_not_proven_ends_once_the_clock_is_believed(
    school,
):
    """DAY-11: the clock finds that it is tomorrow already."""
    school.clock = "guessed"
    admit(school)
    school.clock = "synced"
    school.at("08:00", days=1)
    assert school.tap("v9").rule == "card-ended"


def test_day_11_a_card_whose_day_nobody_knows_ends_when_the_clock_is_believed(school):
    """DAY-11: the machine was off in between: in doubt it opens nothing."""
    school.clock = "guessed"
    school.at("08:00", days=1)
    admit(school, last="2026-11-27")
    school.tell(p.Started("1", was_off=True))
    school.clock = "synced"
    school.at("09:00")
    assert school.tap("v9").rule == "card-ended"


def test_cus_1_no_pupil_comes_behind_such_a_door_and_no_release_opens_it(school):
    """CUS-1: first free, home time, waves: pupils' doors alone."""
    n = put_away(school)
    school.first_free()
    school.at("15:20")
    done = school.order(o.ReleaseClass("kestrels", "all"), TEACHER)
    assert n not in ordered(done)
    assert set(ordered(done)) <= set(PUPIL_DOORS)


def test_rec_6_without_a_card_of_today_nothing_is_known_of_a_visitor():
    """REC-6: a school in which nobody has called."""
    assert not a_school().state.visitors
