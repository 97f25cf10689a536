"""The school day of a class: which way a pupil's tap opens now, and what the clock ends.

Where the clock is only guessed, nothing here follows the calendar (DAY-11): drop-off and
home time begin and end when staff say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from enum import Enum

from controller.domain import day_facts as f
from controller.domain.context import Context
from controller.domain.facts import Fact
from controller.domain.school_day import Phase
from controller.domain.state import Pupil, Release, State


class Way(Enum):
    """Which way a pupil's tap opens."""

    IN = "in"
    OUT = "out"
    NONE = "none"


def phase_of(state: State, klass: str, context: Context) -> Phase:
    """Return the part of the day that holds for a class, staff's hand included."""
    day = state.class_days.get(klass)
    if day and day.by_hand == "open":
        return Phase.DROP_OFF
    if context.is_guessed:
        return Phase.LESSONS
    phase = context.calendar.phase(klass, context.at_us)
    if day and day.by_hand == "shut" and phase in (Phase.DROP_OFF, Phase.LATE):
        return Phase.LESSONS
    return phase


def release_of(state: State, pupil: Pupil) -> Release | None:
    """Return the release that concerns a pupil: the club's for club pupils."""
    mark = state.marks.get(pupil.pupil)
    if mark and mark.mark == "club":
        return _latest(state, klass="", club=mark.club)
    return _latest(state, klass=pupil.klass, club="")


def _latest(state: State, klass: str, club: str) -> Release | None:
    for release in state.releases.values():
        if (release.klass, release.club) == (klass, club):
            return release
    return None


def class_release(state: State, klass: str) -> Release | None:
    """Return today's newest release of a class, over or not."""
    return _latest(state, klass=klass, club="")


def way_for(state: State, pupil: Pupil, context: Context) -> tuple[Way, str]:
    """Return which way this pupil's tap opens now, or the rule that says it does not.

    The rule is a key of :data:`controller.domain.refusals.RULES`; empty for in and out.
    """
    mark = state.marks.get(pupil.pupil)
    if mark and mark.mark == "office":
        return Way.NONE, "see-teacher"
    release = release_of(state, pupil)
    if release and release.state == "running":
        return _way_home(state, release, pupil)
    return _way_by_phase(state, pupil, context, release)


def _way_home(state: State, release: Release, pupil: Pupil) -> tuple[Way, str]:
    if release.may_collect(pupil.pupil):
        return Way.OUT, ""
    if pupil.pupil in release.pupils:
        return Way.NONE, "wave-to-come"
    if pupil.pupil in state.marks:
        return Way.NONE, "left-out"
    if pupil.pupil in state.custody:
        return Way.OUT, ""  # handed in after the release had begun
    return Way.NONE, "nothing-in"


_SHUT_BY: dict[Phase, str] = {
    Phase.CLOSED_DAY: "no-school",
    Phase.BEFORE: "before-drop-off",
    Phase.LESSONS: "lessons",
    Phase.HOME_TIME: "not-released",
    Phase.AFTER: "home-time-over",
}


def _way_by_phase(
    state: State, pupil: Pupil, context: Context, release: Release | None
) -> tuple[Way, str]:
    phase = phase_of(state, pupil.klass, context)
    if phase in (Phase.DROP_OFF, Phase.LATE):
        return Way.IN, ""
    if context.is_guessed:
        return Way.NONE, "by-hand"
    if release and release.state == "ended" and phase is not Phase.CLOSED_DAY:
        return Way.NONE, "home-time-over"
    return Way.NONE, _SHUT_BY[phase]


# ------------------------------------------------------------------ what the clock does


def tick(state: State, context: Context) -> Iterator[Fact]:
    """Yield the facts that are due by the wall clock; none while it is guessed."""
    if context.is_guessed:
        return
    today = context.today.isoformat()
    if state.the_bank.date != today:
        yield from _unfinished(state)
        yield f.DayBegan(today)
        return  # the rest is asked again once this has been folded
    for klass in state.classes:
        if _is_over(state, klass, context):
            yield from close_session(state, klass, context)
    yield from _clubs_over(state, context)


def _unfinished(state: State) -> Iterator[Fact]:
    """A day that ended with the power off still ends its releases."""
    for release in state.releases.values():
        if release.state == "running":
            yield f.ReleaseEnded(release.release)


def _is_over(state: State, klass: str, context: Context) -> bool:
    """Whether home time is over for a class and its session has not been closed."""
    day = state.class_days.get(klass)
    if day and (day.closed or day.by_hand == "open"):
        return False
    if context.calendar.phase(klass, context.at_us) is not Phase.AFTER:
        return False
    release = class_release(state, klass)
    return not (release and release.state == "running" and _is_young(release, context))


def _is_young(release: Release, context: Context) -> bool:
    began_us = max(release.at_us, release.wave_at_us)
    return context.at_us - began_us < context.timings.release_min_s * 1e6


def close_session(state: State, klass: str, context: Context) -> Iterator[Fact]:
    """Yield the end of a class's home time: its release, and what is left (DAY-6)."""
    release = class_release(state, klass)
    if release and release.state == "running":
        yield f.ReleaseEnded(release.release)
    yield f.SessionClosed(klass, context.today.isoformat())
    for pupil in state.pupils.values():
        if pupil.klass == klass and not _at_club(state, pupil):
            yield from left_behind(state, pupil.pupil, context)


def _at_club(state: State, pupil: Pupil) -> bool:
    mark = state.marks.get(pupil.pupil)
    return mark is not None and mark.mark == "club"


def left_behind(state: State, pupil: str, context: Context) -> Iterator[Fact]:
    """Yield the question that a device behind a door raises, once a device."""
    custody = state.custody.get(pupil)
    asked = any(
        q.pupil == pupil and q.about == "left-behind" for q in state.questions.values()
    )
    if custody and not asked:
        yield f.QuestionRaised(
            context.fresh("q"),
            "left-behind",
            custody.compartment,
            pupil,
            context.today.isoformat(),
        )


CLUB_GRACE_US = 15 * 60 * 1_000_000
"""How long after its end a club's pupils may still collect; our own judgement."""


def _clubs_over(state: State, context: Context) -> Iterator[Fact]:
    for club in state.clubs.values():
        release = _latest(state, klass="", club=club.club)
        if context.at_us < _club_end_us(club.ends, context) + CLUB_GRACE_US:
            continue
        if release and release.state == "running" and not _is_young(release, context):
            yield f.ReleaseEnded(release.release)
        for mark in state.marks.values():
            if mark.mark == "club" and mark.club == club.club:
                yield from left_behind(state, mark.pupil, context)


def _club_end_us(ends: str, context: Context) -> int:
    hour, minute = (int(part) for part in ends.split(":"))
    return context.calendar.instant(context.today, time(hour, minute))
