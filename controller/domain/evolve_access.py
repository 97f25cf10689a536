"""How facts about accounts change who has access."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from controller.domain import access_facts as a
from controller.domain import people_facts as f
from controller.domain.access_records import Grant
from controller.domain.facts import When
from controller.domain.rights import COVER
from controller.domain.state import Staff, State, drop, put


def _staff_set(state: State, fact: f.StaffSet, when: When) -> State:
    before = state.staff.get(fact.staff)
    known = {grant.role: grant for grant in before.grants} if before else {}
    grants = tuple(
        known.get(role) or Grant(role, when.at_us, fact.by) for role in fact.roles
    )
    staff = Staff(
        fact.staff,
        fact.roles,
        fact.classes,
        grants=grants,
        used_us=before.used_us if before else 0,
    )
    if fact.roles != (COVER,):
        state = drop(state, "covers", fact.staff)  # an account that lasts, from now on
    return _changed(put(state, "staff", fact.staff, staff), when)


def _staff_left(state: State, fact: f.StaffLeft, when: When) -> State:
    staff = state.staff.get(fact.staff)
    if staff is None:
        return state
    gone = replace(
        staff,
        active=False,
        roles=(),
        classes=(),
        grants=(),
        ended_us=when.at_us,
        ended_by=fact.by,
    )
    state = drop(state, "covers", fact.staff)
    return _changed(put(state, "staff", fact.staff, gone), when)


def _changed(state: State, when: When) -> State:
    access = state.the_access
    changed = replace(
        access,
        version=f"{when.epoch}/{when.seq}",
        since_us=access.since_us or when.at_us,
    )
    return put(state, "access", "access", changed)


def _signed_in(state: State, fact: f.SignedIn, when: When) -> State:
    if staff := state.staff.get(fact.person):
        used = replace(staff, used_us=when.at_us)
        return put(state, "staff", fact.person, used)
    return state


def _reviewed(state: State, fact: a.AccessReviewed, when: When) -> State:
    reviewed = replace(
        state.the_access,
        reviewed=fact.version,
        reviewed_us=when.at_us,
        reviewed_by=fact.by,
        note=fact.note,
    )
    return put(state, "access", "access", reviewed)


ACCESS: Mapping[type, Callable[[State, Any, When], State]] = {
    f.StaffSet: _staff_set,
    f.StaffLeft: _staff_left,
    f.SignedIn: _signed_in,
    a.AccessReviewed: _reviewed,
}
