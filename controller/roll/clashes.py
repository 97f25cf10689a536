"""Two pupils with one card, one UPN, one number, one door: then both rows are bad."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import astuple

from controller.roll import folding
from controller.roll.model import BadRow, Note, RollRow
from controller.roll.rows import row_keys

Key = Callable[[RollRow], Hashable | None]


def _number(row: RollRow) -> Hashable | None:
    return folding.number(row.external_id) if row.external_id else None


def _door(row: RollRow) -> Hashable | None:
    # Banks count their doors from 1 each, so two classes may have the same number.
    return (row.class_slug, row.compartment) if row.compartment else None


def _nameless(row: RollRow) -> Hashable | None:
    """Return name and class of a row that nothing else tells from its namesake."""
    if row.external_id or row.upn:
        return None
    return (*row_keys(row).name, row.class_slug)


_UNIQUE: tuple[tuple[str, Key, str], ...] = (
    ("admission number", _number, "correct the one that is wrong"),
    ("UPN", lambda row: row.upn, "correct the one that is wrong"),
    ("card", lambda row: row.card, "a card can stand for one pupil only"),
    ("compartment", _door, "a compartment has one pupil of a class"),
    ("name and class", _nameless, "add an admission number to tell them apart"),
)


def without_repeats(
    rows: Iterable[RollRow],
) -> tuple[list[RollRow], list[Note]]:
    """Return ``rows`` without those that repeat another row in every field.

    Some exports write a pupil once for each contact; that is one pupil, not two.
    """
    seen: dict[Hashable, int] = {}
    kept: list[RollRow] = []
    notes: list[Note] = []
    for row in rows:
        key = astuple(row)[1:]  # all but the line
        first = seen.setdefault(key, row.line)
        if first != row.line and (row.external_id or row.upn):
            notes.append(Note(row.line, f"repeats line {first}, read once"))
        else:
            kept.append(row)
    return kept, notes


def clashes(rows: Sequence[RollRow]) -> tuple[list[RollRow], list[BadRow]]:
    """Return the rows without clash, and a bad row for each of the others."""
    reasons: defaultdict[int, list[str]] = defaultdict(list)
    for field, key, remedy in _UNIQUE:
        for same in _groups(rows, key):
            lines = [row.line for row in same]
            for line in lines:
                others = spoken([other for other in lines if other != line])
                reasons[line].append(f"{field}: the same as in {others}, {remedy}")
    bad = [
        BadRow(row.line, "; ".join(reasons[row.line]), frozenset({row_keys(row)}))
        for row in rows
        if row.line in reasons
    ]
    return [row for row in rows if row.line not in reasons], bad


def _groups(rows: Sequence[RollRow], key: Key) -> list[list[RollRow]]:
    groups: defaultdict[Hashable, list[RollRow]] = defaultdict(list)
    for row in rows:
        if (value := key(row)) is not None:
            groups[value].append(row)
    return [group for group in groups.values() if len(group) > 1]


def spoken(lines: list[int]) -> str:
    """Return "line 7", "lines 7 and 9", or the first three of more.

    >>> spoken([7]), spoken([7, 9]), spoken([1, 2, 3, 4, 5])
    ('line 7', 'lines 7 and 9', 'lines 1, 2, 3 and 2 more')
    """
    if len(lines) == 1:
        return f"line {lines[0]}"
    shown = [str(line) for line in lines[:3]]
    if len(lines) > len(shown):
        return f"lines {', '.join(shown)} and {len(lines) - len(shown)} more"
    return f"lines {', '.join(shown[:-1])} and {shown[-1]}"
