"""Applying a roll: names to ``people.db`` first, then one commit of facts (DAT-1).

All or nothing: the names are written in one transaction; a name without a fact is an
orphan that the next import finds again by its number, a fact without a name cannot be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from controller.domain import people_facts as p
from controller.domain.context import Context
from controller.domain.facts import Fact
from controller.domain.state import Pupil as StatePupil
from controller.domain.state import State
from controller.domain.taps import is_taken
from controller.people.directory import Directory, new_id
from controller.people.records import Credential, Person, Pupil, RollSource
from controller.roll.cards import CardsPreview
from controller.roll.doors import BankDoors
from controller.roll.former import Former
from controller.roll.matching import CurrentPupil
from controller.roll.model import RollRow
from controller.roll.parse import parse
from controller.roll.plan import RollChange, RollRefused, plan
from controller.roll.preview import Preview, preview
from controller.service.core import Core
from controller.service.roll_changes import Put, Settled, settle


@dataclass(frozen=True, slots=True)
class Draft:
    """A roll that was read and compared, waiting to be applied.

    ``digest`` is the file's, for the record.
    """

    filename: str
    digest: bytes
    data: bytes
    preview: Preview


@dataclass(frozen=True, slots=True)
class Applied:
    """What was applied: as compared, and what became of the doors."""

    preview: Preview
    settled: Settled


class RollDesk:
    """Reads, compares and applies rolls.

    Args:
        core: state and journal.
        directory: names.
        klass: slug of the class whose bank it is, empty for every class; ``None``: as
            the bank described itself at its last start.
    """

    def __init__(
        self, core: Core, directory: Directory, klass: str | None = None
    ) -> None:
        self._core = core
        self._directory = directory
        self._klass = klass

    @property
    def bank(self) -> BankDoors:
        """The bank as a roll sees it now."""
        state, places = self._core.state, self._core.layout.places.values()
        return BankDoors(
            state.the_bank.klass if self._klass is None else self._klass,
            frozenset(each.n for each in places if each.purpose == "pupil"),
            lambda n, pupil: is_taken(state, n, pupil),
        )

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
            device_inside=pupil.pupil in self._core.state.custody,
        )

    def read(self, data: bytes, filename: str) -> Draft:
        """Read a roll and compare it with the one that is.

        Raises:
            RollError: it cannot be read as a roll at all.
        """
        parsed = parse(data, filename, on=self._core.context().today)
        staff = self._directory.cards_of("staff")
        found = preview(parsed, self.current(), staff, self.bank, self._gone())
        return Draft(filename, hashlib.sha256(data).digest(), data, found)

    def settled(self, draft: Draft) -> Settled:
        """Return what a draft would come to if everything asked about is agreed to."""
        changes = plan(draft.preview, leave_out_bad=True, accept_leavers=True)
        agreed = [] if isinstance(changes, RollRefused) else changes
        context = self._core.context()
        return self._settle(agreed, "", context)

    def _settle(
        self, changes: Sequence[RollChange], by: str, context: Context
    ) -> Settled:
        state, gone = self._core.state, self._gone()
        return settle(state, changes, by, context, self.bank, gone.of)

    def _gone(self) -> Former:
        """Return who has left, as they were."""
        pupils = [one for one in self._core.state.pupils.values() if not one.on_roll]
        people = [(one, self._directory.person(one.pupil)) for one in pupils]
        return Former([self._current(one, who) for one, who in people if who])

    def apply(
        self, draft: Draft, by: str, *, leave_out_bad: bool, accept_leavers: bool
    ) -> RollRefused | Applied:
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
        settled = self._settle(changes, by, self._core.context())
        facts = self._write_people(settled, draft, by)
        self._core.commit(
            [
                *facts,
                p.RollImported(len(now.added), len(now.changed), len(now.left), by),
            ]
        )
        self._directory.reload()
        return Applied(now, settled)

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

    def _write_people(self, settled: Settled, draft: Draft, by: str) -> list[Fact]:
        writer = _Writer(
            self._core.state, self._directory, self._core.wall.now_us(), by
        )
        with self._directory.store.transaction():
            for pupil in settled.leavers:
                writer.leave(pupil)
            writer.free_numbers(settled.puts)
            for put in settled.puts:
                writer.put(put)
            rows = len(draft.preview.added) + draft.preview.unchanged
            self._directory.store.rolls.add(
                RollSource(
                    "csv",
                    draft.digest,
                    rows + len(draft.preview.changed),
                    self._core.wall.now_us(),
                )
            )
        return [*writer.classes.values(), *writer.facts, *settled.others]


class _Writer:
    """Turns changes into rows of people.db and facts, inside one transaction."""

    def __init__(self, state: State, directory: Directory, at_us: int, by: str) -> None:
        self._state = state
        self._directory = directory
        self._at_us = at_us
        self._by = by
        self.facts: list[Fact] = []
        self.classes: dict[str, Fact] = {}

    def leave(self, pupil: str) -> None:
        """Write that a pupil leaves; a device that is inside stays in custody."""
        self.revoke_cards(pupil, "left")
        self.facts.append(p.PupilLeft(pupil, self._by))

    def revoke_cards(self, person: str, why: str) -> None:
        """End the standing of every card of a person."""
        store = self._directory.store.credentials
        for card in store.of(person):
            if card.revoked_at is None:
                store.revoke(card.id, self._at_us)
                self.facts.append(p.CardRevoked(card.id, why, self._by))

    def free_numbers(self, puts: Sequence[Put]) -> None:
        """Let go of numbers and UPNs that others have now; a leaver's come back."""
        numbers = {put.row.external_id for put in puts} - {None}
        upns = {put.row.upn for put in puts} - {None}
        for one in self._directory.pupils():
            upn = None if one.upn in upns else one.upn
            number = None if one.external_id in numbers else one.external_id
            if (upn, number) != (one.upn, one.external_id):
                bare = replace(one, upn=upn, external_id=number)
                self._directory.store.persons.put_pupil(bare)

    def put(self, put: Put) -> None:
        """Write a pupil who joins or changes."""
        pupil, row = put.fact.pupil, put.row
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
        self.facts.append(put.fact)
        self._card(pupil, row)

    def _class(self, row: RollRow) -> None:
        if row.class_slug not in self._state.classes:
            year = f"Year {row.year}" if row.year and row.year.isdigit() else ""
            year = {"R": "Reception", "N": "Nursery"}.get(row.year or "", year)
            fact = p.ClassSet(row.class_slug, row.class_name, year)
            self.classes.setdefault(row.class_slug, fact)

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
