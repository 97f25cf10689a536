"""Recovery codes: what lets somebody in whose authenticator app is lost (ACC-3).

Ten, each good once, shown once and kept as hashes. The first letter of a code says
which of the ten it is, so that one hash is tried and not ten.
"""

from __future__ import annotations

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike on a slip of paper: i, l, o, 0, 1."""

COUNT = 10
"""As many as people expect; two years of one loss each term."""

RANDOM_LETTERS = 9
"""44 bits after the first letter. ASVS 5.0, 6.5: 20 at least, and under 112 a slow
hash."""

_GROUP = 5


def new_codes() -> list[str]:
    """Return ten fresh codes, such as ``a7mqk-2xvd9``."""
    return [_shown(LETTERS[slot] + _random()) for slot in range(COUNT)]


def _random() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(RANDOM_LETTERS))


def _shown(code: str) -> str:
    return f"{code[:_GROUP]}-{code[_GROUP:]}"


def normal(typed: str) -> str:
    """Return a code as it is hashed, however it was typed.

    >>> normal(" A7MQK 2xvd9")
    'a7mqk2xvd9'
    """
    return "".join(char for char in typed.casefold() if char.isalnum())


def slot_of(typed: str) -> int | None:
    """Return which of the codes this would be, or ``None``: it is none.

    >>> slot_of("a7mqk-2xvd9"), slot_of("c7mqk-2xvd9"), slot_of("123456")
    (0, 2, None)
    """
    code = normal(typed)
    if len(code) != RANDOM_LETTERS + 1 or not set(code) <= set(LETTERS):
        return None
    slot = LETTERS.index(code[0])
    return slot if slot < COUNT else None
