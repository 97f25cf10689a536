"""Today's refused taps, for the class page: read at start, then kept."""

from __future__ import annotations

from collections import deque

from controller.domain.tap_facts import TapRefused
from controller.service.core import Committed, Core

KEPT = 200
"""More than a class page ever shows; bounded, since a child may tap all day."""


class Recent:
    """Remembers refused taps, newest first."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._refused: deque[tuple[str, str, int]] = deque(maxlen=KEPT)
        entries = core.journal.entries(
            kinds=["TapRefused"], limit=KEPT, newest_first=True
        )
        for entry in entries:
            fact = core.journal.fact(entry)
            if isinstance(fact, TapRefused):
                self._refused.append((fact.person, fact.rule, entry.at_us))
        core.listeners.append(self._on_commit)

    def _on_commit(self, done: Committed) -> None:
        for fact, entry in zip(done.facts, done.entries, strict=True):
            if isinstance(fact, TapRefused):
                self._refused.appendleft((fact.person, fact.rule, entry.at_us))

    def refused(self, date: str) -> list[tuple[str, str, int]]:
        """Return pupil, rule and wall clock of the refused taps of a local date."""
        calendar = self._core.calendar
        return [
            each
            for each in self._refused
            if calendar.local(each[2]).date().isoformat() == date
        ]
