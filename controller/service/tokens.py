"""Rolling tokens at the readers: judged as a card comes, rolled while it lies there.

Off unless the rule ``card.token`` says otherwise. The order of a tap: the token is read
with the UID; the tap is decided, written, and its coil powered; then the next token is
kept, the card written, and what came of the tap told. So a door waits for the reading
alone, and the reader's light says "take your card" when the card is done with.

All but :meth:`TokenDesk.key_of` is called in the control loop's thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from controller.domain import card_facts as f
from controller.domain.card_tokens import token_of
from controller.domain.facts import Fact
from controller.domain.people_facts import CardRevoked, SettingSet
from controller.errors import PeopleUnwritable
from controller.journal.layout import Layout, write_whole
from controller.people.store import PeopleStore
from controller.people.token_book import Held, TokenBook
from controller.service.core import Committed, Core
from hardware.ports import (
    MemoryKind,
    Tapped,
    TokenOrder,
    TokenWriter,
    TokenWritten,
    Wrote,
)

RULE: Final = "card.token"
KEY_BYTES: Final = 32

HOLD_S: Final = 0.5
"""How long what came of a tap is kept back at most while the card is written: ten
polls. Nearly always it is one; a card that is pulled away is told at once."""


class Cards(Protocol):
    """Which credential a UID is."""

    def credential_of(self, uid: bytes) -> str | None:
        """Return the credential enrolled with ``uid``."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a card's token says of it.

    Attributes:
        credential: what the card stands for; empty: nobody.
        doubt: as ``decide_tap`` wants it.
        rolls: whether the next token is to be written.
        held: what was found.
    """

    credential: str = ""
    doubt: str = ""
    rolls: bool = False
    held: Held = field(default_factory=lambda: Held(is_right=False))


NOBODYS: Final = Judged()


class TokenDesk:
    """Judges tokens and lets them roll.

    Args:
        core: the rule, the state, the journal.
        cards: from UID to credential.
        store: keeps digests.
        writers: the readers, by name.
        key: gives the school's key, made when it is wanted first.
    """

    def __init__(
        self,
        core: Core,
        cards: Cards,
        store: PeopleStore,
        writers: Mapping[str, TokenWriter],
        key: Callable[[], bytes],
    ) -> None:
        self._core = core
        self._cards = cards
        self._store = store
        self._writers = writers
        self._load_key = key
        self._book: TokenBook | None = None
        self._writing: dict[str, tuple[int, Judged]] = {}
        self._switch(on=core.rule(RULE) == "on")

    @property
    def is_on(self) -> bool:
        """Whether tokens are looked for."""
        return self._book is not None

    def _switch(self, *, on: bool) -> None:
        self._book = TokenBook(self._store.tokens, self._load_key()) if on else None
        self._writing.clear()
        for writer in self._writers.values():
            writer.key_of = self.key_of if on else None

    def _follow_rule(self, *, on: bool) -> None:
        """Switch on or off; either way every card is begun anew."""
        if on is self.is_on:
            return
        self._store.tokens.forget_all()
        if self._core.state.tokens:
            self._core.commit([f.TokensForgotten()])
        self._switch(on=on)

    def on_commit(self, done: Committed) -> None:
        """Follow the rule, and forget the tokens of cards that are begun anew."""
        for fact in done.facts:
            match fact:
                case SettingSet(key, value) if key == RULE:
                    self._follow_rule(on=value == "on")
                case f.CardTrusted(credential) | CardRevoked(credential):
                    if self._book is not None:
                        self._book.forget(credential)

    # ------------------------------------------------------------------ as a card comes

    def key_of(self, uid: bytes) -> bytes | None:
        """Return a card's key, or None where its memory is none of our business.

        Called in a reader's thread: looks at nothing that changes in place.
        """
        book, credential = self._book, self._cards.credential_of(uid)
        if book is None or credential is None:
            return None
        if token_of(self._core.state, credential).unwritable:
            return None
        return book.card_key(uid)

    def judge(self, tapped: Tapped) -> Judged:
        """Say what to make of a card that was tapped."""
        uid, memory = tapped.card.uid, tapped.memory
        credential = self._cards.credential_of(uid)
        if credential is None:
            return NOBODYS
        if self._book is None or memory is None:
            return Judged(credential)
        held = self._book.find(credential, uid, memory.slots)
        if held.is_right:
            return Judged(credential, rolls=True, held=held)
        if not self._book.is_marked(credential):
            return Judged(credential, rolls=memory.why != "silent")
        if memory.kind is MemoryKind.NONE:
            return Judged(credential, "no-memory")
        return Judged(credential, memory.why or "other-token")

    def enrolled(self, uid: bytes) -> Judged:
        """Say what to make of a card that was enrolled a moment ago."""
        credential = self._cards.credential_of(uid)
        if credential is None or self._book is None:
            return NOBODYS
        return Judged(credential, rolls=True)

    # --------------------------------------------------------------------- as it rolls

    def roll(self, tapped: Tapped, judged: Judged) -> bool:
        """Keep the next token and have it written; return whether a write was ordered.

        Not to a card that is doubted.
        """
        writer = self._writers.get(tapped.reader)
        known = token_of(self._core.state, judged.credential)
        if self._book is None or writer is None or known.doubted_us:
            return False
        uid, held = tapped.card.uid, judged.held
        try:
            token = self._book.begin(judged.credential, uid, held)
        except PeopleUnwritable:
            return False  # the card stays as it is, and right
        writer.write_token(
            TokenOrder(
                uid,
                tapped.stay,
                1 - held.slot,
                token,
                self._book.card_key(uid),
                is_first=not held.is_right,
            )
        )
        self._writing[tapped.reader] = (tapped.stay, judged)
        return True

    def written(self, event: TokenWritten) -> None:
        """Take up how a write ended.

        Raises:
            JournalUnwritable: it is not written down, and asked again at the next tap.
        """
        stay, judged = self._writing.pop(event.reader, (0, NOBODYS))
        card = self._core.state.credentials.get(judged.credential)
        if self._book is None or card is None or stay != event.stay:
            return
        if event.wrote is Wrote.WRITTEN:
            self._landed(judged.credential)
        elif not self._book.is_marked(judged.credential):
            self._book.forget(judged.credential)
            self._tell(
                f.CardUnwritable(card.credential, card.person, event.wrote.value)
            )

    def gone(self, reader: str) -> None:
        """The card has left: how its write ended shows when it comes again."""
        self._writing.pop(reader, None)

    def _landed(self, credential: str) -> None:
        if self._book is None:
            return
        try:
            self._book.landed(credential)
        except PeopleUnwritable:
            return  # both tokens stay right
        card = self._core.state.credentials[credential]
        if not token_of(self._core.state, credential).marked:
            self._tell(f.CardMarked(credential, card.person))

    def _tell(self, fact: Fact) -> None:
        self._core.commit([fact])


def load_key(folder: Layout) -> bytes:
    """Return the school's key for tokens, made with mode 0600 where there is none.

    Whoever has it can open our sector on the school's cards; to make a card that is
    believed takes that card's token too.
    """
    path = folder.card_key
    if path.exists():
        return path.read_bytes()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = os.urandom(KEY_BYTES)
    write_whole(path, key, 0o600)
    return key
