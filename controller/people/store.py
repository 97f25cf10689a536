"""Names, cards, secrets, sessions and texts: all that is personal, and can be erased.

Only the controller opens ``people.db``. The journal holds ids; what they mean is here
(DAT-2).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from controller.people.connection import PeopleConnection
from controller.people.tables.card_tokens import CardTokens
from controller.people.tables.contacts import Contacts
from controller.people.tables.credentials import Credentials
from controller.people.tables.outbox import Outbox
from controller.people.tables.persons import Persons
from controller.people.tables.rolls import Rolls
from controller.people.tables.second_factors import SecondFactors
from controller.people.tables.secret_hashes import SecretHashes
from controller.people.tables.sessions import Sessions
from controller.people.tables.texts import Texts
from controller.people.tables.throttles import Throttles


class PeopleStore:
    """Everything in ``people.db``. Made by :meth:`open`; any thread may use it.

    Attributes:
        persons: who people are.
        credentials: which card stands for whom.
        secrets: hashes of passwords and PINs.
        second_factors: authenticator apps and recovery codes.
        sessions: who is signed in.
        throttles: wrong tries.
        texts: words that belong to entries.
        rolls: where the roll came from.
        tokens: digests of the tokens on cards.
        contacts: adults of pupils' lists.
        outbox: mail that waits to be sent.
    """

    def __init__(self, connection: PeopleConnection) -> None:
        self._connection = connection
        self.persons = Persons(connection)
        self.credentials = Credentials(connection)
        self.secrets = SecretHashes(connection)
        self.second_factors = SecondFactors(connection)
        self.sessions = Sessions(connection)
        self.throttles = Throttles(connection)
        self.texts = Texts(connection)
        self.rolls = Rolls(connection)
        self.tokens = CardTokens(connection)
        self.contacts = Contacts(connection)
        self.outbox = Outbox(connection)

    @classmethod
    def open(cls, path: Path) -> PeopleStore:
        """Open ``path``, made with mode 0600 where it is not there.

        Raises:
            PeopleDamaged: it is no database, or a damaged one.
            PeopleUnwritable: the disk is full, failing or read-only.
        """
        return cls(PeopleConnection(path))

    def transaction(self) -> AbstractContextManager[None]:
        """Make all writes inside one commit; an exception undoes all of them.

        Raises:
            PeopleUnwritable: nothing inside is kept.
        """
        return self._connection.transaction()

    def erase_person(self, person: str) -> bool:
        """Erase everything about a person, from the file and its log too.

        Returns:
            Whether there was such a person.

        Raises:
            PeopleUnwritable: before the commit, nothing is erased; after it, traces may
                be left in the file until :meth:`scrub` works.
        """
        known = self.persons.erase(person)
        self.scrub()
        return known

    def scrub(self) -> None:
        """Leave no trace of what was deleted: after any deletion that erases somebody.

        Raises:
            PeopleUnwritable: traces may be left.
        """
        self._connection.scrub()

    def close(self) -> None:
        """Close the file; SQLite empties its log."""
        self._connection.close()
