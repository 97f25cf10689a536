"""Orders of the class page: release, confirm, mark, vouch, drop-off, evacuate."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from controller.domain import day_facts as f
from controller.domain import orders as o
from controller.domain import release as releases
from controller.domain.context import Context
from controller.domain.day import Way, class_release, close_session, phase_of
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.facts import Fact
from controller.domain.refusals import Refusal
from controller.domain.rights import may
from controller.domain.school_day import Phase
from controller.domain.state import Pupil, Release, State
from controller.domain.taps import choose_place

Decision = Refusal | tuple[Fact, ...]

MARKS = ("none", "absent", "left-early", "club", "office")
HH_MM = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


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
    if class_release(state, order.klass) is None:
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
    if order.mark not in MARKS or (order.until and not HH_MM.fullmatch(order.until)):
        return Refusal("bad-value")
    if order.mark == "club" and order.club not in state.clubs:
        return Refusal("unknown")
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


def _unmark(state: State, order: o.UnmarkPupil, context: Context) -> Decision:
    if order.pupil not in state.marks:
        return Refusal("unknown")
    return (f.PupilUnmarked(order.pupil, context.actor.person),)


def _vouch(state: State, order: o.VouchFor, context: Context) -> Decision:
    if state.the_bank.evacuated_us:
        return Refusal("evacuated")
    pupil = state.pupils[order.pupil]
    way = _vouched_way(state, pupil, context)
    if isinstance(way, Refusal):
        return way
    place = choose_place(state, pupil, way, context)
    if isinstance(place, Refusal):
        return place
    if place.door.is_open:
        return Refusal("door-is-open")
    order_id = context.fresh("o")
    by = context.actor.person
    release = class_release(state, pupil.klass)
    return (
        ReleaseOrdered(
            order_id,
            place.n,
            way.value,
            "vouch",
            pupil.pupil,
            by,
            release.release if release and way is Way.OUT else "",
        ),
    )


def _vouched_way(state: State, pupil: Pupil, context: Context) -> Way | Refusal:
    """An adult's word stands for the card, not for the hour (DAY-3).

    In the window it hands in; once the class is released, or home time has come, it
    gives back. The office may give back at any hour, for whoever leaves early.
    """
    custody = state.custody.get(pupil.pupil)
    if custody and custody.basis != "deposit":
        return Refusal("see-teacher")
    release = class_release(state, pupil.klass)
    phase = phase_of(state, pupil.klass, context)
    if release and release.state in ("running", "ended"):
        return Way.OUT
    if phase in (Phase.DROP_OFF, Phase.LATE):
        return Way.IN
    home = phase in (Phase.HOME_TIME, Phase.AFTER) and not context.is_guessed
    if home or may(context.actor, "class.early-leaver"):
        return Way.OUT
    return Refusal("by-hand" if context.is_guessed else "lessons")


def _open_drop_off(state: State, order: o.OpenDropOff, context: Context) -> Decision:
    if order.klass not in state.classes:
        return Refusal("unknown")
    facts: list[Fact] = []
    release = class_release(state, order.klass)
    if release and release.state == "running":
        facts.append(f.ReleaseEnded(release.release, context.actor.person))
    return (*facts, f.DropOffOpened(order.klass, context.actor.person))


def _close_drop_off(state: State, order: o.CloseDropOff, context: Context) -> Decision:
    if order.klass not in state.classes:
        return Refusal("unknown")
    return (f.DropOffClosed(order.klass, context.actor.person),)


def _evacuate(state: State, order: o.Evacuate, context: Context) -> Decision:
    if state.the_bank.evacuated_us:
        return ()
    stopped = tuple(
        f.ReleaseStopped(r.release, context.actor.person)
        for r in state.releases.values()
        if r.state == "running" and r.mode != "tap"
    )
    return (f.Evacuated(context.actor.person, order.source), *stopped)


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
    return (f.QuestionClosed(order.question, order.how, context.actor.person),)


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
