"""The kinds of record that law or policy asks for, as one table (REC-2 to REC-11).

A row is a kind: its fields, who may file, see, change, approve and end it, how long it
is kept. Orders are decided by it; forms, lists, prints and the documentation are made
of it. A new kind is a new row, in :mod:`record_kinds` or :mod:`record_kinds_pupils`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from controller.domain.record_kinds import ADULTS
from controller.domain.record_kinds_pupils import PUPILS
from controller.domain.record_kinds_search import SEARCHES
from controller.domain.record_shape import Kind

KINDS: Mapping[str, Kind] = MappingProxyType({**PUPILS, **SEARCHES, **ADULTS})
"""Key -> kind, in the order of the page."""

RETENTION: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "pupil": (
            "While the pupil is on the roll",
            "Ends with the roll; what was agreed for a child is nobody's afterwards.",
        ),
        "year": ("The school year and the one after", "Long enough for a complaint."),
        "safeguarding": (
            "Until the pupil is 25",
            "As the school's own safeguarding file; 25 is the usual proposal.",
        ),
        "staff": (
            "Six years after the person has left",
            "The usual time in which a claim can be brought (Limitation Act 1980, s.5)",
        ),
        "visit": ("One year", "Long enough to know who was in the building."),
    }
)
"""Class of retention -> how long is proposed, and why; the school decides (DAT-3)."""
