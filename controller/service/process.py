"""The controller as a process: stores, hardware, threads, and an orderly end.

The order of starting is the order of safety: strikes are opened first, so every coil is
off before a file is touched (HW-2); the journal next; people; then the socket, and
"ready" only once a whole step of the loop has been done.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import msgspec

from controller.config.schema import Config
from controller.domain.context import Layout, Place
from controller.errors import HometimeError, JournalError, JournalUnwritable
from controller.journal.journal import Journal
from controller.journal.layout import Layout as Folder
from controller.people.directory import Directory
from controller.people.store import PeopleStore
from controller.protocol import Answer, FeedEvent, Request
from controller.service.core import Core, journal_domain
from controller.service.doorkeeper import Contacts, DoorKeeper, Pulses
from controller.service.hub import Hub
from controller.service.loop import Inbox, Loop
from controller.service.notify import Notifier, watchdog_period_s
from controller.service.operator import write_operator
from controller.service.requests.signing import first_start_needed
from controller.service.serving import Server
from controller.service.slow import SlowWorker
from controller.service.sockets import Connection, SocketServer
from controller.service.views.health import Measured
from hardware.ports import Clock, Signals, TapEvent, WallClock

log = logging.getLogger(__name__)

HEAD_S = 0.5
"""How often the signed head is brought up to the journal, off the tap's path."""

READER_NAP_S = 0.2
"""Longest nap of a reader's thread, so that it ends soon after it is told to."""


class Watch(Protocol):
    """The step of one reader, ``hardware.taps.TapWatch``."""

    def due_in(self) -> float:
        """Return seconds until it polls again."""

    def step(self, now: float) -> list[TapEvent]:
        """Poll if it is time."""


class Bank(Protocol):
    """One bank's hardware, ``hardware.pi.bank.BankHardware``."""

    @property
    def pulses(self) -> Pulses:
        """The power budget's queue."""

    @property
    def contacts(self) -> Contacts:
        """The doors' contacts."""

    @property
    def signals(self) -> Signals:
        """Lights and buzzers."""

    @property
    def buses(self) -> Mapping[int, Sequence[Watch]]:
        """The readers' steps by SPI bus; one thread each."""

    def start_cutter(self) -> None:
        """Let the second thread guard the coils' deadlines."""

    def close(self) -> None:
        """Cut every coil and give the lines back."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the command line picked: real chips or the twin, and their clocks.

    Attributes:
        clock: monotonic.
        wall: for people and the record.
        open_bank: opens the hardware; is given what wakes the loop.
        clock_followed: called after the loop went by a clock that was set.
    """

    clock: Clock
    wall: WallClock
    open_bank: Callable[[Callable[[], None]], Bank]
    clock_followed: Callable[[], None] = lambda: None


class ControllerProcess:
    """One controller, from start to end."""

    def __init__(self, config: Config, around: Surroundings, version: str) -> None:
        self._config = config
        self._around = around
        self._version = version
        self._inbox = Inbox()
        self._slow = SlowWorker()
        self._stopping = threading.Event()
        self._notifier = Notifier.from_environment(os.environ)
        self._encode = msgspec.json.Encoder().encode
        self._decode = msgspec.json.Decoder(Request).decode
        self._broken: BaseException | None = None
        self._loop: Loop | None = None

    def clock_was_set(self) -> None:
        """Follow a wall clock that was set; from any thread."""

        def follow() -> None:
            if self._loop is not None:
                self._loop.clock_was_set()
            self._around.clock_followed()

        self._inbox.call(follow)

    def stop(self) -> None:
        """Let :meth:`run` end; from any thread or a signal's handler."""
        self._stopping.set()
        self._inbox.wake()

    def run(self) -> None:
        """Start, serve until :meth:`stop`, end in order.

        Raises:
            HometimeError: it cannot start, or the journal could not be written; every
                coil is off.
        """
        with ExitStack() as ends:
            bank = self._around.open_bank(self._inbox.wake)
            ends.callback(bank.close)
            bank.start_cutter()
            hub, loop = self._open(bank, ends)
            self._serve(bank, hub, loop, ends)
        if self._broken is not None:
            raise self._broken

    # ---------------------------------------------------------------------- opening

    def _open(self, bank: Bank, ends: ExitStack) -> tuple[Hub, Loop]:
        config = self._config
        data = config.bank.data
        data.mkdir(parents=True, exist_ok=True)
        journal = Journal.open(
            data, node=config.bank.name, domain=journal_domain(), boot=_boot_id()
        )
        ends.callback(_close_journal, journal)
        store = PeopleStore.open(Folder(data).people)
        ends.callback(store.close)
        core = Core(
            journal,
            layout_of(config),
            self._around.clock,
            self._around.wall,
            config.bank.timezone,
        )
        doors = DoorKeeper(core, bank.pulses, bank.contacts)
        hub = Hub(
            core,
            Directory(store),
            doors,
            bank.signals,
            bank=config.bank.name,
            klass=config.bank.class_slug,
            readers=tuple(reader.name for reader in config.readers),
            measured=lambda: measure(config, core),
        )
        self._offer_first_start(hub, data)
        hub.operator_token = write_operator(data, config.bank.socket).token
        server = Server(hub, self._slow, self._inbox.call)
        loop = Loop(hub, server, self._inbox, self._feed_watchdog())
        return hub, loop

    def _offer_first_start(self, hub: Hub, data: Path) -> None:
        """Nobody has an account: say where the starting code stands (ACC-1)."""
        path = Folder(data).secrets / "first-start"
        if not first_start_needed(hub):
            path.unlink(missing_ok=True)
            return
        hub.first_start_code = _starting_code(path)
        hub.on_first_start.append(lambda: path.unlink(missing_ok=True))
        log.warning("first start: the starting code stands in %s", path)

    def _feed_watchdog(self) -> Callable[[float], None]:
        period = watchdog_period_s(os.environ, os.getpid())
        if period is None:
            return lambda _now: None
        due = 0.0

        def feed(now: float) -> None:
            nonlocal due
            if now >= due and self._slow.is_healthy:
                due = now + period
                self._notifier.watchdog()

        return feed

    # ---------------------------------------------------------------------- serving

    def _serve(self, bank: Bank, hub: Hub, loop: Loop, ends: ExitStack) -> None:
        loop.begin(self._version)
        self._loop = loop
        self._slow.start()
        ends.callback(self._slow.stop)
        server = SocketServer(self._config.bank.socket, self._take_line)
        self._server, self._hub = server, hub
        loop.step(self._around.clock.monotonic())
        threads = [
            threading.Thread(target=server.run, name="socket"),
            threading.Thread(target=self._write_heads, args=(hub,), name="head"),
            *(
                threading.Thread(target=self._watch, args=(watches,), name=f"spi{bus}")
                for bus, watches in bank.buses.items()
            ),
        ]
        for thread in threads:
            thread.start()
        self._notifier.ready()
        try:
            loop.run(self._stopping)
        except JournalUnwritable as error:
            self._broken = error
        finally:
            self._end(loop, server, threads)

    def _end(
        self, loop: Loop, server: SocketServer, threads: list[threading.Thread]
    ) -> None:
        self._notifier.stopping()
        self._stopping.set()
        loop.end("failure" if self._broken else "asked")
        server.stop()
        for thread in threads:
            thread.join()

    def _watch(self, watches: Sequence[Watch]) -> None:
        """The body of one SPI bus's thread."""
        clock = self._around.clock
        while not self._stopping.is_set():
            for watch in watches:
                for event in watch.step(clock.monotonic()):
                    self._inbox.tap(event)
            nap = min(READER_NAP_S, *(watch.due_in() for watch in watches))
            self._stopping.wait(nap)

    def _write_heads(self, hub: Hub) -> None:
        """The body of the thread that signs the journal's head."""
        writer = hub.core.journal.head_writer
        while not self._stopping.wait(HEAD_S):
            try:
                writer.step(self._around.clock.monotonic())
            except JournalError:
                log.exception("the signed head cannot be written")

    # ----------------------------------------------------------------------- socket

    def _take_line(self, connection: Connection, line: bytes) -> None:
        """Take one line of a client, in the socket's thread."""
        try:
            request = self._decode(line)
        except msgspec.MsgspecError:
            connection.is_open = False
            connection.end.shutdown(2)
            return
        if request.do == "feed":
            self._inbox.call(lambda: self._subscribe(connection))
            return

        def reply(answer: Answer) -> None:
            self._server.send(connection, self._encode(answer) + b"\n")

        self._inbox.request(request, reply)

    def _subscribe(self, connection: Connection) -> None:
        def sink(event: FeedEvent) -> None:
            self._server.send(connection, self._encode(event) + b"\n")

        connection.on_close.append(
            lambda: self._inbox.call(lambda: self._hub.feed.leave(sink))
        )
        self._hub.feed.subscribe(sink)


def layout_of(config: Config) -> Layout:
    """Return the bank as the domain sees it."""
    places = {each.n: Place(each.n, each.purpose) for each in config.compartments}
    return Layout(places, config.bank.columns, config.bank.assignment)


def measure(config: Config, core: Core) -> Measured:
    """Return what the health page shows beside the record."""
    return Measured(
        readers=tuple(reader.name for reader in config.readers),
        poll_hz=config.readers[0].poll_hz if config.readers else 0,
        coils_at_once=config.supply.max_coils,
        supply_v=config.supply.volts,
        supply_a=config.supply.amps,
        data=config.bank.data,
        entries=core.journal.tail.seq,
        repaired=core.journal.repaired,
    )


def _close_journal(journal: Journal[Any]) -> None:
    with suppress(HometimeError):
        journal.close()


def _boot_id() -> str:
    path = Path("/proc/sys/kernel/random/boot_id")
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def _starting_code(path: Path) -> str:
    """Return the code in ``path``, made with mode 0600 where it is not there."""
    with suppress(FileNotFoundError):
        return path.read_text(encoding="ascii").strip()
    code = "-".join(f"{secrets.randbelow(10_000):04d}" for _ in range(4))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write(code + "\n")
    return code
