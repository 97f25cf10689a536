"""Canned answers about records: one of a pupil, an examination, a form."""

from __future__ import annotations

from typing import Any

from controller import protocol as p
from tests.web.staff.fake_school import NAMES, SCRIPT, SURNAMES, pupil_id, school

LEAD = "Holds once the head has approved it, until its review date."


def _name() -> str:
    return SCRIPT if school["script"] else f"{NAMES[0]} {SURNAMES[0]}"


def _line(**over: Any) -> p.RecordLine:
    fields: dict[str, Any] = {
        "id": "rec1",
        "kind": "exception",
        "title": "Exception",
        "about": _name(),
        "words": "Keeps it all day, until 18 December 2026",
        "standing": "waits",
        "filed": "23 November 2026",
        "due": ["Waits for approval."],
    }
    return p.RecordLine(**(fields | over))


def records(**_: Any) -> p.RecordsPage:
    """Answer ``records``."""
    exam = _line(
        id="rec2",
        kind="exam",
        title="Examination",
        about="Kestrels",
        due=[],
        standing="holds",
    )
    over = _line(id="rec3", standing="lapsed", due=["Is over: its date has passed."])
    kinds = [
        p.RecordKind("exception", "REC-3", "Exception", LEAD, True, True, ["pupil"]),
        p.RecordKind(
            "exam", "REC-5", "Examination", "Nobody taps.", True, True, ["class"]
        ),
        p.RecordKind("search", "REC-2", "Search", "Sealed.", False, True, ["pupil"]),
    ]
    return p.RecordsPage([_line(), exam, over], [_line(), over], kinds, more=True)


def record(record: str = "rec1", **_: Any) -> p.RecordPage:
    """Answer ``record``, ``record_approve`` and the rest: ``rec2`` is the exam."""
    sits = [[pupil_id(name), name] for name in NAMES[:9]] if record == "rec2" else []
    return p.RecordPage(
        line=_line(id=record, about=_name()),
        id="REC-3",
        lead=LEAD,
        source="Equality Act 2010 s.20",
        keep="While the pupil is on the roll",
        rows=[["What is allowed", "Keeps it all day"], ["Remarks", _name()]],
        story=[["23 November 2026, 08:25", "Filed, Ms Example", "1.81"]],
        can=["change", "approve", "read", "end"],
        not_in=sits[:4],
        sitting=sits,
    )


def record_form(**asked: Any) -> p.RecordForm:
    """Answer ``record_form``: every sort of field; an exam wants its class first."""
    about = asked.get("about", "")
    pupils = [[pupil_id(name), name, "Kestrels"] for name in NAMES[:8]]
    form = p.RecordForm(
        "exception",
        "REC-3",
        "Exception",
        LEAD,
        _fields(),
        about=about,
        about_name=_name() if about else "",
        abouts=[] if about else pupils,
        can_approve=True,
        approval="always",
    )
    if asked.get("kind") == "exam" and not about:
        form.fields = []
    return form


def record_change_form(**_: Any) -> p.RecordForm:
    """Answer ``record_change_form``."""
    form = record_form(about="p01")
    form.record = "rec1"
    return form


def _fields() -> list[p.RecordField]:
    few = [["a", "The first", ""], ["b", "The second", ""]]
    many = [[f"c{n}", f"Choice {n}", ""] for n in range(7)]
    return [
        p.RecordField("need", "Kind of need", "code", required=True, choices=few),
        p.RecordField("scope", "What is allowed", "code", "", True, "c1", many),
        p.RecordField("first", "From", "date", "", True, "2026-11-23"),
        p.RecordField("at", "At", "time", "", True, "10:20"),
        p.RecordField("version", "Version", "number", "", True, "1"),
        p.RecordField("witness", "Who else was there", "pick", "", True, "", many),
        p.RecordField("pupils", "Pupils", "picks", "", True, "c1,c2", many),
        p.RecordField("told", "Parents know", "flag", "They are always told."),
        p.RecordField("how", "How", "code", choices=few, required=True, when="told"),
        p.RecordField("reference", "Reference", "text", "A number.", True, most=60),
    ]


FILING: dict[str, Any] = {
    "records": records,
    "record": record,
    "record_form": record_form,
    "record_change_form": record_change_form,
    "record_file": lambda **_: p.RecordDone("rec1"),
    "record_amend": lambda **_: p.RecordDone("rec1"),
    "record_approve": record,
    "record_read": record,
    "record_end": record,
}
"""Request -> its canned answer."""
