"""The tokens of one reader: read as a card comes, written while it lies there (ACC-8).

What a token is worth is not known here: eight bytes are read and eight are written. All
but :attr:`TokenTalks.key_of` and :attr:`TokenTalks.order` belongs to the reader's
thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hardware.card_memory import Talk, kind_of, read_slots, take_over, write_slot
from hardware.iso14443 import BadAnswer
from hardware.ports import (
    CardMemory,
    CardSeen,
    KeyOf,
    Tapped,
    TokenOrder,
    TokenWritten,
    Wrote,
)

MOST_TRIES: Final = 15
"""How often a card that is there may leave the question for its memory unanswered
before it is told without: five polls, a quarter of a second. At the edge of the field
the next try works; a card that never answers must not seem absent."""


MOST_DENIALS: Final = 8
"""How often in a row a card must refuse before that is believed: a key that is refused
and an answer that is lost sound the same. At the edge of the field, where four in ten
fail, one in 1,500 is wronged; it costs a card that does refuse a tenth of a second."""


class TokenTalks:
    """What is said to cards beyond asking for their UID.

    Args:
        reader: the reader's name.

    Attributes:
        key_of: which cards' memory is read as they come; None: no card's.
        order: what is to be written; whoever sets it need not wait for anything.
    """

    def __init__(self, reader: str) -> None:
        self._reader = reader
        self.key_of: KeyOf | None = None
        self.order: TokenOrder | None = None
        self._stay = 0
        self._read: tuple[bytes, CardMemory] | None = None
        self._tries = self._denials = 0
        self._ended: TokenWritten | None = None

    @property
    def has_business(self) -> bool:
        """Whether a card that comes now, or lies there, is talked to."""
        return self.key_of is not None or self.order is not None

    def read(self, card: CardSeen) -> Talk[None]:
        """Read the memory of a card that has just come, if it is our business."""
        key = self.key_of(card.uid) if self.key_of is not None else None
        if key is None:
            return
        self._tries += 1
        if self._tries > MOST_TRIES:
            self._read = (card.uid, CardMemory(kind_of(card), why="silent"))
            return
        memory = yield from read_slots(card, key)
        if memory.why:
            self._doubt(memory.why, MOST_DENIALS)
        self._read = (card.uid, memory)

    def write(self, card: CardSeen) -> Talk[None]:
        """Carry out the order, if it is for this stay of this card."""
        order = self.order
        if order is None or (order.uid, order.stay) != (card.uid, self._stay):
            return
        # A first card may be ours since an earlier try: the keys take turns.
        is_new = order.is_first and not self._denials % 2
        how = take_over if is_new else write_slot
        wrote = yield from how(card, order.slot, order.token, order.key)
        if wrote in (Wrote.KEYS, Wrote.REFUSED):
            self._doubt(wrote.value, MOST_DENIALS * (1 + order.is_first))
        self.order = None
        self._ended = TokenWritten(self._reader, order.stay, wrote)

    def _doubt(self, why: str, most: int) -> None:
        """Take a denial for a misunderstanding until it has been said ``most`` times.

        Raises:
            BadAnswer: not yet.
        """
        self._denials += 1
        if self._denials < most:
            raise BadAnswer(f"denied: {why}")

    def told_of(self, card: CardSeen) -> Tapped:
        """Return what begins the stay of ``card``; any older order is void."""
        read, self._read = self._read, None
        self.order = None
        self._tries = self._denials = 0
        self._stay += 1
        memory = read[1] if read is not None and read[0] == card.uid else None
        return Tapped(self._reader, card, memory, self._stay)

    def ended(self) -> Iterator[TokenWritten]:
        """Yield the end of an order, once."""
        ended, self._ended = self._ended, None
        if ended is not None:
            yield ended

    def forget(self) -> None:
        """The field is empty: nothing was read, nothing is to be written."""
        self._read = self.order = None
        self._tries = self._denials = 0
