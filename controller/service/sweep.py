"""At start: what ``people.db`` holds and no entry knows is swept away (DAT-2, REL-1).

Names and cards are written before the facts about them, and a card that dies is struck
out after its fact. Whatever was killed in between leaves a person or a card that nobody
can see and that stands in the way of the next try; a fact without its name cannot be.
"""

from __future__ import annotations

from controller.domain.evolve_custody import contact_key
from controller.domain.state import State
from controller.journal.journal import Journal
from controller.people.store import PeopleStore

FIRST_EPOCH = 1

ON_ITS_WAY_US = 60 * 60 * 1_000_000
"""A text of the last hour may still wait for its entry: a form is being filled in."""


def sweep(state: State, epoch: int, store: PeopleStore, at_us: int) -> int:
    """Strike out cards and people that the record does not know; return how many.

    A record of a later ``epoch`` that knows nobody at all sweeps nobody: it began anew
    after a loss, and the names are all that is left.
    """
    lost = epoch > FIRST_EPOCH and not (state.pupils or state.staff)
    with store.transaction():
        cards = _cards(state, store, at_us)
        return cards if lost else cards + _people(state, store) + _adults(state, store)


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


def _people(state: State, store: PeopleStore) -> int:
    known = {"pupil": state.pupils, "staff": state.staff}
    orphans = [
        person.id
        for sort, table in known.items()
        for person in store.persons.of_sort(sort)
        if person.id not in table
    ]
    for person in orphans:
        store.persons.erase(person)
    return len(orphans)


def _adults(state: State, store: PeopleStore) -> int:
    orphans = [
        (contact, pupil)
        for contact, pupil in store.contacts.listed()
        if contact_key(contact, pupil) not in state.contacts
    ]
    for contact, pupil in orphans:
        store.contacts.remove(contact, pupil)
    return len(orphans)
