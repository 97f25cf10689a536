"""The school day of a class: which part of it holds, and what the clock ends.

Where the clock is only guessed, nothing here follows the calendar (DAY-11): drop-off
and home time begin and end when staff say so. Every rule of the clock can be asked
again and again; what has been said is not repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from controller.domain import day_facts as f
from controller.domain import decide_cover, outings, own, undated, visitors
from controller.domain.calendar import ONE_DAY
from controller.domain.context import Context
from controller.domain.facts import Fact
from controller.domain.questions import ask, left_behind
from controller.domain.school_day import Phase
from controller.domain.state import ClassDay, Pupil, Release, State

CLUB_GRACE_US = 15 * 60 * 1_000_000
"""How long after its end a club's pupils may still collect; our own judgement."""

BY_HAND_US = 60 * 60 * 1_000_000
"""How long a drop-off that staff opened lasts outside the calendar's: as long as the
calendar's own by default. Our own judgement: a forgotten one must not stay all day."""


def phase_of(state: State, klass: str, context: Context) -> Phase:
    """Return the part of the day that holds for a class, staff's hand included."""
    day = state.class_days.get(klass)
    by_hand = day.by_hand if day else ""
    if context.is_guessed:
        return Phase.DROP_OFF if by_hand == "open" else Phase.LESSONS
    phase = context.calendar.phase(klass, context.at_us)
    if phase is Phase.CLOSED_DAY:
        return phase
    if by_hand == "open":
        return Phase.DROP_OFF
    if by_hand == "shut" and phase in (Phase.DROP_OFF, Phase.LATE):
        return Phase.LESSONS
    return phase


def release_of(state: State, pupil: Pupil) -> Release | None:
    """Return the release that concerns a pupil: the club's for club pupils."""
    mark = state.marks.get(pupil.pupil)
    if mark and mark.mark == "club":
        return club_release(state, mark.club)
    return _latest(state, klass=pupil.klass, club="")


def _latest(state: State, klass: str, club: str) -> Release | None:
    for release in state.releases.values():
        if (release.klass, release.club) == (klass, club):
            return release
    return None


def class_release(state: State, klass: str) -> Release | None:
    """Return today's newest release of a class, over or not."""
    return _latest(state, klass=klass, club="")


def club_release(state: State, club: str) -> Release | None:
    """Return today's newest release of a club, over or not."""
    return _latest(state, klass="", club=club)


def is_on(release: Release | None, context: Context) -> bool:
    """Return whether a release runs, and is not one that an earlier day left over."""
    if release is None or release.state != "running":
        return False
    days = ("", context.today.isoformat())
    return context.is_guessed or release.date in days


def is_club_over(state: State, club: str, context: Context) -> bool:
    """Return whether a club has ended by the clock and its grace is up."""
    found = state.clubs.get(club)
    if found is None:
        return False
    return context.at_us >= _instant(found.ends, context) + CLUB_GRACE_US


# ------------------------------------------------------------------ what the clock does


def tick(state: State, context: Context) -> Iterator[Fact]:
    """Yield the facts that are due by the wall clock; none while it is guessed."""
    if context.is_guessed:
        return
    if state.the_bank.date != context.today.isoformat() or undated.is_any(state):
        yield from _day_begins(state, context)
        return  # the rest is asked again once this has been folded
    if overnight := tuple(_overnight(state, context)):
        yield from overnight
        return
    yield from _marks_over(state, context)
    for klass in state.classes:
        yield from _class_due(state, klass, context)
    yield from _clubs_over(state, context)
    yield from _stayed(state, context)
    yield from outings.due(state, context)
    yield from decide_cover.due(state, context)
    yield from visitors.due(state, context)
    yield from own.stayed(state, context)


def _day_begins(state: State, context: Context) -> Iterator[Fact]:
    """A day that ended with the power off still ends its releases."""
    began = _day(context)
    if state.the_bank.date != began.date:
        for release in state.releases.values():
            if release.state == "running" and not undated.outlives(release, began):
                yield f.ReleaseEnded(release.release)
        for outing in state.outings.values():
            if outing.stage != "over" and not undated.outlives(outing, began):
                yield outings.over(outing)
    yield began


def _overnight(state: State, context: Context) -> Iterator[Fact]:
    """Ask about the devices of earlier days."""
    today = context.today.isoformat()
    for custody in state.custody.values():
        if custody.date < today:
            yield from left_behind(state, custody.pupil, context)


def _day(context: Context) -> f.DayBegan:
    today, calendar = context.today, context.calendar
    opens = calendar.first_drop_off(today)
    return f.DayBegan(
        today.isoformat(),
        calendar.instant(today, time.min),
        calendar.instant(today + ONE_DAY, time.min)
        if opens is None
        else calendar.instant(today, opens),
    )


def _marks_over(state: State, context: Context) -> Iterator[Fact]:
    for mark in state.marks.values():
        if mark.until and context.at_us >= _instant(mark.until, context):
            yield f.PupilUnmarked(mark.pupil, "")


def _instant(hm: str, context: Context) -> int:
    hour, minute = (int(part) for part in hm.split(":"))
    return context.calendar.instant(context.today, time(hour, minute))


def has_come(hm: str, context: Context) -> bool:
    """Return whether a local ``HH:MM`` is over today, by a clock that is believed."""
    return not context.is_guessed and context.at_us >= _instant(hm, context)


# ---------------------------------------------------------------------------- a class


def _class_due(state: State, klass: str, context: Context) -> Iterator[Fact]:
    phase = context.calendar.phase(klass, context.at_us)
    day = state.class_days.get(klass)
    if day and _has_run_out(day, phase, context):
        yield f.DropOffClosed(klass, "")
    elif _is_over(state, klass, phase, context):
        yield from close_session(state, klass, context)
    else:
        yield from _forgotten_release(state, klass, phase, context)


def _has_run_out(day: ClassDay, phase: Phase, context: Context) -> bool:
    """Whether a drop-off that staff opened is over: at home time, or after an hour.

    Never before or within the calendar's own, which it then becomes.
    """
    own = (Phase.BEFORE, Phase.DROP_OFF, Phase.LATE)
    if day.by_hand != "open" or phase in own:
        return False
    home = (Phase.HOME_TIME, Phase.AFTER)
    began = context.calendar.phase(day.klass, day.by_hand_us)
    if phase in home and began not in home:
        return True
    return context.at_us - day.by_hand_us >= BY_HAND_US


def _is_over(state: State, klass: str, phase: Phase, context: Context) -> bool:
    """Whether home time is over for a class and its session has not been closed."""
    day = state.class_days.get(klass)
    if phase is not Phase.AFTER or (day and (day.closed or day.by_hand == "open")):
        return False
    release = class_release(state, klass)
    return not (release and release.state == "running" and _is_young(release, context))


def _is_young(release: Release, context: Context) -> bool:
    began_us = max(release.at_us, release.wave_at_us)
    return context.at_us - began_us < context.timings.release_min_s * 1e6


def _forgotten_release(
    state: State, klass: str, phase: Phase, context: Context
) -> Iterator[Fact]:
    """A release before home time (a trip, a slip) does not keep the doors open."""
    release = class_release(state, klass)
    if release is None or phase in (Phase.HOME_TIME, Phase.AFTER):
        return
    if release.state == "running" and not _is_young(release, context):
        yield f.ReleaseEnded(release.release)


def close_session(state: State, klass: str, context: Context) -> Iterator[Fact]:
    """Yield the end of a class's home time: its release, and what is left (DAY-6)."""
    release = class_release(state, klass)
    if release and release.state == "running":
        yield f.ReleaseEnded(release.release)
    for outing in outings.of_class(state, klass):
        yield outings.over(outing)
    yield f.SessionClosed(klass, context.today.isoformat())
    for pupil in state.pupils.values():
        if pupil.klass == klass and not _at_club(state, pupil):
            yield from _left(state, pupil, context)


def _at_club(state: State, pupil: Pupil) -> bool:
    mark = state.marks.get(pupil.pupil)
    return mark is not None and mark.mark == "club"


def _left(state: State, pupil: Pupil, context: Context) -> Iterator[Fact]:
    """Ask about a pupil's door that stands open, else about the device behind it."""
    open_doors = _open_doors(state, pupil.pupil)
    for n in open_doors:
        yield from ask(state, "door-open", n, pupil.pupil, context)
    if not open_doors:
        yield from left_behind(state, pupil.pupil, context)


def _open_doors(state: State, pupil: str) -> list[int]:
    places = state.compartments.values()
    return [place.n for place in places if place.pupil == pupil and place.door.is_open]


# --------------------------------------------------------------------------- the rest


def _clubs_over(state: State, context: Context) -> Iterator[Fact]:
    for release in state.releases.values():
        over = release.club and is_club_over(state, release.club, context)
        if over and release.state == "running" and not _is_young(release, context):
            yield f.ReleaseEnded(release.release)


def _stayed(state: State, context: Context) -> Iterator[Fact]:
    """Ask about devices whose pupils have gone: after a club, or from the roll."""
    for custody in state.custody.values():
        pupil = state.pupils.get(custody.pupil)
        gone = pupil is None or not pupil.on_roll or _is_gone(state, pupil, context)
        if gone and not _open_doors(state, custody.pupil):
            yield from left_behind(state, custody.pupil, context)


def _is_gone(state: State, pupil: Pupil, context: Context) -> bool:
    mark = state.marks.get(pupil.pupil)
    if mark and mark.mark == "club":
        release = club_release(state, mark.club)
        runs = release is not None and release.state == "running"
        return is_club_over(state, mark.club, context) and not runs
    day = state.class_days.get(pupil.klass)
    return day is not None and day.closed
