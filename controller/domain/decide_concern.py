"""Orders about concerns: raise one, who is told, who may read it (CUS-6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from controller.domain import custody_facts as f
from controller.domain import custody_orders as o
from controller.domain.bases import SAFEGUARDING, verdict
from controller.domain.context import Actor, Context
from controller.domain.custody import held_behind, holds_of
from controller.domain.custody_checks import is_moving
from controller.domain.custody_records import Concern, Hold, carried_by, door_place
from controller.domain.facts import Fact
from controller.domain.questions import owner_of
from controller.domain.refusals import Refusal
from controller.domain.state import State

Decision = Refusal | tuple[Fact, ...]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

READERS: Mapping[str, tuple[str, ...]] = {
    "pupil": ("dsl", "leadership"),
    "staff": ("leadership",),
    "head": (),
}
"""Whom a concern is about -> the roles that may read it.

One about the head goes to the chair of governors, who has no account: by e-mail where
the school gave an address, else on paper by who raised it.
"""


def may_read(actor: Actor, concern: Concern) -> bool:
    """Return whether ``actor`` may read a concern; its subject never may.

    >>> about_me = Concern("k1", "staff", "s1", "s2", 0)
    >>> may_read(Actor("s1", ("leadership",)), about_me)
    False
    """
    if concern.person and actor.person == concern.person:
        return False
    return bool(set(actor.roles) & set(READERS[concern.about]))


def unread(state: State, actor: Actor) -> list[Concern]:
    """Return the concerns that ``actor`` may read and nobody has read yet."""
    return [
        concern
        for concern in state.concerns.values()
        if not (concern.seen_by or concern.closed_us) and may_read(actor, concern)
    ]


def _raise(state: State, order: o.RaiseConcern, context: Context) -> Decision:
    if order.about not in f.CONCERN_ABOUT:
        return Refusal("bad-value")
    person = _whom(state, order)
    if isinstance(person, Refusal):
        return person
    raised = f.ConcernRaised(
        context.fresh("k"),
        about_whom(state, order.about, person),
        person,
        context.actor.person,
        order.note,
        order.digest,
    )
    if order.about != "pupil":
        return (raised,)
    return (raised, *_held(state, person, order, raised.concern, context))


def about_whom(state: State, about: str, person: str) -> str:
    """Return whom a concern is about, so that its subject is never its only reader.

    One about the only person of leadership is one about the head.
    """
    if about != "staff" or not person:
        return about
    readers = (s for s in state.staff.values() if s.active and s.staff != person)
    others = any("leadership" in each.roles for each in readers)
    return about if others else "head"


def _whom(state: State, order: o.RaiseConcern) -> str | Refusal:
    if order.about != "pupil":
        known = not order.person or order.person in state.staff
        return order.person if known else Refusal("unknown")
    if order.person:
        return order.person if order.person in state.pupils else Refusal("unknown")
    if not order.compartment and (order.taken or order.note):
        return ""
    if behind := held_behind(state, order.compartment):
        return behind.person  # of a device that was found nobody may know whose it is
    if owner := owner_of(state, order.compartment):
        return owner
    return "" if order.taken else Refusal("nothing-in")


def _held_already(state: State, person: str, n: int) -> list[Hold]:
    """Return what is held of a person; where none is known, what is behind the door."""
    behind = None if person else held_behind(state, n)
    return [behind] if behind else holds_of(state, person)


def _held(
    state: State,
    person: str,
    order: o.RaiseConcern,
    concern: str,
    context: Context,
) -> Iterator[Fact]:
    """Hold whatever the school has of this pupil's, where it is.

    A door that stands open, or is about to, is not taken for shut: the concern is told
    all the same, and the page says so. A police hold stays one: ending it takes two.
    """
    by = context.actor.person
    for hold in _held_already(state, person, order.compartment):
        found = verdict(hold.basis, "safeguard")
        if not (found.rule or found.witness):
            yield f.HoldReclassified(hold.hold, SAFEGUARDING, by, concern=concern)
    inside = state.custody.get(person)
    if inside and not is_moving(state, inside.compartment):
        yield f.DeviceHeld(
            context.fresh("h"),
            SAFEGUARDING,
            person,
            inside.kinds,
            door_place(inside.compartment),
            by,
            deposit=True,
            concern=concern,
        )
    if order.taken:
        yield f.DeviceHeld(
            context.fresh("h"),
            SAFEGUARDING,
            person,
            ("phone",),
            carried_by(by),
            by,
            concern=concern,
        )


def _read(state: State, concern: str, context: Context) -> Concern | Refusal:
    found = state.concerns.get(concern)
    if found is None or found.closed_us or not may_read(context.actor, found):
        return Refusal("unknown")  # whoever may not read it does not learn it is there
    return found


def _seen(state: State, order: o.SeeConcern, context: Context) -> Decision:
    found = _read(state, order.concern, context)
    if isinstance(found, Refusal):
        return found
    if found.seen_by:
        return ()
    return (f.ConcernSeen(found.concern, context.actor.person),)


def _agency(state: State, order: o.TellAgency, context: Context) -> Decision:
    found = _read(state, order.concern, context)
    if isinstance(found, Refusal):
        return found
    if order.agency not in f.AGENCIES or not _is_past(order.date, context):
        return Refusal("bad-value")
    by = context.actor.person
    return (f.AgencyTold(found.concern, order.agency, order.date, by),)


def _is_past(text: str, context: Context) -> bool:
    """Whether ``text`` is a date, and no later than today."""
    if not _DATE.fullmatch(text):
        return False
    try:
        return date.fromisoformat(text) <= context.today
    except ValueError:
        return False


def _close(state: State, order: o.CloseConcern, context: Context) -> Decision:
    found = _read(state, order.concern, context)
    if isinstance(found, Refusal):
        return found
    by = context.actor.person
    return (f.ConcernClosed(found.concern, by, order.note, order.digest),)


CONCERNS: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.RaiseConcern: _raise,
    o.SeeConcern: _seen,
    o.TellAgency: _agency,
    o.CloseConcern: _close,
}
