"""Orders of the technician: open for a check, clear faults, take out of use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from controller.domain import door_facts as f
from controller.domain import orders as o
from controller.domain.bases import verdict
from controller.domain.context import Context
from controller.domain.custody import held_behind
from controller.domain.day_facts import QuestionClosed
from controller.domain.facts import Fact
from controller.domain.questions import about_door
from controller.domain.refusals import Refusal
from controller.domain.rights import may
from controller.domain.state import State

Decision = Refusal | tuple[Fact, ...]


def _check(state: State, order: o.OpenForCheck, context: Context) -> Decision:
    if order.compartment not in context.layout.places:
        return Refusal("unknown")
    if order.reason not in f.CHECK_REASONS:
        return Refusal("bad-value")
    if state.the_bank.evacuated_us:
        return Refusal("evacuated")
    if refusal := _held_behind(state, order.compartment, context):
        return refusal
    if state.compartment(order.compartment).stands_open:
        return Refusal("door-is-open")
    return (
        f.ReleaseOrdered(
            context.fresh("o"),
            order.compartment,
            "check",
            "staff",
            by=context.actor.person,
            reason=order.reason,
        ),
    )


def _held_behind(state: State, n: int, context: Context) -> Refusal | None:
    """Looking at a held device's door is for whom its basis allows it (CUS-9)."""
    hold = held_behind(state, n)
    if hold is None or may(context.actor, verdict(hold.basis, "check").right):
        return None
    return Refusal("held-inside")


def _clear(state: State, order: o.ClearFault, context: Context) -> Decision:
    if order.compartment not in context.layout.places:
        return Refusal("unknown")
    part = f"door:{order.compartment}"
    by = context.actor.person
    faults = state.compartment(order.compartment).faults
    return tuple(f.FaultCleared(part, code, by) for code in faults)


def _in_use(state: State, order: o.SetInUse, context: Context) -> Decision:
    if order.compartment not in context.layout.places:
        return Refusal("unknown")
    if state.compartment(order.compartment).in_use is order.in_use:
        return ()
    kind = f.PutBackInUse if order.in_use else f.TakenOutOfUse
    return (kind(order.compartment, context.actor.person),)


def _by_key(state: State, order: o.ExplainByKey, context: Context) -> Decision:
    n, by = order.compartment, context.actor.person
    if n not in context.layout.places:
        return Refusal("unknown")
    asked = about_door(state, "forced", n)
    closed = [QuestionClosed(question.question, "explained", by) for question in asked]
    return (f.OpenedByKey(n, by), *closed)


HARDWARE: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.OpenForCheck: _check,
    o.ClearFault: _clear,
    o.SetInUse: _in_use,
    o.ExplainByKey: _by_key,
}
