"""Which pupil a row is about, in a file of things that pupils have: cards, adults."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from controller.roll import folding
from controller.roll.matching import CurrentPupil


class AboutPupil(Protocol):
    """By what a row knows a pupil; '' where the file says nothing."""

    @property
    def number(self) -> str:
        """Admission number, or our own id, as :func:`folding.number` has it."""

    @property
    def upn(self) -> str:
        """Unique Pupil Number."""

    @property
    def name(self) -> tuple[str, str]:
        """First and last name, folded."""

    @property
    def class_slug(self) -> str:
        """The class."""


class Whose:
    """The roll by everything that a row may know a pupil by."""

    def __init__(self, current: Sequence[CurrentPupil]) -> None:
        self._by: defaultdict[object, set[str]] = defaultdict(set)
        self._pupils = {one.pupil: one for one in current}
        for one in current:
            keys = one.keys
            for key in {
                ("number", folding.number(one.pupil)),
                ("number", keys.external_id),
                ("upn", keys.upn),
                ("name", keys.name, ""),
                ("name", keys.name, one.class_slug),
            }:
                self._by[key].add(one.pupil)

    def of(self, row: AboutPupil) -> CurrentPupil | str:
        """Return the pupil, or why there is none or more than one."""
        keys: list[tuple[str, object]] = []
        if row.number:
            keys.append(("admission number", ("number", row.number)))
        if row.upn:
            keys.append(("UPN", ("upn", row.upn)))
        if not keys and all(row.name):
            keys.append(("name and class", ("name", row.name, row.class_slug)))
        if not keys:
            return "name: empty, fill in an admission number or name and class"
        found = [(word, self._by.get(key, set())) for word, key in keys]
        return self._one_of(found)

    def _one_of(self, found: Sequence[tuple[str, set[str]]]) -> CurrentPupil | str:
        for word, pupils in found:
            if not pupils:
                return f"{word}: nobody on the roll has it, correct it"
            if len(pupils) > 1:
                return f"{word}: several pupils have it, use the admission number"
        if len(set.union(*(pupils for _, pupils in found))) > 1:
            return "admission number and UPN: belong to two pupils, correct one"
        return self._pupils[next(iter(found[0][1]))]
