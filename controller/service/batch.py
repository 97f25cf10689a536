"""Facts of one moment, decided one after the other and committed together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from controller.domain.context import Context
from controller.domain.evolve import evolve
from controller.domain.facts import Fact, When
from controller.domain.state import State
from controller.service.core import Committed, Core


class Batch:
    """Collects facts; each rule sees the state after those before it.

    One commit a moment: a door that opens and the coil that it cuts share one, which
    halves what a card of flash memory has to bear.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self.context: Context = core.context()
        self.state = core.state
        self.facts: list[Fact] = []

    def add(self, rule: Callable[[State], Iterable[Fact]]) -> None:
        """Ask ``rule`` for facts, given what has been collected so far."""
        epoch, seq = self._core.journal.tail.position
        for fact in tuple(rule(self.state)):
            self.facts.append(fact)
            when = When(
                self.context.at_us, epoch, seq + len(self.facts), self.context.clock
            )
            self.state = evolve(self.state, fact, when)

    def commit(self) -> Committed | None:
        """Write all of it as one commit.

        Raises:
            JournalUnwritable: none of it was written.
        """
        return self._core.commit(self.facts)
