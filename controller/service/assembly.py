"""The controller put together, without a thread: stores, doors, hub, server, loop.

:mod:`controller.service.process` gives it threads and a socket; tests and rehearsal
step the same parts in one thread over virtual time.
"""

from __future__ import annotations

import logging
import os
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from controller.config.schema import Config, Paper
from controller.domain.context import Layout, Place
from controller.domain.today_facts import SHEET_WAYS
from controller.errors import HometimeError
from controller.journal.journal import Journal
from controller.journal.layout import Layout as Folder
from controller.people.directory import Directory
from controller.people.store import PeopleStore
from controller.service.core import Core, journal_domain
from controller.service.doorkeeper import Contacts, DoorKeeper, Pulses
from controller.service.hub import Hub
from controller.service.loop import Inbox, Loop
from controller.service.mail import MailDesk
from controller.service.measured import Measured
from controller.service.operator import write_operator
from controller.service.requests.signing import first_start_needed
from controller.service.serving import Server
from controller.service.slow import SlowWorker
from controller.service.sweep import sweep
from controller.service.tokens import load_key
from hardware.ports import Clock, Signals, TapEvent, TokenWriter, WallClock

log = logging.getLogger(__name__)


def real_us() -> int:
    """Return the machine's own time, UTC microseconds since 1970."""
    return time.time_ns() // 1_000


class Watch(TokenWriter, Protocol):
    """The step of one reader, ``hardware.taps.TapWatch``."""

    @property
    def name(self) -> str:
        """The reader's name."""

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
    def alarm(self) -> Contacts:
        """The school's alarm: a bank of one contact, or of none."""

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
        real_us: ages of sessions and waits after wrong secrets go by it; unlike the
            wall clock of the demo nobody moves it.
        boot: names the run that monotonic times are of; the machine's own where empty.
    """

    clock: Clock
    wall: WallClock
    open_bank: Callable[[Callable[[], None]], Bank]
    clock_followed: Callable[[], None] = lambda: None
    real_us: Callable[[], int] = real_us
    boot: str = ""


@dataclass(frozen=True, slots=True)
class Controller:
    """The parts that one thread steps.

    Attributes:
        hub: state, decisions, pages.
        server: serves requests.
        loop: one pass after the other.
    """

    hub: Hub
    server: Server
    loop: Loop


def assemble(
    config: Config,
    bank: Bank,
    around: Surroundings,
    ends: ExitStack,
    *,
    inbox: Inbox,
    slow: SlowWorker,
    after_step: Callable[[float], Any] = lambda _now: None,
) -> Controller:
    """Open the stores of ``config`` and put the parts together; nothing is written yet.

    Args:
        config: checked.
        bank: opened, every coil off.
        around: the clocks.
        ends: is given what has to be closed.
        inbox: what the loop takes from.
        slow: where secrets are hashed.
        after_step: called after each whole step of the loop (watchdog).

    Raises:
        HometimeError: a store cannot be opened.
    """
    data = config.bank.data
    data.mkdir(parents=True, exist_ok=True)
    boot = around.boot or _boot_id()
    journal = Journal.open(
        data, node=config.bank.name, domain=journal_domain(), boot=boot
    )
    ends.callback(_close_journal, journal)
    store = PeopleStore.open(Folder(data).people)
    ends.callback(store.close)
    core = Core(
        journal, layout_of(config), around.clock, around.wall, config.bank.timezone
    )
    sweep(core.state, journal.tail.epoch, store, around.wall.now_us())
    mail = MailDesk(
        core,
        store.outbox,
        config.mail,
        bank=config.bank.name,
        real_us=around.real_us,
    )
    hub = Hub(
        core,
        Directory(store),
        DoorKeeper(core, bank.pulses, bank.contacts),
        bank.alarm,
        bank.signals,
        bank=config.bank.name,
        klass=config.bank.class_slug,
        readers=tuple(reader.name for reader in config.readers),
        measured=lambda: measure(config, core, mail),
        real_us=around.real_us,
        writers={watch.name: watch for bus in bank.buses.values() for watch in bus},
        card_key=partial(load_key, Folder(data)),
        mail=mail,
    )
    _let_letters_leave(hub, config, store, around.real_us, inbox)
    _offer_first_start(hub, data)
    hub.operator_token = write_operator(data, config.bank.socket).token
    _let_sheets_leave(hub, config, slow, inbox)
    server = Server(hub, slow, inbox.call)
    return Controller(hub, server, Loop(hub, server, inbox, after_step))


def _let_sheets_leave(hub: Hub, config: Config, slow: SlowWorker, inbox: Inbox) -> None:
    """Send the paper sheet where the configuration says (DAY-13); else load nothing."""
    paper = config.paper
    if not (paper.folder or paper.printer or paper.mail_to):
        return
    from controller.service import sheet_post, sheets  # noqa: PLC0415  see handling.lazily

    ways, post = {}, None
    if paper.folder:
        ways["folder"] = (str(paper.folder), sheets.to_folder(paper.folder))
    if paper.printer:
        ways["printer"] = (paper.printer, sheets.to_printer(paper.printer))
    if paper.mail_to:
        wake = hub.mail.on_letter if config.mail.host else None
        outbox, now_us = hub.directory.store.outbox, hub.accounts.real_us
        post = sheet_post.SheetPost(outbox, paper.mail_to, now_us, wake)
        ways["mail"] = (", ".join(paper.mail_to), post.send)
    hub.sheets = sheets.Sheets(
        hub.core, hub.directory, hub.bank, ways, slow.submit, inbox.call, post
    )


def _let_letters_leave(
    hub: Hub,
    config: Config,
    store: PeopleStore,
    now_us: Callable[[], int],
    inbox: Inbox,
) -> None:
    """Send mail where there is a server (CUS-6); else load nothing."""
    if not config.mail.host:
        return
    from controller.service.postman import Postman  # noqa: PLC0415  see handling.lazily

    def tell() -> None:
        hub.feed.changed("desk", "health", "records", "sheet")
        if hub.sheets is not None:
            hub.sheets.follow_post()

    def told() -> None:
        inbox.call(tell)

    postman = Postman(store.outbox, config.mail, hub.bank, now_us, told)
    hub.mail.postman, hub.mail.on_letter = postman, postman.wake
    hub.mail.catch_up()


def _offer_first_start(hub: Hub, data: Path) -> None:
    """Nobody has an account: say where the starting code stands (ACC-1)."""
    path = Folder(data).secrets / "first-start"
    if not first_start_needed(hub):
        path.unlink(missing_ok=True)
        return
    hub.first_start_code = _starting_code(path)
    hub.on_first_start.append(lambda: path.unlink(missing_ok=True))
    log.warning("first start: the starting code stands in %s", path)


def layout_of(config: Config) -> Layout:
    """Return the bank as the domain sees it."""
    places = {
        each.n: Place(each.n, each.purpose, each.at_desk)
        for each in config.compartments
    }
    return Layout(places, config.bank.columns, config.bank.assignment)


def measure(config: Config, core: Core, mail: MailDesk) -> Measured:
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
        mail=mail.health(),
        sheet_ways=ways_of(config.paper),
    )


def ways_of(paper: Paper) -> tuple[str, ...]:
    """Return how the paper sheet leaves by itself: codes of ``SHEET_WAYS``."""
    known = (paper.folder, paper.printer, paper.mail_to)
    return tuple(way for way, set_ in zip(SHEET_WAYS, known, strict=True) if set_)


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
