"""The rolling token of each card: what it may carry now, and what comes next (ACC-8).

A token is eight random bytes, on the card alone. Here stand digests of it, bound to the
card's UID and to the school's key. It rolls in three steps, so that a cut at any moment
is harmless:

1. ``next`` is kept, durably, beside ``current``;
2. the card is written, in the slot that does *not* hold the token just seen;
3. ``next`` becomes ``current``.

Until the third step both are right: the card carries the one or the other, whichever
way its write ended. After it the previous one is wrong, so that of two cards with one
UID the second to come is found.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

from controller.people.tables.card_tokens import CardTokens, TokenRow

TOKEN_BYTES: Final = 8  # what a slot holds (hardware.card_memory)
CARD_KEY_BYTES: Final = 6  # a MIFARE Classic key (MF1S50YYX, 8.6.3)
KEY_ID_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Held:
    """What was found on a card.

    Attributes:
        is_right: whether it is a token that the card may carry.
        slot: where, 0 or 1.
        digest: of that token.
    """

    is_right: bool
    slot: int = 1
    digest: bytes | None = field(default=None, repr=False)


class TokenBook:
    """Every card's row, in memory as in the store.

    Args:
        tokens: the table.
        key: the school's, 32 bytes. Rows that were made with another are void.
    """

    def __init__(self, tokens: CardTokens, key: bytes) -> None:
        self._tokens = tokens
        self._key = key
        self._key_id = self._mac(b"id")[:KEY_ID_BYTES]
        rows = [row for row in tokens.all() if row.key_id == self._key_id]
        self._rows = {row.credential: row for row in rows}

    def card_key(self, uid: bytes) -> bytes:
        """Return the key of our sector on that card: broken, it opens no other card."""
        return self._mac(b"card", uid)[:CARD_KEY_BYTES]

    def is_marked(self, credential: str) -> bool:
        """Whether the card is known to have carried a token."""
        row = self._rows.get(credential)
        return row is not None and row.current is not None

    def find(self, credential: str, uid: bytes, slots: Sequence[bytes]) -> Held:
        """Look for a right token in a card's slots, the newest first."""
        row = self._rows.get(credential)
        digests = [self._digest(uid, token) for token in slots]
        for wanted in (row.next, row.current) if row else ():
            for slot, digest in enumerate(digests):
                if wanted is not None and hmac.compare_digest(wanted, digest):
                    return Held(is_right=True, slot=slot, digest=digest)
        return Held(is_right=False)

    def begin(self, credential: str, uid: bytes, held: Held) -> bytes:
        """Make a fresh token and keep it as the next, durably; return it for the card.

        Raises:
            PeopleUnwritable: nothing was kept; the card must not be written.
        """
        token = secrets.token_bytes(TOKEN_BYTES)
        fresh = self._digest(uid, token)
        self._put(TokenRow(credential, self._key_id, held.digest, fresh))
        return token

    def landed(self, credential: str) -> None:
        """The card was seen to carry the next token: the one before is wrong now.

        Raises:
            PeopleUnwritable: both stay right.
        """
        row = self._rows.get(credential)
        if row is not None and row.next is not None:
            self._put(replace(row, current=row.next, next=None))

    def forget(self, credential: str) -> None:
        """Begin anew with whatever card comes next."""
        if self._rows.pop(credential, None) is not None:
            self._tokens.forget(credential)

    def _put(self, row: TokenRow) -> None:
        self._tokens.put(row)
        self._rows[row.credential] = row

    def _digest(self, uid: bytes, token: bytes) -> bytes:
        return self._mac(b"token", uid, token)

    def _mac(self, use: bytes, *parts: bytes) -> bytes:
        sized = (len(part).to_bytes(1, "big") + part for part in (use, *parts))
        return hmac.digest(self._key, b"".join(sized), sha256)
