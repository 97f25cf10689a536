"""Whoever's password was right and whose code is still wanted, for a few minutes.

Kept in memory: after a restart the password is asked for again.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable

LASTS_S = 300
"""Time to fetch a telephone from the staff room; our own judgement."""

KEPT = 64
"""More than a school's staff signing in at one moment; the oldest goes."""


class Doorstep:
    """Tickets of half a sign-in.

    Args:
        now_us: real time, UTC microseconds since 1970.
    """

    def __init__(self, now_us: Callable[[], int]) -> None:
        self._now_us = now_us
        self._waiting: OrderedDict[bytes, tuple[str, int]] = OrderedDict()

    def wait(self, person: str) -> str:
        """Let ``person`` wait for a code; return the ticket."""
        ticket = secrets.token_urlsafe(32)
        until = self._now_us() + LASTS_S * 1_000_000
        self._waiting[_digest(ticket)] = person, until
        while len(self._waiting) > KEPT:
            self._waiting.popitem(last=False)
        return ticket

    def who(self, ticket: str) -> str | None:
        """Return who waits with that ticket, if it is still good."""
        person, until = self._waiting.get(_digest(ticket), ("", 0))
        return person if self._now_us() < until else None

    def done(self, ticket: str) -> None:
        """Take the ticket: it was used."""
        self._waiting.pop(_digest(ticket), None)

    def turn_away(self, person: str) -> None:
        """Take every ticket of a person whose account has changed."""
        for ticket, (whose, _) in list(self._waiting.items()):
            if whose == person:
                del self._waiting[ticket]


def _digest(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode(errors="surrogatepass")).digest()
