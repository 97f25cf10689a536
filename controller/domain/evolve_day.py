"""How facts about the school day change the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from controller.domain import day_facts as f
from controller.domain import habits, outings, undated
from controller.domain import people_facts as p
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


def _date(state: State, when: When) -> str:
    """Return the day that a fact belongs to; a guessed clock does not know (DAY-11)."""
    return "" if when.clock == "guessed" else state.the_bank.date


def _class_day(state: State, klass: str, when: When, **changes: Any) -> State:  # noqa: ANN401  fields of a record
    now = state.class_days.get(klass) or ClassDay(klass, _date(state, when))
    said, before = undated.parts_of(changes), set(now.guessed)
    guessed = before | said if when.clock == "guessed" else before - said
    day = replace(now, guessed=tuple(sorted(guessed)), **changes)
    return put(state, "class_days", klass, day)


def _day_began(state: State, fact: f.DayBegan, _when: When) -> State:
    """Marks, collections and releases are of one day; custody and questions are not."""
    if fact.date != state.the_bank.date:
        state = habits.day_ended(state)
    return _bank(undated.day_began(state, fact), date=fact.date)


def _clock_moved(state: State, fact: p.ClockMoved, _when: When) -> State:
    return undated.clock_moved(state, fact)


def _drop_off_opened(state: State, fact: f.DropOffOpened, when: When) -> State:
    day = state.class_days.get(fact.klass)
    if day and day.closed and when.clock == "guessed":
        state = _new_morning(state, fact.klass)
    state = _closed(state, fact.klass, when, closed=False)
    return _by_hand(state, fact.klass, when, "open")


def _new_morning(state: State, klass: str) -> State:
    """Without a clock, drop-off after the session's end begins the class's next day."""
    members = [p.pupil for p in state.pupils.values() if p.klass == klass]
    over = [r.release for r in state.releases.values() if r.klass == klass]
    gone = [o.outing for o in state.outings.values() if o.klass == klass]
    state = drop(state, "outings", *gone)
    state = drop(drop(state, "marks", *members), "collected", *members)
    return drop(drop(state, "releases", *over), "class_days", klass)


def _drop_off_closed(state: State, fact: f.DropOffClosed, when: When) -> State:
    return _by_hand(state, fact.klass, when, "shut" if fact.by else "")


def _by_hand(state: State, klass: str, when: When, by_hand: str) -> State:
    return _class_day(state, klass, when, by_hand=by_hand, by_hand_us=when.at_us)


def _closed(state: State, klass: str, when: When, *, closed: bool) -> State:
    return _class_day(state, klass, when, closed=closed, closed_us=when.at_us)


def _said_in(state: State, fact: f.DeviceSaidIn, when: When) -> State:
    custody = Custody(
        fact.pupil,
        fact.compartment,
        "said",
        fact.written[:10] or _date(state, when),
        when.at_us,
        fact.kinds,
        fact.quick,
    )
    state = drop(state, "collected", fact.pupil)
    mark = state.marks.get(fact.pupil)
    if mark and mark.mark in ("none", "absent"):
        state = drop(state, "marks", fact.pupil)  # the device says otherwise
    pupil = state.pupils.get(fact.pupil)
    if pupil and pupil.klass in state.class_days:  # its home time is still to come
        state = _closed(state, pupil.klass, when, closed=False)
    state = put(state, "custody", fact.pupil, custody)
    return outings.returned(state, fact.pupil)


def _confirmed(state: State, fact: f.ClassConfirmed, when: When) -> State:
    for pupil in fact.pupils:
        if custody := state.custody.get(pupil):
            state = put(
                state, "custody", pupil, replace(custody, stage="in", quick=False)
            )
    return _class_day(
        state, fact.klass, when, confirmed_at_us=when.at_us, confirmed_by=fact.by
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
        _date(state, when),
        when.at_us,
    )
    state = put(drop(state, "releases", *same), "releases", fact.release, release)
    return _closed(state, fact.klass, when, closed=False) if fact.klass else state


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
        fact.pupil, fact.compartment, _date(state, when), when.at_us, fact.quick
    )
    state = drop(state, "custody", fact.pupil)
    if fact.paper and fact.written[:10] != state.the_bank.date:
        return state  # of a day that is over
    return outings.taken(put(state, "collected", fact.pupil, gone), fact.pupil)


def _marked(state: State, fact: f.PupilMarked, when: When) -> State:
    mark = Mark(
        fact.pupil,
        fact.mark,
        _date(state, when),
        fact.by,
        when.at_us,
        fact.until,
        fact.club,
    )
    return put(state, "marks", fact.pupil, mark)


def _unmarked(state: State, fact: f.PupilUnmarked, _when: When) -> State:
    return drop(state, "marks", fact.pupil)


def _session_closed(state: State, fact: f.SessionClosed, when: When) -> State:
    state = _by_hand(state, fact.klass, when, "")
    return _closed(state, fact.klass, when, closed=True)


def _question(state: State, fact: f.QuestionRaised, when: When) -> State:
    question = Question(
        fact.question,
        fact.about,
        fact.compartment,
        fact.pupil,
        fact.date,
        when.at_us,
    )
    custody = state.custody.get(fact.pupil)
    if custody and fact.about == "left-behind":
        told = replace(custody, asked=True)
        state = put(state, "custody", fact.pupil, told)
    own = state.own.get(fact.pupil)
    if own and fact.about == "left-behind":
        state = put(state, "own", fact.pupil, replace(own, asked=True))
    return put(state, "questions", fact.question, question)


def _question_closed(state: State, fact: f.QuestionClosed, _when: When) -> State:
    now = state.questions.get(fact.question)
    state = drop(state, "questions", fact.question)
    if now is None or fact.how != "handed-over":
        return state
    for table in ("custody", "own"):
        inside = getattr(state, table).get(now.pupil)
        if inside and inside.compartment == now.compartment:
            state = drop(state, table, now.pupil)
    return state


def _evacuated(state: State, fact: f.Evacuated, when: When) -> State:
    return _bank(state, evacuated_us=when.at_us, evacuated_by=fact.by)


def _resumed(state: State, _fact: f.Resumed, _when: When) -> State:
    return _bank(state, evacuated_us=0, evacuated_by="")


DAY: Mapping[type, Callable[[State, Any, When], State]] = {
    f.DayBegan: _day_began,
    p.ClockMoved: _clock_moved,
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
