"""Orders of a stock-take: look behind every empty door, compare, write it (REP-6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from controller.domain import stock as s
from controller.domain import today_facts as f
from controller.domain import today_orders as o
from controller.domain.context import Context
from controller.domain.day import is_on, phase_of
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.facts import Fact
from controller.domain.outings import is_on as is_out
from controller.domain.questions import ask, owner_of
from controller.domain.refusals import Refusal
from controller.domain.school_day import Phase
from controller.domain.state import State

Decision = Refusal | tuple[Fact, ...]


def _begin(state: State, _order: o.BeginStock, context: Context) -> Decision:
    if state.the_bank.evacuated_us:
        return Refusal("evacuated")
    if s.running(state):
        return Refusal("stock-running")
    if _are_pupils_at_the_doors(state, context):
        return Refusal("stock-later")
    doors = s.empties(state, context)
    by = context.actor.person
    orders = (
        ReleaseOrdered(context.fresh("o"), n, "check", "stock", by=by, reason="check")
        for n in doors
    )
    return (f.StockBegan(context.fresh("k"), doors, by), *orders)


def _are_pupils_at_the_doors(state: State, context: Context) -> bool:
    """Whether taps open doors now: a look must not come between a child and a door."""
    taking_in = (Phase.DROP_OFF, Phase.LATE)
    phases = (phase_of(state, klass, context) for klass in state.classes)
    runs = any(is_on(release, context) for release in state.releases.values())
    out = any(is_out(outing, context) for outing in state.outings.values())
    return runs or out or any(phase in taking_in for phase in phases)


def _record(state: State, order: o.RecordStock, context: Context) -> Decision:
    running = s.running(state)
    if running is None or running.stock != order.stock:
        return Refusal("unknown")
    if refusal := _does_not_fit(state, order, context):
        return refusal
    by = context.actor.person
    taken = f.StockTaken(order.stock, order.agreed, order.extra, order.missing, by)
    return (taken, *_asked(state, order, context))


def _does_not_fit(
    state: State, order: o.RecordStock, context: Context
) -> Refusal | None:
    """A door has one answer; nothing is missing where nothing should be."""
    named = (*order.agreed, *order.extra, *order.missing)
    if not set(named) <= set(context.layout.places):
        return Refusal("unknown")
    twice = len(set(named)) != len(named)
    empty = [n for n in order.missing if not s.expected(state, n)]
    full = [n for n in order.extra if s.expected(state, n)]
    return Refusal("bad-value") if twice or empty or full else None


def _asked(state: State, order: o.RecordStock, context: Context) -> list[Fact]:
    """A difference is the office's question until somebody has explained it."""
    asked: list[Fact] = []
    for about, doors in (
        ("stock-extra", order.extra),
        ("stock-missing", order.missing),
    ):
        for n in doors:
            asked += ask(state, about, n, owner_of(state, n), context)
    return asked


def _stop(state: State, order: o.StopStock, context: Context) -> Decision:
    running = s.running(state)
    if running is None or running.stock != order.stock:
        return Refusal("unknown")
    return (f.StockStopped(order.stock, context.actor.person),)


STOCK: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.BeginStock: _begin,
    o.RecordStock: _record,
    o.StopStock: _stop,
}
