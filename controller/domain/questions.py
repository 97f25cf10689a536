"""What the office must explain or hand back: asked once, closed by what settles it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from controller.domain.context import Context
from controller.domain.custody_records import door_place
from controller.domain.day_facts import QuestionClosed, QuestionRaised
from controller.domain.facts import Fact
from controller.domain.state import Question, State

SETTLED_BY_THE_PUPIL = ("left-behind", "outcome-unknown")
"""Questions that are answered once the pupil has been at the own open door."""


def ask(
    state: State, about: str, n: int, pupil: str, context: Context, date: str = ""
) -> Iterator[Fact]:
    """Yield a question about compartment ``n``, unless it stands already.

    Args:
        state: what is so.
        about: as in :class:`QuestionRaised`.
        n: number of the compartment.
        pupil: whose device, or empty.
        context: the moment.
        date: local date that it dates from; empty: today.
    """
    asked = any(
        (q.about, q.compartment, q.pupil) == (about, n, pupil)
        for q in state.questions.values()
    )
    if not asked:
        on = date or context.today.isoformat()
        yield QuestionRaised(context.fresh("q"), about, n, pupil, on)


def left_behind(state: State, pupil: str, context: Context) -> Iterator[Fact]:
    """Yield the question that a device behind a door raises, once a device (DAY-6)."""
    custody = state.custody.get(pupil)
    if custody and not custody.asked:
        n, since = custody.compartment, custody.date
        yield from ask(state, "left-behind", n, pupil, context, since)


def owner_of(state: State, n: int) -> str:
    """Return whose device is behind door ``n``, or an empty text."""
    inside = (c.pupil for c in state.custody.values() if c.compartment == n)
    held = (h.person for h in state.holds.values() if h.place == door_place(n))
    return next(chain(inside, held), "")


def settled(state: State, pupil: str, how: str) -> Iterator[Fact]:
    """Yield the end of the questions that a pupil at the own door answers."""
    for question in state.questions.values():
        if question.pupil == pupil and question.about in SETTLED_BY_THE_PUPIL:
            yield QuestionClosed(question.question, how)


def about_door(state: State, about: str, n: int) -> Iterator[Question]:
    """Yield the open questions ``about`` the door of compartment ``n``."""
    for question in state.questions.values():
        if (question.about, question.compartment) == (about, n):
            yield question
