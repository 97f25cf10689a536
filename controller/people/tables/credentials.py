"""Which card stands for whom. UIDs never leave this store."""

from __future__ import annotations

from typing import Any, Final

from controller.errors import CredentialTaken
from controller.people.connection import PeopleConnection
from controller.people.records import Credential

_SELECT: Final = (
    "SELECT id, person, uid, enrolled_at, label, revoked_at FROM credential "
)


class Credentials:
    """Cards, enrolled and revoked.

    Args:
        people: the connection.
    """

    def __init__(self, people: PeopleConnection) -> None:
        self._people = people

    def enrol(self, credential: Credential) -> None:
        """Let a card stand for a person from now on.

        Raises:
            CredentialTaken: the card stands for somebody already (ACC-9).
            UnknownPerson: the person is not there.
        """
        with self._people.transaction():
            holder = self.active(credential.uid)
            if holder is not None:
                raise CredentialTaken(holder.person)
            self._people.write(
                "INSERT INTO credential (id, person, uid, enrolled_at, label, "
                "revoked_at) VALUES (?,?,?,?,?,?)",
                *(credential.id, credential.person, credential.uid),
                *(credential.enrolled_at, credential.label, credential.revoked_at),
            )

    def revoke(self, credential: str, at_us: int) -> bool:
        """End a card's standing; whether it was active until now."""
        return bool(
            self._people.write(
                "UPDATE credential SET revoked_at = ? "
                "WHERE id = ? AND revoked_at IS NULL",
                *(at_us, credential),
            )
        )

    def undo(self, credential: str) -> bool:
        """Forget an enrolment as if it had not been (ACC-9); whether there was one."""
        return bool(
            self._people.write("DELETE FROM credential WHERE id = ?", credential)
        )

    def active(self, uid: bytes) -> Credential | None:
        """Return what the card of that UID stands for now."""
        return _one(
            self._people.row(_SELECT + "WHERE uid = ? AND revoked_at IS NULL", uid)
        )

    def was(self, uid: bytes) -> list[Credential]:
        """Return what the card of that UID stood for, newest first."""
        return self._all(
            "WHERE uid = ? AND revoked_at IS NOT NULL ORDER BY revoked_at DESC", uid
        )

    def get(self, credential: str) -> Credential | None:
        """Return the credential of that id."""
        return _one(self._people.row(_SELECT + "WHERE id = ?", credential))

    def of(self, person: str) -> list[Credential]:
        """Return the person's cards, active and revoked, in order of enrolment."""
        return self._all("WHERE person = ? ORDER BY enrolled_at, id", person)

    def all_active(self) -> list[Credential]:
        """Return every card that stands for somebody now."""
        return self._all("WHERE revoked_at IS NULL ORDER BY id")

    def _all(self, where: str, *values: object) -> list[Credential]:
        return [Credential(*row) for row in self._people.rows(_SELECT + where, *values)]


def _one(row: Any | None) -> Credential | None:  # noqa: ANN401  a row
    return None if row is None else Credential(*row)
