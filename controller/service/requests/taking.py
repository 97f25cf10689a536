"""Requests of a confiscation: what it would be now, and do it (CUS-2, CUS-5)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from controller.domain import custody as cs
from controller.domain import custody_facts as f
from controller.domain import custody_orders as c
from controller.domain.context import Context
from controller.domain.custody_checks import is_moving
from controller.domain.rights import may
from controller.protocol.custody import HoldLine, Terms, TermStep
from controller.service.calls import Call, no_right, not_found
from controller.service.requests.custody import bind, fact_of, keep_words, line_of
from controller.service.views.holds import STEP_WORDS, step_words, until_words

if TYPE_CHECKING:
    from controller.service.hub import Hub


def terms(hub: Hub, call: Call) -> Terms:
    """Return what a confiscation of this pupil's device would be now (CUS-5)."""
    pupil = hub.core.state.pupils.get(call.text("pupil"))
    if pupil is None:
        raise not_found("pupil")
    if not may(call.actor, "custody.confiscate", pupil.klass):
        raise no_right()
    state, context = hub.core.state, hub.core.context(call.actor)
    inside = state.custody.get(pupil.pupil)
    n = inside.compartment if inside else 0
    listed = call.actor.person in state.authorities
    return Terms(
        pupil.pupil,
        hub.directory.full(pupil.pupil),
        listed or "leadership" in call.actor.roles,
        n,
        cs.occurrences(state, pupil.pupil, context) + 1,
        cs.proposed_step(state, pupil.pupil, context),
        _steps(hub, context),
        [(k.clause, k.name, k.longer) for k in state.clauses.values()],
        _given(hub, call.actor.person, context),
        list(inside.kinds) if inside else [],
        bool(n) and is_moving(state, n),
        _free_doors(hub, context),
    )


def _given(hub: Hub, person: str, context: Context) -> str:
    """Return who put this person on the list, and when: "Helen Hart, 1 September"."""
    given = hub.core.state.authorities.get(person)
    if given is None:
        return ""
    day = context.calendar.local(given.at_us)
    return f"{hub.directory.full(given.by)}, {day:%-d %B %Y}"


def _free_doors(hub: Hub, context: Context) -> int:
    state = hub.core.state
    return sum(
        place.purpose == "holding" and not cs.held_behind(state, place.n)
        for place in context.layout.places.values()
    )


def _steps(hub: Hub, context: Context) -> list[TermStep]:
    days = int(cs.rule(hub.core.state, "ladder.days"))
    return [_step(hub, step, days, context) for step in cs.STEPS]


def _step(hub: Hub, step: str, days: int, context: Context) -> TermStep:
    until = cs.until_date(hub.core.state, step, days, context)
    looked_at = context.calendar.next_school_day(until) or until
    return TermStep(
        step,
        step_words(f"days-{days}") if step == "days" else STEP_WORDS[step],
        until_words(until.isoformat(), context),
        day_words(looked_at),
        step == "days",
    )


def day_words(day: date) -> str:
    """Return a day in words.

    >>> day_words(date(2026, 11, 24))
    'Tuesday 24 November'
    """
    return f"{day:%A %-d %B}"


def confiscate(hub: Hub, call: Call) -> HoldLine:
    """Confiscate a device, where it lies or out of a hand."""
    pupil = call.text("pupil", "")
    written = keep_words(hub, call, pupil, ("reason", "circumstances", "remarks"))
    order = c.HoldDevice(
        pupil,
        call.text("basis", "confiscated", 20),
        call.flag("taken", default=False),
        call.text("place", "carried", 20),
        call.text("kind", "phone", 20),
        call.text("clause", "", 20),
        call.text("where", "", 20),
        call.text("step", "", 20),
        call.whole("days", 0),
        call.flag("individual", default=False),
        call.text("seal", "", 20),
        call.text("condition", "", 20),
        written.id,
        written.digest,
    )
    done = hub.order(order, call)
    bind(hub, written, done)
    return line_of(hub, call, fact_of(done, f.DeviceHeld).hold)
