"""What can be asked of held devices: whose, where, until when, which step (CUS-5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from controller.domain import custody_facts as f
from controller.domain.bases import CONFISCATED, DEPOSIT
from controller.domain.context import Context, setting
from controller.domain.custody_records import (
    Hold,
    carried_by,
    carrier_of,
    door_place,
)
from controller.domain.facts import Fact
from controller.domain.rules import RULE_SETTINGS
from controller.domain.school_day import Phase
from controller.domain.state import Compartment, State

STEPS = ("same-day", "parent", "days")
"""Steps of the ladder, mildest first."""


def holds_of(state: State, person: str) -> list[Hold]:
    """Return what is held of a person, oldest first."""
    mine = (h for h in state.holds.values() if person and h.person == person)
    return sorted(mine, key=lambda hold: hold.since_us)


def held_behind(state: State, n: int) -> Hold | None:
    """Return the device that is held behind door ``n``."""
    place = door_place(n)
    return next((h for h in state.holds.values() if h.place == place), None)


def basis_of(state: State, n: int) -> str:
    """Return the basis of what is behind door ``n``, or an empty text."""
    if hold := held_behind(state, n):
        return hold.basis
    if any(own.compartment == n for own in state.own.values()):
        return next(o.basis for o in state.own.values() if o.compartment == n)
    inside = any(c.compartment == n for c in state.custody.values())
    return DEPOSIT if inside else ""


# ---------------------------------------------------------------------- the planned end


def has_ended(state: State, hold: Hold, context: Context) -> bool:
    """Return whether the planned end of a hold has come.

    It is home time of the pupil's class on its date, or the pupil's leaving early on
    that day. While the clock is guessed no planned end passes by itself (DAY-11).
    """
    if not hold.until:
        return True
    if _left_early(state, hold):
        return True
    if context.is_guessed:
        return False
    today = context.today.isoformat()
    if today != hold.until:
        return today > hold.until
    pupil = state.pupils.get(hold.person)
    phase = context.calendar.phase(pupil.klass if pupil else "", context.at_us)
    return phase in (Phase.HOME_TIME, Phase.AFTER, Phase.CLOSED_DAY)


def _left_early(state: State, hold: Hold) -> bool:
    mark = state.marks.get(hold.person)
    return (
        mark is not None
        and mark.mark == "left-early"
        and mark.date in ("", hold.until)
        and hold.basis == CONFISCATED
    )


def is_overdue(state: State, hold: Hold, context: Context) -> bool:
    """Return whether a confiscated device should have been collected by now (CUS-10).

    Home time of its last day has come and gone: it stays over night.
    """
    if hold.basis != CONFISCATED or not hold.until or context.is_guessed:
        return False
    today = context.today.isoformat()
    if today > hold.until:
        return True
    pupil = state.pupils.get(hold.person)
    phase = context.calendar.phase(pupil.klass if pupil else "", context.at_us)
    return today == hold.until and phase is Phase.AFTER


# ------------------------------------------------------------------------- the ladder


def occurrences(state: State, pupil: str, context: Context) -> int:
    """Return how often something of the pupil's was confiscated this term."""
    tally = state.tallies.get(pupil)
    if tally is None:
        return 0
    term = context.calendar.term_of(context.today)
    first = term.first.isoformat() if term else ""
    return sum(1 for day in tally.dates if not day or day >= first)


def proposed_step(state: State, pupil: str, context: Context) -> str:
    """Return the step of the ladder that the school's rule proposes now (CUS-5)."""
    nth = min(occurrences(state, pupil, context) + 1, 3)
    return rule(state, f"ladder.{nth}")


def rule(state: State, key: str) -> str:
    """Return the value of a rule, or its default."""
    return setting(state, key, RULE_SETTINGS[key].default)


def until_date(state: State, step: str, days: int, context: Context) -> date:
    """Return the date at whose home time a device on ``step`` may go back.

    Same day and parent: today, or the next school day where today's home time is over
    already. ``days``: so many school days later.
    """
    del state
    today = context.today
    if step != "days":
        return today
    day = today
    for _ in range(days):
        day = context.calendar.next_school_day(day) or day + timedelta(days=1)
    return day


def school_days_between(first: date, last: date, context: Context) -> int:
    """Return how many school days after ``first`` there are up to ``last``."""
    span = (last - first).days
    days = (first + timedelta(days=k) for k in range(1, span + 1))
    return sum(context.calendar.is_school_day(day) for day in days)


# --------------------------------------------------------------------- what doors tell


def opened_for(state: State, hold: str, n: int) -> Iterator[Fact]:
    """Yield that the door of a device in a hand-over was seen open."""
    held = state.holds.get(hold)
    handover = state.handovers.get(held.handover) if held else None
    if handover and n not in handover.opened:
        yield f.HandOverDoorOpened(handover.handover, n)


def moved_by_door(state: State, place: Compartment) -> Iterator[Fact]:
    """Yield where a held device is, now that its door is shut again (CUS-3)."""
    hold = state.holds.get(place.hold)
    if hold is None:
        return
    if place.purpose == "fetch" and hold.door == place.n:
        yield f.HoldMoved(hold.hold, hold.place, carried_by(place.by), place.by)
    elif place.purpose == "store" and not held_behind(state, place.n):
        yield f.HoldMoved(hold.hold, hold.place, door_place(place.n), place.by)


# ---------------------------------------------------------------------------- the desk


def fetches(state: State) -> Iterator[Hold]:
    """Yield what the office has asked for, oldest first (CUS-4)."""
    asked = (h for h in state.holds.values() if h.fetch_by)
    yield from sorted(asked, key=lambda hold: hold.fetch_us)


def is_in_sight(state: State, hold: Hold, context: Context) -> bool:
    """Return whether the desk can give it now: door in sight, safe, or the own hand."""
    del state
    if carrier := carrier_of(hold.place):
        return carrier == context.actor.person
    if not hold.door:
        return True
    place = context.layout.places.get(hold.door)
    return place is not None and place.at_desk
