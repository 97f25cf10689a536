"""Records as sentences: which kind, about whom; never what a field of it says."""

from __future__ import annotations

from typing import assert_never

from controller.domain import record_facts as f
from controller.domain.records import KINDS
from controller.service.views.words.who import Who

_ENDED = {
    "over": "it is over",
    "withdrawn": "it was withdrawn",
    "mistake": "it was a mistake",
}


def record_words(fact: f.RecordFact, who: Who) -> str:
    """Return what became of a record that law or policy asks for."""
    by = who.staff(fact.by)
    match fact:
        case f.RecordFiled():
            return f"{by} filed a record: {KINDS[fact.kind].title}{_about(fact, who)}"
        case f.RecordAmended():
            return f"{by} changed a record"
        case f.RecordApproved():
            return f"{by} approved a record"
        case f.RecordRead():
            return f"{by} read a record"
        case f.RecordEnded():
            return f"{by} ended a record: {_ENDED[fact.why]}"
        case _:
            assert_never(fact)


def _about(fact: f.RecordFiled, who: Who) -> str:
    if not fact.about:
        return ""
    if "class" in KINDS[fact.kind].about:
        return f", {who.klass(fact.about)}"
    return f", about {who.person(fact.about)}"
