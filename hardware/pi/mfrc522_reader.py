"""One MFRC522 as a :class:`hardware.ports.Reader`: whole UIDs, and never a false calm.

"No card" is only said by a chip that proved in the same look that it is there, that it
is configured, and that its timer runs.
"""

from __future__ import annotations

from typing import Final

from hardware.card_memory import Talk
from hardware.errors import ReaderDead
from hardware.iso14443 import (
    HALT,
    Authenticate,
    BadAnswer,
    FieldUnclear,
    Frame,
    Nak,
    Step,
    select,
)
from hardware.pi.mfrc522_air import Collision, Mfrc522Air
from hardware.pi.mfrc522_link import VERSIONS, Mfrc522Link
from hardware.ports import CardSeen, Clock, FieldCrowded, FieldEmpty, Presence, Visit

TRIES: Final = 3
"""In one poll, before a card that answers badly is called unclear. Ours; 20 ms at most,
so that two readers of one bus still keep to 20 polls a second."""
CROWD: Final = 2
"""Collisions in one poll that make two cards; one alone may be a card at the edge."""
RECENT_POLLS: Final = 8
"""So long after a card was heard, until it is called gone (hardware.taps), a silent
poll calls twice: a card whose answer was lost waits for an anticollision, and spends
the next WUPA on falling asleep."""


class Mfrc522Reader:
    """One reader. All its methods belong to the thread of its bus.

    Args:
        name: what the configuration calls it.
        bus: SPI bus.
        device: chip select.
        clock: for the waits.
        reset_line: BCM number of the line to RST; None if RST is tied to 3.3 V.

    Attributes:
        name: as given.
        failures: how often it was found dead.
        revivals: how often it came back.
    """

    def __init__(
        self,
        name: str,
        bus: int,
        device: int,
        clock: Clock,
        reset_line: int | None = None,
    ) -> None:
        self.name = name
        self.failures = 0
        self.revivals = 0
        self._link = Mfrc522Link(name, bus, device, clock, reset_line)
        self._air = Mfrc522Air(self._link, clock)
        self._clock = clock
        self._is_up = False
        self._recent = 0

    @property
    def model(self) -> str:
        """What the chip is, for people."""
        version = self._link.version
        if version is None:
            return "not seen yet"
        return VERSIONS.get(version, f"unknown chip, version {version:02X}")

    def poll(self, visit: Visit | None = None) -> Presence:
        """Look once into the field, waking halted cards (WUPA), leaving them halted.

        Args:
            visit: what is said to a card before it is halted; if its answers cannot be
                read, neither can the card in this try.

        Returns:
            Besides the presences of the port :class:`FieldUnclear`, an empty field
            that does not prove that a card has gone.

        Raises:
            ReaderDead: the chip does not answer or has lost its configuration. The
                next call tries to bring it back, and raises until that has worked.
        """
        try:
            if not self._is_up:
                self._come_up()
            presence = self._look(visit)
        except ReaderDead:
            self._is_up = False
            self.failures += 1
            raise
        heard = presence != FieldEmpty()
        self._recent = RECENT_POLLS if heard else max(0, self._recent - 1)
        return presence

    def close(self) -> None:
        """Leave the bus; the next poll opens it again."""
        self._is_up = False
        self._link.close()

    def _come_up(self) -> None:
        self._link.bring_up()
        self._air = Mfrc522Air(self._link, self._clock)
        self._is_up = True
        self.revivals += self.failures > 0

    def _look(self, visit: Visit | None) -> Presence:
        answers: list[Exception] = []
        patience = 2 if self._recent else 1
        for _ in range(TRIES):
            try:
                card = self._read_card(visit)
            except (BadAnswer, Collision) as what:
                answers.append(what)
                if sum(isinstance(each, Collision) for each in answers) == CROWD:
                    return FieldCrowded()
                continue
            if card is not None:
                return card
            patience -= 1
            if not patience and not answers:
                return FieldEmpty()
        return FieldUnclear()

    def _read_card(self, visit: Visit | None) -> CardSeen | None:
        """Wake, select, visit and halt one card; None if nobody answers the call.

        A card is told to halt after a failure too: otherwise it would spend the next
        WUPA on falling back to sleep.
        """
        try:
            card = self._converse()
            if card is not None and visit is not None:
                self._hold(visit(card))
        except (BadAnswer, Collision):
            self._air.send(HALT)
            raise
        if card is not None:
            self._air.send(HALT)
        return card

    def _hold(self, talk: Talk[None]) -> None:
        """Hold a conversation with the selected card, to its end."""
        try:
            step = next(talk)
            while True:
                try:
                    answer = self._take(step)
                except Nak as refused:
                    step = talk.throw(refused)
                else:
                    step = talk.send(answer)
        except StopIteration:
            return

    def _take(self, step: Step) -> bytes:
        match step:
            case Authenticate():
                return b"\x01" if self._air.authenticate(step) else b""
            case Frame():
                answer = self._air.exchange(step)
                if answer is None:
                    raise BadAnswer("fell silent")
                return answer

    def _converse(self) -> CardSeen | None:
        talk = select()
        answer = self._air.exchange(next(talk), heartbeat=True)
        if answer is None:
            return None
        try:
            while True:
                answer = self._air.exchange(talk.send(answer))
                if answer is None:
                    raise BadAnswer("fell silent")
        except StopIteration as done:
            card: CardSeen = done.value
            return card
