"""Staff's and visitors' own devices, behind doors set aside for them.

The own tap begins and ends it: a card opens a free door, and from the moment that one
is shut again the same card opens that door and no other. Whatever is in doubt, the
device is still there and its owner's alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from controller.domain import custody_facts as f
from controller.domain.bases import STAFF, VISITOR
from controller.domain.context import Context
from controller.domain.custody_records import Own
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.facts import Fact
from controller.domain.faults import FAULTS
from controller.domain.questions import ask, settled
from controller.domain.refusals import Refusal
from controller.domain.state import Compartment, OpenOrder, State
from controller.domain.stock import is_empty

IN, OUT = "own-in", "own-out"
PURPOSES = (IN, OUT)
"""Purposes of an order for an own device: to put it away, to have it back."""

SET_ASIDE = "staff"
"""Purpose of the doors that are set aside for it, in the bank's configuration."""

RETRY_US = 10 * 60 * 1_000_000
"""How long after a door fell shut at once its owner's tap still takes out; later
it was emptied all the same, and something is put away. Our own judgement."""

UNSURE = ("outcome-unknown", "forced")
"""Questions about a door that may have a device behind it which nobody recorded."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where an own tap leads.

    Attributes:
        n: the compartment. purpose: :data:`IN` or :data:`OUT`.
        waiting: an order for just this that has not been powered yet, or empty.
        is_open: the door stands open for just this.
    """

    n: int
    purpose: str
    waiting: str = ""
    is_open: bool = False


def is_offered(context: Context) -> bool:
    """Return whether this bank has doors set aside for own devices."""
    places = context.layout.places.values()
    return any(place.purpose == SET_ASIDE for place in places)


def door_for(state: State, person: str, context: Context) -> Door | Refusal:
    """Return the door that a person's own tap leads to, or why there is none."""
    if state.the_bank.evacuated_us:
        return Refusal("evacuated")
    inside = state.own.get(person)
    if inside:
        n, purpose = inside.compartment, _way(inside, context)
    else:
        n, purpose = _begun(state, person) or _free(state, person, context), IN
    if not n:
        return Refusal("no-own-door")
    if n not in context.layout.places:
        return Refusal("own-door-gone")
    place = state.compartment(n)
    mine = (place.purpose, place.by) == (purpose, person)
    return Door(
        n,
        purpose,
        _waiting(state, n, purpose, person, context),
        is_open=mine and place.stands_open,
    )


def _way(inside: Own, context: Context) -> str:
    """Return whether a device is to come out of its door.

    A door that was shut again at once may be full or empty; it stays its owner's.
    """
    if not inside.quick_us:
        return OUT
    return OUT if 0 <= context.at_us - inside.quick_us < RETRY_US else IN


def _begun(state: State, person: str) -> int:
    """Return the door that a person's earlier tap has led to, or 0: never two."""
    for order in state.orders.values():
        if (order.purpose, order.by) == (IN, person):
            return order.compartment
    for place in state.compartments.values():
        if place.door.is_open and (place.purpose, place.by) == (IN, person):
            return place.n
    return 0


def _waiting(state: State, n: int, purpose: str, person: str, context: Context) -> str:
    for order in state.orders.values():
        powered = order.pulsed or order.order in context.powered
        if (order.compartment, order.purpose, order.by) == (n, purpose, person):
            return "" if powered else order.order
    return ""


def _free(state: State, person: str, context: Context) -> int:
    """Return the lowest sound door set aside with nothing behind it, or 0.

    One behind which somebody else's device may lie that nobody recorded is not free.
    """
    doubted = {
        q.compartment
        for q in state.questions.values()
        if q.about in UNSURE and q.pupil != person
    }
    for place in context.layout.places.values():
        if place.purpose != SET_ASIDE or place.n in doubted:
            continue
        if is_empty(state, place.n) and _is_sound(state.compartment(place.n)):
            return place.n
    return 0


def _is_sound(place: Compartment) -> bool:
    broken = any(FAULTS[code].closes for code in place.faults)
    return place.in_use and not broken and "not-opening" not in place.faults


def order_for(door: Door, person: str, context: Context) -> ReleaseOrdered:
    """Return the order that opens ``door`` for its person's own tap."""
    return ReleaseOrdered(context.fresh("o"), door.n, door.purpose, "tap", by=person)


# ------------------------------------------------------------------- what doors tell


def shut(state: State, place: Compartment, *, quick: bool) -> Iterator[Fact]:
    """Yield what a door that was opened for an own device tells by being shut.

    One that is shut again at once may not have been emptied: it stays its owner's.
    """
    if place.purpose == IN:
        known = state.own.get(place.by)
        if known is None or known.quick_us:
            yield f.OwnDeviceIn(place.by, place.n, _basis(state, place.by))
            yield from settled(state, place.by, "by-itself")
        return
    own = behind(state, place.n)
    if own is None:
        return
    is_owner = place.by == own.person
    by = "" if is_owner else place.by
    yield f.OwnDeviceOut(own.person, place.n, by, quick)
    if not quick:
        how = "collected" if is_owner else "handed-over"
        yield from settled(state, own.person, how)


def _basis(state: State, person: str) -> str:
    return VISITOR if person in state.visitors else STAFF


def behind(state: State, n: int) -> Own | None:
    """Return the own device behind door ``n``."""
    return next((o for o in state.own.values() if o.compartment == n), None)


def owner_behind(state: State, n: int) -> str:
    """Return whose own device is behind door ``n``, or an empty text."""
    own = behind(state, n)
    return own.person if own else ""


def whose(state: State, one: OpenOrder | Compartment) -> str:
    """Return whose own device an order or a door is about, or an empty text."""
    if one.purpose == OUT:
        n = one.n if isinstance(one, Compartment) else one.compartment
        return owner_behind(state, n)
    return one.by if one.purpose == IN else ""


# ------------------------------------------------------------------- what stays behind


def has_gone(state: State, person: str) -> bool:
    """Return whether a person's card opens nothing any more: ended, or left."""
    if visitor := state.visitors.get(person):
        return bool(visitor.ended_us)
    staff = state.staff.get(person)
    return staff is None or not staff.active


def left_behind(state: State, person: str, context: Context) -> Iterator[Fact]:
    """Yield the question that an own device raises whose owner has gone, once."""
    own = state.own.get(person)
    if own and not own.asked:
        yield from ask(state, "left-behind", own.compartment, person, context)


def stayed(state: State, context: Context) -> Iterator[Fact]:
    """Yield the questions about own devices whose owners have gone."""
    for own in state.own.values():
        is_open = state.compartment(own.compartment).door.is_open
        if has_gone(state, own.person) and not is_open:
            yield from left_behind(state, own.person, context)
