"""Orders about own devices and visitors' day cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from controller.domain import own, visitors
from controller.domain import own_orders as o
from controller.domain import visitor_facts as f
from controller.domain.bases import STAFF, VISITOR, verdict
from controller.domain.context import Context
from controller.domain.custody_checks import check_verdict
from controller.domain.decide_records import RECORDS
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.facts import Fact
from controller.domain.people_facts import CardRevoked
from controller.domain.record_facts import RecordFiled
from controller.domain.record_orders import FileRecord
from controller.domain.refusals import Refusal
from controller.domain.state import State

Decision = Refusal | tuple[Fact, ...]


def _open(state: State, _order: o.OpenOwnDoor, context: Context) -> Decision:
    person = context.actor.person
    door = own.door_for(state, person, context)
    if isinstance(door, Refusal):
        return door
    if door.waiting or door.is_open:
        return ()
    return (own.order_for(door, person, context),)


def _give_back(state: State, order: o.GiveBackOwn, context: Context) -> Decision:
    """Whoever has left the staff is a visitor to this table."""
    inside = state.own.get(order.person)
    if inside is None:
        return Refusal("unknown")
    gone = inside.basis == STAFF and own.has_gone(state, order.person)
    basis = VISITOR if gone else inside.basis
    if refusal := check_verdict(basis, verdict(basis, "owner"), context):
        return refusal
    if rule := _shut_because(state, inside.compartment, order, context):
        return Refusal(rule)
    n, by = inside.compartment, context.actor.person
    return (ReleaseOrdered(context.fresh("o"), n, own.OUT, "staff", by=by),)


def _shut_because(state: State, n: int, order: o.GiveBackOwn, context: Context) -> str:
    """Return the rule by which door ``n`` is not opened now, or an empty text."""
    place = context.layout.places.get(n)
    if state.the_bank.evacuated_us:
        return "evacuated"
    if place is None:
        return "own-door-gone"
    if not (order.at_bank or place.at_desk):
        return "not-in-sight"
    return "door-is-open" if state.compartment(n).stands_open else ""


# --------------------------------------------------------------------------- day cards


def _admit(state: State, order: o.AdmitVisitor, context: Context) -> Decision:
    if order.visitor in state.visitors or order.visitor in state.staff:
        return Refusal("taken")
    if order.filing.kind != "visitor":
        return Refusal("bad-value")
    if not _begins_today(order.filing, context):
        return Refusal("not-today")
    filed = RECORDS[FileRecord](state, order.filing, context)
    if isinstance(filed, Refusal):
        return filed
    record = next(fact for fact in filed if isinstance(fact, RecordFiled)).record
    by = context.actor.person
    return (*filed, f.VisitorCardGiven(order.visitor, record, by))


def _begins_today(filing: FileRecord, context: Context) -> bool:
    first = dict(filing.values).get("first", "")
    return first <= context.today.isoformat() or context.is_guessed


def _give(state: State, order: o.GiveVisitorCard, context: Context) -> Decision:
    """Another day's card, or another one for today: what was given before is dead."""
    record = state.records.get(order.record)
    if record is None or record.kind != "visitor":
        return Refusal("unknown")
    known = visitors.visitor_of(state, order.record)
    if (known.visitor if known else order.visitor) != order.visitor:
        return Refusal("unknown")
    if not known and order.visitor in {*state.visitors, *state.staff, *state.pupils}:
        return Refusal("taken")
    if not visitors.is_of_today(record, context):
        return Refusal("not-today")
    by = context.actor.person
    dead = (
        CardRevoked(card.credential, "replaced", by)
        for card in state.credentials.values()
        if card.person == order.visitor and not card.revoked
    )
    return (*dead, f.VisitorCardGiven(order.visitor, order.record, by))


def _end(state: State, order: o.EndVisitorCard, context: Context) -> Decision:
    visitor = state.visitors.get(order.visitor)
    if visitor is None:
        return Refusal("unknown")
    if visitor.ended_us:
        return ()
    return tuple(visitors.ending(state, order.visitor, context, context.actor.person))


OWN: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.OpenOwnDoor: _open,
    o.GiveBackOwn: _give_back,
    o.AdmitVisitor: _admit,
    o.GiveVisitorCard: _give,
    o.EndVisitorCard: _end,
}
