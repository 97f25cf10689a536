"""What the office must explain or hand back: asked once, closed by what settles it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from controller.domain.context import Context
from controller.domain.custody_records import door_place
from controller.domain.day_facts import QuestionClosed, QuestionRaised
from controller.domain.facts import Fact
from controller.domain.state import Question, State


@dataclass(frozen=True, slots=True)
class Asking:
    """What a question is about; the documentation prints it.

    Attributes:
        when: what makes the office be asked.
        settled: what closes it besides the office's own word, or empty.
        by_pupil: whether the pupil's being at the own open door settles it.
    """

    when: str
    settled: str = ""
    by_pupil: bool = False


_AT_OWN_DOOR = "the pupil has been at the own open door"

QUESTIONS: Mapping[str, Asking] = MappingProxyType(
    {
        "left-behind": Asking(
            "A device stayed behind its door: home time is over, its club has ended, a "
            "night has passed, the pupil has left the roll, or a visitor's card or an "
            "account has ended. Once a device.",
            _AT_OWN_DOOR,
            by_pupil=True,
        ),
        "door-open": Asking(
            "Home time is over and the pupil's door stands open.", "the door is shut"
        ),
        "outcome-unknown": Asking(
            "The program was cut off between an order and its outcome, or did not run "
            "when the pupil shut the door.",
            _AT_OWN_DOOR,
            by_pupil=True,
        ),
        "forced": Asking(
            "A door with a device behind it came open without an order, or stood open "
            "when the program started.",
            "the technician says that it was the key",
        ),
        "stock-extra": Asking(
            "A stock-take found something that the record does not know."
        ),
        "stock-missing": Asking("A stock-take did not find what the record has there."),
        "card-unread": Asking(
            "A card gave its number, but not its token: it is worn, or a copy."
        ),
        "card-doubted": Asking(
            "A card did not carry its token: it, or another with its number, may be a "
            "copy."
        ),
    }
)
"""What a question may be about; a fact's ``about`` is a key of it."""


def ask(
    state: State, about: str, n: int, pupil: str, context: Context, date: str = ""
) -> Iterator[Fact]:
    """Yield a question about compartment ``n``, unless it stands already.

    Args:
        state: what is so.
        about: a key of :data:`QUESTIONS`.
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
        asked = QUESTIONS.get(question.about)
        if question.pupil == pupil and asked and asked.by_pupil:
            yield QuestionClosed(question.question, how)


def about_door(state: State, about: str, n: int) -> Iterator[Question]:
    """Yield the open questions ``about`` the door of compartment ``n``."""
    for question in state.questions.values():
        if (question.about, question.compartment) == (about, n):
            yield question
