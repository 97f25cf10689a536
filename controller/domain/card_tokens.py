"""What is so about a card's token: one record a credential (ACC-8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from controller.domain import card_facts as f

if TYPE_CHECKING:
    from controller.domain.facts import When
    from controller.domain.state import State


@dataclass(frozen=True, slots=True)
class CardToken:
    """A card and its token.

    Attributes:
        credential: whose card.
        marked: it has carried one.
        unwritable: why it cannot carry one, or empty.
        doubted_us: since when it is doubted; 0: it is not.
        doubt: why.
    """

    credential: str
    marked: bool = False
    unwritable: str = ""
    doubted_us: int = 0
    doubt: str = ""


def token_of(state: State, credential: str) -> CardToken:
    """Return what is known of a card's token."""
    return state.tokens.get(credential) or CardToken(credential)


def doubted_cards(state: State, person: str = "") -> tuple[str, ...]:
    """Return the living credentials that are doubted, of one person or of all."""
    return tuple(
        token.credential
        for token in state.tokens.values()
        if token.doubted_us
        and (card := state.credentials.get(token.credential)) is not None
        and not card.revoked
        and person in ("", card.person)
    )


def _put(state: State, token: CardToken) -> State:
    return replace(state, tokens={**state.tokens, token.credential: token})


def _marked(state: State, fact: f.CardMarked, _when: When) -> State:
    return _put(state, replace(token_of(state, fact.credential), marked=True))


def _unwritable(state: State, fact: f.CardUnwritable, _when: When) -> State:
    return _put(state, replace(token_of(state, fact.credential), unwritable=fact.why))


def _doubted(state: State, fact: f.CardDoubted, when: When) -> State:
    now = token_of(state, fact.credential)
    return _put(state, replace(now, doubted_us=when.at_us, doubt=fact.why))


def _trusted(state: State, fact: f.CardTrusted, _when: When) -> State:
    return _put(state, CardToken(fact.credential))


def _forgotten(state: State, _fact: f.TokensForgotten, _when: When) -> State:
    return replace(state, tokens={})


CARDS: Mapping[type, Callable[[State, Any, When], State]] = {
    f.CardMarked: _marked,
    f.CardUnwritable: _unwritable,
    f.CardDoubted: _doubted,
    f.CardTrusted: _trusted,
    f.TokensForgotten: _forgotten,
}
