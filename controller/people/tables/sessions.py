"""Who is signed in: rows that can be revoked (ACC-4)."""

from __future__ import annotations

from typing import Any, Final

from controller.people.connection import PeopleConnection
from controller.people.records import Session

SEEN_EVERY_US: Final = 60_000_000
"""``last_seen`` is written at most once a minute: a commit for each request would wear
the card, and an idle lock of ten minutes does not need more."""

_SELECT: Final = (
    "SELECT token_hash, person, created, last_seen, expires, stepped_up_until, "
    "remote, revoked FROM session "
)


class Sessions:
    """Sessions, live and ended.

    Args:
        people: the connection.
    """

    def __init__(self, people: PeopleConnection) -> None:
        self._people = people

    def begin(self, session: Session) -> None:
        """Keep a new session.

        Raises:
            UnknownPerson: the person is not there.
        """
        self._people.write(
            "INSERT INTO session (token_hash, person, created, last_seen, expires, "
            "stepped_up_until, remote, revoked) VALUES (?,?,?,?,?,?,?,?)",
            *(session.token_hash, session.person, session.created),
            *(session.last_seen, session.expires, session.stepped_up_until),
            *(session.remote, session.revoked),
        )

    def get(self, token_hash: bytes) -> Session | None:
        """Return the session, ended or not; whether it counts is the caller's rule."""
        return _one(self._people.row(_SELECT + "WHERE token_hash = ?", token_hash))

    def seen(self, session: Session, now_us: int) -> Session:
        """Note a request; return the session as it now stands on disk."""
        if now_us - session.last_seen < SEEN_EVERY_US:
            return session
        self._set(session.token_hash, "last_seen", now_us)
        return self.get(session.token_hash) or session

    def step_up(self, token_hash: bytes, until_us: int | None) -> None:
        """Let a second proof count until then; ``None`` takes it back."""
        self._set(token_hash, "stepped_up_until", until_us)

    def revoke(self, token_hash: bytes, at_us: int) -> bool:
        """End one session; whether it was live until now."""
        return bool(
            self._people.write(
                "UPDATE session SET revoked = ? "
                "WHERE token_hash = ? AND revoked IS NULL",
                *(at_us, token_hash),
            )
        )

    def revoke_all(self, person: str, at_us: int) -> int:
        """Sign the person out everywhere; return how many sessions that ended."""
        return self._people.write(
            "UPDATE session SET revoked = ? WHERE person = ? AND revoked IS NULL",
            *(at_us, person),
        )

    def of(self, person: str) -> list[Session]:
        """Return the person's sessions, newest first."""
        rows = self._people.rows(
            _SELECT + "WHERE person = ? ORDER BY created DESC, token_hash", person
        )
        return [Session(*row) for row in rows]

    def prune(self, before_us: int) -> int:
        """Delete what expired or was revoked before then; return how many."""
        return self._people.write(
            "DELETE FROM session WHERE expires < ?1 OR revoked < ?1", before_us
        )

    def _set(self, token_hash: bytes, column: str, value: int | None) -> None:
        self._people.write(
            f"UPDATE session SET {column} = ? WHERE token_hash = ?",  # noqa: S608  two constants above
            *(value, token_hash),
        )


def _one(row: Any | None) -> Session | None:  # noqa: ANN401  a row
    return None if row is None else Session(*row)
