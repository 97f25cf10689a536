"""Second factors: the secret an app shares with us, and hashes of recovery codes.

The secret is kept as it is: to check a code we must know it, and a key to hide it with
would lie beside it (docs/decisions/0017).
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from controller.people.connection import PeopleConnection
from controller.people.records import RecoveryCode, SecondFactor


class SecondFactors:
    """At most one for each person.

    Args:
        people: the connection.
    """

    def __init__(self, people: PeopleConnection) -> None:
        self._people = people

    def get(self, person: str) -> SecondFactor | None:
        """Return the person's second factor, where there is one."""
        row = self._people.row(
            "SELECT person, secret, since, used FROM second_factor WHERE person = ?",
            person,
        )
        if row is None:
            return None
        whose, secret, since, used = row
        return SecondFactor(whose, secret, since, tuple(json.loads(used)))

    def put(self, factor: SecondFactor) -> None:
        """Keep a second factor in place of any other.

        Raises:
            UnknownPerson: the person is not there.
        """
        self._people.write(
            "INSERT INTO second_factor (person, secret, since, used) VALUES (?,?,?,?) "
            "ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, "
            "since = excluded.since, used = excluded.used",
            *(factor.person, factor.secret, factor.since),
            json.dumps(factor.used),
        )

    def remove(self, person: str) -> bool:
        """Forget the second factor with its recovery codes; whether there was one."""
        with self._people.transaction():
            self._people.write("DELETE FROM recovery_code WHERE person = ?", person)
            return bool(
                self._people.write("DELETE FROM second_factor WHERE person = ?", person)
            )

    # --------------------------------------------------------------- recovery codes

    def set_codes(self, person: str, hashes: Iterable[str]) -> None:
        """Keep new recovery codes; the old ones are worth nothing any more.

        Raises:
            UnknownPerson: the person is not there.
        """
        with self._people.transaction():
            self._people.write("DELETE FROM recovery_code WHERE person = ?", person)
            for slot, code_hash in enumerate(hashes):
                self._people.write(
                    "INSERT INTO recovery_code (person, slot, code_hash) "
                    "VALUES (?,?,?)",
                    *(person, slot, code_hash),
                )

    def codes(self, person: str) -> dict[int, RecoveryCode]:
        """Return the codes that are left, by their number."""
        rows = self._people.rows(
            "SELECT slot, code_hash FROM recovery_code WHERE person = ? ORDER BY slot",
            person,
        )
        return {slot: RecoveryCode(slot, code_hash) for slot, code_hash in rows}

    def spend(self, person: str, code: RecoveryCode) -> bool:
        """Forget one code for good; whether it was there until now."""
        return bool(
            self._people.write(
                "DELETE FROM recovery_code "
                "WHERE person = ? AND slot = ? AND code_hash = ?",
                *(person, code.slot, code.code_hash),
            )
        )
