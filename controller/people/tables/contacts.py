"""The adults of pupils' lists: who may be given a device at the desk (CUS-4).

Which adult is on which pupil's list, and whether with the mark *never release*, is a
fact of the journal; who the adult is stands here and goes when the last pupil goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from controller.people.connection import PeopleConnection
from controller.people.records import Contact

_OF: Final = (
    "SELECT c.id, c.name, c.phone, o.relationship FROM contact c "
    "JOIN contact_of o ON o.contact = c.id WHERE o.pupil = ? ORDER BY c.name, c.id"
)
_ALL: Final = (
    "SELECT c.id, c.name, c.phone, o.relationship, o.pupil FROM contact c "
    "JOIN contact_of o ON o.contact = c.id ORDER BY o.pupil, c.name, c.id"
)


class Contacts:
    """Names, telephone numbers and relationships of adults.

    Args:
        people: the connection.
    """

    def __init__(self, people: PeopleConnection) -> None:
        self._people = people

    def put(self, contact: Contact, pupil: str) -> None:
        """Write an adult and what the adult is to a pupil, new or changed.

        Raises:
            UnknownPerson: there is no such pupil.
        """
        with self._people.transaction():
            self._people.write(
                "INSERT INTO contact (id, name, phone) VALUES (?,?,?) ON CONFLICT (id) "
                "DO UPDATE SET name = excluded.name, phone = excluded.phone",
                *(contact.id, contact.name, contact.phone),
            )
            self._people.write(
                "INSERT INTO contact_of (contact, pupil, relationship) VALUES (?,?,?) "
                "ON CONFLICT (contact, pupil) DO UPDATE SET "
                "relationship = excluded.relationship",
                *(contact.id, pupil, contact.relationship),
            )

    def of(self, pupil: str) -> list[Contact]:
        """Return the adults of a pupil's list, by name."""
        return [Contact(*row) for row in self._people.rows(_OF, pupil)]

    def everybody(self) -> list[tuple[Contact, str]]:
        """Return every adult of every pupil's list, and whose list it is."""
        return [(Contact(*row), pupil) for *row, pupil in self._people.rows(_ALL)]

    def get(self, contact: str, pupil: str) -> Contact | None:
        """Return one adult of a pupil's list."""
        return next((c for c in self.of(pupil) if c.id == contact), None)

    def listed(self) -> list[tuple[str, str]]:
        """Return every adult with every pupil on whose list the adult is."""
        rows = self._people.rows("SELECT contact, pupil FROM contact_of")
        return [(contact, pupil) for contact, pupil in rows]

    def remove(self, contact: str, pupil: str) -> None:
        """Take an adult off a pupil's list; one who is on none is forgotten."""
        self.remove_all([(contact, pupil)])

    def remove_all(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take adults off pupils' lists; those who are on none are forgotten."""
        with self._people.transaction():
            for contact, pupil in pairs:
                self._people.write(
                    "DELETE FROM contact_of WHERE contact = ? AND pupil = ?",
                    *(contact, pupil),
                )
            self.sweep()

    def sweep(self) -> int:
        """Forget adults who are on no list, their pupils having been erased."""
        return self._people.write(
            "DELETE FROM contact WHERE id NOT IN (SELECT contact FROM contact_of)"
        )
