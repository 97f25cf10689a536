"""Closing early today, for the whole school at once: snow, a boiler (DAY-10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from controller.domain.calendar import SchoolCalendar
from controller.domain.context import Context
from controller.domain.refusals import Refusal

UNSURE = "The clock is not set, so nobody knows which day today is."
BY_HAND = "Release the classes by hand on their pages."
NOTHING = "There is no school today, so there is nothing to close."


def close_early(end: time, context: Context) -> Refusal | SchoolCalendar:
    """Return the calendar with today ending at ``end``, or why it cannot.

    The minute that it is now counts as to come: that is how a school closes at once.
    A day may be closed early again, to another time, later than the first perhaps.
    """
    if context.is_guessed:
        return Refusal("by-hand", UNSURE, BY_HAND)
    hours = _lessons(context)
    if hours is None:
        return Refusal("no-school", NOTHING)
    begins, usual = hours
    if not begins < end < usual:
        day = f"from {begins:%H:%M} until {usual:%H:%M}"
        says = f"{end:%H:%M} is no early end: today there are lessons {day}."
        return Refusal("closure-outside", says)
    now = context.local_hm(context.at_us)
    if f"{end:%H:%M}" < now:
        says = f"{end:%H:%M} is past: it is {now} now. The day was not changed."
        return Refusal("closure-past", says)
    return context.calendar.closing_early(context.today, end)


def _lessons(context: Context) -> tuple[time, time] | None:
    """Return when today's first lessons begin and its last home time, as planned.

    ``None`` without school. An early closure that holds already is not the plan.
    """
    calendar, today = context.calendar, context.today
    ends = {day: end for day, end in calendar.half_days.items() if day != today}
    times = replace(calendar, half_days=ends).times_on(today)
    if not times:
        return None
    begins = min(max(one.drop_off_from, one.session_start) for one in times)
    return begins, max(one.home_time for one in times)
