"""What records say now: what holds, who has one, what somebody must still look at.

Where the clock is only guessed no day that was agreed passes by itself, and no hour
begins (DAY-11).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from controller.domain.context import Context
from controller.domain.custody import rule
from controller.domain.record_fields import YES
from controller.domain.record_rights import (
    may_approve,
    may_do,
    may_see,
    must_read,
    needs_approval,
    reader_role,
)
from controller.domain.record_state import Record
from controller.domain.records import KINDS
from controller.domain.state import State

DUE = {
    "approve": "waits for approval",
    "read": "has not been read by whom it is for",
    "parents": "parents have not been told",
    "justify": "the safeguarding lead has not said why something was viewed",
    "report": "has not been reported",
    "lapsed": "is over: its date has passed",
    "review": "ends soon: renew it or let it end",
}
"""What may be open about a record -> in words, the most pressing first."""


def holds(record: Record, context: Context) -> bool:
    """Return whether a record holds at this moment."""
    kind = KINDS[record.kind]
    if record.ended_us or is_unapproved(record):
        return False
    if kind.spans_hours:
        return _is_hour(record, context)
    return not kind.spans_days or _is_day(record, context)


def is_unapproved(record: Record) -> bool:
    """Return whether a record waits for somebody's approval."""
    wanted = needs_approval(KINDS[record.kind], record.values)
    return wanted and not record.approved_us and not record.ended_us


def _is_day(record: Record, context: Context) -> bool:
    today = context.today.isoformat()
    begun = record.get("first") <= today
    return begun and (context.is_guessed or today <= record.get("last"))


def _is_hour(record: Record, context: Context) -> bool:
    if context.is_guessed or record.get("day") != context.today.isoformat():
        return False
    now = context.local_hm(context.at_us)
    return record.get("starts") <= now < record.get("ends")


def held_by(state: State, kind: str, context: Context) -> dict[str, Record]:
    """Return whom a record of ``kind`` that holds is about -> the newest one."""
    return {
        record.about: record
        for record in state.records.values()
        if record.kind == kind and holds(record, context)
    }


def exception_of(state: State, pupil: str, context: Context) -> Record | None:
    """Return the exception by which a pupil keeps the device now (REC-3)."""
    return held_by(state, "exception", context).get(pupil)


def education_of(state: State, klass: str, context: Context) -> Record | None:
    """Return the approved use in a lesson that a class is in now (REC-4)."""
    return held_by(state, "education", context).get(klass)


def exam_of(state: State, pupil: str, context: Context) -> Record | None:
    """Return the examination that a pupil sits at this moment (REC-5)."""
    for record in state.records.values():
        sits = record.kind == "exam" and pupil in sitting(record)
        if sits and holds(record, context):
            return record
    return None


def sitting(record: Record) -> tuple[str, ...]:
    """Return the pupils of an examination."""
    return tuple(filter(None, record.get("pupils").split(",")))


def not_handed_in(state: State, record: Record, context: Context) -> list[str]:
    """Return who sits an examination and has neither handed in nor a word for it.

    A device that is held is not in a pupil's pocket; "no device today" is a word.
    """
    held = {hold.person for hold in state.holds.values()}
    away = {m.pupil for m in state.marks.values() if m.mark in ("none", "absent")}
    known = set(state.custody) | held | away | set(held_by(state, "exception", context))
    return [pupil for pupil in sitting(record) if pupil not in known]


# --------------------------------------------------------------- agreements, permission


def agreement_version(state: State) -> int:
    """Return the version of the agreement that holds now (REC-7)."""
    return int(rule(state, "agreement.version"))


def have_agreed(state: State, context: Context) -> set[str]:
    """Return who has signed the version that holds now, or a newer one."""
    version = agreement_version(state)
    found = held_by(state, "agreement", context).values()
    return {one.about for one in found if int(one.get("version")) >= version}


def lacks_agreement(state: State, pupil: str, context: Context) -> bool:
    """Return whether the school's rule refuses this pupil's hand-in (REC-7)."""
    if rule(state, "agreement.missing") != "refuse":
        return False
    return pupil not in have_agreed(state, context)


def missing(state: State, context: Context) -> tuple[set[str], set[str]]:
    """Return who has no agreement, and who has no permission to bring a device.

    Nobody lacks what the school does not keep: until the first one has been filed
    nobody is named, unless the rule refuses.
    """
    pupils = {p.pupil for p in state.pupils.values() if p.on_roll}
    agreed = have_agreed(state, context)
    allowed = set(held_by(state, "permission", context))
    asks = rule(state, "agreement.missing")
    kept = {r.kind for r in state.records.values() if r.about in state.pupils}
    no_word = asks == "refuse" or (asks == "flag" and "agreement" in kept)
    told = rule(state, "permission.missing") == "flag" and "permission" in kept
    return (pupils - agreed if no_word else set(), pupils - allowed if told else set())


# -------------------------------------------------------------------------- what is due


def due(state: State, context: Context) -> Iterator[tuple[Record, str]]:
    """Yield what the actor has to look at: a record and a key of :data:`DUE`."""
    for record in state.records.values():
        if record.ended_us or not may_see(state, context.actor, record):
            continue
        for why in _open(state, record, context):
            if _is_for(state, record, why, context):
                yield record, why


def how_many_due(state: State, context: Context) -> int:
    """Return about how many records the actor has something to look at."""
    return len({record.record for record, _ in due(state, context)})


def _is_for(state: State, record: Record, why: str, context: Context) -> bool:
    actor, kind = context.actor, KINDS[record.kind]
    if why == "approve":
        return may_approve(actor, record.about)
    if why == "read":
        return must_read(state, actor, record)
    if why == "justify":
        return "dsl" in actor.roles
    return may_do(state, actor, kind, "change", record.about)


def _open(state: State, record: Record, context: Context) -> Iterator[str]:
    if is_unapproved(record):
        yield "approve"
    if reader_role(record) and not record.read_us:
        yield "read"
    if record.kind == "search":
        yield from _open_search(record)
    if record.kind == "possession" and record.get("reported") != YES:
        yield "report"
    if KINDS[record.kind].spans_days and not context.is_guessed:
        yield from _ending(state, record, context)


def _open_search(record: Record) -> Iterator[str]:
    told = record.get("parents_told") == YES
    if not told or record.get("told_how") == "not-yet-safe":
        yield "parents"
    if record.get("viewed") == YES and "justification" not in record.worded:
        yield "justify"


def _ending(state: State, record: Record, context: Context) -> Iterator[str]:
    """A visit of a day is not renewed, and needs no reminder."""
    if record.kind == "visitor":
        return
    last = date.fromisoformat(record.get("last"))
    if last < context.today:
        yield "lapsed"
    elif last - context.today <= timedelta(days=int(rule(state, "records.remind"))):
        yield "review"
