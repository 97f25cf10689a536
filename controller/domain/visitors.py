"""Visitors' day cards: when one opens, and how it ends (REC-6).

A card is good for the day on which it was given, at any hour of it. While the clock is
only guessed none ends by itself (DAY-11); reception can end each by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

from controller.domain import own
from controller.domain import visitor_facts as f
from controller.domain.context import Context
from controller.domain.facts import Fact
from controller.domain.record_state import Record
from controller.domain.refusals import Refusal
from controller.domain.state import State
from controller.domain.visitor_records import Visitor


def is_good(visitor: Visitor, context: Context) -> bool:
    """Return whether a visitor's card opens now."""
    return not visitor.ended_us and not _is_over(visitor, context)


def _is_over(visitor: Visitor, context: Context) -> bool:
    if context.is_guessed or not visitor.date:
        return False
    return visitor.date != context.today.isoformat()


def door_for(state: State, visitor: str, context: Context) -> own.Door | Refusal:
    """Return the door that a visitor's tap leads to, or why there is none."""
    if state.the_bank.evacuated_us:
        return Refusal("evacuated")
    if not is_good(state.visitors[visitor], context):
        return Refusal("card-ended")
    return own.door_for(state, visitor, context)


def is_of_today(record: Record, context: Context) -> bool:
    """Return whether the visit is agreed for today; a guessed clock cannot say no."""
    if record.ended_us or record.kind != "visitor":
        return False
    today = context.today.isoformat()
    agreed = record.get("first") <= today <= record.get("last")
    return agreed or context.is_guessed


def visitor_of(state: State, record: str) -> Visitor | None:
    """Return who came by a record, if anybody was given a card by it."""
    return next((v for v in state.visitors.values() if v.record == record), None)


def ending(
    state: State, visitor: str, context: Context, by: str = ""
) -> Iterator[Fact]:
    """Yield the end of a card; a device that is still there becomes the office's."""
    yield f.VisitorCardEnded(visitor, by)
    yield from own.left_behind(state, visitor, context)


def due(state: State, context: Context) -> Iterator[Fact]:
    """Yield the ends of cards whose day is over; asked only by a believed clock."""
    for visitor in state.visitors.values():
        if not visitor.ended_us and _is_over(visitor, context):
            yield from ending(state, visitor.visitor, context)
