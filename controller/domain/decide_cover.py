"""Orders about cover teachers: classes for a stretch of time that ends (DAY-12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from controller.domain import today_facts as f
from controller.domain import today_orders as o
from controller.domain.context import Context
from controller.domain.facts import Fact
from controller.domain.people_facts import CardRevoked, StaffLeft, StaffSet
from controller.domain.refusals import Refusal
from controller.domain.rights import COVER
from controller.domain.state import State

Decision = Refusal | tuple[Fact, ...]

LONGEST_US = 31 * 86_400_000_000
"""A cover lasts a month at most: longer is an account of leadership's."""

MOST_CLASSES = 12


def _give(state: State, order: o.GiveCover, context: Context) -> Decision:
    """Only a new account: nobody's role is ever changed by it."""
    if order.staff in state.staff or order.staff in state.pupils:
        return Refusal("taken")
    classes = tuple(dict.fromkeys(order.classes))
    if not 0 < len(classes) <= MOST_CLASSES or not set(classes) <= set(state.classes):
        return Refusal("unknown")
    if not 0 < order.until_us - context.at_us <= LONGEST_US:
        return Refusal("cover-time")
    by = context.actor.person
    return (
        StaffSet(order.staff, (COVER,), classes, by),
        f.CoverGiven(order.staff, classes, order.until_us, by),
    )


def _end(state: State, order: o.EndCover, context: Context) -> Decision:
    if order.staff not in state.covers:
        return Refusal("unknown")
    return tuple(ending(state, order.staff, context.actor.person))


def ending(state: State, staff: str, by: str = "") -> Iterator[Fact]:
    """Yield the end of a cover: its account and its card are dead."""
    yield f.CoverEnded(staff, by)
    yield StaffLeft(staff, by)
    for card in state.credentials.values():
        if card.person == staff and not card.revoked:
            yield CardRevoked(card.credential, "left", by)


def due(state: State, context: Context) -> Iterator[Fact]:
    """Yield the ends of covers whose time is up; asked only by a believed clock.

    While the clock is guessed none ends by itself (DAY-11): it might end in the middle
    of a lesson. The office can end each by hand; the page says so.
    """
    for cover in state.covers.values():
        if context.at_us >= cover.until_us:
            yield from ending(state, cover.staff)


COVERS: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.GiveCover: _give,
    o.EndCover: _end,
}
