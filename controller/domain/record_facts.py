"""Facts about records that law or policy asks for (REC-2 to REC-11).

One set for all kinds of :data:`controller.domain.records.KINDS`. Values are codes,
numbers, dates and ids; words are one text in people.db for each fact, named by ``note``
with its salted ``digest``, and ``worded`` says which fields they fill (DAT-2).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordFiled:
    """A record was filed.

    Attributes:
        record: id.
        kind: key of the table of kinds.
        about: a pupil, a class or a member of staff; empty where it is none of them.
        by: who filed it.
        values: name and value of each field that is filled in, in the form's order.
        worded: names of the fields whose words are in people.db.
        note, digest: those words.
    """

    record: str
    kind: str
    about: str
    by: str
    values: tuple[tuple[str, str], ...] = ()
    worded: tuple[str, ...] = ()
    note: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class RecordAmended:
    """A record was changed; its values are whole, and any approval is to be given anew.

    What it was before stays in the entry before.
    """

    record: str
    by: str
    values: tuple[tuple[str, str], ...] = ()
    worded: tuple[str, ...] = ()
    note: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class RecordApproved:
    """Whoever must approve a record has done so: it holds from now on."""

    record: str
    by: str


@dataclass(frozen=True, slots=True)
class RecordRead:
    """Whoever had to be told of a record has read it."""

    record: str
    by: str


@dataclass(frozen=True, slots=True)
class RecordEnded:
    """A record holds no more: ``why`` is a code of :data:`END_WHY`."""

    record: str
    by: str
    why: str


END_WHY = ("over", "withdrawn", "mistake")
"""Why a record ended: it has run out, it was taken back, it should not have been."""

RecordFact = RecordFiled | RecordAmended | RecordApproved | RecordRead | RecordEnded
