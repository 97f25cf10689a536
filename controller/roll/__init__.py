"""The school's roll: reading it from a file, and what importing it would do.

Pure: nothing here opens the store or knows the time. ``parse`` a file, ``preview`` it
against the pupils there are, ``plan`` the changes, apply them all in one transaction.
"""

from controller.roll.cards import CardsPreview, assign_cards, parse_cards
from controller.roll.errors import RollError
from controller.roll.export import to_csv
from controller.roll.matching import CurrentPupil
from controller.roll.model import BadRow, Note, ParsedRoll, RollRow
from controller.roll.parse import parse
from controller.roll.plan import (
    Change,
    Join,
    Leave,
    Refused,
    RollChange,
    RollRefused,
    plan,
)
from controller.roll.preview import Changed, Preview, preview

__all__ = [
    "BadRow",
    "CardsPreview",
    "Change",
    "Changed",
    "CurrentPupil",
    "Join",
    "Leave",
    "Note",
    "ParsedRoll",
    "Preview",
    "Refused",
    "RollChange",
    "RollError",
    "RollRefused",
    "RollRow",
    "assign_cards",
    "parse",
    "parse_cards",
    "plan",
    "preview",
    "to_csv",
]
