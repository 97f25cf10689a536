"""What people prove themselves with; only hashes, made elsewhere."""

from __future__ import annotations

from controller.people.connection import PeopleConnection
from controller.people.records import Secret


class SecretHashes:
    """Hashes of passwords and PINs.

    Args:
        people: the connection.
    """

    def __init__(self, people: PeopleConnection) -> None:
        self._people = people

    def get(self, person: str) -> Secret | None:
        """Return the person's hashes, where there are any."""
        row = self._people.row(
            "SELECT person, password_hash, pin_hash, changed_at, must_change "
            "FROM secret WHERE person = ?",
            person,
        )
        if row is None:
            return None
        whose, password_hash, pin_hash, changed_at, must_change = row
        return Secret(whose, password_hash, pin_hash, changed_at, bool(must_change))

    def set_password(
        self, person: str, password_hash: str, at_us: int, *, must_change: bool = False
    ) -> None:
        """Replace the password; the PIN stays.

        Args:
            person: whose.
            password_hash: Argon2id, encoded.
            at_us: when.
            must_change: it was given by somebody else.

        Raises:
            UnknownPerson: the person is not there.
        """
        self._people.write(
            "INSERT INTO secret (person, password_hash, changed_at, must_change) "
            "VALUES (?,?,?,?) ON CONFLICT (person) DO UPDATE SET "
            "password_hash = excluded.password_hash, "
            "changed_at = excluded.changed_at, must_change = excluded.must_change",
            *(person, password_hash, at_us, int(must_change)),
        )

    def forget(self, person: str) -> None:
        """Delete password and PIN: nobody can be proved to be this person any more."""
        self._people.write("DELETE FROM secret WHERE person = ?", person)

    def let_change(self, person: str) -> None:
        """Have the password changed at the next sign-in."""
        self._people.write("UPDATE secret SET must_change = 1 WHERE person = ?", person)

    def set_pin(self, person: str, pin_hash: str, at_us: int) -> None:
        """Replace the PIN; the password, and whether it must change, stay.

        Raises:
            UnknownPerson: the person is not there.
        """
        self._people.write(
            "INSERT INTO secret (person, pin_hash, changed_at, must_change) "
            "VALUES (?,?,?,0) ON CONFLICT (person) DO UPDATE SET "
            "pin_hash = excluded.pin_hash, changed_at = excluded.changed_at",
            *(person, pin_hash, at_us),
        )
