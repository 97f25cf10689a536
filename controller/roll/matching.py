"""Which row of the file is which pupil on the roll.

Surest first: the school's number, then the UPN, then name and class where both sides
have one pupil of that name, then the name alone where it is unique and no number speaks
against it (a pupil who changed class, in a file without numbers). A row that two pupils
could claim, or whose number belongs to somebody of another name, matches nobody: it is
a bad row, since a wrong match would give one child another child's card.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from controller.roll import folding
from controller.roll.model import BadRow, RollRow, RowKeys
from controller.roll.rows import row_keys


@dataclass(frozen=True, slots=True)
class CurrentPupil:
    """A pupil as the roll has it now.

    Attributes:
        pupil: our id.
        provisional: enrolled before the roll knew the pupil (ACC-9): does not leave by
            being absent from a file, and is merged by name and class.
        device_inside: a device of this pupil is behind a door, so that the pupil's own
            door stays.
        card: UID of the card that is enrolled now.

    The rest is as in :class:`controller.roll.model.RollRow`.
    """

    pupil: str
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    class_slug: str
    external_id: str | None = field(default=None, repr=False)
    upn: str | None = field(default=None, repr=False)
    year: str | None = None
    language: str | None = None
    card: bytes | None = field(default=None, repr=False)
    compartment: int | None = None
    group: str | None = None
    provisional: bool = False
    device_inside: bool = False

    @property
    def keys(self) -> RowKeys:
        """By what a row of a file may know this pupil."""
        return RowKeys(
            external_id=folding.number(self.external_id or ""),
            upn=self.upn or "",
            name=(folding.folded(self.first_name), folding.folded(self.last_name)),
        )


@dataclass(slots=True)
class Matches:
    """The outcome.

    Attributes:
        pairs: a row and its pupil.
        new: rows of pupils who are not on the roll.
        bad: rows that contradict the roll.
        unclaimed: pupils whom no row is about.
    """

    pairs: list[tuple[RollRow, CurrentPupil]] = field(default_factory=list)
    new: list[RollRow] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    unclaimed: list[CurrentPupil] = field(default_factory=list)


T = TypeVar("T", RollRow, CurrentPupil)


def match(rows: Sequence[RollRow], current: Sequence[CurrentPupil]) -> Matches:
    """Return which row is which pupil; nobody is claimed twice."""
    matching = _Matching(rows, current)
    matching.by_number_or_upn()
    matching.by_unique(_name_and_class, _upns_agree)
    matching.by_unique(_name, _numbers_allow)
    return matching.outcome()


class _Matching:
    def __init__(
        self, rows: Sequence[RollRow], current: Sequence[CurrentPupil]
    ) -> None:
        self._rows = {row.line: row for row in rows}
        self._pupils = {pupil.pupil: pupil for pupil in current}
        self._claimed: dict[str, RollRow] = {}
        self._found = Matches()

    def by_number_or_upn(self) -> None:
        """Match the rows whose number or UPN is on the roll."""
        numbers = index(self._pupils.values(), lambda one: one.keys.external_id)
        upns = index(self._pupils.values(), lambda one: one.keys.upn)
        sure: list[tuple[RollRow, CurrentPupil]] = []
        likely: list[tuple[RollRow, CurrentPupil]] = []
        for row in [*self._rows.values()]:
            keys = row_keys(row)
            numbered, known = numbers.get(keys.external_id), upns.get(keys.upn)
            if fault := _contradiction(row, numbered, known):
                self._refuse(row, fault, numbered, known)
            elif numbered is not None:
                sure.append((row, numbered))
            elif known is not None:
                likely.append((row, known))
        for row, pupil in (*sure, *likely):
            self._claim(row, pupil)

    def by_unique(
        self,
        key: Callable[[RollRow | CurrentPupil], Hashable],
        allowed: Callable[[RollRow, CurrentPupil], bool],
    ) -> None:
        """Match what is left where ``key`` is of one row and of one pupil."""
        rows = _groups(self._rows.values(), key)
        pupils = _groups(self._free(), key)
        for value, same in rows.items():
            others = pupils.get(value, [])
            if len(same) == len(others) == 1 and allowed(same[0], others[0]):
                self._claim(same[0], others[0])

    def outcome(self) -> Matches:
        """Return what was found; rows that are left are new pupils."""
        self._found.new = list(self._rows.values())
        self._found.unclaimed = self._free()
        return self._found

    def _free(self) -> list[CurrentPupil]:
        return [one for one in self._pupils.values() if one.pupil not in self._claimed]

    def _claim(self, row: RollRow, pupil: CurrentPupil) -> None:
        other = self._claimed.get(pupil.pupil)
        if other is not None:
            fault = (
                f"UPN: belongs to the pupil of line {other.line}, correct one of them"
            )
            self._refuse(row, fault)
            return
        self._claimed[pupil.pupil] = row
        self._found.pairs.append((row, pupil))
        del self._rows[row.line]

    def _refuse(self, row: RollRow, reason: str, *about: CurrentPupil | None) -> None:
        keys = {row_keys(row), *(one.keys for one in about if one is not None)}
        self._found.bad.append(BadRow(row.line, reason, frozenset(keys)))
        del self._rows[row.line]


def _contradiction(
    row: RollRow, numbered: CurrentPupil | None, known: CurrentPupil | None
) -> str | None:
    if numbered is None:
        return None
    if known is not None and known is not numbered:
        return (
            "admission number and UPN: on the roll they belong to two pupils, "
            "correct the one that is wrong"
        )
    if known is None and is_stranger(row, numbered):
        return (
            "admission number: on the roll it belongs to a pupil of another name; "
            "correct it, or change the name on the page first"
        )
    return None


def is_stranger(row: RollRow, pupil: CurrentPupil) -> bool:
    """Return whether both names differ: one changes by marriage, two are a mistake."""
    return all(a != b for a, b in zip(row_keys(row).name, pupil.keys.name, strict=True))


def _upns_agree(row: RollRow, pupil: CurrentPupil) -> bool:
    return not (row.upn and pupil.upn) or row.upn == pupil.upn


def _numbers_allow(row: RollRow, pupil: CurrentPupil) -> bool:
    """Return whether a name alone may decide: nothing better is on both sides."""
    both_numbered = bool(row.external_id and pupil.external_id)
    return not pupil.provisional and not both_numbered and _upns_agree(row, pupil)


def _keys(one: RollRow | CurrentPupil) -> RowKeys:
    return row_keys(one) if isinstance(one, RollRow) else one.keys


def _name(one: RollRow | CurrentPupil) -> Hashable:
    return _keys(one).name


def _name_and_class(one: RollRow | CurrentPupil) -> Hashable:
    return (*_keys(one).name, one.class_slug)


def _groups(
    items: Iterable[T], key: Callable[[T], Hashable]
) -> Mapping[Hashable, list[T]]:
    groups: defaultdict[Hashable, list[T]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def index(
    pupils: Iterable[CurrentPupil], key: Callable[[CurrentPupil], str]
) -> Mapping[Hashable, CurrentPupil]:
    """Return pupils by ``key``, where it is not empty and of one pupil only."""
    groups = _groups(pupils, key)
    return {
        value: same[0]
        for value, same in groups.items()
        if value != "" and len(same) == 1
    }
