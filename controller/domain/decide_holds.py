"""Orders about holding a device: confiscate, move, reclassify, tell home (CUS)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from controller.domain import custody_facts as f
from controller.domain import custody_orders as o
from controller.domain.bases import (
    CONFISCATED,
    EXCEPTION,
    FOUND,
    HELD,
    POLICE,
    RECLASSIFY,
    SAFEGUARDING,
    Verdict,
    verdict,
)
from controller.domain.context import Context
from controller.domain.custody import (
    STEPS,
    occurrences,
    proposed_step,
    rule,
    school_days_between,
    until_date,
)
from controller.domain.custody_records import (
    SAFE,
    Hold,
    carried_by,
    door_place,
)
from controller.domain.decide_people import KINDS
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.facts import Fact
from controller.domain.records_now import exception_of
from controller.domain.refusals import Refusal
from controller.domain.rights import may
from controller.domain.state import Compartment, State
from controller.domain.taps import is_taken, is_usable

Decision = Refusal | tuple[Fact, ...]

SEAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]{0,19}")
"""A seal or bag number as printed on it."""

CLAUSE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,10}[A-Za-z0-9])?")
"""A clause's number, such as 4.2 or B3."""

MAX_CLAUSE = 80
"""Longest name of a clause in characters."""


def check_verdict(
    found: Verdict, context: Context, witness: str = ""
) -> Refusal | None:
    """Return why the table turns the actor away, conditions apart, or ``None``."""
    if found.rule:
        return Refusal(found.rule)
    if not may(context.actor, found.right):
        return Refusal("no-right")
    return Refusal("needs-witness") if found.witness and not witness else None


def check_witness(state: State, witness: str, context: Context) -> Refusal | None:
    """Return why ``witness`` cannot be one (CUS-8); nobody has been named if empty."""
    if not witness:
        return None
    if witness == context.actor.person:
        return Refusal("own-witness")
    staff = state.staff.get(witness)
    return None if staff and staff.active else Refusal("unknown")


# ------------------------------------------------------------------------------- hold


def _hold(state: State, order: o.HoldDevice, context: Context) -> Decision:
    """Confiscate, or hold on another basis: where it is, or in one's hand."""
    if refusal := _hold_refused(state, order, context):
        return refusal
    source = _source(state, order, context)
    if isinstance(source, Refusal):
        return source
    place, kinds = source
    terms = _terms(state, order, context)
    if isinstance(terms, Refusal):
        return terms
    held = f.DeviceHeld(
        context.fresh("h"),
        order.basis,
        order.pupil,
        kinds,
        place,
        context.actor.person,
        deposit=not order.taken,
        clause=order.clause,
        where=order.where,
        occurrence=_nth(state, order, context),
        individual=order.individual,
        seal=order.seal,
        condition=order.condition,
        note=order.note,
        digest=order.digest,
        paper=order.paper,
        **terms,
    )
    return (held,)


def _nth(state: State, order: o.HoldDevice, context: Context) -> int:
    if order.basis != CONFISCATED:
        return 0
    return occurrences(state, order.pupil, context) + 1


def _hold_refused(
    state: State, order: o.HoldDevice, context: Context
) -> Refusal | None:
    if not _is_well_formed(order):
        return Refusal("bad-value")
    if order.basis in (SAFEGUARDING, POLICE) and not may(context.actor, "custody.hold"):
        return Refusal("no-right")
    if order.basis == CONFISCATED:
        return _confiscation_refused(state, order, context)
    return None


def _is_well_formed(order: o.HoldDevice) -> bool:
    return all(
        (
            order.basis in HELD,
            order.pupil or (order.basis == FOUND and order.taken),
            order.place in ("carried", SAFE),
            order.kind in KINDS,
            order.where in ("", *f.WHERE),
            order.condition in ("", *f.CONDITIONS),
            not order.seal or SEAL.fullmatch(order.seal),
            order.step in ("", *STEPS),
        )
    )


def _confiscation_refused(
    state: State, order: o.HoldDevice, context: Context
) -> Refusal | None:
    actor = context.actor
    if actor.person not in state.authorities and "leadership" not in actor.roles:
        return Refusal("not-authorised")
    if order.clause and order.clause not in state.clauses:
        return Refusal("unknown")
    return None if order.clause or order.note else Refusal("needs-reason")


def _source(
    state: State, order: o.HoldDevice, context: Context
) -> Refusal | tuple[str, tuple[str, ...]]:
    """Return where the device is and what it is, or why it cannot be held."""
    if order.pupil and order.pupil not in state.pupils:
        return Refusal("unknown")
    if order.taken:
        me = carried_by(context.actor.person)
        return (SAFE if order.place == SAFE else me), (order.kind,)
    custody = state.custody.get(order.pupil)
    if custody is None:
        return Refusal(_not_here(state, order.pupil, context))
    if is_moving(state, custody.compartment):
        return Refusal("door-is-open")
    return door_place(custody.compartment), custody.kinds


def _not_here(state: State, pupil: str, context: Context) -> str:
    """Return why there is nothing of a pupil's to hold: by an exception, or just so."""
    if exception_of(state, pupil, context):
        return verdict(EXCEPTION, "confiscate").rule
    return "nothing-in"


def is_moving(state: State, n: int) -> bool:
    """Return whether door ``n`` is open, or about to be: what is behind it may go."""
    ordered = any(order.compartment == n for order in state.orders.values())
    return ordered or state.compartment(n).door.is_open


def _terms(
    state: State, order: o.HoldDevice, context: Context
) -> Refusal | dict[str, Any]:
    """Return step, planned end and review-by date of a confiscation (CUS-5)."""
    if order.basis != CONFISCATED:
        return {}
    step = order.step or _proposed(state, order, context)
    days = order.days or int(rule(state, "ladder.days"))
    until = until_date(state, step, days, context)
    if step == "days" and (refusal := _too_long(state, order, until, context)):
        return refusal
    review = context.calendar.next_school_day(until) or until
    return {
        "step": f"days-{days}" if step == "days" else step,
        "until": until.isoformat(),
        "review_by": review.isoformat(),
    }


def _proposed(state: State, order: o.HoldDevice, context: Context) -> str:
    """Return the ladder's step, as far as the chosen clause lets it go (CUS-5)."""
    step = proposed_step(state, order.pupil, context)
    clause = state.clauses.get(order.clause)
    longer = clause is not None and clause.longer
    return step if step != "days" or longer else "parent"


def _too_long(
    state: State, order: o.HoldDevice, until: date, context: Context
) -> Refusal | None:
    clause = state.clauses.get(order.clause)
    if clause is None or not clause.longer:
        return Refusal("needs-clause")
    days = school_days_between(context.today, until, context)
    past = days > int(rule(state, "ladder.ceiling"))
    return Refusal("past-ceiling") if past and not may_override(context) else None


def may_override(context: Context) -> bool:
    """Return whether the actor's word stands against the planned end: the head's."""
    return may(context.actor, "custody.override")


# ------------------------------------------------------------------------------- move


def _move(state: State, order: o.MoveHold, context: Context) -> Decision:
    hold = state.holds.get(order.hold)
    if hold is None:
        return Refusal("unknown")
    if order.seal and not SEAL.fullmatch(order.seal):
        return Refusal("bad-value")
    if refusal := check_verdict(verdict(hold.basis, "move"), context):
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


# ------------------------------------------------------------------------- reclassify


def _reclassify(state: State, order: o.Reclassify, context: Context) -> Decision:
    hold = state.holds.get(order.hold)
    if hold is None:
        return Refusal("unknown")
    act = RECLASSIFY.get(order.basis)
    if act is None:
        return Refusal("bad-value")
    if refusal := _not_to_become(state, hold, act, order, context):
        return refusal
    by = context.actor.person
    return (
        f.HoldReclassified(
            hold.hold, order.basis, by, order.witness, order.note, order.digest
        ),
    )


def _not_to_become(
    state: State, hold: Hold, act: str, order: o.Reclassify, context: Context
) -> Refusal | None:
    found = verdict(hold.basis, act)
    if refusal := check_verdict(found, context, order.witness):
        return refusal
    if found.when == "owner-known" and not hold.person:
        return Refusal("owner-unknown")
    if hold.handover:
        return Refusal("being-handed-over")
    return check_witness(state, order.witness, context)


def _owner(state: State, order: o.NameOwner, context: Context) -> Decision:
    hold = state.holds.get(order.hold)
    if hold is None or order.pupil not in state.pupils:
        return Refusal("unknown")
    if hold.basis != FOUND or hold.person:
        return Refusal("already-held")
    return (f.OwnerNamed(hold.hold, order.pupil, context.actor.person),)


# ------------------------------------------------------------------------- said of it


def _told(state: State, order: o.TellParent, context: Context) -> Decision:
    hold = state.holds.get(order.hold)
    if hold is None:
        return Refusal("unknown")
    if order.how not in f.TOLD_HOW:
        return Refusal("bad-value")
    sealed = hold.basis in (SAFEGUARDING, POLICE)
    if sealed and not may(context.actor, "custody.reasons"):
        return Refusal("no-right")
    if order.how == "not-yet-safe" and not sealed:
        return Refusal("bad-value")
    return (f.ParentTold(hold.hold, order.how, context.actor.person),)


def _travel(state: State, order: o.NoteTravel, context: Context) -> Decision:
    hold = state.holds.get(order.hold)
    if hold is None:
        return Refusal("unknown")
    if order.travels not in f.TRAVELS:
        return Refusal("bad-value")
    by = context.actor.person
    return (f.TravelNoted(hold.hold, order.travels, order.home_knows, by),)


def _fetch(state: State, order: o.AskFetch, context: Context) -> Decision:
    hold = state.holds.get(order.hold)
    if hold is None:
        return Refusal("unknown")
    if refusal := check_verdict(verdict(hold.basis, "move"), context):
        return refusal
    by = context.actor.person
    if order.drop:
        return (f.FetchDropped(hold.hold, by),) if hold.fetch_by else ()
    return () if hold.fetch_by else (f.FetchAsked(hold.hold, by),)


# ------------------------------------------------------------------------------ lists


def _contact(state: State, order: o.SetContact, context: Context) -> Decision:
    if order.pupil not in state.pupils:
        return Refusal("unknown")
    by = context.actor.person
    return (f.ContactSet(order.contact, order.pupil, order.never, by),)


def _no_contact(state: State, order: o.RemoveContact, context: Context) -> Decision:
    known = (c.contact for c in state.contacts.values() if c.pupil == order.pupil)
    if order.contact not in known:
        return Refusal("unknown")
    return (f.ContactRemoved(order.contact, order.pupil, context.actor.person),)


def _authorise(state: State, order: o.Authorise, context: Context) -> Decision:
    staff = state.staff.get(order.staff)
    if staff is None or not staff.active:
        return Refusal("unknown")
    by = context.actor.person
    if order.withdraw:
        known = order.staff in state.authorities
        return (f.AuthorityWithdrawn(order.staff, by),) if known else ()
    if order.staff in state.authorities:
        return ()
    return (f.AuthorityGiven(order.staff, by),)


def _clause(state: State, order: o.SetClause, context: Context) -> Decision:
    by = context.actor.person
    if order.remove:
        known = order.clause in state.clauses
        return (f.ClauseRemoved(order.clause, by),) if known else Refusal("unknown")
    named = 0 < len(order.name) <= MAX_CLAUSE and order.name.isprintable()
    if not (named and CLAUSE.fullmatch(order.clause)):
        return Refusal("bad-value")
    return (f.ClauseSet(order.clause, order.name, order.longer, by),)


HOLDS: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.HoldDevice: _hold,
    o.MoveHold: _move,
    o.Reclassify: _reclassify,
    o.NameOwner: _owner,
    o.TellParent: _told,
    o.NoteTravel: _travel,
    o.AskFetch: _fetch,
    o.SetContact: _contact,
    o.RemoveContact: _no_contact,
    o.Authorise: _authorise,
    o.SetClause: _clause,
}
