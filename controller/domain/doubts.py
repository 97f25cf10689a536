"""What comes of a tap whose card did not carry its token (ACC-8).

An alarm to staff, no scene in class: what the tap would have been refused for it is
refused for, with the same screen and the same sound. Only where a door would open it
stays shut, and the child is asked, as for a device that is held, to see the teacher.
Two cards may say the same UID and nobody knows which is the copy, so neither opens
until somebody has looked into it; the teacher vouches meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from controller.domain.card_facts import CardDoubted, CardTrusted
from controller.domain.card_tokens import doubted_cards, token_of
from controller.domain.questions import ask
from controller.domain.tap_facts import TapRefused

if TYPE_CHECKING:
    from controller.domain.context import Context
    from controller.domain.facts import Fact
    from controller.domain.state import Credential, Question, State

SILENT = "silent"
"""The card did not answer for its token: no proof against it. It opens nothing now, and
may try again."""

ABOUT, ABOUT_SILENT = "card-doubted", "card-unread"
"""The questions to the office, and the rules that turn the tap away."""


def turned_away(state: State, card: Credential, doubt: str) -> str:
    """Return the rule that keeps a card with ``doubt`` from opening, or empty."""
    if token_of(state, card.credential).doubted_us:
        return ABOUT
    if doubt == SILENT:
        return ABOUT_SILENT
    return ABOUT if doubt else ""


def raised(
    state: State, reader: str, card: Credential, doubt: str, context: Context
) -> Iterator[Fact]:
    """Yield the alarm and the office's question, once until it is explained."""
    if not doubt or token_of(state, card.credential).doubted_us:
        return
    n, person = _door_of(state, card.person), card.person
    if doubt == SILENT:
        yield from ask(state, ABOUT_SILENT, n, person, context)
        return
    yield CardDoubted(reader, card.credential, person, doubt)
    yield from ask(state, ABOUT, n, person, context)


def with_doubt(
    facts: Sequence[Fact], alarm: Sequence[Fact], rule: str, reader: str, person: str
) -> tuple[Fact, ...]:
    """Return the facts of a tap that would have opened, turned away by ``rule``.

    The first of ``facts`` is that the card was tapped.
    """
    return (facts[0], *alarm, TapRefused(reader, person, rule))


def explained(state: State, question: Question, by: str) -> Iterator[Fact]:
    """Yield that a person's doubted cards are trusted, where that was asked."""
    if question.about == ABOUT:
        for credential in doubted_cards(state, question.pupil):
            yield CardTrusted(credential, question.pupil, by)


def _door_of(state: State, person: str) -> int:
    inside = state.custody.get(person)
    pupil = state.pupils.get(person)
    if inside is not None:
        return inside.compartment
    return pupil.compartment if pupil is not None else 0
