"""What a pupil's tap does: one rule after the other, from the strongest down."""

from __future__ import annotations

from dataclasses import dataclass

from controller.domain import tap_facts as t
from controller.domain.context import Context
from controller.domain.day import Way, way_for
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.facts import Fact
from controller.domain.faults import FAULTS
from controller.domain.refusals import Refusal
from controller.domain.state import Compartment, Credential, Pupil, State


@dataclass(frozen=True, slots=True)
class TapDecision:
    """What came of a tap: facts to write, and what to say.

    Attributes:
        facts: in order; empty for a card that points to nobody.
        result: as :class:`controller.protocol.TapOutcome` names it.
        compartment: for ``ordered`` and ``open``.
        rule: for ``refused``.
        purpose: ``in`` or ``out`` for ``ordered`` and ``open``.
    """

    facts: tuple[Fact, ...]
    result: str
    compartment: int = 0
    rule: str = ""
    purpose: str = ""


UNKNOWN = TapDecision((), "unknown")
"""A card that nobody enrolled, or a dead one, shows nothing about anyone (DAY-9)."""


def decide_tap(
    state: State, reader: str, credential: str, context: Context
) -> TapDecision:
    """Return what an enrolled card's tap at ``reader`` does."""
    card = state.credentials.get(credential)
    if card is None or card.revoked:
        return UNKNOWN
    if (staff := state.staff.get(card.person)) and staff.active:
        return TapDecision((_tapped(reader, card),), "staff")
    pupil = state.pupils.get(card.person)
    if pupil is None or not pupil.on_roll:
        return UNKNOWN
    return _decide_pupil(state, reader, card, pupil, context)


def _tapped(reader: str, card: Credential) -> t.CardTapped:
    return t.CardTapped(reader, card.credential, card.person)


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
    if place.door.is_open:
        return TapDecision((tapped,), "open", place.n, purpose=way.value)
    order = ReleaseOrdered(
        order=context.fresh("o"),
        compartment=place.n,
        purpose=way.value,
        cause="tap",
        pupil=pupil.pupil,
        release=_release_id(state, pupil) if way is Way.OUT else "",
    )
    return TapDecision((tapped, order), "ordered", place.n, purpose=way.value)


def _way(state: State, pupil: Pupil, context: Context) -> tuple[Way, str]:
    if state.the_bank.evacuated_us:
        return Way.NONE, "evacuated"
    custody = state.custody.get(pupil.pupil)
    if custody and custody.basis != "deposit":
        return Way.NONE, "see-teacher"
    return way_for(state, pupil, context)


def _release_id(state: State, pupil: Pupil) -> str:
    for release in state.releases.values():
        if release.state == "running" and release.klass == pupil.klass:
            return release.release
    return ""


# --------------------------------------------------------------------- which compartment


def choose_place(
    state: State, pupil: Pupil, way: Way, context: Context
) -> Compartment | Refusal:
    """Return the compartment that a way leads to, or why there is none."""
    if way is Way.OUT:
        return _place_out(state, pupil)
    if way is Way.IN:
        return _place_in(state, pupil, context)
    return Refusal("lessons")


def _place_out(state: State, pupil: Pupil) -> Compartment | Refusal:
    """A device that is inside may be fetched even behind a door with a fault.

    Whoever has just collected may open the same door again: a charger was forgotten,
    or the door fell shut too soon.
    """
    where = state.custody.get(pupil.pupil) or state.collected.get(pupil.pupil)
    if where is None:
        return Refusal("nothing-in")
    return state.compartment(where.compartment)


def _place_in(state: State, pupil: Pupil, context: Context) -> Compartment | Refusal:
    if custody := state.custody.get(pupil.pupil):
        return state.compartment(custody.compartment)
    if pupil.compartment:
        place = state.compartment(pupil.compartment)
        return place if is_usable(place) else Refusal("out-of-order")
    if context.layout.assignment == "fixed":
        return Refusal("no-compartment")
    return first_free(state, pupil.pupil, context) or Refusal("no-room")


def is_usable(place: Compartment) -> bool:
    """Return whether anything may be handed in behind this door."""
    return place.in_use and not any(FAULTS[code].closes for code in place.faults)


def first_free(state: State, pupil: str, context: Context) -> Compartment | None:
    """Return the lowest pupils' compartment that nobody has and nothing is in."""
    ordered = [o for o in state.orders.values() if o.pupil == pupil]
    if ordered:
        return state.compartment(ordered[-1].compartment)  # a double tap: the same door
    taken = {c.compartment for c in state.custody.values()}
    taken |= {o.compartment for o in state.orders.values()}
    taken |= {p.compartment for p in state.pupils.values() if p.on_roll}
    for place in context.layout.places.values():
        compartment = state.compartment(place.n)
        free = place.n not in taken and not compartment.door.is_open
        if place.purpose == "pupil" and free and is_usable(compartment):
            return compartment
    return None
