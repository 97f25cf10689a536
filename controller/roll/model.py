"""What a roll file says: rows that can be taken, rows that cannot, and remarks.

Whatever names a person is kept out of ``repr``, so that nothing of it reaches a log.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RollRow:
    """One pupil as the file has it; ``None`` where the file says nothing.

    Attributes:
        line: where it begins in the file, counted from 1 with the headings.
        external_id: the number by which the school's own system knows the pupil.
        upn: Unique Pupil Number, its check letter found right (DAT-6).
        first_name: the preferred one where the file has one.
        class_name: as the door sign says it; class_slug: as addresses say it.
        year: ``N``, ``R`` or ``1`` to ``13``.
        language: one of the kiosk's languages.
        card: the UID of the pupil's card, 4, 7 or 10 bytes.
        compartment: number of the pupil's own compartment.
        group: slug of the table or row in class.
    """

    line: int
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    class_name: str
    class_slug: str
    external_id: str | None = field(default=None, repr=False)
    upn: str | None = field(default=None, repr=False)
    year: str | None = None
    language: str | None = None
    card: bytes | None = field(default=None, repr=False)
    compartment: int | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class RowKeys:
    """By what a row that cannot be taken may still be known: nobody leaves for it."""

    external_id: str = ""
    upn: str = ""
    name: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken as it is.

    Attributes:
        line: where it begins in the file.
        reason: column, what is wrong, what to do; never what the cell says.
        about: whom it may be about.
    """

    line: int
    reason: str
    about: frozenset[RowKeys] = field(default=frozenset(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to look at that stops nothing."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class ParsedRoll:
    """A roll file, read.

    Attributes:
        rows: the pupils, in the order of the file.
        bad: in the order of the file.
        notes: in the order of the file.
        source: ``csv``, ``oneroster-1.1`` or ``oneroster-1.2``.
    """

    rows: tuple[RollRow, ...]
    bad: tuple[BadRow, ...] = ()
    notes: tuple[Note, ...] = ()
    source: str = "csv"
