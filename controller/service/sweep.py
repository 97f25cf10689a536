"""At start: what ``people.db`` holds and no entry knows is swept away (DAT-2, REL-1).

Names and cards are written before the facts about them, and a card that dies is struck
out after its fact. Whatever was killed in between leaves a person or a card that nobody
can see and that stands in the way of the next try; a fact without its name cannot be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from controller.domain.evolve_custody import contact_key
from controller.domain.state import State
from controller.journal.journal import Journal
from controller.people.store import PeopleStore

FIRST_EPOCH = 1

ON_ITS_WAY_US = 60 * 60 * 1_000_000
"""A text of the last hour may still wait for its entry: a form is being filled in."""


def sweep(state: State, epoch: int, store: PeopleStore, at_us: int) -> int:
    """Strike out what the record does not know, by :data:`SWEEPS`; return how many.

    A record of a later ``epoch`` that knows nobody at all sweeps nobody: it began anew
    after a loss, and the names are all that is left.
    """
    lost = epoch > FIRST_EPOCH and not (state.pupils or state.staff)
    with store.transaction():
        return sum(
            one.strike(state, store, at_us)
            for one in SWEEPS.values()
            if one.after_a_loss or not lost
        )


def sweep_texts(journal: Journal[State], store: PeopleStore, before_us: int) -> int:
    """Erase texts that no entry names, written before then; return how many.

    An order that was turned away, or a kill between text and entry, leaves them. One
    that an entry does name was cut off before it was told so; it is told now.
    """
    orphans = 0
    for text in store.texts.unbound(before_us):
        found = journal.naming(text)
        if found is None:
            orphans += store.texts.erase(text)
        else:
            store.texts.bind(text, (journal.node, *found))
    return orphans


def _cards(state: State, store: PeopleStore, at_us: int) -> int:
    dead = [
        card.id
        for card in store.credentials.all_active()
        if (known := state.credentials.get(card.id)) is None or known.revoked
    ]
    for card in dead:
        store.credentials.revoke(card, at_us)
    return len(dead)


def _people(state: State, store: PeopleStore, _at_us: int) -> int:
    known = {
        "pupil": state.pupils,
        "staff": state.staff,
        "visitor": state.visitors,
    }
    orphans = [
        person.id
        for sort, table in known.items()
        for person in store.persons.of_sort(sort)
        if person.id not in table
    ]
    for person in orphans:
        store.persons.erase(person)
    return len(orphans)


def _adults(state: State, store: PeopleStore, _at_us: int) -> int:
    orphans = [
        (contact, pupil)
        for contact, pupil in store.contacts.listed()
        if contact_key(contact, pupil) not in state.contacts
    ]
    for contact, pupil in orphans:
        store.contacts.remove(contact, pupil)
    return len(orphans)


@dataclass(frozen=True, slots=True)
class Sweep:
    """One thing that a start strikes out; the documentation prints it.

    Attributes:
        orphan: what in ``people.db`` no entry knows.
        left_by: how it comes to be there.
        becomes: what is done with it.
        strike: does it and returns how many there were.
        after_a_loss: also where the record began anew and knows nobody.
    """

    orphan: str
    left_by: str
    becomes: str
    strike: Callable[[State, PeopleStore, int], int]
    after_a_loss: bool = False


SWEEPS: Mapping[str, Sweep] = MappingProxyType(
    {
        "cards": Sweep(
            "a card in use that the record does not know, or knows to be dead",
            "an enrolment, or a card's end, was cut off between the two files",
            "dead; the same card can be enrolled again",
            _cards,
            after_a_loss=True,
        ),
        "people": Sweep(
            "a pupil, a member of staff or a visitor whom no entry made",
            "an import, or adding somebody, was cut off between the two files",
            "erased; importing or adding again works",
            _people,
        ),
        "adults": Sweep(
            "an adult of a pupil whom the record does not link to that pupil",
            "adding or removing a contact was cut off between the two files",
            "taken from the pupil, and erased with the last one",
            _adults,
        ),
    }
)
"""What a start sweeps, in order."""
