"""What of the bank a roll has to respect: whose doors they are, and what is inside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from controller.roll.model import RollRow

NO_SUCH = "compartment: is none of the pupils' doors here, choose one of them"
DEVICE = (
    "compartment: somebody else's device is behind it, "
    "have it collected first or choose another one"
)


@dataclass(frozen=True, slots=True)
class BankDoors:
    """The bank as a roll sees it.

    Attributes:
        klass: slug of the class whose bank it is; empty: of every class.
        doors: numbers that pupils may have, not those for holds, staff and visitors;
            empty where it is not known how the bank is built.
        is_taken: whether a door is somebody else's now, whatever the roll says: a
            device is inside, or the door is open or about to open. Takes the number
            and the pupil, empty for one who is new.
    """

    klass: str
    doors: frozenset[int]
    is_taken: Callable[[int, str], bool]

    def serves(self, klass: str) -> bool:
        """Return whether pupils of ``klass`` have their doors here."""
        return self.klass in ("", klass)

    def own(self, row: RollRow) -> RollRow:
        """Return ``row`` without the door of another class's bank.

        Banks count their doors from 1 each: that number is none of ours.
        """
        if row.compartment is None or self.serves(row.class_slug):
            return row
        return replace(row, compartment=None)

    def why_not(self, row: RollRow, pupil: str) -> str:
        """Return why a row cannot have the door that it asks for, or an empty text.

        ``pupil`` is whose row it is, empty for one who is new.
        """
        n = row.compartment
        if n is None:
            return ""
        if self.doors and n not in self.doors:
            return NO_SUCH
        return DEVICE if self.is_taken(n, pupil) else ""


def asked_for_twice(rows: Iterable[RollRow]) -> Mapping[int, list[int]]:
    """Return the doors that rows of two classes ask for, with the lines."""
    lines: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row.compartment:
            lines[row.compartment].append(row.line)
    return {n: found for n, found in lines.items() if len(found) > 1}
