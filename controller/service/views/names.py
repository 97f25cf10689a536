"""The names of ids, for pages: the one door between the journal's ids and people.db."""

from __future__ import annotations

from typing import Protocol


class Names(Protocol):
    """Who an id is."""

    def first(self, person: str) -> str:
        """Return the first name, or a neutral word where nobody is known."""

    def full(self, person: str) -> str:
        """Return first and last name, or a neutral word where nobody is known."""

    def last(self, person: str) -> str:
        """Return the last name, or an empty text."""


def short_names(names: Names, people: list[str]) -> dict[str, str]:
    """Return first names, with as much of the last name as tells two of one apart.

    >>> class Two:
    ...     def first(self, person): return "Amina"
    ...     def last(self, person): return {"p1": "Khan", "p2": "Nowak"}[person]
    >>> short_names(Two(), ["p1", "p2"])
    {'p1': 'Amina K', 'p2': 'Amina N'}
    """
    by_first: dict[str, list[str]] = {}
    for person in people:
        by_first.setdefault(names.first(person), []).append(person)
    made: dict[str, str] = {}
    for first, sharing in by_first.items():
        for person in sharing:
            initial = names.last(person)[:1]
            twins = len(sharing) > 1 and initial
            made[person] = f"{first} {initial}" if twins else first
    return made


def in_words(code: str) -> str:
    """Return a slug as a door sign would say it.

    >>> in_words("year-4-otters")
    'Year 4 otters'
    """
    words = code.replace("-", " ").strip()
    return words[:1].upper() + words[1:]
