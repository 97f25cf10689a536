"""What a pupil's tap does: one rule after the other, from the strongest down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain

from controller.domain import doubts, own, visitors
from controller.domain import tap_facts as t
from controller.domain.context import Context
from controller.domain.custody import held_behind, holds_of
from controller.domain.day import is_on, release_of
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.facts import Fact
from controller.domain.faults import FAULTS
from controller.domain.refusals import Refusal
from controller.domain.state import Compartment, Credential, Pupil, State
from controller.domain.ways import Way, way_for


@dataclass(frozen=True, slots=True)
class TapDecision:
    """What came of a tap: facts to write, and what to say.

    Attributes:
        facts: in order; empty for a card that points to nobody.
        result: as :class:`controller.protocol.TapOutcome` names it.
        compartment: for ``ordered`` and ``open``.
        rule: for ``refused``.
        purpose: ``in`` or ``out`` for ``ordered`` and ``open``.
        order: the tap's own order that still waits, which this tap joins; or empty.
    """

    facts: tuple[Fact, ...]
    result: str
    compartment: int = 0
    rule: str = ""
    purpose: str = ""
    order: str = ""


UNKNOWN = TapDecision((), "unknown")
"""A card that nobody enrolled, or a dead one, shows nothing about anyone (DAY-9)."""


def decide_tap(
    state: State, reader: str, credential: str, context: Context, doubt: str = ""
) -> TapDecision:
    """Return what an enrolled card's tap at ``reader`` does.

    Args:
        state: what is so.
        reader: the reader's name.
        credential: what the card stands for.
        context: the moment.
        doubt: why the card's token is doubted, as in ``CardDoubted``, or ``silent``;
            empty if it is right, or not looked for.
    """
    card = state.credentials.get(credential)
    if card is None or card.revoked:
        return UNKNOWN
    decision = _decide_card(state, reader, card, context)
    rule = doubts.turned_away(state, card, doubt)
    if not rule or decision is UNKNOWN:
        return decision
    alarm = tuple(doubts.raised(state, reader, card, doubt, context))
    if decision.result == "refused":
        tapped, *rest = decision.facts
        return replace(decision, facts=(tapped, *alarm, *rest))
    facts = doubts.with_doubt(decision.facts, alarm, rule, reader, card.person)
    return TapDecision(facts, "refused", rule=rule)


def _decide_card(
    state: State, reader: str, card: Credential, context: Context
) -> TapDecision:
    if (staff := state.staff.get(card.person)) and staff.active:
        return TapDecision((_tapped(reader, card),), "staff")
    if card.person in state.visitors:
        return _decide_visitor(state, reader, card, context)
    pupil = state.pupils.get(card.person)
    if pupil is None or not pupil.on_roll:
        return UNKNOWN
    return _decide_pupil(state, reader, card, pupil, context)


def _tapped(reader: str, card: Credential) -> t.CardTapped:
    return t.CardTapped(reader, card.credential, card.person)


def _decide_visitor(
    state: State, reader: str, card: Credential, context: Context
) -> TapDecision:
    tapped = _tapped(reader, card)
    door = visitors.door_for(state, card.person, context)
    if isinstance(door, Refusal):
        refused = t.TapRefused(reader, card.person, door.rule)
        return TapDecision((tapped, refused), "refused", rule=door.rule)
    made: tuple[Fact, ...] = (tapped,)
    if not (door.is_open or door.waiting):
        made = (tapped, own.order_for(door, card.person, context))
    return TapDecision(
        made,
        "open" if door.is_open else "ordered",
        door.n,
        purpose=door.purpose,
        order=door.waiting,
    )


def _decide_pupil(
    state: State, reader: str, card: Credential, pupil: Pupil, context: Context
) -> TapDecision:
    tapped = _tapped(reader, card)
    way, rule = _way(state, pupil, context)
    place = choose_place(state, pupil, way, context)
    if isinstance(place, Refusal):
        rule = rule or place.rule
    if rule or isinstance(place, Refusal):
        refused = t.TapRefused(reader, pupil.pupil, rule)
        return TapDecision((tapped, refused), "refused", rule=rule)
    if is_open_for(place, pupil, way):
        return TapDecision((tapped,), "open", place.n, purpose=way.value)
    if waiting := _own_order(state, place, pupil, way, context):
        return TapDecision(
            (tapped,), "ordered", place.n, purpose=way.value, order=waiting
        )
    order = ReleaseOrdered(
        order=context.fresh("o"),
        compartment=place.n,
        purpose=way.value,
        cause="tap",
        pupil=pupil.pupil,
        release=running_release(state, pupil, context) if way is Way.OUT else "",
    )
    return TapDecision((tapped, order), "ordered", place.n, purpose=way.value)


def _own_order(
    state: State, place: Compartment, pupil: Pupil, way: Way, context: Context
) -> str:
    """Return the order of an earlier tap that has not been powered, or an empty text.

    A small child's many taps are one order: the door is not powered again and again
    for somebody who has gone.
    """
    mine = (place.n, pupil.pupil, way.value, "tap")
    for order in state.orders.values():
        powered = order.pulsed or order.order in context.powered
        about = (order.compartment, order.pupil, order.purpose, order.cause)
        if about == mine and not powered:
            return order.order
    return ""


def _way(state: State, pupil: Pupil, context: Context) -> tuple[Way, str]:
    if state.the_bank.evacuated_us:
        return Way.NONE, "evacuated"
    way, rule = way_for(state, pupil, context)
    if way is not Way.IN and _is_held(state, pupil):
        return Way.NONE, "see-teacher"
    return way, rule


def _is_held(state: State, pupil: Pupil) -> bool:
    """Whether a device of the pupil's is held and none lies behind the own door."""
    return pupil.pupil not in state.custody and bool(holds_of(state, pupil.pupil))


def running_release(state: State, pupil: Pupil, context: Context) -> str:
    """Return the id of the release that a pupil collects by, or an empty text."""
    release = release_of(state, pupil)
    return release.release if release and is_on(release, context) else ""


def is_open_for(place: Compartment, pupil: Pupil, way: Way) -> bool:
    """Return whether a door stands open for just this, so that no order is needed."""
    mine = (place.purpose, place.pupil) == (way.value, pupil.pupil)
    return mine and place.stands_open


# -------------------------------------------------------------------- which compartment


def choose_place(
    state: State, pupil: Pupil, way: Way, context: Context
) -> Compartment | Refusal:
    """Return the compartment that a way leads to, or why there is none."""
    if way is Way.OUT:
        return _place_out(state, pupil, context)
    if way is Way.IN:
        return _place_in(state, pupil, context)
    return Refusal("lessons")


def _place_out(state: State, pupil: Pupil, context: Context) -> Compartment | Refusal:
    """A device that is inside may be fetched even behind a door with a fault.

    Whoever has just collected may open the same door again, as long as nobody else has
    it: a charger was forgotten, or the door fell shut too soon.
    """
    where = state.custody.get(pupil.pupil) or state.collected.get(pupil.pupil)
    if where is None or is_taken(state, where.compartment, pupil.pupil):
        return Refusal("nothing-in")
    if where.compartment not in context.layout.places:
        return Refusal("out-of-order")
    return state.compartment(where.compartment)


def _place_in(state: State, pupil: Pupil, context: Context) -> Compartment | Refusal:
    if n := _own_now(state, pupil.pupil):
        return state.compartment(n)
    if pupil.compartment:
        return _fixed(state, pupil, context)
    if context.layout.assignment == "fixed":
        return Refusal("no-compartment")
    return first_free(state, pupil.pupil, context) or Refusal("no-room")


def _own_now(state: State, pupil: str) -> int:
    """Return the door that is this pupil's already: device inside, ordered, or open.

    A small child's double tap thus never opens a second one.
    """
    if custody := state.custody.get(pupil):
        return custody.compartment
    ordered = (o.compartment for o in state.orders.values() if o.pupil == pupil)
    open_now = (
        c.n for c in state.compartments.values() if c.pupil == pupil and c.door.is_open
    )
    return next(chain(ordered, open_now), 0)


def _fixed(state: State, pupil: Pupil, context: Context) -> Compartment | Refusal:
    built = context.layout.places.get(pupil.compartment)
    if built is None or built.purpose != "pupil":
        return Refusal("no-compartment")
    if held_behind(state, built.n):
        return Refusal("see-teacher")
    if is_taken(state, built.n, pupil.pupil):
        return Refusal("taken")
    place = state.compartment(built.n)
    return place if is_usable(place) else Refusal("out-of-order")


def is_taken(state: State, n: int, pupil: str) -> bool:
    """Return whether a door is somebody else's now: device inside, ordered, or open.

    A device that is held there, the pupil's own too, is for nobody's tap.
    """
    if held_behind(state, n) or any(o.compartment == n for o in state.own.values()):
        return True
    inside = {c.pupil for c in state.custody.values() if c.compartment == n}
    ordered = {o.pupil for o in state.orders.values() if o.compartment == n}
    at_door = {state.compartment(n).pupil, state.compartment(n).hold}
    return bool((inside | ordered | at_door) - {pupil, ""})


def is_usable(place: Compartment) -> bool:
    """Return whether anything may be handed in behind this door."""
    return place.in_use and not any(FAULTS[code].closes for code in place.faults)


def first_free(state: State, pupil: str, context: Context) -> Compartment | None:
    """Return the lowest pupils' compartment that nobody has and nothing is in."""
    fixed = {p.compartment for p in state.pupils.values() if p.on_roll}
    ordered = {o.compartment for o in state.orders.values()}
    for place in context.layout.places.values():
        compartment = state.compartment(place.n)
        given = place.n in fixed | ordered or is_taken(state, place.n, pupil)
        free = not given and not compartment.door.is_open
        sound = is_usable(compartment) and "not-opening" not in compartment.faults
        if place.purpose == "pupil" and free and sound:
            return compartment
    return None
