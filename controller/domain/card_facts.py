"""Facts about the tokens on cards (ACC-8): which card carries one, which is doubted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CardMarked:
    """A card carries a token from now on."""

    credential: str
    person: str


@dataclass(frozen=True, slots=True)
class CardUnwritable:
    """A card cannot carry a token; it is good all the same, but a copy goes unseen.

    ``why``: ``no-memory``, ``keys`` (its sector is not open to us) or ``refused``.
    """

    credential: str
    person: str
    why: str


@dataclass(frozen=True, slots=True)
class CardDoubted:
    """A card came without the token that it should carry: it or another may be a copy.

    Attributes:
        reader: the reader's name.
        credential: which the card stood for.
        person: whose.
        why: ``other-token``, ``no-memory``, ``keys`` or ``refused``.
    """

    reader: str
    credential: str
    person: str
    why: str


@dataclass(frozen=True, slots=True)
class CardTrusted:
    """Somebody has explained a doubt: the next card with that UID is marked anew."""

    credential: str
    person: str
    by: str


@dataclass(frozen=True, slots=True)
class TokensForgotten:
    """Tokens were switched off: no card is looked at, and no doubt stands."""


CardFact = CardMarked | CardUnwritable | CardDoubted | CardTrusted | TokensForgotten
