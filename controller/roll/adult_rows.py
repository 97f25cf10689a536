"""The rows of a file of adults that can be taken: each about one pupil, and said once.

What is found here needs the roll and the other rows, and no list as it is now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from controller.roll import folding
from controller.roll.adults import AdultRow, ParsedAdults
from controller.roll.folding import groups
from controller.roll.matching import CurrentPupil
from controller.roll.model import BadRow
from controller.roll.whose import Whose

_STRANGER: Final = (
    "admission number or UPN: on the roll it belongs to a pupil of another name, "
    "correct it"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A row and the pupil it is about.

    Attributes:
        key, what: the adult's name and relationship as they are compared.
    """

    row: AdultRow
    pupil: str
    key: str
    what: str


def checked(
    parsed: ParsedAdults, pupils: Sequence[CurrentPupil]
) -> tuple[list[Pair], list[BadRow]]:
    """Return the rows with their pupils, and those that contradict roll or file."""
    bad: list[BadRow] = []
    search = Whose(pupils)
    pairs = list(_once(_about(parsed.rows, search, bad)))
    for refuse in (_another_name, _said_twice):
        wrong = list(refuse(pairs))
        bad += wrong
        lines = {row.line for row in wrong}
        pairs = [pair for pair in pairs if pair.row.line not in lines]
    return pairs, bad


def _about(
    rows: Iterable[AdultRow], search: Whose, bad: list[BadRow]
) -> Iterable[Pair]:
    for row in rows:
        whose = search.of(row)
        if not isinstance(whose, CurrentPupil):
            bad.append(BadRow(row.line, whose))
        elif _is_stranger(row, whose):
            bad.append(BadRow(row.line, _STRANGER))
        else:
            key, what = folding.folded(row.adult), folding.folded(row.relationship)
            yield Pair(row, whose.pupil, key, what)


def _is_stranger(row: AdultRow, pupil: CurrentPupil) -> bool:
    """Return whether both names differ: then the number is of another system."""
    return all(row.name) and all(
        a != b for a, b in zip(row.name, pupil.keys.name, strict=True)
    )


def _once(pairs: Iterable[Pair]) -> Iterable[Pair]:
    """Leave out rows that repeat another: exports write one for each telephone."""
    first: dict[tuple[object, ...], Pair] = {}
    for pair in pairs:
        first.setdefault(_all_said(pair), pair)
    return first.values()


def _all_said(pair: Pair) -> tuple[object, ...]:
    row = pair.row
    return (pair.pupil, pair.key, pair.what, row.adult_id, row.never, row.collects)


def _another_name(pairs: Sequence[Pair]) -> Iterable[BadRow]:
    """Yield rows whose adult's id is of an adult of another name."""
    named = [pair for pair in pairs if pair.row.adult_id]
    for same in groups(named, lambda pair: pair.row.adult_id).values():
        if len({pair.key for pair in same}) > 1:
            yield from _told(same, "adult's id: stands for another name")


def _said_twice(pairs: Sequence[Pair]) -> Iterable[BadRow]:
    """Yield rows that name one adult of a pupil twice, and differ.

    Two adults of one name, a father and his son, are told apart by both their ids and
    what they are to the pupil.
    """
    for same in groups(pairs, lambda pair: (pair.pupil, pair.key)).values():
        ids = {pair.row.adult_id for pair in same} - {""}
        told_apart = len(ids) == len({pair.what for pair in same}) == len(same)
        if len(same) > 1 and not told_apart:
            yield from _told(same, "adult's name: the same for this pupil")


def _told(pairs: Sequence[Pair], what: str) -> Iterable[BadRow]:
    for pair in pairs:
        line = next(p.row.line for p in pairs if p is not pair)
        yield BadRow(pair.row.line, f"{what} in line {line}, correct or keep one row")
