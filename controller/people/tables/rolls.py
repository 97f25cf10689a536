"""Where the roll came from."""

from __future__ import annotations

from controller.people.connection import PeopleConnection
from controller.people.records import RollSource


class Rolls:
    """Applied imports of the roll.

    Args:
        people: the connection.
    """

    def __init__(self, people: PeopleConnection) -> None:
        self._people = people

    def add(self, source: RollSource) -> None:
        """Note an import, in the transaction that applies it."""
        self._people.write(
            "INSERT INTO roll_source (source, digest, pupils, imported_at) "
            "VALUES (?,?,?,?)",
            *(source.source, source.digest, source.pupils, source.imported_at),
        )

    def newest(self) -> RollSource | None:
        """Return the last import."""
        row = self._people.row(
            "SELECT source, digest, pupils, imported_at FROM roll_source "
            "ORDER BY id DESC LIMIT 1"
        )
        return None if row is None else RollSource(*row)
