"""The cards of a room: of which kind each is, and what was written on it.

A card is known by its UID. A copy has the same UID and is another card, so it is known
by ``UID#1``, ``UID#2`` and so on. What is written on a card stays on it, wherever it
lies and whoever was killed meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from hardware.errors import RoomRefused
from hardware.iso14443 import CASCADE_TAG
from hardware.twin.cards import UID_SIZES, Card
from hardware.twin.classic import ClassicCard
from hardware.twin.memory_card import MemoryCard
from hardware.twin.type2 import VERSION_NTAG213, Type2Card

NAME: Final = re.compile(r"([0-9A-Fa-f]*)(#[1-9][0-9]{0,2})?")
MOST_COPIES: Final = 99

SOMEBODYS_KEY: Final = bytes.fromhex("5A17B0C4E29D")
"""Of a bus pass, say: neither the transport key nor a school's."""

KINDS: Final[Mapping[str, Callable[[bytes], Card]]] = MappingProxyType(
    {
        "plain": partial(Card, sak=0x20),  # another kind of chip, as in bank cards
        "ntag213": partial(Type2Card, pages=45, version=VERSION_NTAG213),
        "ultralight": partial(Type2Card, pages=16),
        "locked": partial(Type2Card, pages=45, version=VERSION_NTAG213, locked=True),
        "classic": ClassicCard,
        "bus-pass": partial(ClassicCard, key=SOMEBODYS_KEY),
    }
)
"""Kind -> how a card of it is made; ``locked`` and ``bus-pass`` cannot be written."""

SEVEN_BYTES: Final = 7
SEVEN_BYTES_ONLY: Final = frozenset({"ntag213", "ultralight", "locked"})

BY_SIZE: Final = {4: "classic", 7: "ntag213", 10: "plain"}
"""What a card is unless somebody said otherwise, by the length of its UID."""


@dataclass(frozen=True, slots=True)
class Known:
    """A card that is not as it would be by itself: ``memory`` is hex, or as made."""

    kind: str
    memory: str = ""


class Wallet:
    """Every card that has been here.

    Attributes:
        tears: every card is pulled away in the middle of each write.
        on_change: called when a card was written; with its chip's lock held.
    """

    def __init__(self) -> None:
        self.tears = False
        self.on_change: list[Callable[[], None]] = []
        self._known: dict[str, Known] = {}

    def card(self, name: str) -> Card:
        """Return the card of that name as it comes out of a pocket.

        Raises:
            RoomRefused: ``bad-uid``, or ``no-card`` for a copy that nobody made.
        """
        uid, copy = parts_of(name)
        if copy and named(name) not in self._known:
            raise RoomRefused("no-card", "nobody has made this copy")
        known = self._of(name)
        card = KINDS[known.kind](uid)
        if isinstance(card, MemoryCard):
            if known.memory:
                card.remember(bytes.fromhex(known.memory))
            card.tears = self.tears
            card.on_write = partial(self._written, named(name), card)
        return card

    def make(self, name: str, kind: str) -> None:
        """Let a card be a fresh one of ``kind``.

        Raises:
            RoomRefused: ``bad-uid`` or ``unknown-kind``; nothing has changed.
        """
        uid, _ = parts_of(name)
        fits = kind not in SEVEN_BYTES_ONLY or len(uid) == SEVEN_BYTES
        if kind not in KINDS or not fits:
            known = ", ".join(KINDS)
            raise RoomRefused("unknown-kind", f"no such card; known: {known}")
        self._known[named(name)] = Known(kind)

    def clone(self, name: str, *, memory: bool) -> str:
        """Copy a card; return the copy's name.

        Args:
            name: which.
            memory: whether what is written on it, keys and all, is copied as well.

        Raises:
            RoomRefused: ``bad-uid``, ``no-card`` or ``too-many-copies``.
        """
        self.card(name)  # it is there
        known = self._of(name)
        base = named(name).partition("#")[0]
        for n in range(1, MOST_COPIES + 1):
            copy = f"{base}#{n}"
            if copy not in self._known:
                self._known[copy] = known if memory else replace(known, memory="")
                return copy
        raise RoomRefused("too-many-copies", f"{MOST_COPIES} copies are there already")

    def state(self) -> dict[str, Any]:
        """Return what outlives the process."""
        return {name: [card.kind, card.memory] for name, card in self._known.items()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on with the cards of an earlier run."""
        self._known = {name: Known(*parts) for name, parts in state.items()}

    def _of(self, name: str) -> Known:
        uid, _ = parts_of(name)
        return self._known.get(named(name)) or Known(BY_SIZE[len(uid)])

    def _written(self, name: str, card: MemoryCard) -> None:
        self._known[name] = replace(self._of(name), memory=card.memory.hex())
        for told in self.on_change:
            told()


def named(name: str) -> str:
    """Return a card's name as it is kept: upper-case hex, and which copy."""
    uid, copy = parts_of(name)
    return uid.hex().upper() + copy


def parts_of(name: str) -> tuple[bytes, str]:
    """Return UID and ``#n`` of a card's name.

    Raises:
        RoomRefused: ``bad-uid``.
    """
    found = NAME.fullmatch(name)
    digits = found[1] if found else ""
    raw = bytes.fromhex(digits) if len(digits) % 2 == 0 else b""
    if found is None or len(raw) not in UID_SIZES:
        raise RoomRefused(
            "bad-uid",
            f"a UID of {len(name)} characters, wanted 8, 14 or 20 hex digits",
        )
    if len(raw) == min(UID_SIZES) and raw[0] == CASCADE_TAG:
        # It would be the cascade tag: "more follows" (ISO/IEC 14443-3).
        raise RoomRefused("bad-uid", "a UID of 4 bytes beginning with 88: no card has")
    return raw, found[2] or ""
