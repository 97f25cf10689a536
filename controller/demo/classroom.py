"""The invented class of the demo: plain first names, surnames that nobody has."""

from __future__ import annotations

from dataclasses import dataclass

CLASS = "kestrels"
CLASS_NAME = "Kestrels"
YEAR = "Year 4"
BANK = "kestrels-bank"
READER = "front"
COLUMNS = 6
DOORS = 36
PUPIL_DOORS = 30
STAFF_DOORS = (32, 33)
"""Doors set aside for staff's and visitors' own devices."""
DESK_DOORS = (34, 35, 36)
"""Holding doors in sight of the office's desk."""

TABLES = ("otters", "badgers", "herons", "foxes", "hares")
"""Five tables of six, as the doors stand in rows."""

FIRST_NAMES = (
    *("Amina", "Oliver", "Zofia", "Jayden", "Maryam", "Harry"),
    *("Leon", "Grace", "Kofi", "Emily", "Noah", "Ruby"),
    *("Yusuf", "Freya", "Daniel", "Iris", "Mateo", "Sana"),
    *("Elsie", "Tomasz", "Aisha", "Hugo", "Poppy", "Arjun"),
    *("Bohdan", "Layla", "Oscar", "Nadia", "Theo", "Martha"),
)
"""Four letters or more; in no entry's kind and on no public page."""

LAST_NAMES = (
    *("Applewick", "Birchmoor", "Cloverdene", "Dunmarsh", "Elderbrook", "Fernholt"),
    *("Greywell", "Hazelcombe", "Ivorstone", "Juniperley", "Larkholm", "Merrowby"),
    *("Nettleden", "Oakmere", "Pinecroft", "Quarrendale", "Rowanby", "Silverley"),
    *("Thornwick", "Umberfield", "Valewood", "Willowmead", "Yarrowby", "Ambleford"),
    *("Brackenby", "Coltsworth", "Dapplemere", "Emberley", "Foxholt", "Gorsefield"),
)
"""In the order of the first names; made of plants and places, in no word of a page."""

LANGUAGES = {
    "Zofia": "pl",
    "Tomasz": "pl",
    "Bohdan": "uk",
    "Layla": "ar",
    "Yusuf": "ur",
    "Nadia": "ro",
}
"""Languages of the kiosk, where they are not English."""

CARERS = (
    *(("Marta", "mother"), ("Winifred", "grandmother"), ("Piotr", "father")),
    *(("Leonora", "mother"), ("Hassan", "father"), ("Gwendolyn", "grandmother")),
    *(("Isobel", "mother"), ("Rosamund", "aunt"), ("Kwame", "father")),
    *(("Beatrix", "mother"), ("Callum", "father"), ("Philippa", "child minder")),
    *(("Farida", "mother"), ("Ottilie", "grandmother"), ("Rupert", "father")),
    *(("Cordelia", "mother"), ("Joaquin", "father"), ("Meera", "mother")),
    *(("Albert", "grandfather"), ("Katarzyna", "mother"), ("Bilal", "father")),
    *(("Florian", "father"), ("Edith", "grandmother"), ("Rakesh", "father")),
    *(("Oksana", "mother"), ("Rania", "mother"), ("Josephine", "mother")),
    *(("Mihaela", "mother"), ("Desmond", "grandfather"), ("Adelaide", "carer")),
)
"""The adult on each pupil's list, in the order of the first names; no surname."""

NEVER = ("Craig", 26)
"""An adult with the mark *never release*, and on whose list (from 0)."""

CLAUSES = (
    ("4.2", "Phones in lessons", False),
    ("4.3", "Again and again", True),
)
"""Number, words, and whether it allows longer than the day (CUS-5)."""

MAY_CONFISCATE = ("teacher", "office", "dsl")
"""Roles whose demo account the head has authorised."""

CLUB = ("football", "Football", "16:15")


@dataclass(frozen=True, slots=True)
class Adult:
    """One invented member of staff."""

    username: str
    first_name: str
    last_name: str
    role: str
    classes: tuple[str, ...] = ()


ADULTS = (
    Adult("teacher", "Teresa", "Reed", "teacher", (CLASS,)),
    Adult("office", "Olga", "Finch", "office"),
    Adult("head", "Helen", "Marsh", "leadership"),
    Adult("safeguarding", "Samir", "Brook", "dsl"),
    Adult("technician", "Tariq", "Stone", "technician"),
)


def pupil_card(number: int) -> bytes:
    """Return the UID of pupil ``number`` (1 to 30): 7 bytes, as NXP's cards have."""
    return bytes((0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, number))


def staff_card(number: int) -> bytes:
    """Return the UID of member of staff ``number`` (1 to 5)."""
    return bytes((0x04, 0x5A, 0x11, 0x22, 0x33, 0x44, number))
