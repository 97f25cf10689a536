"""Reading, comparing and applying a file of adults (CUS-4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from controller.domain import custody_orders as c
from controller.domain.evolve_custody import contact_key
from controller.domain.state import State
from controller.people.directory import new_id
from controller.people.records import Contact
from controller.people.tables.contacts import Contacts
from controller.roll.adult_lists import preview_adults
from controller.roll.adult_model import AdultsPreview, CurrentAdult
from controller.roll.adults import parse_adults
from controller.roll.matching import CurrentPupil


@dataclass(frozen=True, slots=True)
class AdultsDraft:
    """A file that was read and compared, waiting to be applied.

    Attributes:
        pupils, known: the roll and the adults by their ids, as they were then.
    """

    filename: str
    data: bytes
    preview: AdultsPreview
    pupils: dict[str, CurrentPupil]
    known: dict[str, Contact]


@dataclass(frozen=True, slots=True)
class AdultChanges:
    """What applying comes to: names for people.db, ids for the order."""

    names: tuple[tuple[Contact, str], ...]
    order: c.ImportContacts


def read_adults(
    state: State,
    contacts: Contacts,
    roll: Iterable[CurrentPupil],
    data: bytes,
    filename: str,
) -> AdultsDraft:
    """Read a file of adults and compare it with the lists that are.

    Raises:
        RollError: it cannot be read as one at all.
    """
    parsed = parse_adults(data, filename)
    listed = [
        (one, pupil, known.never)
        for one, pupil in contacts.everybody()
        if (known := state.contacts.get(contact_key(one.id, pupil)))
    ]
    current = [
        CurrentAdult(one.id, pupil, one.name, one.relationship, never)
        for one, pupil, never in listed
    ]
    pupils = {one.pupil: one for one in roll}
    found = preview_adults(parsed, list(pupils.values()), current)
    return AdultsDraft(
        filename, data, found, pupils, {one.id: one for one, _, _ in listed}
    )


def changes_of(draft: AdultsDraft, *, take_off: bool) -> AdultChanges:
    """Return what a draft comes to; new adults are given their ids.

    ``take_off``: with them those who are not in the file.
    """
    fresh: dict[int, str] = {}
    names: list[tuple[Contact, str]] = []
    listed: list[c.SetContact] = []
    for one in draft.preview.added:
        key = one.contact or fresh.setdefault(one.one_with, new_id("a"))
        known = draft.known.get(key) or Contact(key, one.name, "", "")
        names.append((_related(known, one.relationship), one.pupil))
        listed.append(c.SetContact(key, one.pupil, one.never))
    for change in draft.preview.altered:
        was = change.before
        known = draft.known[was.contact]
        names.append((_related(known, change.relationship), was.pupil))
        listed.append(c.SetContact(was.contact, was.pupil, change.never))
    absent = draft.preview.absent if take_off else ()
    gone = tuple(c.RemoveContact(one.contact, one.pupil) for one in absent)
    return AdultChanges(tuple(names), c.ImportContacts(tuple(listed), gone))


def _related(known: Contact, relationship: str) -> Contact:
    return Contact(known.id, known.name, known.phone, relationship)
