"""Orders about the lists that holds lean on: adults, clauses, who may confiscate."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from controller.domain import custody_facts as f
from controller.domain import custody_orders as o
from controller.domain.context import Context
from controller.domain.custody_records import Contact
from controller.domain.evolve_custody import contact_key
from controller.domain.facts import Fact
from controller.domain.refusals import Refusal
from controller.domain.state import State

Decision = Refusal | tuple[Fact, ...]

CLAUSE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,10}[A-Za-z0-9])?")
"""A clause's number, such as 4.2 or B3."""

MOST_ADULTS = 12
"""Adults on one pupil's list."""

MAX_CLAUSE = 80
"""Longest name of a clause in characters."""


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


def _contacts(state: State, order: o.ImportContacts, context: Context) -> Decision:
    by = context.actor.person
    if not all(one.pupil in state.pupils for one in order.listed):
        return Refusal("unknown")
    puts = [
        f.ContactSet(one.contact, one.pupil, one.never or _is_marked(state, one), by)
        for one in order.listed
    ]
    gone = [
        f.ContactRemoved(one.contact, one.pupil, by)
        for one in order.removed
        if _known(state, one) is not None and not _is_marked(state, one)
    ]
    if not (puts or gone):
        return ()
    changed = sum(_known(state, one) is not None for one in order.listed)
    counted = f.ContactsImported(len(puts) - changed, changed, len(gone), by)
    return (*puts, *gone, counted)


def _known(state: State, one: o.SetContact | o.RemoveContact) -> Contact | None:
    return state.contacts.get(contact_key(one.contact, one.pupil))


def _is_marked(state: State, one: o.SetContact | o.RemoveContact) -> bool:
    known = _known(state, one)
    return known is not None and known.never


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


LISTS: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.SetContact: _contact,
    o.RemoveContact: _no_contact,
    o.ImportContacts: _contacts,
    o.Authorise: _authorise,
    o.SetClause: _clause,
}
