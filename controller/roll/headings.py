"""By which headings each column is known: SIMS, Arbor, Bromcom and plain English.

Sources: "S" the field names of SIMS' report designer, "A" Arbor's custom report writer,
"B" Bromcom's import templates and list exports (docs.bromcom.com), "I" iSAMS' import
sheet, "E" what people type. Headings are compared by ``folding.heading``, that is
without case, spaces and punctuation. Within a field the first heading that has a value
wins: so the preferred name goes before the legal one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from controller.roll.errors import RollHeadingTwice
from controller.roll.folding import heading

Columns = Mapping[str, tuple[int, ...]]
"""For each field that the file has: its columns, the first to be believed first."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "first name": (
        "preferredforename",  # S
        "chosenforename",  # S, newer
        "preferredfirstname",  # A B
        "preferredgivenname",  # OneRoster's words
        "preferredname",  # I
        "knownas",  # E
        "forename",  # S
        "firstname",  # A B
        "givenname",  # E
        "legalforename",  # S
        "legalfirstname",  # A B
        "forenames",  # E, "Forename(s)"
        "firstnames",  # E
    ),
    "last name": (
        "preferredsurname",  # S
        "chosensurname",  # S, newer
        "preferredlastname",  # A B
        "preferredfamilyname",  # OneRoster's words
        "surname",  # S
        "lastname",  # A B
        "familyname",  # E
        "legalsurname",  # S
        "legallastname",  # A B
    ),
    "name": (  # "Surname, Forename" in one cell
        "name",  # S, list reports
        "fullname",  # A
        "pupilname",  # E
        "studentname",  # B
        "legalname",  # S
        "pupil",  # E
        "student",  # A
    ),
    "class": (
        "registrationgroup",  # S
        "reggroup",  # S
        "reg",  # S, short reports
        "registrationform",  # A
        "currentregistrationform",  # A
        "regform",  # A
        "tutorgroup",  # B
        "formgroup",  # B
        "formtutorgroup",  # I, "Form/Tutor Group"
        "registrationclass",  # E
        "regclass",  # E
        "form",  # A I
        "class",  # E
        "classname",  # E
    ),
    "admission number": (
        "admissionnumber",  # S B
        "admissionno",  # S
        "adno",  # S
        "admno",  # S
        "admissionsnumber",  # B
        "misid",  # B
        "pupilid",  # E
        "studentid",  # A B
        "arborid",  # A
        "arborstudentid",  # A
        "pupilnumber",  # E
        "studentnumber",  # E
        "externalid",  # E
        "id",  # I
    ),
    "UPN": ("upn", "uniquepupilnumber", "pupilupn"),
    "year": (
        "ncyear",  # S
        "nationalcurriculumyear",  # S
        "ncyearactual",  # the school census's word
        "yeargroup",  # S A B
        "yeartaughtin",  # S
        "currentyeargroup",  # A
        "year",  # S
        "yeargrp",  # S, short reports
    ),
    "language": (
        "kiosklanguage",  # E
        "homelanguage",  # S
        "firstlanguage",  # S A B
        "language",  # I
        "nativelanguage",  # A
    ),
    "card": ("card", "carduid", "uid", "cardnumber", "cardno", "cardid", "rfid", "tag"),
    "compartment": (
        "compartment",
        "compartmentnumber",
        "compartmentno",
        "locker",
        "lockernumber",
        "lockerno",
        "door",
    ),
    "table": ("table", "tablegroup", "tablename", "group"),
}


@dataclass(frozen=True, slots=True)
class Headings:
    """By which words a kind of file names its columns.

    Attributes:
        words: for each field its words, the first to be believed first.
        alone: fields of which a file may have one column only, since two could be about
            two people.
        field_of: the other way round.
    """

    words: Mapping[str, tuple[str, ...]]
    alone: frozenset[str] = frozenset()
    field_of: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Turn ``words`` round."""
        turned = {word: name for name, words in self.words.items() for word in words}
        object.__setattr__(self, "field_of", turned)


ROLL = Headings(HEADINGS)
"""How a roll, or a list of cards, names its columns."""

TITLE_ROWS = 10
"""How many rows of titles and dates may stand above the headings, as SIMS puts them."""


def columns_of(
    cells: Sequence[str], *, where: str, line: int, headings: Headings = ROLL
) -> Columns:
    """Return which columns of this row of headings are which fields.

    Raises:
        RollHeadingTwice: one heading stands over two columns.
    """
    found: dict[str, dict[str, int]] = {}
    for column, cell in enumerate(cells):
        word = heading(cell)
        name = headings.field_of.get(word)
        if name is None:
            continue
        known = found.setdefault(name, {})
        if word in known or (known and name in headings.alone):
            raise RollHeadingTwice(where, field=name, line=line)
        known[word] = column
    return {
        name: tuple(of[word] for word in headings.words[name] if word in of)
        for name, of in found.items()
    }


def known_headings(cells: Sequence[str], headings: Headings = ROLL) -> int:
    """Return how many cells of a row are headings."""
    return sum(heading(cell) in headings.field_of for cell in cells)


def missing_from(
    columns: Columns, wanted: Sequence[tuple[str, ...]]
) -> tuple[str, ...]:
    """Return what is missing of ``wanted``, where each may have several forms.

    >>> missing_from({"name": (0,)}, [("last name", "name"), ("class",)])
    ('class',)
    """
    return tuple(
        forms[0] for forms in wanted if not any(form in columns for form in forms)
    )
