"""What of ``people.db`` the control loop needs at once: names and cards, in memory.

The store is the truth; this reads it whole at start and follows each write that goes
through here. A few thousand people are under a megabyte.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from controller.people.records import SORTS, Credential, Person, Pupil
from controller.people.store import PeopleStore

UNKNOWN = "Somebody"
"""Who is called so was erased, or belongs to a roll that is not here."""


def new_id(prefix: str) -> str:
    """Return a fresh id that says nothing about anybody: 40 random bits.

    Among ten thousand people two are alike once in some 20,000 schools; the store then
    refuses the second, and nothing is lost.
    """
    return prefix + secrets.token_hex(5)


class Directory:
    """Names, cards and the roll's records of everybody."""

    def __init__(self, store: PeopleStore) -> None:
        self.store = store
        self._people: dict[str, Person] = {}
        self._pupils: dict[str, Pupil] = {}
        self._cards: dict[bytes, Credential] = {}
        self.reload()

    def reload(self) -> None:
        """Read everything anew, after a transaction that was undone or was large."""
        people = [p for sort in SORTS for p in self.store.persons.of_sort(sort)]
        self._people = {person.id: person for person in people}
        self._pupils = {pupil.person: pupil for pupil in self.store.persons.pupils()}
        self._cards = {card.uid: card for card in self.store.credentials.all_active()}

    # ------------------------------------------------------------------------ names

    def first(self, person: str) -> str:
        """Return what the person is called."""
        found = self._people.get(person)
        return found.called if found else UNKNOWN

    def last(self, person: str) -> str:
        """Return the last name, or an empty text."""
        found = self._people.get(person)
        return found.last_name if found else ""

    def full(self, person: str) -> str:
        """Return first and last name."""
        return f"{self.first(person)} {self.last(person)}".strip()

    def person(self, person: str) -> Person | None:
        """Return everything that is known of a person."""
        return self._people.get(person)

    def pupil(self, person: str) -> Pupil | None:
        """Return what the roll says of a pupil."""
        return self._pupils.get(person)

    def pupils(self) -> Iterable[Pupil]:
        """Return what the roll says of all pupils."""
        return self._pupils.values()

    def put(self, person: Person, pupil: Pupil | None = None) -> None:
        """Write a person, and what the roll says, as one.

        Raises:
            AlreadyTaken: username, UPN or external id are somebody else's.
        """
        with self.store.transaction():
            self.store.persons.put(person)
            if pupil is not None:
                self.store.persons.put_pupil(pupil)
        self._people[person.id] = person
        if pupil is not None:
            self._pupils[pupil.person] = pupil

    # ------------------------------------------------------------------------ cards

    def credential_of(self, uid: bytes) -> str | None:
        """Return the credential that a UID stands for now."""
        card = self._cards.get(uid)
        return card.id if card else None

    def card_of(self, person: str) -> bytes | None:
        """Return the UID of the person's active card."""
        for uid, card in self._cards.items():
            if card.person == person:
                return uid
        return None

    def holder_of(self, uid: bytes) -> str | None:
        """Return for whom a UID stands now."""
        card = self._cards.get(uid)
        return card.person if card else None

    def cards_of(self, sort: str) -> list[bytes]:
        """Return the UIDs of all ``pupil`` or all ``staff``."""
        return [
            uid
            for uid, card in self._cards.items()
            if (who := self._people.get(card.person)) and who.sort == sort
        ]

    def enrol(self, person: str, uid: bytes, at_us: int) -> str:
        """Let a card stand for a person; return the credential's id.

        Raises:
            CredentialTaken: it stands for somebody already.
            UnknownPerson: there is no such person.
        """
        card = Credential(new_id("c"), person, uid, at_us)
        self.store.credentials.enrol(card)
        self._cards[uid] = card
        return card.id

    def revoke(self, credential: str, at_us: int) -> None:
        """End a card's standing."""
        self.store.credentials.revoke(credential, at_us)
        self._cards = {u: c for u, c in self._cards.items() if c.id != credential}
