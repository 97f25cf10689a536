"""How people and classes are named in the journal's sentences."""

from __future__ import annotations

from typing import Protocol


class Who(Protocol):
    """How people and classes are named in sentences."""

    def pupil(self, pupil: str) -> str:
        """Return a pupil's name, or "a pupil"."""

    def staff(self, staff: str) -> str:
        """Return a staff member's name, or "a member of staff"; empty: "somebody"."""

    def person(self, person: str) -> str:
        """Return the name of a pupil, a member of staff or a visitor."""

    def klass(self, klass: str) -> str:
        """Return the class as its door sign says it."""


def by_staff(staff: str, who: Who) -> str:
    """Return " by" and the name, or nothing where the program did it by itself."""
    return f" by {who.staff(staff)}" if staff else ""
