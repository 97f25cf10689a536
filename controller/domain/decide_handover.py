"""Orders that end a hold: to an adult, an officer, the owner (CUS-4, CUS-7, CUS-8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from controller.domain import custody_facts as f
from controller.domain import custody_orders as o
from controller.domain.bases import HAND_OVER_TO, Verdict, verdict
from controller.domain.context import Context
from controller.domain.custody import has_ended
from controller.domain.custody_checks import (
    check_verdict,
    check_witness,
    is_moving,
    may_override,
)
from controller.domain.custody_records import (
    HandOver,
    Hold,
    carrier_of,
)
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.evolve_custody import contact_key
from controller.domain.facts import Fact
from controller.domain.refusals import Refusal
from controller.domain.rights import may
from controller.domain.state import State

Decision = Refusal | tuple[Fact, ...]

GIVING = "custody.hand-over"
"""The right of whoever stands at the desk."""

MOST_HOLDS = 20
"""Devices in one hand-over: a family's, not a class's."""

SIGNED = ("screen", "paper", "not")
"""How a hand-over was signed for; ``not``: nobody would."""


def _prepare(state: State, order: o.PrepareHandOver, context: Context) -> Decision:
    holds = _holds(state, order)
    if isinstance(holds, Refusal):
        return holds
    found = [verdict(hold.basis, order.to) for hold in holds]
    for hold, each in zip(holds, found, strict=True):
        if refusal := _refused(state, hold, at_desk(each, context), order, context):
            return refusal
    if refusal := _receiver_refused(state, holds, order):
        return refusal
    prepared = f.HandOverPrepared(
        context.fresh("g"),
        order.holds,
        order.to,
        context.actor.person,
        order.contact if order.to == "adult" else "",
        order.identity,
        order.override,
        order.note,
        order.digest,
    )
    if any(each.witness or at_desk(each, context) != each for each in found):
        return (prepared,)
    doors = _doors(state, holds, prepared.handover, context, at_bank=False)
    if isinstance(doors, Refusal):
        return doors
    begun = f.HandOverBegun(prepared.handover, context.actor.person)
    return (prepared, begun, *doors)


def at_desk(found: Verdict, context: Context) -> Verdict:
    """Return the verdict for whoever stands at the desk.

    The office may ask for what leadership allows, and go on with it once it is allowed.
    """
    if needs_word(found) and not may(context.actor, found.right):
        return replace(found, right=GIVING)
    return found


def needs_word(found: Verdict) -> bool:
    """Return whether one word of leadership's, given on the page, is what it takes."""
    return found.right == "custody.unlisted" and not found.witness


def _holds(state: State, order: o.PrepareHandOver) -> list[Hold] | Refusal:
    if order.to not in HAND_OVER_TO:
        return Refusal("bad-value")
    keys = dict.fromkeys(order.holds)
    if not 0 < len(keys) <= MOST_HOLDS or len(keys) != len(order.holds):
        return Refusal("bad-value")
    found = [state.holds[key] for key in keys if key in state.holds]
    if len(found) != len(keys):
        return Refusal("unknown")
    if any(hold.handover for hold in found):
        return Refusal("being-handed-over")
    return found


def _refused(
    state: State,
    hold: Hold,
    found: Verdict,
    order: o.PrepareHandOver,
    context: Context,
) -> Refusal | None:
    """Return what the table, or the planned end, says against it."""
    # The witness comes later, at the bank; everything else is asked now.
    if refusal := check_verdict(hold.basis, found, context, witness="later"):
        return refusal
    if found.when == "owner-known" and not hold.person:
        return Refusal("owner-unknown")
    if found.when == "same-day" and hold.step != "same-day" and not order.override:
        return Refusal("adult-must-come")
    if found.when in ("planned-end", "same-day"):
        return _too_early(state, hold, order, context)
    return None


def _too_early(
    state: State, hold: Hold, order: o.PrepareHandOver, context: Context
) -> Refusal | None:
    if order.override:
        if not may_override(context):
            return Refusal("no-right")
        return None if order.note else Refusal("needs-reason")
    return None if has_ended(state, hold, context) else Refusal("too-early")


def _receiver_refused(
    state: State, holds: list[Hold], order: o.PrepareHandOver
) -> Refusal | None:
    """Return what stands against whom it is for: the list, the check, the words."""
    if order.to == "owner":
        known = order.identity in ("", *f.IDENTITY)
        return None if known else Refusal("bad-value")
    if order.identity not in f.IDENTITY:
        return Refusal("identity-not-checked")
    if order.to == "adult":
        return _adult_refused(state, holds, order.contact)
    return None if order.note else Refusal("needs-words")


def _adult_refused(state: State, holds: list[Hold], contact: str) -> Refusal | None:
    for hold in holds:
        adult = state.contacts.get(contact_key(contact, hold.person))
        if adult is None:
            return Refusal("not-on-list")
        if adult.never:
            return Refusal("never-release")
    return None


def _doors(
    state: State,
    holds: list[Hold],
    handover: str,
    context: Context,
    *,
    at_bank: bool,
) -> Refusal | list[Fact]:
    """Return the orders for the doors, or why the devices are out of reach."""
    del handover
    orders: list[Fact] = []
    for hold in holds:
        refusal = _out_of_reach(state, hold, context, at_bank=at_bank)
        if refusal:
            return refusal
        if hold.door:
            orders.append(_order(hold, context))
    return orders


def _order(hold: Hold, context: Context) -> ReleaseOrdered:
    return ReleaseOrdered(
        context.fresh("o"),
        hold.door,
        "hand-over",
        "staff",
        by=context.actor.person,
        hold=hold.hold,
    )


def _out_of_reach(
    state: State, hold: Hold, context: Context, *, at_bank: bool
) -> Refusal | None:
    carrier = carrier_of(hold.place)
    if carrier:
        mine = carrier == context.actor.person
        return None if mine or at_bank else Refusal("fetch-first")
    if not hold.door:
        return None
    if state.the_bank.evacuated_us:
        return Refusal("evacuated")
    place = context.layout.places.get(hold.door)
    if place is None or not (at_bank or place.at_desk):
        return Refusal("fetch-first")
    return Refusal("door-is-open") if is_moving(state, hold.door) else None


# ------------------------------------------------------------------------------ go on


def _begin(state: State, order: o.BeginHandOver, context: Context) -> Decision:
    """Go on with a hand-over that two must make, both at the bank (CUS-8)."""
    handover = state.handovers.get(order.handover)
    if handover is None:
        return Refusal("unknown")
    holds = _of(state, handover)
    if refusal := _may_go_on(holds, handover, context, order.witness):
        return refusal
    if refusal := check_witness(state, order.witness, context):
        return refusal
    if refusal := _struck_off(state, handover, holds):
        return refusal
    left = [hold for hold in holds if hold.door not in handover.opened]
    doors = _doors(state, left, handover.handover, context, at_bank=True)
    if isinstance(doors, Refusal):
        return doors
    by = context.actor.person
    return (f.HandOverBegun(handover.handover, by, order.witness), *doors)


def _of(state: State, handover: HandOver) -> list[Hold]:
    return [state.holds[key] for key in handover.holds if key in state.holds]


def _may_go_on(
    holds: list[Hold], handover: HandOver, context: Context, witness: str
) -> Refusal | None:
    """Return what stands against the next step; leadership's word is given once."""
    for hold in holds:
        found = at_desk(verdict(hold.basis, handover.to), context)
        if refusal := check_verdict(hold.basis, found, context, witness):
            return refusal
    return None


def _struck_off(state: State, handover: HandOver, holds: list[Hold]) -> Refusal | None:
    """Return what the list says by now: hours may have passed since it was prepared."""
    if handover.to != "adult":
        return None
    return _adult_refused(state, holds, handover.contact)


def _allow(state: State, order: o.AllowHandOver, context: Context) -> Decision:
    """Leadership allows an adult who is not on the list; the desk opens the doors."""
    handover = state.handovers.get(order.handover)
    if handover is None:
        return Refusal("unknown")
    if handover.has_begun:
        return ()
    found = [verdict(hold.basis, handover.to) for hold in _of(state, handover)]
    if not all(map(needs_word, found)):
        return Refusal("needs-witness")
    return (f.HandOverBegun(handover.handover, context.actor.person),)


def _again(state: State, order: o.OpenAgain, context: Context) -> Decision:
    handover = state.handovers.get(order.handover)
    if handover is None:
        return Refusal("unknown")
    holds = _of(state, handover)
    if refusal := _may_go_on(holds, handover, context, ""):
        return refusal
    if not handover.has_begun:
        return Refusal("not-begun")
    if refusal := _struck_off(state, handover, holds):
        return refusal
    left = [hold for hold in holds if hold.door not in handover.opened]
    doors = _doors(state, left, handover.handover, context, at_bank=False)
    return doors if isinstance(doors, Refusal) else tuple(doors)


# --------------------------------------------------------------------------- the end


def _finish(state: State, order: o.FinishHandOver, context: Context) -> Decision:
    handover = state.handovers.get(order.handover)
    if handover is None:
        return Refusal("unknown")
    holds = _of(state, handover)
    if refusal := _may_go_on(holds, handover, context, handover.witness):
        return refusal
    if refusal := _struck_off(state, handover, holds):
        return refusal
    if refusal := _not_out_yet(state, handover, holds):
        return refusal
    if order.signed not in SIGNED or (order.signed == "screen" and not order.note):
        return Refusal("bad-value")
    by = context.actor.person
    return (
        f.HandedOver(handover.handover, by, order.signed, order.note, order.digest),
    )


def _not_out_yet(state: State, handover: HandOver, holds: list[Hold]) -> Refusal | None:
    """Return why the devices cannot have been handed over yet, or ``None``."""
    if not handover.has_begun:
        return Refusal("not-begun")
    doors = [hold.door for hold in holds if hold.door]
    if any(door not in handover.opened for door in doors):
        return Refusal("door-not-opened")
    if any(is_moving(state, door) for door in doors):
        return Refusal("door-is-open")
    return None


def _undo(state: State, order: o.UndoHandOver, context: Context) -> Decision:
    handover = state.handovers.get(order.handover)
    if handover is None:
        return Refusal("unknown")
    if refusal := _may_go_on(_of(state, handover), handover, context, "not-needed"):
        return refusal
    if order.why not in f.UNDONE_WHY:
        return Refusal("bad-value")
    by = context.actor.person
    return (
        f.HandOverUndone(handover.handover, by, order.why, order.note, order.digest),
    )


HANDOVERS: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.PrepareHandOver: _prepare,
    o.BeginHandOver: _begin,
    o.AllowHandOver: _allow,
    o.OpenAgain: _again,
    o.FinishHandOver: _finish,
    o.UndoHandOver: _undo,
}
