"""Who usually hands in: a few bits a pupil, folded as each day ends (DAY-8).

Asked in the morning, it makes a question to the teacher and nothing more: it is never
grounds for a search.
"""

from __future__ import annotations

from dataclasses import replace

from controller.domain.state import State
from controller.domain.today_records import Habit

DAYS = 10
"""School days that are remembered: two weeks. Older ones say little, and are nobody's
business any more."""

LOOKED_AT = 5
"""The newest days that decide."""

LEAST = 3
"""Days that must be known before anything is called usual. Our own judgement."""


def is_usual(state: State, pupil: str) -> bool:
    """Return whether a pupil handed in on more than half of the last days."""
    habit = state.habits.get(pupil)
    if habit is None or habit.known < LEAST:
        return False
    days = min(habit.known, LOOKED_AT)
    return 2 * (habit.handed & ((1 << days) - 1)).bit_count() > days


def day_ended(state: State) -> State:
    """Return ``state`` with the day that ends remembered; it is the bank's date.

    A day on which nobody of a class handed in says nothing about the class, and a day
    on which a pupil was absent nothing about the pupil.
    """
    handed = _handed_in(state)
    classes = {state.pupils[p].klass for p in handed if p in state.pupils}
    if not classes:
        return state
    absent = {m.pupil for m in state.marks.values() if m.mark == "absent"}
    rows = dict(state.habits)
    for pupil in state.pupils.values():
        counts = pupil.klass in classes and pupil.pupil not in absent
        if pupil.on_roll and counts:
            rows[pupil.pupil] = _shifted(rows.get(pupil.pupil), pupil.pupil, handed)
    return replace(state, habits=rows)


def _handed_in(state: State) -> set[str]:
    today = state.the_bank.date
    inside = {c.pupil for c in state.custody.values() if today and c.date == today}
    held = {h.person for h in state.holds.values() if today and h.date == today}
    back = {c.pupil for c in state.collected.values() if today and c.date == today}
    return inside | back | (held & set(state.pupils))


def _shifted(habit: Habit | None, pupil: str, handed: set[str]) -> Habit:
    known, bits = (habit.known, habit.handed) if habit else (0, 0)
    newest = int(pupil in handed)
    return Habit(pupil, min(known + 1, DAYS), (bits << 1 | newest) & ((1 << DAYS) - 1))
