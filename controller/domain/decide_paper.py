"""Typing the paper sheet back in: late entries, marked as such (DAY-13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from controller.domain import today_orders as o
from controller.domain.context import Context
from controller.domain.custody import holds_of
from controller.domain.custody_checks import is_moving
from controller.domain.day_facts import DeviceCollected, DeviceSaidIn
from controller.domain.decide_class import HH_MM
from controller.domain.facts import Fact
from controller.domain.questions import settled
from controller.domain.refusals import Refusal
from controller.domain.state import Custody, Pupil, State, drop, put
from controller.domain.taps import is_taken

Decision = Refusal | tuple[Fact, ...]

MOST_LINES = 400
"""Lines of one sheet: twice the doors of the largest bank."""

OLDEST_DAYS = 14
"""How old a sheet may be. Our own judgement: later than that nobody is sure."""


def _enter(state: State, order: o.EnterFromPaper, context: Context) -> Decision:
    """All or nothing, line by line, each upon what the one before it made so."""
    if not 0 < len(order.lines) <= MOST_LINES:
        return Refusal("bad-value")
    if refusal := _day_refused(order.day, context):
        return refusal
    facts: list[Fact] = []
    for line in order.lines:
        made = _line(state, order.day, line, context)
        if isinstance(made, Refusal):
            return replace(made, says=_where(state, line, made))
        facts += made
        state = _after(state, line, made)
    return tuple(facts)


def _where(state: State, line: o.PaperLine, refusal: Refusal) -> str:
    """Return the words of a refusal, with the door whose line it is."""
    inside = state.custody.get(line.pupil)
    pupil = state.pupils.get(line.pupil)
    n = line.compartment or (inside.compartment if inside else 0)
    n = n or (pupil.compartment if pupil else 0)
    return f"Door {n}: {refusal.words}" if n else refusal.words


def _day_refused(day: str, context: Context) -> Refusal | None:
    try:
        age = (context.today - date.fromisoformat(day)).days
    except ValueError:
        return Refusal("bad-value")
    fits = context.is_guessed or 0 <= age <= OLDEST_DAYS
    return None if fits else Refusal("bad-value")


def _line(
    state: State, day: str, line: o.PaperLine, context: Context
) -> Refusal | list[Fact]:
    pupil = state.pupils.get(line.pupil)
    if pupil is None or line.what not in ("in", "out"):
        return Refusal("unknown")
    if not HH_MM.fullmatch(line.at) or _is_to_come(day, line.at, context):
        return Refusal("bad-value")
    written = f"{day}T{line.at}"
    if line.what == "out":
        return _out(state, line, written)
    return _in(state, pupil, line, written, context)


def _is_to_come(day: str, at: str, context: Context) -> bool:
    now = context.local_hm(context.at_us)
    today = day == context.today.isoformat()
    return not context.is_guessed and today and at > now


def _out(state: State, line: o.PaperLine, written: str) -> Refusal | list[Fact]:
    inside = state.custody.get(line.pupil)
    if inside is None:
        return Refusal("nothing-in")
    if is_moving(state, inside.compartment):
        return Refusal("door-is-open")
    n = inside.compartment
    gone = DeviceCollected(line.pupil, n, paper=True, written=written)
    return [gone, *settled(state, line.pupil, "collected")]


def _in(
    state: State, pupil: Pupil, line: o.PaperLine, written: str, context: Context
) -> Refusal | list[Fact]:
    n = line.compartment or pupil.compartment
    built = context.layout.places.get(n)
    if pupil.pupil in state.custody:
        return Refusal("already-in")
    if holds_of(state, pupil.pupil) or not pupil.on_roll:
        return Refusal("see-teacher")
    if built is None or built.purpose != "pupil":
        return Refusal("no-compartment")
    if is_taken(state, n, pupil.pupil):
        return Refusal("taken")
    if is_moving(state, n):
        return Refusal("door-is-open")
    return [DeviceSaidIn(pupil.pupil, n, pupil.kinds, paper=True, written=written)]


def _after(state: State, line: o.PaperLine, made: list[Fact]) -> State:
    """Return what the next line of the same sheet finds."""
    for fact in made:
        if isinstance(fact, DeviceSaidIn):
            inside = Custody(fact.pupil, fact.compartment, "said", "", 0, fact.kinds)
            state = put(state, "custody", fact.pupil, inside)
    return drop(state, "custody", line.pupil) if line.what == "out" else state


PAPER: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.EnterFromPaper: _enter,
}
