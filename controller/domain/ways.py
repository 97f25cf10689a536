"""Which way a pupil's tap opens now: in, out, or not, and by which rule."""

from __future__ import annotations

from enum import Enum

from controller.domain.context import Context
from controller.domain.day import is_club_over, is_on, phase_of, release_of
from controller.domain.outings import KEPT_BACK, outing_of
from controller.domain.records_now import exam_of, lacks_agreement
from controller.domain.school_day import Phase
from controller.domain.state import Mark, Pupil, Release, State
from controller.domain.today_records import Outing

LEFT_OUT_MARKS = ("absent", "left-early", "club", "office")
"""Marks that keep a pupil out of a class release; ``none`` simply has nothing in."""

REOPEN_US = 5 * 60 * 1_000_000
"""In the time for latecomers, how long a hand-in may be looked at again by a second
tap: a small child's double tap, not a way back to the device. Our own judgement."""


class Way(Enum):
    """Which way a pupil's tap opens."""

    IN = "in"
    OUT = "out"
    NONE = "none"


def way_for(state: State, pupil: Pupil, context: Context) -> tuple[Way, str]:
    """Return which way this pupil's tap opens now, or the rule that says it does not.

    The rule is a key of :data:`controller.domain.refusals.RULES`; empty for in and out.
    """
    way, rule = _way(state, pupil, context)
    mark = state.marks.get(pupil.pupil)
    hands_in = way is Way.IN and pupil.pupil not in state.custody
    if mark and mark.mark == "office" and not hands_in:
        return Way.NONE, "see-teacher"
    if way is not Way.NONE and exam_of(state, pupil.pupil, context):
        return Way.NONE, "exam"
    if hands_in and lacks_agreement(state, pupil.pupil, context):
        return Way.NONE, "no-agreement"
    return way, rule


def _way(state: State, pupil: Pupil, context: Context) -> tuple[Way, str]:
    release = release_of(state, pupil)
    if release and is_on(release, context):
        return _way_home(state, release, pupil)
    outing = outing_of(state, pupil.pupil, context)
    way = _way_aside(state, outing, pupil, context) if outing else None
    return way or _way_by_phase(state, pupil, context, release)


def _way_aside(
    state: State, outing: Outing, pupil: Pupil, context: Context
) -> tuple[Way, str] | None:
    """Return what an outing lets a tap do; ``None``: the hour decides (DAY-7)."""
    mark = state.marks.get(pupil.pupil)
    if outing.stage == "taking":
        if mark and mark.mark in KEPT_BACK:
            return Way.NONE, "left-out"
        here = pupil.pupil in state.custody or pupil.pupil in outing.out
        return (Way.OUT, "") if here else None
    if outing.stage == "returning" and pupil.pupil in outing.out:
        in_for_good = _is_in_for_good(state, pupil, context)
        return (Way.NONE, "already-in") if in_for_good else (Way.IN, "")
    return None


def _way_home(state: State, release: Release, pupil: Pupil) -> tuple[Way, str]:
    mark = state.marks.get(pupil.pupil)
    if mark and mark.mark in LEFT_OUT_MARKS and not _is_meant(release, mark):
        return Way.NONE, "left-out"
    if release.may_collect(pupil.pupil):
        return Way.OUT, ""
    if pupil.pupil in release.pupils:
        return Way.NONE, "wave-to-come"
    if pupil.pupil in state.custody or pupil.pupil in state.collected:
        return Way.OUT, ""  # handed in after it began, or collected before
    return Way.NONE, "nothing-in"


def _is_meant(release: Release, mark: Mark) -> bool:
    return mark.mark == "club" and mark.club == release.club


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
    if phase is Phase.LATE and _is_in_for_good(state, pupil, context):
        return Way.NONE, "already-in"
    if phase in (Phase.DROP_OFF, Phase.LATE):
        return Way.IN, ""
    if context.is_guessed:
        return Way.NONE, "by-hand"
    if phase in (Phase.HOME_TIME, Phase.AFTER):
        return Way.NONE, _not_home_yet(state, pupil, context, release, phase)
    return Way.NONE, _SHUT_BY[phase]


def _is_in_for_good(state: State, pupil: Pupil, context: Context) -> bool:
    """Whether the device has been in for longer than a double tap takes."""
    custody = state.custody.get(pupil.pupil)
    if custody is None or custody.quick or custody.date != context.today.isoformat():
        return False
    return context.at_us - custody.since_us > REOPEN_US


def _not_home_yet(
    state: State,
    pupil: Pupil,
    context: Context,
    release: Release | None,
    phase: Phase,
) -> str:
    mark = state.marks.get(pupil.pupil)
    if mark and mark.mark == "club" and not is_club_over(state, mark.club, context):
        return "at-club"
    if release and release.state == "ended":
        return "home-time-over"
    return _SHUT_BY[phase]
