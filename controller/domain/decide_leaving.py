"""Orders about one pupil: leaving early, a sibling, a mix-up (DAY-7, DAY-16)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from controller.domain import today_facts as f
from controller.domain import today_orders as o
from controller.domain.context import Context
from controller.domain.custody_checks import is_moving
from controller.domain.day_facts import PupilMarked
from controller.domain.decide_class import vouch
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.evolve_custody import contact_key
from controller.domain.facts import Fact
from controller.domain.refusals import Refusal
from controller.domain.rights import may
from controller.domain.state import State
from controller.domain.taps import is_taken

Decision = Refusal | tuple[Fact, ...]


def _leave(state: State, order: o.LeaveEarly, context: Context) -> Decision:
    """The mark ends a same-day confiscation too (CUS-5); the door opens beside it."""
    pupil = state.pupils[order.pupil]
    if not pupil.on_roll:
        return Refusal("unknown")
    if refusal := _collector_refused(state, order):
        return refusal
    doors = _door_of(state, order.pupil, context)
    if isinstance(doors, Refusal):
        return doors
    by = context.actor.person
    adult = order.contact if order.whom == "adult" else ""
    left = f.LeftWith(order.pupil, order.whom, by, adult, order.note, order.digest)
    mark = state.marks.get(order.pupil)
    known = mark is not None and mark.mark == "left-early"
    marked = () if known else (PupilMarked(order.pupil, "left-early", by),)
    return (left, *marked, *doors)


def _collector_refused(state: State, order: o.LeaveEarly) -> Refusal | None:
    if order.whom not in f.COLLECTORS:
        return Refusal("bad-value")
    if order.whom == "other" and not order.note:
        return Refusal("needs-words")
    if order.whom != "adult":
        return None
    adult = state.contacts.get(contact_key(order.contact, order.pupil))
    if adult is None:
        return Refusal("not-on-list")
    return Refusal("never-release") if adult.never else None


def _door_of(state: State, pupil: str, context: Context) -> Refusal | tuple[Fact, ...]:
    """Return the order for the pupil's own door; none where nothing lies behind it."""
    inside = state.custody.get(pupil)
    if inside is None:
        return ()
    if state.the_bank.evacuated_us:
        return Refusal("evacuated")
    if state.compartment(inside.compartment).stands_open:
        return ()
    return (
        ReleaseOrdered(
            context.fresh("o"),
            inside.compartment,
            "out",
            "vouch",
            pupil,
            context.actor.person,
        ),
    )


def _sibling(state: State, order: o.HandToSibling, context: Context) -> Decision:
    """An adult's word opens, as for the pupil; the record says who carries it home."""
    sibling = state.pupils.get(order.sibling)
    if sibling is None or not sibling.on_roll or order.sibling == order.pupil:
        return Refusal("unknown")
    if order.pupil not in state.custody:
        return Refusal("nothing-in")
    opened = vouch(state, order.pupil, context)
    if isinstance(opened, Refusal):
        return opened
    if any(one.purpose != "out" for one in opened):
        return Refusal("lessons")
    by = context.actor.person
    return (f.GivenToSibling(order.pupil, order.sibling, by), *opened)


# ------------------------------------------------------------------------------- mix-up


def _swap(state: State, order: o.SwapDevices, context: Context) -> Decision:
    """Each door stays with one of the two: nobody else's is touched."""
    other = state.pupils.get(order.other)
    if other is None or order.other == order.pupil:
        return Refusal("unknown")
    if not may(context.actor, "class.vouch", other.klass):
        return Refusal("not-your-class")
    mine, theirs = _door(state, order.pupil), _door(state, order.other)
    inside = order.pupil in state.custody or order.other in state.custody
    if not (mine and theirs and inside and mine != theirs):
        return Refusal("nothing-in")
    for n, owner in ((mine, order.pupil), (theirs, order.other)):
        if refusal := _not_to_swap(state, n, owner):
            return refusal
    by = context.actor.person
    return (f.DevicesSwapped(order.pupil, theirs, order.other, mine, by),)


def _door(state: State, pupil: str) -> int:
    """Return where a pupil's device is, or was until it was found to be another's."""
    where = state.custody.get(pupil) or state.collected.get(pupil)
    return where.compartment if where else 0


def _not_to_swap(state: State, n: int, owner: str) -> Refusal | None:
    if is_moving(state, n):
        return Refusal("door-is-open")
    return Refusal("taken") if is_taken(state, n, owner) else None


LEAVING: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.LeaveEarly: _leave,
    o.HandToSibling: _sibling,
    o.SwapDevices: _swap,
}
