"""Orders about who has access: signing the list of them (REC-8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from controller.domain import access_facts as a
from controller.domain import orders as o
from controller.domain.context import Context
from controller.domain.facts import Fact
from controller.domain.refusals import Refusal
from controller.domain.state import State

Decision = Refusal | tuple[Fact, ...]

REVIEW_DAYS = 31
"""The list is looked over monthly (REC-8)."""

DAY_US = 86_400_000_000


def is_review_due(state: State, context: Context) -> bool:
    """Return whether the list was not signed for a month, or never since it began.

    Under a clock that is only guessed nothing is found to be overdue (DAY-11).
    """
    access = state.the_access
    last_us = access.reviewed_us or access.since_us
    if not last_us or context.is_guessed:
        return False
    return context.at_us - last_us > REVIEW_DAYS * DAY_US


def _review(state: State, order: o.ReviewAccess, context: Context) -> Decision:
    """Sign the very list that was looked at; one that changed is looked at anew."""
    if order.version != state.the_access.version:
        return Refusal("list-changed")
    if not order.note:
        return Refusal("not-signed")
    accounts = sum(staff.active for staff in state.staff.values())
    fact = a.AccessReviewed(
        context.actor.person, order.version, accounts, order.note, order.digest
    )
    return (fact,)


ACCESS: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.ReviewAccess: _review,
}
