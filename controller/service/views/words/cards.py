"""Tokens on cards as sentences."""

from __future__ import annotations

from typing import assert_never

from controller.domain import card_facts as f
from controller.service.views.words.who import Who, by_staff

WHY_NOT = {
    "no-memory": "it has no memory",
    "keys": "it is locked with another key",
    "refused": "it refuses to be written",
}
"""Why a card cannot carry a token."""

WHY_DOUBTED = {
    "other-token": "it carries another token",
    "no-memory": "it has no memory, and the card had one",
    "keys": "the school's key does not open it",
    "refused": "it refuses to be read",
}
"""Why a card is not believed."""


def card_words(fact: f.CardFact, who: Who) -> str:
    """Return what became of a card's token."""
    match fact:
        case f.CardMarked():
            return f"{who.person(fact.person)}'s card carries a token now"
        case f.CardUnwritable():
            why = WHY_NOT.get(fact.why, fact.why)
            return f"{who.person(fact.person)}'s card cannot carry a token: {why}"
        case f.CardDoubted():
            why = WHY_DOUBTED.get(fact.why, fact.why)
            return (
                f"{who.person(fact.person)}'s card at reader {fact.reader} may be "
                f"a copy: {why}"
            )
        case f.CardTrusted():
            by = by_staff(fact.by, who)
            return f"{who.person(fact.person)}'s card is trusted again{by}"
        case f.TokensForgotten():
            return "the tokens of all cards were forgotten"
        case _:
            assert_never(fact)
