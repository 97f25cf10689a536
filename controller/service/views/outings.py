"""Outings and the morning's question, for their pages (DAY-7, DAY-8)."""

from __future__ import annotations

from controller.domain import outings
from controller.domain.context import Context
from controller.domain.day import phase_of
from controller.domain.decide_outing import who_may_go
from controller.domain.habits import LEAST
from controller.domain.morning import whom_to_ask
from controller.domain.record_kinds_pupils import LESSONS
from controller.domain.records_now import education_of
from controller.domain.school_day import Phase
from controller.domain.state import State
from controller.domain.today_records import Outing
from controller.protocol.today import AskLine, OutingLine, OutingPage, Reconciliation
from controller.service.views.classes import in_class
from controller.service.views.names import Names, in_words, short_names


def outing_page(state: State, names: Names, context: Context, klass: str) -> OutingPage:
    """Return the outings of a class."""
    called = short_names(names, [p.pupil for p in in_class(state, klass)])
    mine = [one for one in state.outings.values() if one.klass == klass]
    return OutingPage(
        klass,
        state.classes[klass].name,
        [_line(one, called, context) for one in reversed(mine)],
        [(p, called[p]) for p in who_may_go(state, klass, context) if p in called],
        _lesson(state, klass, context),
    )


def _line(outing: Outing, called: dict[str, str], context: Context) -> OutingLine:
    waiting = [p for p in outing.pupils if p not in outing.out]
    return OutingLine(
        outing.outing,
        outing.why,
        outing.stage,
        context.local_hm(outing.at_us),
        len(outing.pupils),
        len(outing.out),
        len(outing.back),
        [called.get(p, "A pupil") for p in waiting],
        [called.get(p, "A pupil") for p in outing.missing],
        list(outings.NEXT[outing.stage]),
    )


def _lesson(state: State, klass: str, context: Context) -> str:
    record = education_of(state, klass, context)
    if record is None:
        return ""
    lesson = LESSONS.get(record.get("lesson"), "A lesson")
    return f"{lesson}, {record.get('starts')} to {record.get('ends')}"


def reconcile(
    state: State, names: Names, context: Context, klass: str
) -> Reconciliation:
    """Return whom to ask: who usually hands in, has not, and nobody has a word for."""
    pupils = in_class(state, klass)
    called = short_names(names, [p.pupil for p in pupils])
    wanted = whom_to_ask(state, klass, context)
    asks = [
        AskLine(p.pupil, called[p.pupil], in_words(p.group))
        for p in pupils
        if p.pupil in wanted
    ]
    marked = {p.pupil for p in pupils if p.pupil in state.marks}
    habits = [state.habits[p.pupil].known for p in pupils if p.pupil in state.habits]
    phase = phase_of(state, klass, context)
    return Reconciliation(
        klass,
        state.classes[klass].name,
        asks,
        sum(p.pupil in state.custody for p in pupils),
        len(marked),
        max(habits, default=0) >= LEAST,
        phase in (Phase.BEFORE, Phase.DROP_OFF),
    )
