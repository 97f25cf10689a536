"""What a file of adults would do to the lists, before it is done (CUS-4).

Two rules. *Never release* is not lifted by a file: a row that would is told and left
alone, and whoever is marked stays on the list. And two people are never made one: rows
are one adult for several pupils only where the file's own id of the adult says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Final

from controller.domain.decide_lists import MOST_ADULTS
from controller.roll import folding
from controller.roll.adult_model import Added, AdultsPreview, Altered, CurrentAdult
from controller.roll.adult_rows import Pair, checked
from controller.roll.adults import ParsedAdults
from controller.roll.folding import groups
from controller.roll.matching import CurrentPupil
from controller.roll.model import BadRow, Note
from controller.roll.rows import in_order

_STAYS: Final = (
    "never release: the mark stays although the file has none; "
    "the office takes it off on the pupil's page, no file does"
)
_FULL: Final = f"the list has {MOST_ADULTS} adults, take somebody off it first"
_UNCLEAR: Final = (
    "adult's name: the list has it more than once, correct the list on the pupil's page"
)
_TWO_HERE: Final = (
    "adult's id: is of one adult, who is two on the lists; they stay two until the "
    "office puts one of them on both"
)
_ONE_HERE: Final = (
    "adult's id: the lists have one adult where the file has two ids, look who it is"
)
_HALF: Final = (
    "never release: marked for one child of this adult and not for another, "
    "look whether that is meant"
)


def preview_adults(
    parsed: ParsedAdults,
    pupils: Sequence[CurrentPupil],
    current: Sequence[CurrentAdult],
) -> AdultsPreview:
    """Return what importing ``parsed`` would do to the lists.

    Args:
        parsed: the file.
        pupils: everybody on the roll.
        current: everybody on a list.
    """
    pairs, bad = checked(parsed, pupils)
    return _Comparison(pairs, [*parsed.bad, *bad], parsed.notes, current).outcome()


class _Comparison:
    """The file's rows against the lists."""

    def __init__(
        self,
        pairs: Sequence[Pair],
        bad: Sequence[BadRow],
        notes: Sequence[Note],
        current: Sequence[CurrentAdult],
    ) -> None:
        self._bad = list(bad)
        self._notes = list(notes)
        self._lists = groups(current, lambda one: one.pupil)
        self._known: list[tuple[Pair, CurrentAdult]] = []
        self._new: list[Pair] = []
        for pupil, rows in groups(pairs, lambda pair: pair.pupil).items():
            self._match(rows, self._lists.get(pupil, []))
        self._here = frozenset(pair.pupil for pair in pairs)

    def _match(self, rows: Sequence[Pair], those: Sequence[CurrentAdult]) -> None:
        """Match a pupil's rows: by name and relationship, then by a name alone."""
        by_both = groups(those, lambda one: (_name(one), _what(one)))
        sure = {row: by_both.get((row.key, row.what), []) for row in rows}
        found = {row: same[0] for row, same in sure.items() if len(same) == 1}
        free = groups([one for one in those if one not in found.values()], _name)
        left = groups([row for row in rows if row not in found], lambda row: row.key)
        for row in rows:
            if row in found:
                self._known.append((row, found[row]))
                continue
            others = free.get(row.key, [])
            if not others:
                self._new.append(row)
            elif len(others) == len(left[row.key]) == 1:
                self._known.append((row, others[0]))
            else:
                self._refuse(row, _UNCLEAR)

    def outcome(self) -> AdultsPreview:
        """Return everything that would be done, and everything to be told."""
        coming = [pair for pair in self._new if pair.row.belongs]
        fitting = self._without_overfull(coming)
        added = self._joined(fitting)
        altered = [one for one in map(self._altered, self._belonging()) if one]
        self._tell_marks_that_stay()
        self._tell_half_marked()
        return AdultsPreview(
            added=in_order(added, lambda one: one.line),
            altered=in_order(altered, lambda one: one.line),
            absent=self._absent(),
            bad=in_order(self._bad, lambda row: row.line),
            notes=in_order(self._notes, lambda note: note.line),
            unchanged=len(self._belonging()) - len(altered),
            passed=len(self._new) - len(coming),
            apart=self._apart(fitting),
        )

    def _belonging(self) -> list[tuple[Pair, CurrentAdult]]:
        return [(pair, one) for pair, one in self._known if pair.row.belongs]

    def _altered(self, known: tuple[Pair, CurrentAdult]) -> Altered | None:
        """Return what changes of an adult; the page's spelling of the name stays."""
        (pair, one), row = known, known[0].row
        same = pair.what in ("", _what(one))
        relationship = one.relationship if same else row.relationship
        never = one.never or bool(row.never)
        if (relationship, never) == (one.relationship, one.never):
            return None
        return Altered(row.line, one, relationship, never)

    def _without_overfull(self, coming: Sequence[Pair]) -> list[Pair]:
        """Take out rows for which the pupil's list has no room."""
        room = {pupil: MOST_ADULTS - len(of) for pupil, of in self._lists.items()}
        fitting = []
        for pair in coming:
            room[pair.pupil] = room.get(pair.pupil, MOST_ADULTS) - 1
            if room[pair.pupil] < 0:
                self._refuse(pair, _FULL)
            else:
                fitting.append(pair)
        return fitting

    def _joined(self, coming: Sequence[Pair]) -> list[Added]:
        """Return who is added, one adult for several pupils where the id says so."""
        here = self._by_id()
        first: dict[str, int] = {}
        added = []
        for pair in coming:
            row = pair.row
            one_with = first.setdefault(row.adult_id or f"/{row.line}", row.line)
            contact = here.get(row.adult_id, "")
            added.append(
                Added(
                    *(row.line, pair.pupil, contact, one_with, row.adult),
                    *(row.relationship, bool(row.never)),
                )
            )
        return added

    def _by_id(self) -> dict[str, str]:
        """Return the adult of the lists for each id of the file, where it is clear."""
        told = [(pair, one) for pair, one in self._known if pair.row.adult_id]
        by_id = groups(told, lambda each: each[0].row.adult_id)
        by_contact = groups(told, lambda each: each[1].contact)
        found = {}
        for adult_id, same in by_id.items():
            contacts = {one.contact for _, one in same}
            ids = {
                pair.row.adult_id
                for contact in contacts
                for pair, _ in by_contact[contact]
            }
            if len(contacts) == len(ids) == 1:
                found[adult_id] = same[0][1].contact
            else:
                text = _TWO_HERE if len(contacts) > 1 else _ONE_HERE
                self._notes.append(Note(same[0][0].row.line, text))
        return found

    def _tell_marks_that_stay(self) -> None:
        for pair, one in self._known:
            if one.never and pair.row.never is False:
                self._notes.append(Note(pair.row.line, _STAYS))

    def _tell_half_marked(self) -> None:
        """Note an adult who is marked for one child and not for a sister or brother."""
        marks = [
            *((pair, one.never or bool(pair.row.never)) for pair, one in self._known),
            *((pair, bool(pair.row.never)) for pair in self._new if pair.row.belongs),
        ]
        named = [each for each in marks if each[0].row.adult_id]
        for same in groups(named, lambda each: each[0].row.adult_id).values():
            unmarked = [pair.row.line for pair, never in same if not never]
            if 0 < len(unmarked) < len(same):
                self._notes.append(Note(min(unmarked), _HALF))

    def _absent(self) -> tuple[CurrentAdult, ...]:
        staying = {(one.contact, one.pupil) for _, one in self._belonging()}
        everybody = chain.from_iterable(self._lists.values())
        return tuple(
            one
            for one in everybody
            if one.pupil in self._here
            and not one.never
            and (one.contact, one.pupil) not in staying
        )

    def _apart(self, coming: Sequence[Pair]) -> int:
        """Return how many new names without an id are on several lists."""
        pupils: defaultdict[str, set[str]] = defaultdict(set)
        for one in chain.from_iterable(self._lists.values()):
            pupils[_name(one)].add(one.pupil)
        for pair in coming:
            pupils[pair.key].add(pair.pupil)
        named = {pair.key for pair in coming if not pair.row.adult_id}
        return sum(len(pupils[key]) > 1 for key in named)

    def _refuse(self, pair: Pair, reason: str) -> None:
        self._bad.append(BadRow(pair.row.line, reason))


def _name(one: CurrentAdult) -> str:
    return folding.folded(one.name)


def _what(one: CurrentAdult) -> str:
    return folding.folded(one.relationship)
