"""Orders that hold a device, change the basis, and say what home knows (CUS)."""

from __future__ import annotations

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
    RECLASSIFY,
    SEALED,
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
from controller.domain.custody_checks import (
    SEAL,
    check_verdict,
    check_witness,
    is_moving,
    may_override,
)
from controller.domain.custody_records import (
    SAFE,
    Hold,
    carried_by,
    door_place,
)
from controller.domain.decide_people import KINDS
from controller.domain.facts import Fact
from controller.domain.records_now import exception_of
from controller.domain.refusals import Refusal
from controller.domain.rights import may
from controller.domain.state import State

Decision = Refusal | tuple[Fact, ...]

MOST_DAYS = 190
"""School days for which the head can have a device held: a school year of England's
maintained schools, 380 half days (Education (School Day and School Year) (England)
Regulations 1999, regulation 3)."""


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
    if order.clause and order.clause not in state.clauses:
        return Refusal("unknown")
    if order.basis in SEALED and not may(context.actor, "custody.hold"):
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
            0 <= order.days <= MOST_DAYS,
        )
    )


def _confiscation_refused(
    state: State, order: o.HoldDevice, context: Context
) -> Refusal | None:
    actor = context.actor
    if actor.person not in state.authorities and "leadership" not in actor.roles:
        return Refusal("not-authorised")
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
    if refusal := check_verdict(hold.basis, found, context, order.witness):
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
    sealed = hold.basis in SEALED
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


HOLDS: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.HoldDevice: _hold,
    o.Reclassify: _reclassify,
    o.NameOwner: _owner,
    o.TellParent: _told,
    o.NoteTravel: _travel,
}
