"""The stores opened by a command itself, where no controller is running."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from controller.domain.context import Layout
from controller.errors import HometimeError
from controller.journal.head import HeadFile
from controller.journal.journal import Journal
from controller.journal.layout import Layout as Folder
from controller.people.directory import Directory
from controller.people.store import PeopleStore
from controller.protocol import Fault
from controller.service.core import Core, journal_domain
from controller.service.sweep import sweep
from hardware.ports import ClockState


class ControllerRefused(HometimeError):
    """The controller would not do what the command asked; its own words and remedy."""

    code = "controller-refused"
    remedy = ""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.message.rstrip('.')}. {fault.remedy}".rstrip())


class MachineClock:
    """The machine's clocks, for a command that runs without a bank."""

    def monotonic(self) -> float:
        """Return seconds of the monotonic clock."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        time.sleep(seconds)

    def now_us(self) -> int:
        """Return UTC, microseconds since 1970."""
        return time.time_ns() // 1_000

    def state(self) -> ClockState:
        """Say that this command does not know what the clock is worth."""
        return ClockState.GUESSED


@contextmanager
def alone(folder: Path, layout: Layout) -> Iterator[tuple[Core, Directory]]:
    """Open journal and people of ``folder`` for one command.

    Raises:
        HometimeError: a store cannot be opened, or a controller has it.
    """
    signed = HeadFile(Folder(folder).head).read()
    clock = MachineClock()
    journal = Journal.open(
        folder,
        node=signed.node if signed else "bank",
        domain=journal_domain(),
        boot="",
    )
    try:
        store = PeopleStore.open(Folder(folder).people)
        try:
            core = Core(journal, layout, clock, clock)
            sweep(core.state, journal.tail.epoch, store, clock.now_us())
            yield core, Directory(store)
        finally:
            store.close()
    finally:
        journal.close()
