"""Records over the wire: forms, words, rights, prints (REC-2 to REC-11, DAT-2)."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from controller.client import RequestRefused
from controller.domain import record_facts as f
from controller.domain import record_fields as rf
from controller.domain.record_checks import cleaned
from controller.domain.records import KINDS
from controller.domain.tap_facts import OrderRefused
from controller.journal.codec import is_plain
from tests.rig import Rig
from tests.rig_fixtures import quick_folder

SCRIPT, FORMULA = "<script>alert(1)</script>", '=HYPERLINK("http://x","y")'
SECRET = "Quillfeather said so"
PUPIL, KLASS = "p0001", "kestrels"


@pytest.fixture(scope="module")
def school(cheap_hashes):
    """One bank at ten for all of these; each test files records of its own."""
    with quick_folder() as folder:
        rig = Rig(folder / "rig", pupils=3)
        rig.clock_to("10:00")
        for who in ("teacher", "office", "leadership", "dsl"):
            rig.token(
                who
            )  # signing in is an entry: none of it while entries are counted
        yield rig
        rig.close()


def form_of(rig, who: str, kind: str, about: str = "", **given: str) -> dict:
    """Return a prefilled form."""
    return rig.ask(who, "record_form", kind=kind, about=about, given=given)


def filled(form: dict, **said: str) -> dict:
    """Return what a person sends who changes only what ``said`` names."""
    names = {field["name"] for field in form["fields"]}
    assert set(said) <= names
    both = {f["name"]: said.get(f["name"], f.get("value", "")) for f in form["fields"]}
    words = {f["name"] for f in form["fields"] if f["sort"] == "text"}
    return {
        "values": {k: v for k, v in both.items() if k not in words},
        "words": {k: v for k, v in both.items() if k in words},
    }


def file(rig, who: str, kind: str, about: str = "", approve=False, **said: str) -> str:
    """File a record as the page does; return its id."""
    form = form_of(rig, who, kind, about)
    sent = filled(form, **said)
    answer = rig.ask(
        who, "record_file", kind=kind, about=about, approve=approve, **sent
    )
    return answer["id"]


def a_search(rig, who: str = "leadership", **more: str) -> str:
    """File a search of a pupil."""
    said = {
        "witness": rig.cast.adults["teacher"].id,
        "consent": "given",
        "grounds": "seen",
        "found": "phone",
        "reference": "CP-1",
    }
    return file(rig, who, "search", PUPIL, **(said | more))


def rows(rig, who: str, record: str) -> dict[str, str]:
    """Return a record as it is printed."""
    return dict(rig.ask(who, "record", record=record)["rows"])


# ---------------------------------------------------------------------- nothing twice

TYPED = {
    "exception": (PUPIL, {"need", "agreed_on"}),
    "permission": (PUPIL, set()),
    "agreement": (PUPIL, set()),
    "education": (KLASS, {"lesson", "ends"}),
    "exam": (KLASS, {"paper", "ends", "room"}),
    "search": (PUPIL, {"witness", "consent", "grounds", "found", "reference"}),
    "visitor": ("", {"name", "notice"}),
    "own-use": ("s0001", {"reason"}),
    "breach": ("s0001", {"what"}),
}
"""Kind -> whom it is about, and the required fields that nobody could know before."""


@pytest.mark.parametrize("kind", TYPED)
def test_a_form_asks_nothing_that_is_known_already(school, kind):
    """REC-2 to REC-11: pupil, today, holder, end of term; five are left at most."""
    about, left = TYPED[kind]
    form = form_of(school, "leadership", kind, about)

    empty = {
        one["name"]
        for one in form["fields"]
        if one.get("required") and not one.get("value") and not one.get("when")
    }
    assert empty == left
    assert len(empty) <= 5


def test_rec_3_an_exception_end_to_end(school):
    """REC-3: filed by the office, approved by the head; the teacher sees no need."""
    record = file(
        school, "office", "exception", PUPIL, need="medical", agreed_on="2026-11-20"
    )
    before = school.ask("leadership", "records")
    assert record in [line["id"] for line in before["due"]]
    assert "approve" not in school.ask("office", "record", record=record)["can"]

    page = school.ask("leadership", "record_approve", record=record)

    assert page["line"]["standing"] == "holds"
    assert rows(school, "office", record)["Kind of need"] == "Medical"
    assert "Kind of need" not in rows(school, "teacher", record)
    answer = msgspec.json.encode(school.ask("teacher", "records")).decode()
    assert "edical" not in answer
    kept = school.ask("teacher", "record", record=record)["line"]["words"]
    assert kept == "Keeps it all day, out of sight, until 18 December 2026"
    last = school.facts(f.RecordFiled)[-1]
    assert (last.note, last.digest) == ("", "")


def test_rec_3_web_8_the_class_page_says_so_only_after_the_pin(school):
    """REC-3, WEB-8: before it the tile is like that of whoever is absent."""
    file(
        school,
        "leadership",
        "exception",
        "p0002",
        approve=True,
        need="welfare",
        agreed_on="2026-11-20",
    )
    tile = lambda page: next(  # noqa: E731  short
        t for g in page["groups"] for t in g["tiles"] if t["pupil"] == "p0002"
    )
    plain = tile(school.ask("teacher", "class_page", class_id=KLASS))
    pin = school.cast.adults["teacher"].pin
    shown = tile(school.ask("teacher", "class_reasons", class_id=KLASS, pin=pin))

    assert (plain["state"], plain.get("reason", "")) == ("covered", "")
    assert shown["reason"] == "exception"


# ------------------------------------------------------------------------------- words


def test_dat_2_rec_2_words_are_kept_apart_and_bound_to_their_entry(school):
    """DAT-2, REC-2: the reference is no part of the body; its digest is."""
    record = a_search(school, reference=SECRET)
    fact = school.facts(f.RecordFiled)[-1]
    texts = school.hub.directory.store.texts
    text = texts.get(fact.note)

    assert fact.record == record
    assert json.loads(text.text) == {"reference": SECRET}
    assert texts.matches(fact.note, fact.digest)
    kept = school.state.records[record]
    epoch, seq = kept.ref
    assert text.entry_ref.endswith(f"/{epoch}/{seq}")
    label = "Reference in the safeguarding system"
    assert rows(school, "dsl", record)[label] == SECRET
    texts.erase(fact.note)
    assert rows(school, "dsl", record)[label] == "Erased"


@pytest.mark.parametrize("text", [SCRIPT, FORMULA, "é" * 60, "-1+1", "Zoë’s"])
def test_sec_3_whatever_is_typed_comes_back_as_it_was_and_stands_in_no_body(
    school, text
):
    """SEC-3, DAT-2: script, formula, accents; the page escapes them."""
    record = file(school, "office", "visitor", name=text, notice="yes")

    assert rows(school, "office", record)["Name"] == text
    for entry in school.hub.core.journal.entries(limit=100_000):
        assert text not in (entry.body or "")


@pytest.mark.parametrize("text", ["x" * 100_000, "x" * 81, "a\nb", "\x00", "\u202e"])
def test_sec_3_what_is_too_long_or_no_text_is_refused_and_kept_nowhere(school, text):
    """SEC-3: a hundred thousand characters, a line end, a turned line."""
    before = school.entries
    form = form_of(school, "office", "visitor")
    sent = filled(form, name=text, notice="yes")
    fault = school.refused("office", "record_file", kind="visitor", **sent)

    assert fault.status == 422
    assert school.entries == before
    assert text not in msgspec.json.encode(fault).decode()


def test_a_form_with_mistakes_names_each_field_and_nothing_is_kept(school):
    """WEB-6: what is missing, beside its field; no text is left behind."""
    people = school.hub.directory.store.texts._people

    def kept():
        return len(people.rows("SELECT id FROM text"))

    form = form_of(school, "leadership", "search", PUPIL)
    sent = filled(form, witness=school.cast.adults["leadership"].id)
    sent["words"]["reference"] = SECRET
    texts, entries = kept(), school.entries

    fault = school.refused(
        "leadership", "record_file", kind="search", about=PUPIL, **sent
    )

    assert fault.error == "bad-record"
    assert "consent: Consent is missing" in fault.details
    assert (kept(), school.entries) == (texts, entries)


# ------------------------------------------------------------------------------ rights


def test_rec_2_a_search_is_sealed_to_all_but_leadership_and_the_safeguarding_lead(
    school,
):
    """REC-2: not in the office's list, not by its id, not in the journal."""
    school.token("cover"), school.token("dsl")
    record = a_search(school)
    for who in ("teacher", "office", "cover"):
        assert school.refused(who, "record", record=record).status == 404
        listed = msgspec.json.encode(school.ask(who, "records", everything=True))
        assert record.encode() not in listed
    lines = school.ask("office", "journal", limit=50)["lines"]
    assert lines[0]["kind"] == "Sealed"
    assert school.ask("dsl", "journal", limit=50)["lines"][0]["kind"] == "RecordFiled"
    assert not [
        line
        for line in school.ask("office", "journal", kind="RecordFiled")["lines"]
        if "Search" in line["words"]
    ]


def test_rec_9_the_subject_of_a_breach_learns_of_it_nowhere(school):
    """REC-9: the head's own breach: list, page, journal; who filed it is told no id."""
    head = school.cast.adults["leadership"].id
    form = form_of(school, "teacher", "breach", head)
    sent = filled(form, what="seen", told_to="dsl")
    answer = school.ask("teacher", "record_file", kind="breach", about=head, **sent)
    record = school.facts(f.RecordFiled)[-1].record

    assert answer["id"] == ""
    assert school.refused("leadership", "record", record=record).status == 404
    assert school.ask("leadership", "journal", limit=1)["lines"][0]["kind"] == "Sealed"
    due = school.ask("dsl", "records")["due"]
    assert record in [line["id"] for line in due]
    assert "read" in school.ask("dsl", "record", record=record)["can"]
    school.ask("dsl", "record_read", record=record)


def test_rec_4_5_a_teacher_files_for_the_own_class_only(school):
    """REC-4, REC-5: and is offered no other."""
    form = form_of(school, "teacher", "exam")
    assert [row[0] for row in form["abouts"]] == [KLASS]
    assert school.refused(
        "teacher", "record_form", kind="exam", about="wrens"
    ).error == ("not-your-class")
    sent = filled(
        form_of(school, "leadership", "exam", "wrens"),
        paper="phonics",
        ends="11:00",
        room="Hall",
    )
    fault = school.refused("teacher", "record_file", kind="exam", about="wrens", **sent)
    assert fault.error == "not-your-class"
    assert school.facts(OrderRefused)[-1].order == "FileRecord"


def test_rec_5_the_page_of_an_examination_lists_who_has_not_handed_in(rig):
    """REC-5: before the start; then nobody's tap opens and the screen is kind."""
    rig.clock_to("08:40")
    rig.hand_in(1)
    exam = file(
        rig,
        "teacher",
        "exam",
        KLASS,
        paper="ks2-maths",
        starts="09:00",
        ends="10:00",
        room="Hall",
    )
    page = rig.ask("teacher", "record", record=exam)
    assert [row[0] for row in page["not_in"]] == [
        child.id for child in rig.cast.children[1:]
    ]
    rig.clock_to("09:01")

    assert rig.tap(2).reason == "exam"
    assert rig.hub.kiosk.show.screen == "notnow"
    rig.clock_to("10:00")
    assert rig.ask("teacher", "record", record=exam)["line"]["standing"] == "lapsed"


def test_rec_10_the_class_page_says_how_many_and_after_the_pin_who(rig):
    """REC-7, REC-10: taken in all the same; names only behind the PIN."""
    file(rig, "office", "permission", PUPIL)
    file(rig, "office", "agreement", PUPIL)
    rig.clock_to("08:40")
    rig.hand_in(1, 2)
    plain = rig.ask("teacher", "class_page", class_id=KLASS)["missing"]
    pin = rig.cast.adults["teacher"].pin
    shown = rig.ask("teacher", "class_reasons", class_id=KLASS, pin=pin)["missing"]

    assert plain == [
        "No permission to bring a device: 1.",
        f"No agreement signed: {len(rig.cast.children) - 1}.",
    ]
    assert (
        shown[0]
        == f"No permission to bring a device: {rig.cast.children[1].first_name}."
    )


def test_rel_1_records_are_there_after_a_kill(rig):
    """REL-1: state, words and chain."""
    record = file(rig, "office", "visitor", name="Ada Newcome", notice="yes")
    before = rows(rig, "office", record)

    rig.kill()

    assert rows(rig, "office", record) == before
    assert rig.hub.core.journal.rebuild().differing == ()


def test_a_change_keeps_what_the_actor_may_not_write(school):
    """REC-2: the head's change leaves the safeguarding lead's words as they are."""
    record = a_search(school, viewed="yes")
    form = school.ask("dsl", "record_change_form", record=record)
    sent = filled(form, justification="It had to be known at once")
    school.ask("dsl", "record_amend", record=record, **sent)
    heads = school.ask("leadership", "record_change_form", record=record)
    assert "justification" not in {one["name"] for one in heads["fields"]}

    school.ask(
        "leadership", "record_amend", record=record, **filled(heads, found="both")
    )

    shown = rows(school, "dsl", record)
    assert "It had to be known at once" in shown.values()
    assert shown["What was found"] == "A device and something else"


# ------------------------------------------------------------------------ any form


ADULTS = [f"s000{n}" for n in range(1, 7)]


def values_of(one: rf.Field) -> st.SearchStrategy[str]:
    """Return well-typed values of a field, for the people of the rig."""
    if one.sort == rf.CODE:
        return st.sampled_from(sorted(one.choices))
    first, last = (
        ("2026-11-24", "2027-11-20")
        if one.name == "last"
        else ("2026-11-21", "2026-11-23")
    )
    return {
        rf.FLAG: st.sampled_from(["", rf.YES]),
        rf.DATE: st.dates(rf.as_date(first), rf.as_date(last)).map(str),
        rf.TIME: st.times().map(lambda at: f"{at:%H:%M}"),
        rf.NUMBER: st.integers(0, rf.MAX_NUMBER).map(str),
        rf.STAFF: st.sampled_from(["s0004"] if one.name == "searched_by" else ADULTS),
        rf.PUPILS: st.sets(
            st.sampled_from(["p0001", "p0002", "p0003"]), min_size=1
        ).map(lambda found: ",".join(sorted(found))),
        rf.RECORD: st.just(""),
        rf.TEXT: st.text(
            st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")),
            min_size=1,
            max_size=one.most,
        ).filter(lambda text: text.strip() == text and "\u2028" not in text),
    }[one.sort]


def error_of(rig, sent: dict) -> str | None:
    """File a record; return why it was refused, or ``None``."""
    try:
        rig.ask("leadership", "record_file", **sent)
    except RequestRefused as refused:
        return refused.fault.error
    return None


@pytest.mark.parametrize("kind", sorted(TYPED))
@given(data=st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_well_typed_form_is_filed_as_it_was_or_refused_by_its_fields(
    school, kind, data
):
    """REC-2 to REC-11, DAT-2: round trip by value and by word; the body is plain."""
    of = KINDS[kind]
    values = {f.name: data.draw(values_of(f), f.name) for f in of.fields}
    words = {one.name: values.pop(one.name) for one in of.texts}
    about = TYPED[kind][0]
    entries = school.entries
    sent = {"kind": kind, "about": about, "values": values, "words": words}
    if (error := error_of(school, sent)) is not None:
        assert error == "bad-record"
        assert school.entries == entries
        return
    fact = school.facts(f.RecordFiled)[-1]
    record = school.state.records[fact.record]

    assert record.values == cleaned(of, {k: v for k, v in values.items() if v})
    text = school.hub.directory.store.texts.get(record.note) if record.note else None
    kept = json.loads(text.text) if text else {}
    assert kept == {k: v for k, v in words.items() if k in record.worded}
    entry = school.hub.core.journal.entries(
        limit=1, kinds=["RecordFiled"], newest_first=True
    )[0]
    assert is_plain(entry.body)
    assert school.hub.core.journal.fact(entry) == fact
