"""Forms that are complete, one for each kind of record, about this school's people."""

from __future__ import annotations

from controller.domain import record_orders as o
from controller.domain.context import Actor
from controller.domain.record_facts import RecordFiled
from controller.domain.refusals import Refusal
from tests.controller.domain.kit import HEAD, School

FORMS: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "exception": (
        "p1",
        {
            "need": "medical",
            "scope": "all-day",
            "first": "2026-11-23",
            "last": "2026-12-18",
            "sanctions": "ends",
            "agreed_by": "parent",
            "agreed_on": "2026-11-20",
        },
        (),
    ),
    "permission": (
        "p1",
        {
            "journey": "bus",
            "first": "2026-11-23",
            "last": "2027-07-20",
            "agreed_by": "parent",
            "agreed_on": "2026-11-20",
        },
        (),
    ),
    "agreement": (
        "p1",
        {"version": "1", "agreed_by": "both", "agreed_on": "2026-11-20"},
        (),
    ),
    "education": (
        "kestrels",
        {
            "lesson": "science",
            "day": "2026-11-23",
            "starts": "10:00",
            "ends": "11:00",
        },
        ("risk",),
    ),
    "exam": (
        "kestrels",
        {
            "paper": "ks2-maths",
            "day": "2026-11-23",
            "starts": "10:00",
            "ends": "11:00",
            "pupils": "p1,p2,p3",
        },
        ("room",),
    ),
    "search": (
        "p1",
        {
            "day": "2026-11-23",
            "at": "10:20",
            "place": "office",
            "searched_by": "h1",
            "witness": "t1",
            "consent": "given",
            "wanted": "phone",
            "grounds": "seen",
            "found": "phone",
            "follow_up": "confiscated",
        },
        ("reference",),
    ),
    "visitor": (
        "",
        {
            "sponsor": "o1",
            "purpose": "contractor",
            "first": "2026-11-23",
            "last": "2026-11-23",
            "notice": "yes",
        },
        ("name",),
    ),
    "own-use": (
        "t1",
        {"reason": "family", "first": "2026-11-23", "last": "2026-12-18"},
        (),
    ),
    "breach": (
        "t2",
        {"day": "2026-11-23", "what": "not-away", "told_to": "head"},
        (),
    ),
}
"""Kind -> about, values, fields with words. ``possession`` wants an examination."""


def a_form(school: School, kind: str) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """Return a complete form; what it refers to is filed first."""
    if kind != "possession":
        return FORMS[kind]
    exam = filed(school, "exam")
    values = {"exam": exam, "day": "2026-11-23", "at": "10:20", "device": "phone"}
    return "p1", values, ()


def file(
    school: School, kind: str, by: Actor = HEAD, about: str = "", **changes: str
) -> Refusal | list:
    """File a record; ``changes`` replace values, an empty one takes it out."""
    whom, values, worded = a_form(school, kind)
    values = {k: v for k, v in (values | changes).items() if v}
    order = o.FileRecord(kind, about or whom, tuple(values.items()), worded)
    return school.order(order, by)


def filed(
    school: School, kind: str, by: Actor = HEAD, about: str = "", **changes: str
) -> str:
    """File a record that can be filed; return its id."""
    facts = file(school, kind, by, about, **changes)
    assert not isinstance(facts, Refusal), facts
    return next(fact.record for fact in facts if isinstance(fact, RecordFiled))


def in_force(school: School, kind: str, **changes: str) -> str:
    """File a record and have the head approve it; return its id."""
    record = filed(school, kind, **changes)
    school.order(o.ApproveRecord(record), HEAD)
    return record


def rule_of(decision: Refusal | list) -> str:
    """Return the rule of a refusal, or an empty text."""
    return decision.rule if isinstance(decision, Refusal) else ""
