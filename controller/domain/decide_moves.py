"""Orders that bring a held device to another place, or ask for that (CUS-3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from controller.domain import custody_facts as f
from controller.domain import custody_orders as o
from controller.domain.bases import (
    verdict,
)
from controller.domain.context import Context
from controller.domain.custody_checks import (
    SEAL,
    check_verdict,
    is_moving,
)
from controller.domain.custody_records import (
    SAFE,
    Hold,
    carried_by,
)
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.facts import Fact
from controller.domain.refusals import Refusal
from controller.domain.state import Compartment, State
from controller.domain.taps import is_taken, is_usable

Decision = Refusal | tuple[Fact, ...]


def _move(state: State, order: o.MoveHold, context: Context) -> Decision:
    hold = state.holds.get(order.hold)
    if hold is None:
        return Refusal("unknown")
    if order.seal and not SEAL.fullmatch(order.seal):
        return Refusal("bad-value")
    if refusal := check_verdict(hold.basis, verdict(hold.basis, "move"), context):
        return refusal
    if hold.handover:
        return Refusal("being-handed-over")
    if hold.door:
        return _take_out(state, hold, order, context)
    return _put_away(state, hold, order, context)


def _take_out(
    state: State, hold: Hold, order: o.MoveHold, context: Context
) -> Decision:
    """A door opens in sight of the desk, or for card and PIN at its bank."""
    if order.place != "carried":
        return Refusal("carry-first")
    return open_door(state, hold.door, "fetch", hold.hold, order, context)


def _put_away(
    state: State, hold: Hold, order: o.MoveHold, context: Context
) -> Decision:
    if order.place == "door":
        place = free_holding(state, context, at_bank=order.at_bank)
        if isinstance(place, Refusal):
            return place
        return open_door(state, place.n, "store", hold.hold, order, context)
    if order.place not in (SAFE, "carried"):
        return Refusal("bad-value")
    by = context.actor.person
    now = SAFE if order.place == SAFE else carried_by(by)
    if now == hold.place:
        return ()
    return (f.HoldMoved(hold.hold, hold.place, now, by, order.seal),)


def open_door(
    state: State,
    n: int,
    purpose: str,
    hold: str,
    order: o.MoveHold,
    context: Context,
) -> Decision:
    """Return the order that opens a holding door, or why it may not be opened."""
    if state.the_bank.evacuated_us:
        return Refusal("evacuated")
    place = context.layout.places.get(n)
    if place is None:
        return Refusal("out-of-order")
    if not place.at_desk and not order.at_bank:
        return Refusal("not-in-sight")
    if is_moving(state, n):
        return Refusal("door-is-open")
    by = context.actor.person
    return (ReleaseOrdered(context.fresh("o"), n, purpose, "staff", by=by, hold=hold),)


def free_holding(
    state: State, context: Context, *, at_bank: bool
) -> Compartment | Refusal:
    """Return the lowest free holding compartment that can be opened from here."""
    for place in context.layout.places.values():
        compartment = state.compartment(place.n)
        reachable = at_bank or place.at_desk
        free = not is_taken(state, place.n, "") and not is_moving(state, place.n)
        if place.purpose == "holding" and reachable and free and is_usable(compartment):
            return compartment
    return Refusal("no-holding-room")


def _fetch(state: State, order: o.AskFetch, context: Context) -> Decision:
    hold = state.holds.get(order.hold)
    if hold is None:
        return Refusal("unknown")
    if refusal := check_verdict(hold.basis, verdict(hold.basis, "move"), context):
        return refusal
    by = context.actor.person
    if order.drop:
        return (f.FetchDropped(hold.hold, by),) if hold.fetch_by else ()
    return () if hold.fetch_by else (f.FetchAsked(hold.hold, by),)


MOVES: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.MoveHold: _move,
    o.AskFetch: _fetch,
}
