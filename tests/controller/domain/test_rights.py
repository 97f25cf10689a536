"""SEC-2, ACC-6: who may do what, for each role, each act and each order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from controller.domain import custody_orders as c
from controller.domain import orders as o
from controller.domain import own_orders as w
from controller.domain import record_orders as r
from controller.domain import today_orders as t
from controller.domain.context import NOBODY, Actor
from controller.domain.custody_facts import DeviceHeld
from controller.domain.policy import check_right
from controller.domain.refusals import Refusal
from controller.domain.rights import (
    OWN_CLASSES_ONLY,
    RIGHTS,
    ROLES,
    may,
    rights_of,
)
from controller.domain.state import State
from controller.domain.today_facts import OutingBegan
from tests.controller.domain.kit import (
    COVER,
    DSL,
    HEAD,
    OFFICE,
    OTHER_TEACHER,
    TEACHER,
    TECHNICIAN,
)

MATRIX = """
                     teacher cover office leadership dsl technician
class.see            yes     yes   yes    yes        yes no
class.release        yes     yes   no     yes        no  no
class.confirm        yes     yes   no     yes        no  no
class.mark           yes     yes   yes    yes        yes no
class.vouch          yes     yes   yes    yes        yes no
class.drop-off       yes     yes   yes    yes        no  no
class.early-leaver   no      no    yes    yes        no  no
class.outing         yes     yes   yes    yes        no  no
cover.give           no      no    yes    yes        no  no
sheet.keep           no      no    yes    yes        no  no
stock.take           no      no    yes    yes        no  no
own.use              yes     yes   yes    yes        yes yes
visitors.keep        no      no    yes    yes        no  no
evacuate             yes     yes   yes    yes        yes yes
resume               yes     no    yes    yes        yes no
people.see           yes     no    yes    yes        yes no
people.change        no      no    yes    yes        no  no
cards.enrol          yes     no    yes    yes        no  no
roll.import          no      no    yes    yes        no  no
people.export        no      no    no     yes        no  no
accounts.see         no      no    no     yes        no  no
accounts.change      no      no    no     yes        no  no
custody.see          no      no    yes    yes        yes no
custody.reasons      no      no    no     yes        yes no
custody.confiscate   yes     yes   yes    yes        yes no
custody.concern      yes     yes   yes    yes        yes yes
custody.hold         no      no    no     yes        yes no
custody.end-hold     no      no    no     yes        yes no
custody.hand-over    no      no    yes    yes        no  no
custody.unlisted     no      no    no     yes        no  no
custody.override     no      no    no     yes        no  no
custody.move         yes     yes   yes    yes        yes no
custody.open         no      no    no     yes        no  no
custody.told         no      no    yes    yes        yes no
contacts.see         no      no    yes    yes        yes no
contacts.change      no      no    yes    yes        no  no
policy.change        no      no    no     yes        no  no
records.see          yes     yes   yes    yes        yes no
records.tell         yes     yes   yes    yes        yes no
records.keep         yes     no    yes    yes        no  no
records.exception    no      no    yes    yes        yes no
records.search       no      no    no     yes        no  no
records.sealed       no      no    no     yes        yes no
records.justify      no      no    no     no         yes no
records.visitor      no      no    yes    yes        no  no
records.staff        no      no    no     yes        no  no
records.approve      no      no    no     yes        no  no
journal.see          no      no    yes    yes        yes yes
desk.see             no      no    yes    yes        yes no
desk.change          no      no    yes    yes        no  no
reports.see          no      no    yes    yes        yes no
settings.see         no      no    yes    yes        no  yes
settings.change      no      no    no     yes        no  no
calendar.change      no      no    yes    yes        no  no
kiosk.pair           no      no    no     yes        no  yes
health.see           no      no    yes    yes        no  yes
fault.clear          no      no    no     no         no  yes
door.open            no      no    no     yes        no  yes
"""
"""Every pair, by hand: a new act or role turns the first test red until it is there."""


def decided() -> dict[tuple[str, str], bool]:
    """Read the matrix."""
    head, *rows = (line.split() for line in MATRIX.strip().splitlines())
    return {
        (act, role): word == "yes"
        for act, *words in rows
        for role, word in zip(head, words, strict=True)
    }


def test_acc_6_every_pair_of_role_and_act_is_decided():
    """ACC-6: least privilege is a table without gaps."""
    assert set(decided()) == set(product(RIGHTS, ROLES))


def test_acc_6_each_pair_is_as_it_was_decided():
    """ACC-6: the code's table is the one that was thought about."""
    for (act, role), expected in decided().items():
        actor = Actor("s", (role,), ("kestrels",))
        assert may(actor, act) is expected, (act, role)
        assert (act in rights_of((role,))) is expected


def test_acc_6_a_teachers_acts_reach_as_far_as_the_own_classes():
    """ACC-6: teacher and cover act on their own classes, the others on every class."""
    for act, roles in RIGHTS.items():
        for role in roles:
            actor = Actor("s", (role,), ("kestrels",))
            assert may(actor, act, "kestrels"), (act, role)
            assert may(actor, act, "wrens") is (role not in OWN_CLASSES_ONLY)


def test_acc_6_nobody_may_do_nothing():
    """ACC-6: without an account there is no right at all."""
    assert not [act for act in RIGHTS if may(NOBODY, act) or may(NOBODY, act, "wrens")]


# ------------------------------------------------------------------------- each order

CLASSROOM = {TEACHER, COVER, HEAD}
EVERYBODY = {TEACHER, COVER, OTHER_TEACHER, OFFICE, HEAD, DSL, TECHNICIAN}

ABOUT_A_CLASS: dict[Callable[[str], o.Order], set[Actor]] = {
    o.ReleaseClass: CLASSROOM,
    o.OpenNextWave: CLASSROOM,
    o.StopRelease: CLASSROOM,
    o.EndSession: CLASSROOM,
    o.ConfirmClass: CLASSROOM,
    o.OpenDropOff: CLASSROOM | {OFFICE},
    o.CloseDropOff: CLASSROOM | {OFFICE},
    lambda k: o.MarkPupil(_one_of(k), "absent"): CLASSROOM | {OFFICE, DSL},
    lambda k: o.UnmarkPupil(_one_of(k)): CLASSROOM | {OFFICE, DSL},
    lambda k: o.VouchFor(_one_of(k)): CLASSROOM | {OFFICE, DSL},
    lambda k: o.ReportCardLost(_one_of(k)): {TEACHER, OFFICE, HEAD},
    lambda k: t.BeginOuting(k, "trip"): CLASSROOM | {OFFICE},
    lambda k: t.MoveOuting(f"u-{k}", "away"): CLASSROOM | {OFFICE},
    lambda k: t.HandToSibling(_one_of(k), "p2"): CLASSROOM | {OFFICE, DSL},
    lambda k: t.SwapDevices(_one_of(k), "p2"): CLASSROOM | {OFFICE, DSL},
    lambda k: c.HoldDevice(_one_of(k)): CLASSROOM | {OFFICE, DSL},
    lambda k: c.MoveHold(f"h-{_one_of(k)}", "safe"): CLASSROOM | {OFFICE, DSL},
    lambda k: c.NoteTravel(f"h-{_one_of(k)}", "bus", home_knows=True): CLASSROOM
    | {OFFICE, DSL},
}
"""Orders about the kestrels -> who may give them; the wrens' teacher never."""

ABOUT_THE_SCHOOL: dict[o.Order, set[Actor]] = {
    o.ReleaseClub("chess"): EVERYBODY - {TECHNICIAN},
    o.Evacuate(): EVERYBODY,
    o.Resume(): {TEACHER, OTHER_TEACHER, OFFICE, HEAD, DSL},
    o.OpenForCheck(1, "check"): {TECHNICIAN, HEAD},
    o.ClearFault(1): {TECHNICIAN},
    o.SetInUse(1, in_use=False): {TECHNICIAN},
    o.ExplainByKey(1): {TECHNICIAN},
    o.CloseQuestion("q1", "kept"): {OFFICE, HEAD},
    o.SetPupil("p1", group="elm"): {OFFICE, HEAD},
    o.ReportCardLost("t1"): {TEACHER, OTHER_TEACHER, OFFICE, HEAD},
    o.SetRule("sound", "off"): {HEAD},
    o.SetClub("chess", "Chess", "16:00", "t1"): {OFFICE, HEAD},
    o.RemoveClub("chess"): {OFFICE, HEAD},
    o.ReviewAccess("1/1", "t1", "d"): {HEAD},
    t.LeaveEarly("p1", "alone"): {OFFICE, HEAD},
    t.GiveCover("v9", ("kestrels",), 1): {OFFICE, HEAD},
    t.EndCover("v9"): {OFFICE, HEAD},
    t.EnterFromPaper("2026-11-23", ()): {OFFICE, HEAD},
    t.BeginStock(): {OFFICE, HEAD},
    t.RecordStock("k1", (), (), ()): {OFFICE, HEAD},
    t.StopStock("k1"): {OFFICE, HEAD},
    w.OpenOwnDoor(): EVERYBODY,
    w.GiveBackOwn("v1"): {OFFICE, HEAD},
    w.AdmitVisitor("v1", r.FileRecord("visitor")): {OFFICE, HEAD},
    w.GiveVisitorCard("v1", "rec1"): {OFFICE, HEAD},
    w.EndVisitorCard("v1"): {OFFICE, HEAD},
    c.Reclassify("h-p1", "police"): {OFFICE, HEAD, DSL},
    c.NameOwner("h-p1", "p1"): {OFFICE, HEAD},
    c.PrepareHandOver(("h-p1",), "adult"): {OFFICE, HEAD, DSL},
    c.BeginHandOver("g1"): {HEAD, DSL},
    c.AllowHandOver("g1"): {HEAD},
    c.OpenAgain("g1"): {OFFICE, HEAD},
    c.FinishHandOver("g1", "paper"): {OFFICE, HEAD, DSL},
    c.UndoHandOver("g1", "mistake"): {OFFICE, HEAD, DSL},
    c.TellParent("h-p1", "phone"): {OFFICE, HEAD, DSL},
    c.AskFetch("h-p1"): {OFFICE, HEAD, DSL},
    c.SetContact("a1", "p1"): {OFFICE, HEAD},
    c.RemoveContact("a1", "p1"): {OFFICE, HEAD},
    c.ImportContacts((c.SetContact("a1", "p1"),)): {OFFICE, HEAD},
    c.Authorise("t1"): {HEAD},
    c.SetClause("4.2", "Phones"): {HEAD},
    c.RaiseConcern("pupil", "p1"): EVERYBODY,
    c.SeeConcern("k1"): EVERYBODY,
    c.TellAgency("k1", "lado", "2026-11-23"): EVERYBODY,
    c.CloseConcern("k1"): EVERYBODY,
    r.FileRecord("exception", "p1"): EVERYBODY - {TECHNICIAN},
    r.AmendRecord("rec1"): EVERYBODY - {TECHNICIAN},
    r.ApproveRecord("rec1"): {HEAD},
    r.ReadRecord("rec1"): {HEAD, DSL},
    r.EndRecord("rec1", "over"): EVERYBODY - {TECHNICIAN},
}


def _one_of(klass: str) -> str:
    return {"kestrels": "p1", "wrens": "p7"}[klass]


def refused(state: State, order: o.Order, actor: Actor, school) -> str:
    """Return the rule that turns ``actor`` away, or an empty text."""
    refusal = check_right(state, order, school.context(actor))
    return refusal.rule if refusal else ""


def test_sec_2_every_order_stands_in_one_of_the_two_lists():
    """SEC-2: an order that is added must be decided for each role here."""
    listed = {type(make("kestrels")) for make in ABOUT_A_CLASS}
    listed |= {type(order) for order in ABOUT_THE_SCHOOL}

    assert listed == set(o.ORDERS)


@pytest.mark.parametrize("make", ABOUT_A_CLASS)
def test_sec_2_an_order_about_a_class_is_open_to_its_own_people(school, make):
    """SEC-2: own class yes, other class "not your class", other role "no right"."""
    allowed = ABOUT_A_CLASS[make]
    for pupil in ("p1", "p7"):
        place = f"carried:{TEACHER.person}"
        school.tell(
            DeviceHeld(f"h-{pupil}", "confiscated", pupil, ("phone",), place, "t1")
        )
    for klass in ("kestrels", "wrens"):
        school.tell(OutingBegan(f"u-{klass}", klass, "trip", (_one_of(klass),), "t1"))

    for actor in EVERYBODY:
        rule = refused(school.state, make("kestrels"), actor, school)
        assert (rule == "") is (actor in allowed), (actor, rule)
    assert TEACHER in allowed
    own = refused(school.state, make("wrens"), TEACHER, school)
    assert own == "not-your-class"
    other = refused(school.state, make("kestrels"), OTHER_TEACHER, school)
    assert other == "not-your-class"
    assert refused(school.state, make("kestrels"), NOBODY, school) == "no-right"


@pytest.mark.parametrize("order", ABOUT_THE_SCHOOL, ids=str)
def test_sec_2_an_order_about_the_school_is_open_to_its_roles(school, order):
    """SEC-2: each role allowed or refused, as the list says."""
    for actor in EVERYBODY:
        rule = refused(school.state, order, actor, school)
        assert (rule == "") is (actor in ABOUT_THE_SCHOOL[order]), (actor, rule)
    assert refused(school.state, order, NOBODY, school) == "no-right"


@pytest.mark.parametrize(
    "order",
    [
        o.MarkPupil("p99", "absent"),
        o.UnmarkPupil("p99"),
        o.VouchFor("p99"),
        o.ReportCardLost("p99"),
    ],
    ids=str,
)
def test_sec_3_an_id_that_is_nobodys_is_unknown_to_everybody(school, order):
    """SEC-3: guessing ids tells a teacher nothing that the head is not told."""
    for actor in (TEACHER, HEAD, TECHNICIAN):
        assert school.order(order, actor) == Refusal("unknown")


@pytest.mark.parametrize(
    "order",
    [
        o.ReleaseClass("owls"),
        o.EndSession("owls"),
        o.ConfirmClass("owls"),
        o.OpenDropOff("owls"),
        o.CloseDropOff("owls"),
        o.ReleaseClub("ludo"),
        o.RemoveClub("ludo"),
        o.OpenForCheck(99, "check"),
        o.ClearFault(99),
        o.SetInUse(99, in_use=True),
        o.ExplainByKey(99),
        o.CloseQuestion("q99", "kept"),
        o.SetPupil("p99"),
        o.SetRule("no.such", "1"),
    ],
    ids=str,
)
def test_sec_3_what_does_not_exist_is_refused_and_nothing_raises(school, order):
    """SEC-3: insecure direct references meet a rule, never a stack trace."""
    by = Actor("h", ("leadership", "technician"))

    assert school.order(order, by) == Refusal("unknown")


@pytest.mark.parametrize("order", [o.StopRelease("owls"), o.OpenNextWave("owls")])
def test_sec_3_a_class_that_does_not_exist_has_no_release(school, order):
    """SEC-3: as above, by the rule of what was asked."""
    assert school.order(order, HEAD) == Refusal("not-running")


def test_acc_6_a_colleague_with_two_roles_has_the_rights_of_both(school):
    """ACC-6: a teacher who is also of the office reaches every class."""
    both = Actor("s", ("teacher", "office"), ("kestrels",))

    assert refused(school.state, o.MarkPupil("p7", "absent"), both, school) == ""
    wrong = refused(school.state, o.ReleaseClass("wrens"), both, school)
    assert wrong == "not-your-class"
