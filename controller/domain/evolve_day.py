"""How facts about the school day change the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from controller.domain import day_facts as f
from controller.domain.facts import When
from controller.domain.state import (
    ClassDay,
    Collected,
    Custody,
    Mark,
    Question,
    Release,
    State,
    drop,
    put,
)


def _bank(state: State, **changes: Any) -> State:  # noqa: ANN401  fields of a record
    return put(state, "bank", "bank", replace(state.the_bank, **changes))


def _class_day(state: State, klass: str, **changes: Any) -> State:  # noqa: ANN401  fields of a record
    date = state.the_bank.date
    now = state.class_days.get(klass) or ClassDay(klass, date)
    return put(state, "class_days", klass, replace(now, **changes))


def _day_began(state: State, fact: f.DayBegan, _when: When) -> State:
    """Marks, collections and releases are of one day; custody and questions are not."""
    for table in ("marks", "collected", "class_days", "releases"):
        state = drop(state, table, *getattr(state, table))
    return _bank(state, date=fact.date)


def _drop_off_opened(state: State, fact: f.DropOffOpened, _when: When) -> State:
    return _class_day(state, fact.klass, by_hand="open", closed=False)


def _drop_off_closed(state: State, fact: f.DropOffClosed, _when: When) -> State:
    return _class_day(state, fact.klass, by_hand="shut")


def _said_in(state: State, fact: f.DeviceSaidIn, when: When) -> State:
    custody = Custody(
        fact.pupil,
        fact.compartment,
        "deposit",
        "said",
        state.the_bank.date,
        when.at_us,
        fact.kinds,
        fact.quick,
    )
    state = drop(state, "collected", fact.pupil)
    mark = state.marks.get(fact.pupil)
    if mark and mark.mark in ("none", "absent"):
        state = drop(state, "marks", fact.pupil)  # the device says otherwise
    return put(state, "custody", fact.pupil, custody)


def _confirmed(state: State, fact: f.ClassConfirmed, when: When) -> State:
    for pupil in fact.pupils:
        if custody := state.custody.get(pupil):
            state = put(
                state, "custody", pupil, replace(custody, stage="in", quick=False)
            )
    return _class_day(
        state, fact.klass, confirmed_at_us=when.at_us, confirmed_by=fact.by
    )


def _release_started(state: State, fact: f.ReleaseStarted, when: When) -> State:
    same = [
        r.release
        for r in state.releases.values()
        if (r.klass, r.club) == (fact.klass, fact.club)
    ]
    release = Release(
        fact.release,
        fact.klass,
        fact.club,
        fact.mode,
        fact.waves,
        fact.left_out,
        fact.by,
        state.the_bank.date,
        when.at_us,
    )
    state = put(drop(state, "releases", *same), "releases", fact.release, release)
    return _class_day(state, fact.klass, closed=False) if fact.klass else state


def _wave(state: State, fact: f.WaveStarted, when: When) -> State:
    return _release(state, fact.release, wave=fact.wave, wave_at_us=when.at_us)


def _release(tables: State, key: str, **changes: Any) -> State:  # noqa: ANN401  fields of a record
    now = tables.releases.get(key)
    return put(tables, "releases", key, replace(now, **changes)) if now else tables


def _stopped(state: State, fact: f.ReleaseStopped, _when: When) -> State:
    return _release(state, fact.release, state="stopped")


def _ended(state: State, fact: f.ReleaseEnded, _when: When) -> State:
    return _release(state, fact.release, state="ended")


def _collected(state: State, fact: f.DeviceCollected, when: When) -> State:
    gone = Collected(
        fact.pupil, fact.compartment, state.the_bank.date, when.at_us, fact.quick
    )
    state = drop(state, "custody", fact.pupil)
    return put(state, "collected", fact.pupil, gone)


def _marked(state: State, fact: f.PupilMarked, when: When) -> State:
    mark = Mark(
        fact.pupil,
        fact.mark,
        state.the_bank.date,
        fact.by,
        when.at_us,
        fact.until,
        fact.club,
    )
    return put(state, "marks", fact.pupil, mark)


def _unmarked(state: State, fact: f.PupilUnmarked, _when: When) -> State:
    return drop(state, "marks", fact.pupil)


def _session_closed(state: State, fact: f.SessionClosed, _when: When) -> State:
    return _class_day(state, fact.klass, closed=True, by_hand="")


def _question(state: State, fact: f.QuestionRaised, when: When) -> State:
    question = Question(
        fact.question,
        fact.about,
        fact.compartment,
        fact.pupil,
        fact.date,
        when.at_us,
    )
    return put(state, "questions", fact.question, question)


def _question_closed(state: State, fact: f.QuestionClosed, _when: When) -> State:
    now = state.questions.get(fact.question)
    state = drop(state, "questions", fact.question)
    if now and fact.how == "handed-over":
        state = drop(state, "custody", now.pupil)
    return state


def _evacuated(state: State, fact: f.Evacuated, when: When) -> State:
    return _bank(state, evacuated_us=when.at_us, evacuated_by=fact.by)


def _resumed(state: State, _fact: f.Resumed, _when: When) -> State:
    return _bank(state, evacuated_us=0, evacuated_by="")


DAY: Mapping[type, Callable[[State, Any, When], State]] = {
    f.DayBegan: _day_began,
    f.DropOffOpened: _drop_off_opened,
    f.DropOffClosed: _drop_off_closed,
    f.DeviceSaidIn: _said_in,
    f.ClassConfirmed: _confirmed,
    f.ReleaseStarted: _release_started,
    f.WaveStarted: _wave,
    f.ReleaseStopped: _stopped,
    f.ReleaseEnded: _ended,
    f.DeviceCollected: _collected,
    f.PupilMarked: _marked,
    f.PupilUnmarked: _unmarked,
    f.SessionClosed: _session_closed,
    f.QuestionRaised: _question,
    f.QuestionClosed: _question_closed,
    f.Evacuated: _evacuated,
    f.Resumed: _resumed,
}
