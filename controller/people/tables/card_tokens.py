"""Which tokens a card may carry, as digests (ACC-8); the tokens are on the cards."""

from __future__ import annotations

from dataclasses import dataclass, field

from controller.people.connection import PeopleConnection


@dataclass(frozen=True, slots=True)
class TokenRow:
    """What is kept of one card's tokens.

    Attributes:
        credential: what the card stands for.
        key_id: which key the digests were made with, 8 bytes.
        current: digest of the token that the card was last known to carry; None: none.
        next: digest of one that was to be written since; None: nothing was.
    """

    credential: str
    key_id: bytes
    current: bytes | None = field(default=None, repr=False)
    next: bytes | None = field(default=None, repr=False)


class CardTokens:
    """One row for each card that a token was ever to be written to.

    Args:
        people: the connection.
    """

    def __init__(self, people: PeopleConnection) -> None:
        self._people = people

    def all(self) -> list[TokenRow]:
        """Return every row."""
        rows = self._people.rows(
            "SELECT credential, key_id, current, next FROM card_token"
        )
        return [TokenRow(*row) for row in rows]

    def put(self, row: TokenRow) -> None:
        """Keep a row, durably: before the card carries what it says.

        Raises:
            PeopleUnwritable: nothing is kept; the card must not be written.
            UnknownPerson: there is no such credential.
        """
        self._people.write(
            "INSERT INTO card_token (credential, key_id, current, next) "
            "VALUES (?,?,?,?) ON CONFLICT (credential) DO UPDATE SET "
            "key_id = excluded.key_id, current = excluded.current, "
            "next = excluded.next",
            *(row.credential, row.key_id, row.current, row.next),
        )

    def forget(self, credential: str) -> None:
        """Forget one card's tokens; harmless if there are none."""
        self._people.write("DELETE FROM card_token WHERE credential = ?", credential)

    def forget_all(self) -> None:
        """Forget every card's: whoever comes next with a known UID is begun anew."""
        self._people.write("DELETE FROM card_token")
