"""The morning's question: who usually hands in, has not, and nobody has a word for it.

It asks the teacher "no device today?" and no more; it is never grounds for a search
(DAY-8).
"""

from __future__ import annotations

from controller.domain import outings
from controller.domain.context import Context
from controller.domain.custody import holds_of
from controller.domain.habits import is_usual
from controller.domain.records_now import exception_of
from controller.domain.state import Pupil, State


def whom_to_ask(state: State, klass: str, context: Context) -> set[str]:
    """Return the pupils of a class about whom the teacher is asked."""
    return {
        pupil.pupil
        for pupil in state.pupils.values()
        if pupil.klass == klass and pupil.on_roll and _is_asked(state, pupil, context)
    }


def _is_asked(state: State, pupil: Pupil, context: Context) -> bool:
    who = pupil.pupil
    if not is_usual(state, who):
        return False
    known = who in state.custody or who in state.collected or who in state.marks
    out = any(who in one.out for one in outings.of_class(state, pupil.klass))
    if known or out or holds_of(state, who):
        return False
    return exception_of(state, who, context) is None
