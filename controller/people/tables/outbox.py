"""Mail that waits to be sent, and what became of it (CUS-6).

A letter is durable before anybody is told that it was written; it is sent at least
once, and its id, which stands in its head, lets the reader's program drop a second one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from controller.people.connection import PeopleConnection
from controller.people.records import Letter

_COLUMNS: Final = (
    "id, about, to_whom, subject, text, created, tries, next_try, sent, failed"
)


class Outbox:
    """Letters, each to one address.

    Args:
        people: the connection.
    """

    def __init__(self, people: PeopleConnection) -> None:
        self._people = people

    def put(self, letter: Letter) -> bool:
        """Keep a letter durably; whether it is a new one. Its id is kept once."""
        return bool(
            self._people.write(
                "INSERT OR IGNORE INTO outbox "
                "(id, about, to_whom, subject, text, created, tries, next_try) "
                "VALUES (?,?,?,?,?,?,0,?)",
                *(letter.id, letter.about, letter.to, letter.subject, letter.text),
                *(letter.created, letter.created),
            )
        )

    def replace(self, about: str, letters: Iterable[Letter]) -> None:
        """Keep letters in place of all that are about the same, sent or not."""
        with self._people.transaction():
            self._people.write("DELETE FROM outbox WHERE about = ?", about)
            for letter in letters:
                self.put(letter)

    def due(self, now_us: int) -> Letter | None:
        """Return the letter that is to be tried now, the longest waiting first."""
        row = self._people.row(
            f"SELECT {_COLUMNS} FROM outbox WHERE sent IS NULL AND next_try <= ? "  # noqa: S608  names of columns
            "ORDER BY next_try, created, id",
            now_us,
        )
        return None if row is None else Letter(*row)

    def next_try(self) -> int | None:
        """Return when the next letter is to be tried, or ``None``: none waits."""
        row = self._people.row("SELECT min(next_try) FROM outbox WHERE sent IS NULL")
        return None if row is None else row[0]

    def sent(self, letter: str, now_us: int) -> None:
        """Note that a server has taken a letter."""
        self._people.write(
            "UPDATE outbox SET sent = ?, tries = tries + 1, failed = NULL WHERE id = ?",
            *(now_us, letter),
        )

    def failed(self, letter: str, why: str, next_try_us: int) -> None:
        """Note that a try came to nothing, why, and when the next one is."""
        self._people.write(
            "UPDATE outbox SET failed = ?, tries = tries + 1, next_try = ? "
            "WHERE id = ?",
            *(why, next_try_us, letter),
        )

    def hurry(self, now_us: int) -> None:
        """Try everything that waits now: the clock was behind, or the settings new."""
        self._people.write(
            "UPDATE outbox SET next_try = ? WHERE sent IS NULL AND next_try > ?",
            *(now_us, now_us),
        )

    def about(self, what: str) -> list[Letter]:
        """Return the letters about something, oldest first."""
        rows = self._people.rows(
            f"SELECT {_COLUMNS} FROM outbox WHERE about = ? ORDER BY created, id",  # noqa: S608  names of columns
            what,
        )
        return [Letter(*row) for row in rows]

    def stuck(self) -> list[Letter]:
        """Return the letters that were tried in vain and wait, oldest first."""
        rows = self._people.rows(
            f"SELECT {_COLUMNS} FROM outbox WHERE sent IS NULL AND tries > 0 "  # noqa: S608  names of columns
            "ORDER BY created, id"
        )
        return [Letter(*row) for row in rows]
