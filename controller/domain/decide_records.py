"""Orders about records: file, change, approve, read, end (REC-2 to REC-11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from controller.domain import record_facts as f
from controller.domain import record_orders as o
from controller.domain.context import Actor, Context
from controller.domain.facts import Fact
from controller.domain.record_checks import cleaned, faults, is_asked
from controller.domain.record_rights import (
    class_of,
    fits,
    may_approve,
    may_do,
    may_see,
    must_read,
    needs_approval,
)
from controller.domain.record_shape import Kind
from controller.domain.record_state import Record
from controller.domain.records import KINDS
from controller.domain.records_now import is_unapproved
from controller.domain.refusals import Refusal
from controller.domain.rights import may
from controller.domain.state import State

Decision = Refusal | tuple[Fact, ...]


def check_act(
    state: State, kind: Kind, act: str, about: str, actor: Actor
) -> Refusal | None:
    """Return why ``actor`` may not do ``act`` with a record, or ``None``."""
    if may_do(state, actor, kind, act, about):
        return None
    klass = class_of(state, about)
    elsewhere = klass is not None and may(actor, getattr(kind, act))
    return Refusal("not-your-class" if elsewhere else "no-right")


def writable(kind: Kind, actor: Actor) -> frozenset[str]:
    """Return the fields that ``actor`` can fill in; what others write is words."""
    return frozenset(
        one.name for one in kind.fields if not one.writes or may(actor, one.writes)
    )


def filled(values: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a form that are not left empty."""
    return {name: value for name, value in values.items() if value}


def kept_words(kind: Kind, before: Record | None, actor: Actor) -> tuple[str, ...]:
    """Return the fields whose words stay as they were, since the actor writes none."""
    mine = writable(kind, actor)
    return tuple(name for name in (before.worded if before else ()) if name not in mine)


def _worded(
    kind: Kind,
    before: Record | None,
    order: o.FileRecord | o.AmendRecord,
    values: Mapping[str, str],
    actor: Actor,
) -> tuple[str, ...]:
    """Return the fields with words that count: those said now, those kept from before.

    A name that is no field's is left in, for the checks to find.
    """
    mine = writable(kind, actor)
    unasked = {one.name for one in kind.texts if not is_asked(one, values)}
    said = [name for name in order.worded if name in mine or not kind.field(name)]
    every = dict.fromkeys((*said, *kept_words(kind, before, actor)))
    return tuple(name for name in every if name not in unasked)


def _file(state: State, order: o.FileRecord, context: Context) -> Decision:
    kind = KINDS.get(order.kind)
    if kind is None or not fits(state, kind, order.about):
        return Refusal("unknown")
    actor = context.actor
    if refusal := check_act(state, kind, "file", order.about, actor):
        return refusal
    values = filled(dict(order.values))
    worded = _worded(kind, None, order, values, actor)
    if faults(state, kind, order.about, values, worded, context):
        return Refusal("bad-record")
    filed = f.RecordFiled(
        context.fresh("rec"),
        kind.key,
        order.about,
        actor.person,
        cleaned(kind, values),
        worded,
        order.note,
        order.digest,
    )
    return _with_approval(kind, filed.record, filed, order.about, order, context)


def _with_approval(
    kind: Kind,
    record: str,
    fact: f.RecordFiled | f.RecordAmended,
    about: str,
    order: o.FileRecord | o.AmendRecord,
    context: Context,
) -> Decision:
    if not order.approve or not needs_approval(kind, fact.values):
        return (fact,)
    if not may_approve(context.actor, about):
        return Refusal("no-right")
    return (fact, f.RecordApproved(record, context.actor.person))


def _found(state: State, record: str, context: Context) -> Record | Refusal:
    """Return a record that stands; whoever may not see it does not learn of it."""
    found = state.records.get(record)
    if found is None or not may_see(state, context.actor, found):
        return Refusal("unknown")
    return Refusal("record-ended") if found.ended_us else found


def _amend(state: State, order: o.AmendRecord, context: Context) -> Decision:
    found = _found(state, order.record, context)
    if isinstance(found, Refusal):
        return found
    kind, actor = KINDS[found.kind], context.actor
    if refusal := check_act(state, kind, "change", found.about, actor):
        return refusal
    values = filled(dict(order.values))
    worded = _worded(kind, found, order, values, actor)
    if faults(state, kind, found.about, values, worded, context):
        return Refusal("bad-record")
    amended = f.RecordAmended(
        found.record,
        actor.person,
        cleaned(kind, values),
        worded,
        order.note,
        order.digest,
    )
    return _with_approval(kind, found.record, amended, found.about, order, context)


def _approve(state: State, order: o.ApproveRecord, context: Context) -> Decision:
    found = _found(state, order.record, context)
    if isinstance(found, Refusal):
        return found
    if found.about == context.actor.person:
        return Refusal("own-approval")
    if not is_unapproved(found):
        return ()
    return (f.RecordApproved(found.record, context.actor.person),)


def _read(state: State, order: o.ReadRecord, context: Context) -> Decision:
    found = _found(state, order.record, context)
    if isinstance(found, Refusal):
        return found
    if not must_read(state, context.actor, found):
        return Refusal("no-right")
    return () if found.read_us else (f.RecordRead(found.record, context.actor.person),)


def _end(state: State, order: o.EndRecord, context: Context) -> Decision:
    found = _found(state, order.record, context)
    if isinstance(found, Refusal):
        return found
    if refusal := check_act(
        state, KINDS[found.kind], "end", found.about, context.actor
    ):
        return refusal
    if order.why not in f.END_WHY:
        return Refusal("bad-value")
    return (f.RecordEnded(found.record, context.actor.person, order.why),)


RECORDS: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.FileRecord: _file,
    o.AmendRecord: _amend,
    o.ApproveRecord: _approve,
    o.ReadRecord: _read,
    o.EndRecord: _end,
}
