"""What an import would do before it is done: added, changed, left, bad (DAT-1)."""

from __future__ import annotations

from collections.abc import (
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from typing import Any

from controller.roll import folding
from controller.roll.doors import BankDoors, asked_for_twice
from controller.roll.former import NOBODY, Former
from controller.roll.matching import CurrentPupil, Matches, match
from controller.roll.model import BadRow, Note, ParsedRoll, RollRow
from controller.roll.rows import in_order, row_keys

ASK_ABOVE = 5
"""More than one in so many pupils leaving is asked about again: a fifth."""

_FIELDS: Mapping[str, str] = {
    # the word that people read: the attribute of row and pupil
    "admission number": "external_id",
    "UPN": "upn",
    "first name": "first_name",
    "last name": "last_name",
    "class": "class_slug",
    "year": "year",
    "language": "language",
    "card": "card",
    "compartment": "compartment",
    "table": "group",
}


STAYS = (
    "compartment: stays as it is, since the pupil's device is inside; "
    "import again once it has been collected"
)
TWICE = "compartment: pupils of two classes would share it, correct one of them"


@dataclass(frozen=True, slots=True)
class Changed:
    """A pupil whom the file knows differently.

    Attributes:
        before: as the roll has the pupil.
        row: as the file has it; what the file does not say stays as it is.
        fields: which differ, in words; ``provisional`` where the pupil was enrolled
            before the roll knew of it.
    """

    before: CurrentPupil
    row: RollRow
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do.

    Attributes:
        added: pupils new to the roll.
        changed: pupils of whom something changes.
        left: pupils whom the file has no more.
        bad: rows that cannot be taken, in the order of the file.
        notes: what to look at.
        unchanged: how many are as they were.
        held_back: how many stay as they are because a bad row seems to be about them.
        pupils: how many were on the roll, without provisional ones.
    """

    added: tuple[RollRow, ...]
    changed: tuple[Changed, ...]
    left: tuple[CurrentPupil, ...]
    bad: tuple[BadRow, ...]
    notes: tuple[Note, ...]
    unchanged: int
    held_back: int
    pupils: int

    @property
    def leavers_share(self) -> float:
        """The part of the pupils who would leave, 0 to 1."""
        return len(self.left) / self.pupils if self.pupils else 0.0

    @property
    def asks_leavers(self) -> bool:
        """Whether more than a fifth of the pupils would leave."""
        return len(self.left) * ASK_ABOVE > self.pupils

    def to_json(self) -> dict[str, Any]:
        """Return what ``hometime roster import --json`` prints."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "left": len(self.left),
            "bad": [{"line": row.line, "reason": row.reason} for row in self.bad],
        }


def preview(
    parsed: ParsedRoll,
    current: Sequence[CurrentPupil],
    other_cards: Collection[bytes] = (),
    bank: BankDoors | None = None,
    former: Former = NOBODY,
) -> Preview:
    """Return what importing ``parsed`` would do to the roll.

    Args:
        parsed: the file.
        current: everybody on the roll, provisional pupils with them.
        other_cards: UIDs enrolled for people who are no pupils.
        bank: whose doors they are and what is behind them; ``None``: each class has a
            bank of its own, of which nothing is known.
        former: who has left, and may be back with a device still inside.
    """
    rows = [bank.own(row) for row in parsed.rows] if bank else parsed.rows
    draft = _Draft(
        match(rows, current), parsed.bad, frozenset(other_cards), bank, former
    )
    while draft.refuse_what_is_taken():
        pass  # a row refused keeps its pupil's card, which another row may have wanted
    changed = tuple(
        Changed(pupil, row, fields)
        for row, pupil in draft.pairs
        if (fields := _differing(row, pupil))
    )
    absent = [one for one in draft.rowless if not one.provisional]
    held = _Known(draft.bad)
    left = tuple(one for one in absent if one not in held)
    return Preview(
        added=tuple(draft.new),
        changed=in_order(changed, lambda one: one.row.line),
        left=left,
        bad=in_order(draft.bad, lambda row: row.line),
        notes=in_order((*parsed.notes, *_staying(draft.pairs)), lambda one: one.line),
        unchanged=len(draft.pairs) - len(changed),
        held_back=len(absent) - len(left),
        pupils=sum(not one.provisional for one in current),
    )


def _differing(row: RollRow, pupil: CurrentPupil) -> tuple[str, ...]:
    """Return the fields in which the file says something else than the roll."""
    fields = tuple(
        word
        for word, attribute in _FIELDS.items()
        if not _same(word, getattr(row, attribute), getattr(pupil, attribute))
        and not (word == "compartment" and pupil.device_inside)
    )
    return (*fields, "provisional") if pupil.provisional else fields


def _staying(pairs: Iterable[tuple[RollRow, CurrentPupil]]) -> Iterator[Note]:
    """Yield a note on each door that the file would change under a device."""
    for row, pupil in pairs:
        if pupil.device_inside and row.compartment not in (None, pupil.compartment):
            yield Note(row.line, STAYS)


def _same(word: str, said: object, known: object) -> bool:
    if said is None:
        return True  # the file says nothing: what is known stays
    if word == "admission number" and isinstance(known, str):
        return folding.number(str(said)) == folding.number(known)
    return said == known


class _Draft:
    """Rows and pupils while those that ask for another pupil's things are refused."""

    def __init__(
        self,
        matches: Matches,
        bad: Sequence[BadRow],
        other_cards: frozenset[bytes],
        bank: BankDoors | None,
        former: Former,
    ) -> None:
        self.pairs = list(matches.pairs)
        self.new = list(matches.new)
        self.rowless = list(matches.unclaimed)
        self.bad = [*bad, *matches.bad]
        self._other_cards = other_cards
        self._bank = bank
        self._former = former

    def refuse_what_is_taken(self) -> bool:
        """Make bad rows of those that ask for what stays with somebody else."""
        taken = self._taken()
        twice = asked_for_twice([row for row, _ in self.pairs] + self.new)
        refused: list[BadRow] = []
        for row, pupil in [*self.pairs, *((row, None) for row in self.new)]:
            reason = self._reason(row, pupil, taken)
            if self._bank and not reason and row.compartment in twice:
                reason = TWICE
            if reason:
                keys = {row_keys(row)} | ({pupil.keys} if pupil else set())
                refused.append(BadRow(row.line, reason, frozenset(keys)))
        lines = {row.line for row in refused}
        self.rowless += [pupil for row, pupil in self.pairs if row.line in lines]
        self.pairs = [pair for pair in self.pairs if pair[0].line not in lines]
        self.new = [row for row in self.new if row.line not in lines]
        self.bad += refused
        return bool(refused)

    def _taken(self) -> dict[Hashable, str]:
        """Return each card and door that stays with a pupil, with whose it is."""
        taken: dict[Hashable, str] = {}
        for row, pupil in self.pairs:
            if row.card is None and pupil.card is not None:
                taken[pupil.card] = pupil.pupil
            if pupil.compartment and self._keeps(row, pupil):
                taken[self._door(row.class_slug, pupil.compartment)] = pupil.pupil
        held = _Known(self.bad)
        for pupil in self.rowless:
            if pupil.provisional or pupil in held:
                if pupil.card is not None:
                    taken[pupil.card] = pupil.pupil
                if pupil.compartment:
                    door = self._door(pupil.class_slug, pupil.compartment)
                    taken[door] = pupil.pupil
        return taken

    def _keeps(self, row: RollRow, pupil: CurrentPupil) -> bool:
        """Whether a pupil keeps the door: nothing is said, or the device is inside."""
        return row.compartment is None or pupil.device_inside

    def _door(self, klass: str, n: int | None) -> Hashable:
        """Return what no two pupils may share: a door of the bank, or of the class."""
        return n if self._bank else (klass, n)

    def _reason(
        self, row: RollRow, pupil: CurrentPupil | None, taken: Mapping[Hashable, str]
    ) -> str:
        own = pupil.pupil if pupil else None
        if row.card in self._other_cards or taken.get(row.card, own) != own:
            return (
                "card: is enrolled for somebody else, "
                "use another card or withdraw that one first"
            )
        if row.compartment is None:
            return ""
        if taken.get(self._door(row.class_slug, row.compartment), own) != own:
            return (
                "compartment: is another pupil's of that class, "
                "choose a free one or give that pupil another"
            )
        if self._bank is None or (pupil and pupil.compartment == row.compartment):
            return ""
        return self._bank.why_not(row, own or self._former.of(row) or "")


class _Known:
    """Whom bad rows seem to be about: they stay as they are, for now."""

    def __init__(self, bad: Iterable[BadRow]) -> None:
        abouts = [about for row in bad for about in row.about]
        self._numbers = {about.external_id for about in abouts} - {""}
        self._upns = {about.upn for about in abouts} - {""}
        self._names = {about.name for about in abouts} - {("", "")}

    def __contains__(self, pupil: CurrentPupil) -> bool:
        keys = pupil.keys
        return (
            keys.external_id in self._numbers
            or keys.upn in self._upns
            or keys.name in self._names
        )
