"""Records of law and policy: who may, what they need, what they do (REC-2, …)."""

from __future__ import annotations

import pytest

from controller.domain import orders
from controller.domain import record_orders as o
from controller.domain.context import Actor
from controller.domain.custody_facts import TOLD_HOW, ClauseSet
from controller.domain.custody_orders import HoldDevice
from controller.domain.people_facts import SettingSet, StaffSet
from controller.domain.record_checks import faults
from controller.domain.record_facts import END_WHY
from controller.domain.record_fields import DEFAULTS, TEXT
from controller.domain.record_kinds_search import HOW_TOLD
from controller.domain.record_rights import may_see
from controller.domain.records import KINDS, RETENTION
from controller.domain.records_now import (
    due,
    education_of,
    exception_of,
    missing,
    not_handed_in,
)
from controller.domain.refusals import Refusal
from controller.domain.rights import RIGHTS
from tests.controller.domain.kit import (
    COVER,
    DSL,
    HEAD,
    OFFICE,
    OTHER_TEACHER,
    TEACHER,
    TECHNICIAN,
    ordered,
)
from tests.controller.domain.record_kit import (
    a_form,
    file,
    filed,
    in_force,
    rule_of,
)

ROLES = {
    "teacher": TEACHER,
    "cover": COVER,
    "office": OFFICE,
    "head": HEAD,
    "dsl": DSL,
    "technician": TECHNICIAN,
}

WHO_MAY = """
            file                  see                           change
exception   office,head,dsl       teacher,cover,office,head,dsl office,head,dsl
permission  teacher,office,head   teacher,cover,office,head,dsl teacher,office,head
agreement   teacher,office,head   teacher,cover,office,head,dsl teacher,office,head
education   teacher,office,head   teacher,cover,office,head,dsl teacher,office,head
exam        teacher,office,head   teacher,cover,office,head,dsl teacher,office,head
possession  teacher,office,head   teacher,office,head           teacher,office,head
search      head                  head,dsl                      head,dsl
visitor     office,head           office,head                   office,head
own-use     teacher,head          teacher,head                  head
breach      teacher,cover,office,head,dsl head,dsl              head,dsl
"""
"""By hand: a kind, or a right of one, that changes turns this red."""


def decided() -> dict[str, tuple[set[str], ...]]:
    _, *rows = WHO_MAY.strip().splitlines()
    return {
        kind: tuple(set(c.split(",")) for c in cells)
        for kind, *cells in (row.split() for row in rows)
    }


def is_due(school, actor) -> list[tuple[str, str]]:
    """Return what an adult is reminded of: kind and why."""
    return [(r.kind, why) for r, why in due(school.state, school.context(actor))]


# --------------------------------------------------------------------------- the table


def test_the_table_of_kinds_hangs_together():
    """REC-2 to REC-11: rights, flags, defaults and words that it names are there."""
    assert {kind.id for kind in KINDS.values()} == {
        *("REC-2", "REC-3", "REC-4", "REC-5", "REC-6"),
        *("REC-7", "REC-9", "REC-10", "REC-11"),
    }
    for key, kind in KINDS.items():
        names = [one.name for one in kind.fields]
        assert kind.key == key
        assert len(names) == len(set(names))
        assert {kind.file, kind.see, kind.change, kind.end} <= set(RIGHTS)
        assert kind.keep in RETENTION
        assert kind.lead.endswith(".")
        for one in kind.fields:
            assert one.sort != "code" or one.choices, one
            assert one.when in ("", *names)
            assert {one.sees, one.writes} <= {"", *RIGHTS}
            assert not one.writes or one.sort == TEXT
            plain = one.default in one.choices or one.default in ("", *DEFAULTS)
            assert plain, (key, one.name)


def test_rec_2_home_is_told_in_the_ways_of_a_held_device():
    """REC-2, CUS-10: one list of ways."""
    assert set(HOW_TOLD) == set(TOLD_HOW)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", KINDS)
def test_acc_6_who_may_do_what_with_a_record_is_as_it_was_decided(school, kind, role):
    """ACC-6, REC-2 to REC-11: filed, seen and changed by whoever needs it; no more."""
    school.at("10:30")
    actor, (may_file, sees, changes) = ROLES[role], decided()[kind]
    record = filed(school, kind)
    found = school.state.records[record]

    again = file(school, kind, actor)
    assert (not isinstance(again, Refusal)) is (role in may_file), again
    assert may_see(school.state, actor, found) is (role in sees)
    order = o.AmendRecord(record, found.values, found.worded)
    assert (rule_of(school.order(order, actor)) == "") is (role in changes)
    ended = rule_of(school.order(o.EndRecord(record, "mistake"), actor))
    may_end = changes - {"dsl"} if kind == "search" else changes
    assert (ended == "") is (role in may_end)


@pytest.mark.parametrize("kind", ["exception", "permission", "exam", "education"])
def test_acc_6_a_record_of_another_class_is_unknown(school, kind):
    """ACC-6: another class's teacher neither files nor sees it."""
    record = filed(school, kind)

    assert not may_see(school.state, OTHER_TEACHER, school.state.records[record])
    end = o.EndRecord(record, "over")
    assert school.order(end, OTHER_TEACHER) == Refusal("unknown")
    if kind != "exception":
        assert rule_of(file(school, kind, OTHER_TEACHER)) == "not-your-class"


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_lacks_any_required_field_is_not_filed(school, kind):
    """REC-2 to REC-11: field by field."""
    school.at("10:30")
    about, values, worded = a_form(school, kind)
    context = school.context(HEAD)
    check = lambda v, w: faults(school.state, KINDS[kind], about, v, w, context)  # noqa: E731  short

    assert check(values, worded) == ()
    for one in KINDS[kind].fields:
        if one.required and not one.when:
            less = {k: v for k, v in values.items() if k != one.name}
            said = tuple(w for w in worded if w != one.name)
            assert (one.name, "is missing") in check(less, said)
    assert file(school, kind, no_such_field="x") == Refusal("bad-record")
    if values:
        name = next(iter(values))
        assert file(school, kind, **{name: "no such value"}) == Refusal("bad-record")


def test_an_ended_record_stays_as_it_is(school):
    """A record that was a mistake is ended, never taken away."""
    record = filed(school, "permission")
    school.order(o.EndRecord(record, "mistake"), HEAD)

    assert school.state.records[record].why == "mistake"
    for order in (o.AmendRecord(record), o.EndRecord(record, "over")):
        assert school.order(order, HEAD) == Refusal("record-ended")
    other = filed(school, "permission")
    assert school.order(o.EndRecord(other, "gone"), HEAD) == Refusal("bad-value")
    assert len(END_WHY) == 3


# --------------------------------------------------------------------- REC-3 exception


def test_rec_3_no_exception_begins_without_the_heads_approval(school):
    """REC-3: filed by the office it waits; approved it holds, and only then."""
    record = filed(school, "exception", OFFICE)
    assert exception_of(school.state, "p1", school.context()) is None
    assert ("exception", "approve") in is_due(school, HEAD)
    for actor in (OFFICE, DSL, TEACHER):
        assert school.order(o.ApproveRecord(record), actor) == Refusal("no-right")

    school.order(o.ApproveRecord(record), HEAD)

    assert exception_of(school.state, "p1", school.context()).record == record


@pytest.mark.parametrize(
    "change",
    [
        {"last": ""},
        {"agreed_on": ""},
        {"agreed_on": "2026-11-24"},
        {"last": "2026-11-23"},
        {"last": "2026-11-22"},
        {"last": "2027-12-01"},
    ],
    ids=str,
)
def test_rec_3_no_exception_without_review_date_and_written_agreement(school, change):
    """REC-3: a review date ahead, within a year; an agreement that has been given."""
    assert file(school, "exception", **change) == Refusal("bad-record")


def test_rec_3_past_its_review_date_it_is_an_exception_no_more(school):
    """REC-3: the head is reminded before; the day after it is over."""
    record = in_force(school, "exception")
    assert is_due(school, HEAD) == []

    school.at("10:30", days=14)
    assert ("exception", "review") in is_due(school, HEAD)
    school.at("10:30", days=11)  # the review date itself
    assert exception_of(school.state, "p1", school.context()).record == record
    school.at("10:30", days=1)

    assert exception_of(school.state, "p1", school.context()) is None
    assert ("exception", "lapsed") in is_due(school, HEAD)


def test_rec_3_day_11_under_a_guessed_clock_no_review_date_passes_by_itself(school):
    """REC-3, DAY-11: the clock may be years off."""
    in_force(school, "exception")
    school.at("10:30", days=60)
    school.clock = "guessed"

    assert exception_of(school.state, "p1", school.context()) is not None
    assert is_due(school, HEAD) == []


def test_rec_3_a_change_wants_the_heads_word_again(school):
    """REC-3: a longer exception is a new decision."""
    record = in_force(school, "exception")
    found = school.state.records[record]
    later = tuple((dict(found.values) | {"last": "2027-03-26"}).items())

    school.order(o.AmendRecord(record, later), OFFICE)
    assert exception_of(school.state, "p1", school.context()) is None
    school.order(o.AmendRecord(record, later, approve=True), HEAD)

    assert exception_of(school.state, "p1", school.context()).version == 3


def test_rec_3_cus_1_what_a_pupil_keeps_by_exception_is_not_the_schools_to_hold(school):
    """REC-3, CUS-1: the basis's row answers; taken elsewhere it can be confiscated."""
    assert school.order(HoldDevice("p1"), HEAD) == Refusal("needs-reason")
    order = HoldDevice("p1", clause="4.2")
    school.tell(ClauseSet("4.2", "Phones", longer=False, by="h1"))
    assert school.order(order, HEAD) == Refusal("nothing-in")
    in_force(school, "exception")

    assert school.order(order, HEAD) == Refusal("not-in-custody")
    taken = HoldDevice("p1", taken=True, clause="4.2")
    assert rule_of(school.order(taken, HEAD)) == ""


def test_rec_3_the_form_has_no_field_for_words():
    """REC-3: the diagnosis is never stored: nobody can write one."""
    assert not KINDS["exception"].texts
    assert not KINDS["own-use"].texts


# ---------------------------------------------------------------- REC-4, REC-5 lessons


def test_rec_4_use_in_a_lesson_holds_between_its_times_once_approved(school):
    """REC-4: leadership approves; before, after, and unapproved there is none."""
    school.at("10:30")
    record = filed(school, "education", TEACHER)
    assert education_of(school.state, "kestrels", school.context()) is None

    school.order(o.ApproveRecord(record), HEAD)

    assert education_of(school.state, "kestrels", school.context()).record == record
    for hm in ("09:59", "11:00"):
        school.at(hm)
        assert education_of(school.state, "kestrels", school.context()) is None


def test_rec_5_nobody_who_sits_an_examination_opens_a_door(school):
    """REC-5: neither in nor out nor in a wave, from beginning to end; others do."""
    school.at("08:40")
    school.hand_in("p1", "p4")
    filed(school, "exam", starts="08:45", ends="15:30")
    school.at("08:50")

    assert school.tap("p1").rule == "exam"  # a second look at what was handed in
    assert school.tap("p2").rule == "exam"
    assert school.tap("p4").result == "ordered"
    school.use(4)
    school.at("15:20")
    facts = school.order(orders.ReleaseClass("kestrels", "all"))

    assert ordered(facts) == [4]
    assert school.tap("p1").rule == "exam"
    school.at("15:30")
    assert school.tap("p1").result == "ordered"


def test_rec_5_a_release_names_whom_an_examination_leaves_out(full):
    """REC-5, DAY-5: the teacher is told; a later wave opens nothing either."""
    full.at("15:20")
    filed(full, "exam", starts="15:15", ends="15:40", pupils="p1")
    started = full.order(orders.ReleaseClass("kestrels", "tables"))[0]
    assert ("p1", "exam") in [(one.pupil, one.why) for one in started.left_out]
    assert "p1" not in [pupil for wave in started.waves for pupil in wave.pupils]
    filed(full, "exam", starts="15:15", ends="15:40", pupils="p3,p4")

    facts = full.order(orders.OpenNextWave("kestrels"))

    assert ordered(facts) == [6]  # of the second table, p3 and p4 sit


def test_rec_5_an_examination_that_is_ended_lets_doors_open_again(school):
    """REC-5: over early is over."""
    school.at("08:40")
    exam = filed(school, "exam", starts="08:40", ends="12:00")
    assert school.tap("p1").rule == "exam"

    school.order(o.EndRecord(exam, "over"), TEACHER)

    assert school.tap("p1").result == "ordered"


def test_rec_5_before_the_start_it_is_known_who_has_not_handed_in(school):
    """REC-5: not who has, who brought none, or who has an exception."""
    school.at("08:40")
    school.hand_in("p1")
    school.order(orders.MarkPupil("p2", "none"))
    exam = filed(school, "exam", pupils="p1,p2,p3,p4")
    in_force(school, "exception", about="p4")

    found = not_handed_in(school.state, school.state.records[exam], school.context())

    assert found == ["p3"]


def test_rec_5_pupils_of_another_class_do_not_sit_it(school):
    """REC-5: somebody else's id in the form."""
    assert file(school, "exam", pupils="p1,p7") == Refusal("bad-record")
    assert file(school, "exam", pupils="p1,p1") == Refusal("bad-record")
    assert file(school, "exam", ends="09:00") == Refusal("bad-record")


def test_rec_5_what_was_found_is_open_until_it_has_been_reported(school):
    """REC-5: to whom and when."""
    school.at("10:30")
    record = filed(school, "possession")
    assert ("possession", "report") in is_due(school, TEACHER)
    found = school.state.records[record]
    told = {
        "reported": "yes",
        "body": "sta",
        "reported_on": "2026-11-23",
        "reported_at": "10:45",
    }

    school.order(o.AmendRecord(record, tuple((dict(found.values) | told).items())))

    assert ("possession", "report") not in is_due(school, TEACHER)
    assert file(school, "possession", about="p5") == Refusal("bad-record")


# ------------------------------------------------------------------------ REC-2 search


def test_rec_2_leadership_searches_and_nobody_is_the_own_witness(school):
    """REC-2, CUS-8: a teacher does not, and one person is not two."""
    teachers = {"searched_by": "t1", "witness": "o1"}
    assert file(school, "search", **teachers) == Refusal("bad-record")
    assert file(school, "search", witness="h1") == Refusal("bad-record")
    assert file(school, "search", TEACHER) == Refusal("no-right")


def test_rec_2_the_safeguarding_lead_is_always_told_and_parents_are(school):
    """REC-2: open until the lead has read it and home knows search and outcome."""
    school.at("10:30")
    record = filed(school, "search")
    assert ("search", "read") in is_due(school, DSL)
    assert ("search", "parents") in is_due(school, HEAD)
    assert school.order(o.ReadRecord(record), HEAD) == Refusal("no-right")

    school.order(o.ReadRecord(record), DSL)
    found = school.state.records[record]
    told = dict(found.values) | {
        "parents_told": "yes",
        "told_on": "2026-11-23",
        "told_how": "phone",
    }
    waits = tuple((told | {"told_how": "not-yet-safe"}).items())
    school.order(o.AmendRecord(record, waits, found.worded), HEAD)
    assert is_due(school, HEAD) == [("search", "parents")]
    school.order(o.AmendRecord(record, tuple(told.items()), found.worded), HEAD)

    assert is_due(school, DSL) == is_due(school, HEAD) == []


def test_rec_2_if_anything_was_viewed_the_lead_alone_says_why(school):
    """REC-2: the head's words in that field are not taken; the lead's stay."""
    school.at("10:30")
    record = filed(school, "search", viewed="yes")
    found = school.state.records[record]
    both = ("reference", "justification")
    school.order(o.AmendRecord(record, found.values, both), HEAD)
    assert school.state.records[record].worded == ("reference",)
    assert ("search", "justify") in is_due(school, DSL)

    school.order(o.AmendRecord(record, found.values, both), DSL)
    school.order(o.AmendRecord(record, found.values, ("reference",)), HEAD)

    assert set(school.state.records[record].worded) == set(both)
    assert ("search", "justify") not in is_due(school, DSL)


def test_rec_2_a_deletion_says_who_why_and_who_had_refused(school):
    """REC-2: each of its fields is wanted once something was deleted, and only then."""
    assert file(school, "search", deleted="yes") == Refusal("bad-record")
    record = filed(school, "search", deleted_by="h1")
    assert school.state.records[record].get("deleted_by") == ""
    full = {
        "deleted": "yes",
        "deleted_by": "h1",
        "deleted_for": "harm",
        "refused_by": "pupil",
        "agencies": "none",
        "not_evidence": "yes",
    }

    record = filed(school, "search", **full)
    assert school.state.records[record].get("refused_by") == "pupil"


# ------------------------------------------------------------------------ REC-6 visitor


def test_rec_6_a_visitors_device_with_pupils_wants_approval_and_a_risk_assessment(
    school,
):
    """REC-6: without pupils neither; the notice is always accepted first."""
    filed(school, "visitor", OFFICE)
    assert is_due(school, HEAD) == []
    assert file(school, "visitor", OFFICE, notice="") == Refusal("bad-record")
    assert file(school, "visitor", OFFICE, with_pupils="yes") == Refusal("bad-record")

    _, values, worded = a_form(school, "visitor")
    order = o.FileRecord(
        "visitor", "", (*values.items(), ("with_pupils", "yes")), (*worded, "risk")
    )
    school.order(order, OFFICE)

    assert is_due(school, HEAD) == [("visitor", "approve")]


# ---------------------------------------------------------------------- REC-7 agreement


def test_rec_7_without_an_agreement_a_pupil_is_flagged_or_refused_by_the_rule(school):
    """REC-7: flagged once the school keeps them; refused at hand-in if it says so."""
    school.at("08:40")
    assert missing(school.state, school.context())[0] == set()
    filed(school, "agreement", about="p1")
    assert missing(school.state, school.context())[0] == {f"p{n}" for n in range(2, 9)}
    assert school.tap("p2").result == "ordered"
    school.use(2)

    school.tell(SettingSet("agreement.missing", "refuse"))

    assert school.tap("p3").rule == "no-agreement"
    assert school.tap("p1").result == "ordered"
    assert school.tap("p2").result == "ordered"  # what is in is not locked away
    school.tell(SettingSet("agreement.version", "2"))
    assert school.tap("p4").rule == "no-agreement"


def test_rec_7_a_new_version_is_signed_anew(school):
    """REC-7: an old signature is of the old version."""
    filed(school, "agreement", about="p1")
    school.tell(SettingSet("agreement.version", "2"))
    assert "p1" in missing(school.state, school.context())[0]

    filed(school, "agreement", about="p1", version="2")

    assert "p1" not in missing(school.state, school.context())[0]


def test_rec_7_staff_sign_for_themselves(school):
    """REC-7: per person; a teacher files the own one and no colleague's."""
    mine = {"about": "t1", "agreed_by": "self"}
    assert rule_of(file(school, "agreement", TEACHER, **mine)) == ""
    theirs = {"about": "t2", "agreed_by": "self"}
    assert file(school, "agreement", TEACHER, **theirs) == Refusal("no-right")
    assert file(school, "agreement", HEAD, about="t1") == Refusal("bad-record")


# ------------------------------------------------------------ REC-9, REC-11 about staff


def test_rec_9_whoever_a_breach_is_about_never_sees_it_nor_is_told(school):
    """REC-9: not even as head or safeguarding lead."""
    record = filed(school, "breach", TEACHER, about="h1", told_to="dsl")
    found = school.state.records[record]

    assert not may_see(school.state, HEAD, found)
    assert may_see(school.state, DSL, found)
    assert school.order(o.EndRecord(record, "mistake"), HEAD) == Refusal("unknown")
    assert is_due(school, HEAD) == []
    assert is_due(school, DSL) == [("breach", "read")]
    told_to_subject = file(school, "breach", TEACHER, about="h1", told_to="head")
    assert told_to_subject == Refusal("bad-record")
    assert not may_see(school.state, TEACHER, found)  # who filed it does not see it


def test_rec_9_a_breach_is_about_staff_or_about_a_visitor(school):
    """REC-9: one of the two, never both."""
    visitor = filed(school, "visitor")
    both = file(school, "breach", visitor=visitor)
    form = (("day", "2026-11-23"), ("what", "notice"), ("told_to", "dsl"))

    assert both == Refusal("bad-record")
    assert school.order(o.FileRecord("breach", "", form)) == Refusal("bad-record")
    order = o.FileRecord("breach", "", (*form, ("visitor", visitor)))
    assert rule_of(school.order(order)) == ""


def test_rec_11_own_device_in_teaching_time_is_asked_for_and_the_head_permits(school):
    """REC-11: the teacher asks, sees it, and holds it once permitted."""
    record = filed(school, "own-use", TEACHER)
    assert may_see(school.state, TEACHER, school.state.records[record])
    assert not may_see(school.state, OTHER_TEACHER, school.state.records[record])
    assert is_due(school, HEAD) == [("own-use", "approve")]

    school.order(o.ApproveRecord(record), HEAD)

    assert school.state.records[record].approved_by == "h1"


def test_rec_11_nobody_permits_themselves(school):
    """REC-11: a deputy's is the head's to permit."""
    deputy = Actor("h2", ("leadership",))
    school.tell(StaffSet("h2", ("leadership",)))
    record = filed(school, "own-use", HEAD, about="h1")

    assert school.order(o.ApproveRecord(record), HEAD) == Refusal("own-approval")
    assert is_due(school, HEAD) == []
    school.order(o.ApproveRecord(record), deputy)
    assert school.state.records[record].approved_by == "h2"


# ------------------------------------------------------------------ REC-10 permission


def test_rec_10_without_permission_the_device_is_taken_in_and_staff_are_told(school):
    """REC-10: the tap opens; the pupil is among those who are named to staff."""
    filed(school, "permission", about="p1")
    school.at("08:40")

    school.hand_in("p1", "p2")

    assert school.inside == {"p1", "p2"}
    assert "p2" in missing(school.state, school.context())[1]
    assert "p1" not in missing(school.state, school.context())[1]
    school.at("10:30", days=300)
    assert "p1" in missing(school.state, school.context())[1]


def test_dat_2_no_record_has_a_field_whose_words_could_stand_in_a_body():
    """DAT-2: what is typed freely is of the sort that goes into people.db."""
    typed = {one.sort for kind in KINDS.values() for one in kind.fields}

    assert TEXT in typed
    assert typed <= {
        *("code", "flag", "date", "time", "number", "pupil", "pupils"),
        *("staff", "class", "record", TEXT),
    }
