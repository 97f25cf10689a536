"""Orders of the class page: release, confirm, mark, vouch, drop-off, evacuate."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from controller.domain import day_facts as f
from controller.domain import orders as o
from controller.domain import release as releases
from controller.domain.context import Context
from controller.domain.custody import holds_of
from controller.domain.day import (
    class_release,
    close_session,
    has_come,
    is_on,
    phase_of,
)
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.doubts import explained
from controller.domain.facts import Fact
from controller.domain.outings import outing_of
from controller.domain.refusals import Refusal
from controller.domain.rights import may
from controller.domain.school_day import Phase
from controller.domain.state import Mark, Pupil, Release, State
from controller.domain.taps import choose_place, is_open_for, running_release
from controller.domain.ways import Way

Decision = Refusal | tuple[Fact, ...]

MARKS = ("none", "absent", "left-early", "club", "office")
HH_MM = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def _release(state: State, order: o.ReleaseClass, context: Context) -> Decision:
    if order.klass not in state.classes:
        return Refusal("unknown")
    if order.mode not in releases.MODES:
        return Refusal("bad-value")
    return releases.start(state, order.klass, order.mode, context)


def _release_club(state: State, order: o.ReleaseClub, context: Context) -> Decision:
    club = state.clubs.get(order.club)
    if club is None:
        return Refusal("unknown")
    leads = club.leader == context.actor.person
    if not leads and not may(context.actor, "class.early-leaver"):
        return Refusal("no-right")
    return releases.start_club(state, order.club, context)


def _running(state: State, klass: str) -> Release | Refusal:
    release = class_release(state, klass)
    if release is None or release.state != "running":
        return Refusal("not-running")
    return release


def _next(state: State, order: o.OpenNextWave, context: Context) -> Decision:
    release = _running(state, order.klass)
    if isinstance(release, Refusal):
        return release
    if state.the_bank.evacuated_us:
        return Refusal("evacuated")
    return releases.next_wave(state, release, context, by=context.actor.person)


def _stop(state: State, order: o.StopRelease, context: Context) -> Decision:
    release = _running(state, order.klass)
    if isinstance(release, Refusal):
        return release
    return (f.ReleaseStopped(release.release, context.actor.person),)


def _end(state: State, order: o.EndSession, context: Context) -> Decision:
    if order.klass not in state.classes:
        return Refusal("unknown")
    release, day = class_release(state, order.klass), state.class_days.get(order.klass)
    if release is None or (day and day.closed and release.state != "running"):
        return Refusal("not-running")
    return tuple(close_session(state, order.klass, context))


def _confirm(state: State, order: o.ConfirmClass, context: Context) -> Decision:
    if order.klass not in state.classes:
        return Refusal("unknown")
    members = {p.pupil for p in state.pupils.values() if p.klass == order.klass}
    if not set(order.excepted) <= members:
        return Refusal("unknown")
    said = tuple(
        pupil
        for pupil, custody in state.custody.items()
        if pupil in members and custody.stage == "said" and pupil not in order.excepted
    )
    return (f.ClassConfirmed(order.klass, context.actor.person, said, order.excepted),)


def _mark(state: State, order: o.MarkPupil, context: Context) -> Decision:
    if order.mark not in MARKS or not _is_to_come(order.until, context):
        return Refusal("bad-value")
    if order.mark == "club" and order.club not in state.clubs:
        return Refusal("unknown")
    if not state.pupils[order.pupil].on_roll:
        return Refusal("unknown")
    if _is_offices(state.marks.get(order.pupil), context):
        return Refusal("see-teacher")
    if order.mark in ("none", "absent") and order.pupil in state.custody:
        return Refusal("device-inside")
    return (
        f.PupilMarked(
            order.pupil,
            order.mark,
            context.actor.person,
            order.until,
            order.club if order.mark == "club" else "",
        ),
    )


def _is_to_come(until: str, context: Context) -> bool:
    if not until:
        return True
    return bool(HH_MM.fullmatch(until)) and not has_come(until, context)


def _is_offices(mark: Mark | None, context: Context) -> bool:
    """Whether a mark is the office's, which nobody else but who set it may change."""
    if mark is None or mark.mark != "office" or mark.by == context.actor.person:
        return False
    return not may(context.actor, "class.early-leaver")


def _unmark(state: State, order: o.UnmarkPupil, context: Context) -> Decision:
    if order.pupil not in state.marks:
        return Refusal("unknown")
    if _is_offices(state.marks[order.pupil], context):
        return Refusal("see-teacher")
    return (f.PupilUnmarked(order.pupil, context.actor.person),)


def _vouch(state: State, order: o.VouchFor, context: Context) -> Decision:
    return vouch(state, order.pupil, context)


def vouch(
    state: State, who: str, context: Context
) -> Refusal | tuple[ReleaseOrdered, ...]:
    """Return the order for a pupil's door on the actor's word, or why there is none."""
    if state.the_bank.evacuated_us:
        return Refusal("evacuated")
    pupil = state.pupils[who]
    way = _vouched_way(state, pupil, context)
    if isinstance(way, Refusal):
        return way
    place = choose_place(state, pupil, way, context)
    if isinstance(place, Refusal):
        return place
    if is_open_for(place, pupil, way):
        return Refusal("door-is-open")
    return (
        ReleaseOrdered(
            context.fresh("o"),
            place.n,
            way.value,
            "vouch",
            pupil.pupil,
            context.actor.person,
            running_release(state, pupil, context) if way is Way.OUT else "",
        ),
    )


def _vouched_way(state: State, pupil: Pupil, context: Context) -> Way | Refusal:
    """An adult's word stands for the card, not for the hour (DAY-3).

    In the window it hands in; once the class is released, or home time has come, it
    gives back. After the window it still takes a latecomer's device in. The office may
    give back at any hour: to whoever leaves early, or has left the school. Whoever has
    left hands nothing in any more.
    """
    office = may(context.actor, "class.early-leaver")
    if refusal := _vouch_forbidden(state, pupil, context, office=office):
        return refusal
    if _is_home_time(state, pupil, context):
        return Way.OUT
    phase = phase_of(state, pupil.klass, context)
    inside = pupil.pupil in state.custody
    takes_in = phase in (Phase.DROP_OFF, Phase.LATE) and pupil.on_roll
    if takes_in or not inside:
        return Way.IN
    if office:
        return Way.OUT
    return Refusal("by-hand" if context.is_guessed else "lessons")


def _vouch_forbidden(
    state: State, pupil: Pupil, context: Context, *, office: bool
) -> Refusal | None:
    custody, mark = state.custody.get(pupil.pupil), state.marks.get(pupil.pupil)
    if custody is None and holds_of(state, pupil.pupil):
        return Refusal("see-teacher")
    if custody and mark and mark.mark == "office" and not office:
        return Refusal("see-teacher")
    if custody is None and not pupil.on_roll:
        return Refusal("unknown")
    closed = phase_of(state, pupil.klass, context) is Phase.CLOSED_DAY
    return Refusal("no-school") if closed and not (office and custody) else None


def _is_home_time(state: State, pupil: Pupil, context: Context) -> bool:
    """Whether a pupil may have the device on an adult's word alone."""
    release = class_release(state, pupil.klass)
    if release and is_on(release, context):
        return True
    outing = outing_of(state, pupil.pupil, context)
    if outing and outing.stage == "taking":
        return True
    phase = phase_of(state, pupil.klass, context)
    if context.is_guessed:
        over = release is not None and release.state == "ended"
        return over and phase is not Phase.DROP_OFF
    return phase in (Phase.HOME_TIME, Phase.AFTER)


def _open_drop_off(state: State, order: o.OpenDropOff, context: Context) -> Decision:
    if order.klass not in state.classes:
        return Refusal("unknown")
    phase = phase_of(state, order.klass, context)
    if phase is Phase.CLOSED_DAY:
        return Refusal("no-school")
    facts: list[Fact] = []
    release = class_release(state, order.klass)
    runs = release is not None and release.state == "running"
    if phase is Phase.DROP_OFF and not runs:
        return ()
    if release and runs:
        facts.append(f.ReleaseEnded(release.release, context.actor.person))
    return (*facts, f.DropOffOpened(order.klass, context.actor.person))


def _close_drop_off(state: State, order: o.CloseDropOff, context: Context) -> Decision:
    if order.klass not in state.classes:
        return Refusal("unknown")
    if phase_of(state, order.klass, context) not in (Phase.DROP_OFF, Phase.LATE):
        return ()  # what has not begun is not called off for the morning
    return (f.DropOffClosed(order.klass, context.actor.person),)


def _evacuate(state: State, order: o.Evacuate, context: Context) -> Decision:
    return evacuation(state, context.actor.person, order.source)


def evacuation(state: State, by: str, source: str) -> tuple[Fact, ...]:
    """Return the facts of an evacuation: by a person, or by the alarm contact alone."""
    if state.the_bank.evacuated_us:
        return ()
    stopped = tuple(
        f.ReleaseStopped(r.release, by)
        for r in state.releases.values()
        if r.state == "running" and r.mode != "tap"
    )
    return (f.Evacuated(by, source), *stopped)


def _resume(state: State, _order: o.Resume, context: Context) -> Decision:
    if not state.the_bank.evacuated_us:
        return Refusal("not-evacuated")
    return (f.Resumed(context.actor.person),)


def _close_question(state: State, order: o.CloseQuestion, context: Context) -> Decision:
    question = state.questions.get(order.question)
    if question is None:
        return Refusal("unknown")
    if order.how not in ("handed-over", "kept", "explained"):
        return Refusal("bad-value")
    by = context.actor.person
    closed = f.QuestionClosed(order.question, order.how, by, order.note, order.digest)
    return (closed, *explained(state, question, by))


CLASS: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.ReleaseClass: _release,
    o.ReleaseClub: _release_club,
    o.OpenNextWave: _next,
    o.StopRelease: _stop,
    o.EndSession: _end,
    o.ConfirmClass: _confirm,
    o.MarkPupil: _mark,
    o.UnmarkPupil: _unmark,
    o.VouchFor: _vouch,
    o.OpenDropOff: _open_drop_off,
    o.CloseDropOff: _close_drop_off,
    o.Evacuate: _evacuate,
    o.Resume: _resume,
    o.CloseQuestion: _close_question,
}
