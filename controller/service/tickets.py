"""Previews that wait for a yes: kept in memory, few, and gone with the program."""

from __future__ import annotations

import secrets
from collections import OrderedDict

KEPT = 8
"""Previews kept; a roll is a few hundred kilobytes, and one person applies one."""


class Tickets:
    """Keeps what a page may come back for."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, object] = OrderedDict()

    def keep(self, thing: object) -> str:
        """Keep ``thing``, the oldest goes; return its ticket."""
        ticket = secrets.token_hex(8)
        self._kept[ticket] = thing
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return ticket

    def look(self, ticket: str) -> object | None:
        """Return what was kept under a ticket, and keep it."""
        return self._kept.get(ticket)

    def take(self, ticket: str) -> object | None:
        """Return what was kept under a ticket, and keep it no longer."""
        return self._kept.pop(ticket, None)
