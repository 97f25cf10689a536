"""The bar across the top: pages that the person signed in has a use for."""

from __future__ import annotations

from dataclasses import dataclass

from controller.protocol import Me


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the bar, for whoever has one of ``rights``; for all where empty."""

    path: str
    title: str
    rights: frozenset[str] = frozenset()


ENTRIES = (
    Entry("/", "Board"),
    Entry("/classes", "Classes", frozenset({"class.see"})),
    Entry("/desk", "Desk", frozenset({"desk.see"})),
    Entry("/safeguarding", "Safeguarding", frozenset({"custody.reasons"})),
    Entry("/people", "People", frozenset({"people.see"})),
    Entry("/records", "Records", frozenset({"records.see"})),
    Entry("/reports", "Reports", frozenset({"reports.see"})),
    Entry("/journal", "Journal", frozenset({"journal.see"})),
    Entry("/settings", "Settings", frozenset({"settings.see"})),
    Entry("/health", "Health", frozenset({"health.see"})),
    Entry("/concern", "Concern", frozenset({"custody.concern"})),
)

FIRST_PAGES = ("/classes", "/desk", "/health", "/people", "/reports")
"""Where signing in leads: the first of these that is open to the person."""


def entries_for(person: Me | None) -> list[Entry]:
    """Return the links of the bar for ``person``, none for nobody."""
    if person is None:
        return []
    waits = person.must_set_up or person.must_change
    rights = set() if waits else set(person.rights)
    return [entry for entry in ENTRIES if not entry.rights or entry.rights & rights]


def first_page(person: Me) -> str:
    """Return where ``person`` begins."""
    if person.must_set_up:
        return "/account/second-factor"
    if person.must_change:
        return "/account"
    open_paths = {entry.path for entry in entries_for(person)}
    return next((path for path in FIRST_PAGES if path in open_paths), "/")
