"""Words that belong to entries of the journal (DAT-2).

The text commits first, then the entry with the text's id and digest. So an entry never
lacks its text; a text whose entry never came is an orphan, and is swept.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import sha256
from typing import Final, NamedTuple

from controller.people.connection import PeopleConnection
from controller.people.records import Text

NONCE_BYTES: Final = 16
"""128 bits: an erased text cannot be guessed back from its digest."""


class Written(NamedTuple):
    """What goes into the entry's body: id and digest, 64 hex digits."""

    id: str
    digest: str


class Texts:
    """Texts and their digests.

    Args:
        people: the connection.
    """

    def __init__(self, people: PeopleConnection) -> None:
        self._people = people

    def put(self, text: str, created_us: int, *, about: str | None = None) -> Written:
        """Keep ``text`` durably, before the entry that will name it.

        Args:
            text: the words.
            created_us: when.
            about: the person whose erasure takes them along.

        Raises:
            UnknownPerson: ``about`` is not there.
        """
        name, nonce = f"t{os.urandom(8).hex()}", os.urandom(NONCE_BYTES)
        self._people.write(
            "INSERT INTO text (id, about, nonce, text, created) VALUES (?,?,?,?,?)",
            *(name, about, nonce, text, created_us),
        )
        return Written(name, digest(nonce, text))

    def bind(self, text: str, ref: tuple[str, int, int]) -> None:
        """Note the entry that names the text of that id: node, epoch, sequence."""
        self._people.write(
            "UPDATE text SET entry_ref = ? WHERE id = ?",
            *("/".join(map(str, ref)), text),
        )

    def belong(self, texts: Iterable[str], about: str) -> None:
        """Let the erasure of a person take texts along that were written before.

        Raises:
            UnknownPerson: ``about`` is not there.
        """
        for text in texts:
            self._people.write("UPDATE text SET about = ? WHERE id = ?", about, text)

    def get(self, text: str) -> Text | None:
        """Return the text of that id; ``None`` once it is erased."""
        row = self._people.row(
            "SELECT id, text, created, about, entry_ref FROM text WHERE id = ?", text
        )
        return None if row is None else Text(*row)

    def matches(self, text: str, wanted: str) -> bool:
        """Whether the text of that id is still what its entry's digest says."""
        row = self._people.row("SELECT nonce, text FROM text WHERE id = ?", text)
        return row is not None and digest(*row) == wanted

    def about(self, person: str) -> list[Text]:
        """Return the texts about a person, oldest first."""
        rows = self._people.rows(
            "SELECT id, text, created, about, entry_ref FROM text WHERE about = ? "
            "ORDER BY created, id",
            person,
        )
        return [Text(*row) for row in rows]

    def unbound(self, before_us: int) -> list[str]:
        """Return ids of texts written before then that no entry is known to name."""
        rows = self._people.rows(
            "SELECT id FROM text WHERE entry_ref IS NULL AND created < ?", before_us
        )
        return [name for (name,) in rows]

    def erase(self, text: str) -> bool:
        """Delete the text of that id; whether there was one."""
        return bool(self._people.write("DELETE FROM text WHERE id = ?", text))


def digest(nonce: bytes, text: str) -> str:
    """Return SHA-256 of ``nonce`` followed by ``text`` in UTF-8, as hex."""
    return sha256(nonce + text.encode()).hexdigest()
