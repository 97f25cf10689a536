"""A school of people who do not exist."""

from __future__ import annotations

TABLES = {
    "Otters": ["Amina", "Oliver", "Zofia", "Jayden", "Maryam", "Harry"],
    "Badgers": ["Leon", "Grace", "Kofi", "Emily", "Noah", "Ruby"],
    "Herons": ["Yusuf", "Freya", "Daniel", "Iris", "Mateo", "Sana"],
    "Foxes": ["Elsie", "Tomasz", "Aisha", "Hugo", "Poppy", "Arjun"],
    "Hares": ["Bohdan", "Layla", "Oscar", "Nadia", "Theo", "Martha"],
}
NAMES = [name for names in TABLES.values() for name in names]
SURNAMES = [
    "Ahmed",
    "Brown",
    "Nowak",
    "Okafor",
    "Patel",
    "Kovalenko",
    "Evans",
    "Ionescu",
]
COVERED = {
    "Jayden": "absent",
    "Freya": "office",
    "Poppy": "left-early",
    "Nadia": "club",
}
NONE = {"Kofi", "Mateo"}
SAID = {"Grace", "Aisha"}
OPEN = {"Daniel", "Iris", "Sana"}
SCRIPT = "<script>alert(1)</script>"
"""Handed out as a first name where ``school["script"]`` is set."""

school: dict[str, bool] = {"script": False, "stepped_up": False}
"""What tests turn: whether the first pupil's name is a script; whether opening doors
without cards goes through, which it does from the second time on."""


def pupil_id(name: str) -> str:
    """Return the id of the pupil called ``name``."""
    return f"p{NAMES.index(name) + 1:02d}"
