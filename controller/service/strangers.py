"""Cards that point to nobody: counted, folded, never able to fill the disk (ACC-7)."""

from __future__ import annotations

from dataclasses import dataclass

from controller.domain.tap_facts import StrangeCardsSeen

FOLD_S = 60.0
"""At most one entry a minute and reader (design.md, "The journal")."""


@dataclass(slots=True)
class _Counts:
    unknown: int = 0
    random: int = 0
    crowded: int = 0


class Strangers:
    """Folds taps of unknown cards, random UIDs and crowded readers by reader.

    The first is told at once, those of the next minute together at its end.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, _Counts] = {}
        self._last: dict[str, float] = {}

    def seen(self, reader: str, what: str, now: float) -> list[StrangeCardsSeen]:
        """Count one ``what`` (``unknown``, ``random``, ``crowded``) at ``now``.

        Returns:
            The fact to write now, or nothing yet.
        """
        counts = self._waiting.setdefault(reader, _Counts())
        setattr(counts, what, getattr(counts, what) + 1)
        return self.due(now)

    def due(self, now: float) -> list[StrangeCardsSeen]:
        """Return the facts whose minute is over."""
        ready = [
            reader
            for reader in self._waiting
            if now - self._last.get(reader, -FOLD_S) >= FOLD_S
        ]
        return [self._take(reader, now) for reader in ready]

    def flush(self) -> list[StrangeCardsSeen]:
        """Return whatever is left, at the program's end."""
        return [self._take(reader, 0.0) for reader in list(self._waiting)]

    def _take(self, reader: str, now: float) -> StrangeCardsSeen:
        counts = self._waiting.pop(reader)
        self._last[reader] = now
        return StrangeCardsSeen(reader, counts.unknown, counts.random, counts.crowded)
