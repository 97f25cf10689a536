"""Orders about outings: a trip, or devices used in a lesson (DAY-7, REC-4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from controller.domain import outings
from controller.domain import today_facts as f
from controller.domain import today_orders as o
from controller.domain.context import Context
from controller.domain.day import class_release, is_on, phase_of
from controller.domain.facts import Fact
from controller.domain.records_now import education_of, exam_of
from controller.domain.refusals import Refusal
from controller.domain.school_day import Phase
from controller.domain.state import State

Decision = Refusal | tuple[Fact, ...]


def _begin(state: State, order: o.BeginOuting, context: Context) -> Decision:
    if refusal := _not_now(state, order, context):
        return refusal
    record = education_of(state, order.klass, context)
    if order.why == "lesson" and record is None:
        return Refusal("not-approved")
    going = who_may_go(state, order.klass, context)
    members = {p.pupil for p in state.pupils.values() if p.klass == order.klass}
    if not set(order.pupils) <= members:
        return Refusal("unknown")
    if order.pupils:
        going = tuple(pupil for pupil in going if pupil in order.pupils)
    if not going:
        return Refusal("nobody-to-release")
    began = f.OutingBegan(
        context.fresh("u"),
        order.klass,
        order.why,
        going,
        context.actor.person,
        record.record if record and order.why == "lesson" else "",
    )
    return (began,)


def _not_now(state: State, order: o.BeginOuting, context: Context) -> Refusal | None:
    if order.klass not in state.classes:
        return Refusal("unknown")
    if order.why not in f.OUTINGS:
        return Refusal("bad-value")
    if state.the_bank.evacuated_us:
        return Refusal("evacuated")
    phase = phase_of(state, order.klass, context)
    if phase is Phase.CLOSED_DAY and not context.is_guessed:
        return Refusal("no-school")
    release = class_release(state, order.klass)
    return Refusal("already-released") if is_on(release, context) else None


def who_may_go(state: State, klass: str, context: Context) -> tuple[str, ...]:
    """Return who of a class can take a device out: it is in, and nothing keeps it."""
    return tuple(
        pupil.pupil
        for pupil in state.pupils.values()
        if pupil.klass == klass
        and pupil.on_roll
        and pupil.pupil in state.custody
        and not _is_kept(state, pupil.pupil, context)
    )


def _is_kept(state: State, pupil: str, context: Context) -> bool:
    mark = state.marks.get(pupil)
    kept = mark is not None and mark.mark in outings.KEPT_BACK
    elsewhere = outings.outing_of(state, pupil, context) is not None
    return kept or elsewhere or exam_of(state, pupil, context) is not None


def _move(state: State, order: o.MoveOuting, context: Context) -> Decision:
    outing = state.outings.get(order.outing)
    if outing is None:
        return Refusal("unknown")
    if order.stage == outing.stage:
        return ()  # a second press of the same button
    if order.stage not in outings.NEXT[outing.stage]:
        return Refusal("bad-value")
    by = context.actor.person
    if order.stage == "over":
        return (outings.over(outing, by),)
    return (f.OutingMoved(outing.outing, order.stage, by),)


OUTINGS: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.BeginOuting: _begin,
    o.MoveOuting: _move,
}
