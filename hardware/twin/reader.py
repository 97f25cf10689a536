"""A simulated reader: one chip, and the hands that lay cards before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hardware.errors import RoomRefused
from hardware.iso14443 import WUPA
from hardware.ports import Clock
from hardware.twin.air import Bits
from hardware.twin.cards import REQA, SHORT_FRAME_BITS, Card, Fringe
from hardware.twin.mfrc522_chip import Mfrc522Chip
from hardware.twin.spec import ReaderSpec
from hardware.twin.wallet import Wallet, named

# A card at the edge of the field: about half of all exchanges fail somewhere (our
# choice; what matters is that a whole cascade seldom succeeds at the first try).
UNHEARD = LOST = 0.1
CORRUPT = 0.05

CROWD = ("04C0FFEE000001", "04C0FFEE000002")  # cards that no school has

CALL_ALL, CALL_NEW = bytes([WUPA]), bytes([REQA])

DEAF_READS = 0xFF  # an open MISO wire with its pull-up


class _Ear(Card):
    """No card, but in the field: it counts how often somebody looks for one."""

    def __init__(self, heard: Callable[[], None]) -> None:
        super().__init__(bytes(4))
        self._heard = heard

    def hear(
        self,
        data: bytes,
        last_bits: int,
        at: float,  # noqa: ARG002  as a card hears
        cipher: int = 0,  # noqa: ARG002  as a card hears
    ) -> Bits | None:
        """Never answer."""
        if last_bits == SHORT_FRAME_BITS and data[:1] in (CALL_ALL, CALL_NEW):
            self._heard()
        return None


class SimReader:
    """One reader.

    Args:
        spec: how it is wired.
        clock: of its chip.
        wallet: the cards that hands bring.

    Attributes:
        lying: UIDs of the cards that stay until somebody takes them away.
        light_is_on: level of its light's line.
        buzzer_is_on: level of its buzzer's line.
        looks: how often it has called for cards (WUPA or REQA).
        on_look: called after each; from whatever thread moved the chip's time on.
    """

    def __init__(self, spec: ReaderSpec, clock: Clock, wallet: Wallet) -> None:
        self.spec = spec
        self.chip = Mfrc522Chip(clock)
        self.lying: tuple[str, ...] = ()
        self.light_is_on = False
        self.buzzer_is_on = False
        self._at_edge = False
        self._cards: dict[str, Card] = {}
        self._wallet = wallet
        self.looks = 0
        self.on_look: list[Callable[[], None]] = []
        self.chip.put(_Ear(self._looked))

    @property
    def uids(self) -> list[str]:
        """Names of all cards in the field, in the order they came; UIDs, but copies."""
        return list(self._cards)

    def lay(self, uids: Iterable[str]) -> None:
        """Let exactly these cards lie there from now on.

        Raises:
            RoomRefused: ``bad-uid`` or ``no-card``; the cards lie as they did.
        """
        wanted = [named(uid) for uid in uids]
        fresh = {
            name: self._wallet.card(name) for name in wanted if name not in self._cards
        }
        for name in [name for name in self._cards if name not in wanted]:
            self._take(name)
        for name, card in fresh.items():
            self._put(name, card)
        self.lying = tuple(self.uids)

    def put(self, uid: str) -> Card:
        """Bring a card into the field for a while; it is not said to lie there.

        Returns:
            The card, for :meth:`let_go`.

        Raises:
            RoomRefused: ``bad-uid``, ``no-card`` or, while it is in the field,
                ``card-there``.
        """
        name = named(uid)
        if name in self._cards:
            raise RoomRefused(
                "card-there", f"reader {self.spec.name}: this card is in the field"
            )
        return self._put(name, self._wallet.card(name))

    def let_go(self, card: Card) -> None:
        """Take this very card out, unless it has gone, or lies there by now."""
        here = [name for name, each in self._cards.items() if each is card]
        for name in here:
            if name not in self.lying:
                self._take(name)

    def take(self, uid: str) -> None:
        """Take a card out of the field.

        Raises:
            RoomRefused: ``bad-uid`` or, if it is not in the field, ``no-card``.
        """
        name = named(uid)
        if name not in self._cards:
            raise RoomRefused("no-card", f"reader {self.spec.name}: no such card there")
        self._take(name)
        self.lying = tuple(uid for uid in self.lying if uid in self._cards)

    def take_light(self, level: bool) -> None:  # noqa: FBT001  a level
        """Take the level of the light's line."""
        self.light_is_on = level

    def take_buzzer(self, level: bool) -> None:  # noqa: FBT001  a level
        """Take the level of the buzzer's line."""
        self.buzzer_is_on = level

    def take_reset(self, level: bool) -> None:  # noqa: FBT001  a level
        """Take the level of the reset line: low holds the chip in reset."""
        self.chip.reset_pin(high=level)

    def crowd(self, *, active: bool) -> None:
        """Lay two cards of ours beside what lies there, or take them away."""
        others = [uid for uid in self.lying if uid not in CROWD]
        self.lay([*others, *CROWD] if active else others)

    def deafen(self, *, active: bool) -> None:
        """Cut the wire on which the chip answers, or mend it."""
        self.chip.deaf = DEAF_READS if active else None

    def unplug(self, *, active: bool) -> None:
        """Pull the reader's plug, or put it back."""
        self.chip.unplugged = active

    def break_antenna(self, *, active: bool) -> None:
        """Take the antenna off its pads, or solder it on."""
        self.chip.antenna_broken = active

    def brown_out(self, *, active: bool) -> None:
        """Let the supply sag for an instant; there is nothing to end."""
        if active:
            self.chip.brown_out()

    def hold_at_edge(self, *, active: bool) -> None:
        """Hold every card, also those to come, at the edge of the field."""
        self._at_edge = active
        for card in self._cards.values():
            card.fringe = self._fringe()

    def _looked(self) -> None:
        self.looks += 1
        for told in self.on_look:
            told()

    def _fringe(self) -> Fringe:
        if self._at_edge:
            return Fringe(unheard=UNHEARD, lost=LOST, corrupt=CORRUPT)
        return Fringe()

    def _put(self, name: str, card: Card) -> Card:
        card.fringe = self._fringe()
        self._cards[name] = card
        self.chip.put(card)
        return card

    def _take(self, name: str) -> None:
        self.chip.take(self._cards.pop(name))
