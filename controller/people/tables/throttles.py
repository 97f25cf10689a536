"""Wrong tries in a row, kept over a restart (ACC-5)."""

from __future__ import annotations

from controller.people.connection import PeopleConnection
from controller.people.records import Throttle


class Throttles:
    """One row per throttled thing that has failed lately.

    Args:
        people: the connection.
    """

    def __init__(self, people: PeopleConnection) -> None:
        self._people = people

    def get(self, key: str) -> Throttle:
        """Return how often ``key`` failed; zero times where nothing is known."""
        row = self._people.row(
            "SELECT key, failures, until FROM throttle WHERE key = ?", key
        )
        return Throttle(key, 0, 0) if row is None else Throttle(*row)

    def put(self, throttle: Throttle) -> None:
        """Keep a count, durably: a restart forgives nothing."""
        self._people.write(
            "INSERT INTO throttle (key, failures, until) VALUES (?,?,?) "
            "ON CONFLICT (key) DO UPDATE SET "
            "failures = excluded.failures, until = excluded.until",
            *(throttle.key, throttle.failures, throttle.until),
        )

    def clear(self, key: str) -> None:
        """Forget the count after a right try; writes nothing where there was none."""
        if self.get(key).failures:
            self._people.write("DELETE FROM throttle WHERE key = ?", key)

    def prune(self, before_us: int) -> int:
        """Delete what has been open since before then; return how many."""
        return self._people.write("DELETE FROM throttle WHERE until < ?", before_us)
