"""What people may order about records: one dataclass each.

Who may is in :data:`controller.domain.records.KINDS`, for each kind; deciding is in
:mod:`controller.domain.decide_records`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileRecord:
    """File a record.

    Attributes:
        kind, about: as in the fact.
        values: name and value of each field, in any order.
        worded: names of the fields that are filled in with words.
        note, digest: those words.
        approve: whoever files it approves it too.
    """

    kind: str
    about: str = ""
    values: tuple[tuple[str, str], ...] = ()
    worded: tuple[str, ...] = ()
    note: str = ""
    digest: str = ""
    approve: bool = False


@dataclass(frozen=True, slots=True)
class AmendRecord:
    """Change a record; ``values`` and ``worded`` are whole, not what differs."""

    record: str
    values: tuple[tuple[str, str], ...] = ()
    worded: tuple[str, ...] = ()
    note: str = ""
    digest: str = ""
    approve: bool = False


@dataclass(frozen=True, slots=True)
class ApproveRecord:
    """Approve a record, so that it holds."""

    record: str


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """Say that one has read what one had to be told."""

    record: str


@dataclass(frozen=True, slots=True)
class EndRecord:
    """End a record: ``why`` is a code of :data:`record_facts.END_WHY`."""

    record: str
    why: str


RecordOrder = FileRecord | AmendRecord | ApproveRecord | ReadRecord | EndRecord
