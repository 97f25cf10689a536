"""Applying a roll: names to ``people.db`` first, then one commit of facts (DAT-1).

All or nothing: the names are written in one transaction; a name without a fact is an
orphan that the next import finds again by its number, a fact without a name cannot be.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from controller.domain import people_facts as p
from controller.domain.facts import Fact
from controller.domain.state import Pupil as StatePupil
from controller.domain.state import State
from controller.people.directory import Directory, new_id
from controller.people.records import Credential, Person, Pupil, RollSource
from controller.roll.cards import CardsPreview
from controller.roll.matching import CurrentPupil
from controller.roll.model import RollRow
from controller.roll.parse import parse
from controller.roll.plan import Change, Join, Leave, RollChange, RollRefused, plan
from controller.roll.preview import Preview, preview
from controller.service.core import Core


@dataclass(frozen=True, slots=True)
class Draft:
    """A roll that was read and compared, waiting to be applied.

    ``rows`` is what the file held; ``digest`` is the file's, for the record.
    """

    filename: str
    digest: bytes
    data: bytes
    preview: Preview


class RollDesk:
    """Reads, compares and applies rolls."""

    def __init__(self, core: Core, directory: Directory) -> None:
        self._core = core
        self._directory = directory

    def current(self) -> list[CurrentPupil]:
        """Return everybody on the roll as the comparison wants them."""
        made: list[CurrentPupil] = []
        for pupil in self._core.state.pupils.values():
            person = self._directory.person(pupil.pupil)
            if pupil.on_roll and person is not None:
                made.append(self._current(pupil, person))
        return made

    def _current(self, pupil: StatePupil, person: Person) -> CurrentPupil:
        on_roll = self._directory.pupil(pupil.pupil)
        return CurrentPupil(
            pupil=pupil.pupil,
            first_name=person.called,
            last_name=person.last_name,
            class_slug=pupil.klass,
            external_id=on_roll.external_id if on_roll else None,
            upn=on_roll.upn if on_roll else None,
            year=on_roll.year if on_roll else None,
            language=pupil.language,
            card=self._directory.card_of(pupil.pupil),
            compartment=pupil.compartment or None,
            group=pupil.group or None,
            provisional=pupil.provisional,
        )

    def read(self, data: bytes, filename: str) -> Draft:
        """Read a roll and compare it with the one that is.

        Raises:
            RollError: it cannot be read as a roll at all.
        """
        parsed = parse(data, filename, on=self._core.context().today)
        found = preview(parsed, self.current(), self._directory.cards_of("staff"))
        return Draft(filename, hashlib.sha256(data).digest(), data, found)

    def apply(
        self, draft: Draft, by: str, *, leave_out_bad: bool, accept_leavers: bool
    ) -> RollRefused | Preview:
        """Apply a roll in whole, compared anew with what is so now.

        Returns:
            What was applied, or why nothing was.

        Raises:
            JournalUnwritable: names may be written, no pupil has changed.
        """
        now = self.read(draft.data, draft.filename).preview
        changes = plan(now, leave_out_bad=leave_out_bad, accept_leavers=accept_leavers)
        if isinstance(changes, RollRefused):
            return changes
        facts = self._write_people(changes, draft, by)
        self._core.commit(
            [
                *facts,
                p.RollImported(len(now.added), len(now.changed), len(now.left), by),
            ]
        )
        self._directory.reload()
        return now

    def apply_cards(self, found: CardsPreview, by: str) -> int:
        """Enrol a list of cards, all or nothing; return how many."""
        writer = _Writer(
            self._core.state, self._directory, self._core.wall.now_us(), by
        )
        try:
            with self._directory.store.transaction():
                for one in found.assigned:
                    writer.revoke_cards(one.pupil, "replaced")
                for one in found.assigned:
                    writer.enrol(one.pupil, one.card)
        finally:
            self._directory.reload()
        self._core.commit(writer.facts)
        return len(found.assigned)

    def _write_people(
        self, changes: list[RollChange], draft: Draft, by: str
    ) -> list[Fact]:
        writer = _Writer(
            self._core.state, self._directory, self._core.wall.now_us(), by
        )
        with self._directory.store.transaction():
            for change in changes:
                writer.write(change)
            rows = len(draft.preview.added) + draft.preview.unchanged
            self._directory.store.rolls.add(
                RollSource(
                    "csv",
                    draft.digest,
                    rows + len(draft.preview.changed),
                    self._core.wall.now_us(),
                )
            )
        return [*writer.classes.values(), *writer.facts]


class _Writer:
    """Turns changes into rows of people.db and facts, inside one transaction."""

    def __init__(self, state: State, directory: Directory, at_us: int, by: str) -> None:
        self._state = state
        self._directory = directory
        self._at_us = at_us
        self._by = by
        self.facts: list[Fact] = []
        self.classes: dict[str, Fact] = {}

    def write(self, change: RollChange) -> None:
        """Write one change."""
        match change:
            case Leave(pupil):
                self._leave(pupil)
            case Change(pupil, row, _):
                self._put(pupil, row, self._state.pupils[pupil])
            case Join(row):
                self._put(new_id("p"), row, None)

    def _leave(self, pupil: str) -> None:
        self.revoke_cards(pupil, "left")
        self.facts.append(p.PupilLeft(pupil, self._by))

    def revoke_cards(self, person: str, why: str) -> None:
        """End the standing of every card of a person."""
        store = self._directory.store.credentials
        for card in store.of(person):
            if card.revoked_at is None:
                store.revoke(card.id, self._at_us)
                self.facts.append(p.CardRevoked(card.id, why, self._by))

    def _put(self, pupil: str, row: RollRow, now: StatePupil | None) -> None:
        self._class(row)
        known = self._directory.person(pupil)
        on_roll = self._directory.pupil(pupil)
        persons = self._directory.store.persons
        persons.put(
            Person(
                pupil,
                "pupil",
                row.first_name,
                row.last_name,
                known.created if known else self._at_us,
                language=row.language or (known.language if known else None),
            )
        )
        persons.put_pupil(
            Pupil(
                pupil,
                row.class_slug,
                row.year or (on_roll.year if on_roll else None),
                row.upn or (on_roll.upn if on_roll else None),
                row.external_id or (on_roll.external_id if on_roll else None),
            )
        )
        self.facts.append(self._fact(pupil, row, now))
        self._card(pupil, row)

    def _class(self, row: RollRow) -> None:
        if row.class_slug not in self._state.classes:
            year = f"Year {row.year}" if row.year and row.year.isdigit() else ""
            year = {"R": "Reception", "N": "Nursery"}.get(row.year or "", year)
            fact = p.ClassSet(row.class_slug, row.class_name, year)
            self.classes.setdefault(row.class_slug, fact)

    def _fact(self, pupil: str, row: RollRow, now: StatePupil | None) -> p.PupilSet:
        """What the file does not say stays as it is; a device inside keeps its door."""
        compartment = now.compartment if now else 0
        if row.compartment and pupil not in self._state.custody:
            compartment = row.compartment
        return p.PupilSet(
            pupil,
            row.class_slug,
            row.group or (now.group if now else ""),
            compartment,
            row.language or (now.language if now else "en"),
            now.kinds if now else ("phone",),
            provisional=False,
            by=self._by,
        )

    def _card(self, pupil: str, row: RollRow) -> None:
        if row.card is None or self._directory.card_of(pupil) == row.card:
            return
        self.revoke_cards(pupil, "replaced")
        self.enrol(pupil, row.card)

    def enrol(self, pupil: str, uid: bytes) -> None:
        """Let a card stand for a pupil."""
        card = Credential(new_id("c"), pupil, uid, self._at_us)
        self._directory.store.credentials.enrol(card)
        self.facts.append(p.CardEnrolled(card.id, pupil, self._by))
