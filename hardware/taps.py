"""From what a reader sees twenty times a second to what people do: taps.

A *stay* is the time that one card lies on the reader. It is one tap, however long; it
ends when the card has not been seen for :data:`GONE_POLLS` polls. So a card that
wobbles at the edge of the field is one stay, and the same child tapping again after a
second makes two.
"""

from __future__ import annotations

from collections.abc import Hashable
from enum import Enum
from typing import Final

from hardware.card_memory import Talk
from hardware.errors import ReaderDead
from hardware.iso14443 import FieldUnclear
from hardware.ports import (
    CardGone,
    CardSeen,
    Clock,
    FieldCrowded,
    FieldEmpty,
    KeyOf,
    Presence,
    RandomUid,
    Reader,
    ReaderBack,
    ReaderFailed,
    TapEvent,
    Tapped,
    TokenOrder,
    TwoCards,
)
from hardware.tokens import TokenTalks

POLL_HZ: Final = 20.0
GONE_POLLS: Final = 8
"""Polls without a card until it has gone: 0.4 s at 20 polls a second. A shaking hand is
back sooner, and a small child's double tap is one; who means to tap again takes longer
(ours, to be watched in the first classroom)."""
UNCLEAR_POLLS: Final = 20
"""How long answers that cannot be read are taken for the card seen before: 1 s, so that
a source of noise cannot keep a stay alive for ever."""


class Lying(Enum):
    """What can lie on a reader and is no card with a name."""

    CROWD = "crowd"
    RANDOM = "random"


class Stays:
    """What lies on one reader, with the polls since each was last seen."""

    def __init__(self) -> None:
        self._missed: dict[Hashable, int] = {}
        self._unclear = 0

    def begins(self, what: Hashable) -> bool:
        """Note that ``what`` was seen in this poll; say whether its stay begins."""
        is_new = what not in self._missed
        self._missed[what] = 0
        return is_new

    def age(self, seen: Hashable | None) -> None:
        """Count a missed poll for everything but ``seen``; end what is long missed."""
        aged = {what: 0 if what == seen else n + 1 for what, n in self._missed.items()}
        self._missed = {what: n for what, n in aged.items() if n < GONE_POLLS}

    def is_open(self, presence: Presence) -> bool:
        """Say whether ``presence`` leaves open which of the known cards are there."""
        self._unclear = self._unclear + 1 if isinstance(presence, FieldUnclear) else 0
        crowded = isinstance(presence, FieldCrowded)
        return crowded or 0 < self._unclear <= UNCLEAR_POLLS

    def has(self, what: Hashable) -> bool:
        """Say whether the stay of ``what`` has begun and not ended."""
        return what in self._missed

    def __bool__(self) -> bool:
        return bool(self._missed)


class TapWatch:
    """The pure step of one reader: polls when it is time, and tells what is new.

    Args:
        reader: polled from the thread that calls :meth:`step`, and no other.
        clock: only to tell how long there is until the next poll.
        poll_hz: polls a second.
    """

    def __init__(self, reader: Reader, clock: Clock, poll_hz: float = POLL_HZ) -> None:
        self._reader = reader
        self._clock = clock
        self._period_s = 1 / poll_hz
        self._next_at = clock.monotonic()
        self._stays = Stays()
        self._failed = False
        self._tokens = TokenTalks(reader.name)

    @property
    def name(self) -> str:
        """The reader's name."""
        return self._reader.name

    @property
    def key_of(self) -> KeyOf | None:
        """Which cards' memory is read as they come; None: no card's."""
        return self._tokens.key_of

    @key_of.setter
    def key_of(self, key_of: KeyOf | None) -> None:
        self._tokens.key_of = key_of

    def write_token(self, order: TokenOrder) -> None:
        """Write to the card that lies there; from any thread, the newest order counts.

        It is done in one of the next polls of the same stay, or not at all.
        """
        self._tokens.order = order

    def due_in(self) -> float:
        """Return seconds until :meth:`step` polls again; 0 if it would now."""
        return max(0.0, self._next_at - self._clock.monotonic())

    def step(self, now: float) -> list[TapEvent]:
        """Poll if it is time and return what that changed, in its order.

        Polls that were missed are not made up for. While the reader is dead, what lay
        on it is held: a card that still lies there afterwards is no new tap.
        """
        if now < self._next_at:
            return []
        on_time = self._next_at + self._period_s
        self._next_at = on_time if on_time > now else now + self._period_s
        try:
            presence = self._poll()
        except ReaderDead as fault:
            return self._fail(fault)
        return [*self._recover(), *self._changes(presence), *self._tokens.ended()]

    def _poll(self) -> Presence:
        if self._tokens.has_business:
            return self._reader.poll(self._visit)
        return self._reader.poll()

    def _visit(self, card: CardSeen) -> Talk[None]:
        if self._stays.has(card.uid):
            return self._tokens.write(card)
        return self._tokens.read(card)

    def _fail(self, fault: ReaderDead) -> list[TapEvent]:
        already, self._failed = self._failed, True
        return [] if already else [ReaderFailed(self._reader.name, fault.cause)]

    def _recover(self) -> list[TapEvent]:
        failed, self._failed = self._failed, False
        return [ReaderBack(self._reader.name)] if failed else []

    def _changes(self, presence: Presence) -> list[TapEvent]:
        stays, name = self._stays, self._reader.name
        seen, told = _seen_and_told(presence, name)
        was_occupied = bool(stays)
        if not stays.is_open(presence):
            stays.age(seen)
        if told is not None:
            is_new = stays.begins(seen)
            if is_new and isinstance(told, Tapped):
                told = self._tokens.told_of(told.card)
            return [told] if is_new else []
        if presence == FieldEmpty() and not stays:  # and not merely unclear
            self._tokens.forget()
        return [CardGone(name)] if was_occupied and not stays else []


def _seen_and_told(
    presence: Presence, reader: str
) -> tuple[Hashable | None, TapEvent | None]:
    """Return what lies there, and the event that tells the beginning of its stay."""
    match presence:
        case CardSeen() if presence.is_random:
            return Lying.RANDOM, RandomUid(reader)
        case CardSeen():
            return presence.uid, Tapped(reader, presence)
        case FieldCrowded():
            return Lying.CROWD, TwoCards(reader)
        case FieldEmpty():
            return None, None
