"""A whole bank in one thread over virtual time: what every story is played on.

The controller's own parts, the real drivers and the ``mfrc522`` package over simulated
chips, in the simulated room; only threads and the socket are missing. What crosses the
socket is encoded and decoded here too.

    rig.clock_to("08:40")
    rig.hand_in(7)
    assert rig.tap(7).reason == "lessons"
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from controller.__main__ import wiring, world_spec
from controller.client import RequestRefused
from controller.config.check import load
from controller.demo import files
from controller.errors import JournalUnwritable
from controller.protocol import Answer, Fault, FeedEvent, Request, TapOutcome
from controller.service.assembly import Surroundings, assemble
from controller.service.loop import Inbox
from controller.service.slow import SlowWorker
from hardware.pi.bank import BankHardware
from hardware.pi.lines import Lines
from hardware.twin.clock import VirtualClock
from hardware.twin.pins import twin_makers
from hardware.twin.spidev_inprocess import install_spidev
from hardware.twin.world import World
from tests.rig_cast import Cast
from tools.authenticator import Authenticator

LONDON = ZoneInfo("Europe/London")
HAND_S = 0.15
"""After a hand has moved a door: travel, bounce and debounce are over."""
SPARE_DOORS = 2
"""Doors that are nobody's."""
PATIENCE_S = 3.0
"""How long a story waits for what must come at once."""

encode = msgspec.json.encode


class CutWires:
    """The wires of one run of the controller; dead once that has been killed."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.alive = True

    def set_output(self, line: str, level: bool) -> None:
        """Drive a line, while alive."""
        if self.alive:
            self._world.set_output(line, level)

    def release(self, line: str) -> None:
        """Let a line float, while alive."""
        if self.alive:
            self._world.release(line)

    def loop_is_closed(self, line: str) -> bool:
        """Return whether a contact's loop is closed."""
        return self._world.loop_is_closed(line)

    def watch(self, line: str, told: Callable[[bool], None]) -> Callable[[], None]:
        """Follow a contact, while alive."""
        return self._world.watch(line, lambda closed: self.alive and told(closed))


class Rig:
    """One bank, its people and its room.

    Args:
        folder: empty; everything is kept in it.
        pupils: of the teacher's class, 1 to 30; one more child is of another class.
        seeded: whether anybody is there at the first start.
        settings: lines of the demo's configuration to replace, old -> new.

    Attributes:
        feed: what every subscriber was told, oldest first.
        wire: the same as the bytes that crossed the socket.
        taps: outcomes of taps among them.
        phone: everybody's authenticator app.
        broken: why the controller ended by itself, if it did.
    """

    def __init__(
        self,
        folder: Path,
        *,
        pupils: int = 8,
        seeded: bool = True,
        settings: dict[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.cast = Cast(pupils)
        self.clock = VirtualClock(start=1_000.0)
        doors = pupils + 1 + SPARE_DOORS
        self.config = load(_write_config(folder, doors, settings or {}))
        self.phone = Authenticator(self.real_us, self.skip)
        self.world = World(world_spec(self.config), self.clock)
        chips = {
            (r.spec.bus, r.spec.device): r.chip for r in self.world.readers.values()
        }
        self._spidev = install_spidev(chips, self.clock)
        self.feed: list[FeedEvent] = []
        self.wire: list[bytes] = []
        self.taps: list[TapOutcome] = []
        self._gone: Counter[str | None] = Counter()
        self._tokens: dict[str, str] = {}
        self._killed: list[object] = []
        self.start(seed=seeded)

    # ------------------------------------------------------------- starts and ends

    def start(self, *, seed: bool = False) -> None:
        """Start the controller on whatever files there are."""
        self.broken: BaseException | None = None
        self.inbox, self.slow = Inbox(), SlowWorker()
        self._wires, self._ends = CutWires(self.world), ExitStack()
        lines = Lines(twin_makers(self._wires, self.clock))
        self.bank = BankHardware(
            wiring(self.config), lines, self.clock, self.inbox.wake
        )
        around = Surroundings(
            clock=self.clock,
            wall=self.world.wall_clock,
            open_bank=lambda _wake: self.bank,
            real_us=self.real_us,
        )
        parts = assemble(
            self.config, self.bank, around, self._ends, inbox=self.inbox, slow=self.slow
        )
        self.hub, self.loop = parts.hub, parts.loop
        if seed:
            self.cast.seed(self.hub)
        self.loop.begin("9.9.9")
        self.hub.feed.subscribe(self._hear)
        self.run(0)

    def stop(self, why: str = "asked") -> None:
        """End the controller in order."""
        self.loop.end(why)
        self._ends.close()
        self.bank.close()
        self._killed.append(self.bank)

    def kill(self, *, start: bool = True) -> None:
        """Kill -9: what is on disk stays, what was in memory is gone; start again.

        Outputs keep their level, as on Raspberry Pi OS, until the next start.
        """
        self.die()
        if start:
            self.start()

    def die(self) -> None:
        """Drop everything without closing anything."""
        self._wires.alive = False
        data, kept = self.config.bank.data, self.folder / "kept"
        shutil.copytree(data, kept, ignore=shutil.ignore_patterns("*-shm"))
        self._killed.append(self.bank)  # its pins must not be closed by a collector
        self._ends.close()
        shutil.rmtree(data)
        kept.rename(data)

    def close(self) -> None:
        """Give back what is global: the module ``spidev``."""
        self._wires.alive = False
        self._ends.close()
        self._spidev.remove()

    # ------------------------------------------------------------------------ time

    def run(self, seconds: float) -> None:
        """Let ``seconds`` pass; each part is stepped when it is due."""
        end = self.clock.monotonic() + seconds
        self.step()
        while (now := self.clock.monotonic()) < end:
            self.clock.sleep(max(0.0005, min(self._next_due(now), end) - now))
            self.step()

    def skip(self, seconds: float) -> None:
        """Let much time pass in which nobody comes; polls in between are left out."""
        self.clock.sleep(seconds)
        self.run(0.1)

    def real_us(self) -> int:
        """Return the machine's own time, which nobody moves: sessions go by it."""
        return 1_800_000_000_000_000 + int(self.clock.monotonic() * 1e6)

    def until(self, is_so: Callable[[], Any], within: float = PATIENCE_S) -> float:
        """Run until ``is_so``; return how long that took, seconds."""
        began = self.clock.monotonic()
        while not is_so():
            now = self.clock.monotonic()
            assert now - began < within, f"not so within {within} s"
            self.clock.sleep(max(0.0005, self._next_due(now) - now))
            self.step()
        return self.clock.monotonic() - began

    def step(self) -> None:
        """Do once what all threads of the process do."""
        if self.broken is not None:
            return
        try:
            for watches in self.bank.buses.values():
                for watch in watches:
                    for event in watch.step(self.clock.monotonic()):
                        self.inbox.tap(event)
            self.bank.pulses.cutter.step(self.clock.monotonic())
            self.loop.step(self.clock.monotonic())
            while self.slow.step() or not self.inbox.is_empty:
                self.loop.step(self.clock.monotonic())
        except JournalUnwritable as error:  # as ControllerProcess.run does
            self.broken = error
            self.stop("failure")

    def _next_due(self, now: float) -> float:
        if self.broken is not None:
            return now + 1.0
        watches = [w for bus in self.bank.buses.values() for w in bus]
        dues = [now + watch.due_in() for watch in watches]
        dues.append(now + self.loop.wait_s(now))
        cut = self.bank.pulses.cutter.next_due()
        return min(dues if cut is None else [*dues, cut])

    def clock_to(self, when: str) -> None:
        """Set the wall clock: ``HH:MM`` today, or ``YYYY-MM-DD HH:MM``; local time."""
        text = when if " " in when else f"{self.now:%Y-%m-%d} {when}"
        self.world.set_clock(datetime.fromisoformat(text).replace(tzinfo=LONDON))
        self.inbox.call(self.loop.clock_was_set)
        self.run(0)

    @property
    def now(self) -> datetime:
        """The wall clock, local."""
        return self.world.time().astimezone(LONDON)

    # ----------------------------------------------------------------------- hands

    def uid(self, who: int | str) -> str:
        """Return a card: a pupil's by door, an adult's by role, or as it is given."""
        if isinstance(who, int):
            return self.cast.everybody[who - 1].uid
        return self.cast.adults[who].uid if who in self.cast.adults else who

    def tap(self, who: int | str, reader: str = "front") -> TapOutcome:
        """Hold a card to the reader until something comes of it, and take it away."""
        said, gone = len(self.taps), self.gone_of(reader)
        self.world.put_card(reader, self.uid(who))
        self.until(lambda: len(self.taps) > said)
        self.world.take_card(reader, self.uid(who))
        self.until(lambda: self.gone_of(reader) > gone)
        return self.taps[said]

    def pull(self, n: int) -> bool:
        """Pull door ``n``; return whether it opened."""
        moved = self.world.pull(n)
        self.run(HAND_S)
        return moved

    def push(self, n: int) -> bool:
        """Push door ``n`` shut; return whether it moved."""
        moved = self.world.push(n)
        self.run(HAND_S)
        return moved

    def put(self, n: int, label: str = "phone", seconds: float = 2) -> None:
        """Lay a device into the open compartment ``n``; a child needs two seconds."""
        self.run(seconds)
        self.world.put(n, label)

    def take(self, n: int) -> str | None:
        """Take the device out of the open compartment ``n``."""
        self.run(2)
        return self.world.take(n)

    def hand_in(self, *doors: int, seconds: float = 2) -> None:
        """Let the pupils of ``doors`` hand in, ``seconds`` each, one by one."""
        for n in doors:
            assert self.tap(n).result == "ordered"
            assert self.pull(n)
            self.put(n, seconds=seconds)
            assert self.push(n)

    def collect(self, *doors: int) -> None:
        """Let the pupils of ``doors`` collect, one after the other."""
        for n in doors:
            assert self.tap(n).result == "ordered"
            assert self.pull(n)
            assert self.take(n) == "phone"
            assert self.push(n)

    # ------------------------------------------------------------------- questions

    def token(self, who: str) -> str:
        """Return a live token of a role, of the ``kiosk``, or nobody's."""
        if who == "nobody":
            return ""
        if who not in self._tokens:
            self._tokens[who] = self._kiosk() if who == "kiosk" else self.sign_in(who)
        return self._tokens[who]

    def sign_in(self, role: str) -> str:
        """Sign an adult in anew; return the token."""
        return self.ask("nobody", "sign_in", **self.credentials(role))["token"]

    def credentials(self, role: str) -> dict[str, str]:
        """Return what an adult signs in with, a fresh code among it."""
        adult = self.cast.adults[role]
        known = credentials(role, adult.password)
        return known | ({"code": self.phone.code(adult.totp)} if adult.totp else {})

    def step_up(self, role: str) -> None:
        """Let an adult prove once more who it is."""
        self.ask(role, "step_up", secret=self.cast.adults[role].pin)

    def _kiosk(self) -> str:
        return self.ask("technician", "kiosk_pair", bank=self.config.bank.name)["token"]

    def ask(self, who: str, do: str, /, **args: Any) -> Any:
        """Ask as the site does; return the plain answer.

        Raises:
            RequestRefused: the answer was a fault.
        """
        return self.ask_with(self.token(who), do, **args)

    def ask_with(self, token: str, do: str, /, **args: Any) -> Any:
        """Ask with a token; ``ask`` is the short way."""
        answers: list[bytes] = []
        request = msgspec.json.decode(encode(Request(7, do, token, args)), type=Request)
        self.inbox.request(request, lambda answer: answers.append(encode(answer)))
        while not answers:
            self.step()
        assert len(answers) == 1, "one answer for each request"
        answer = msgspec.json.decode(answers[0], type=Answer)
        if answer.fault is not None:
            raise RequestRefused(answer.fault)
        return answer.value

    def refused(self, who: str, do: str, /, **args: Any) -> Fault:
        """Ask for what must be refused; return the fault."""
        try:
            value = self.ask(who, do, **args)
        except RequestRefused as refused:
            return refused.fault
        raise AssertionError(f"{do} was not refused: {value!r}")

    # ------------------------------------------------------------------ what is so

    @property
    def state(self):
        """Everything that is durable, folded."""
        return self.hub.core.state

    def facts(self, *kinds: type) -> list[Any]:
        """Return all facts of the journal in order, or those of ``kinds``."""
        journal = self.hub.core.journal
        names = [kind.__name__ for kind in kinds] or None
        return [journal.fact(e) for e in journal.entries(limit=1_000_000, kinds=names)]

    @property
    def entries(self) -> int:
        """How many entries the journal has."""
        return self.hub.core.journal.tail.seq

    @property
    def coils_on(self) -> list[int]:
        """Doors whose coil carries current now."""
        return [n for n, each in self.world.compartments.items() if each.coil.is_on]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield name and bytes of every file that the controller keeps."""
        for path in sorted(self.config.bank.data.rglob("*")):
            if path.is_file():
                yield (
                    path.relative_to(self.config.bank.data).as_posix(),
                    path.read_bytes(),
                )

    def gone_of(self, reader: str) -> int:
        """Return how often a reader's field was told to be empty again."""
        return self._gone[reader]

    def _hear(self, event: FeedEvent) -> None:
        line = encode(event)
        self.wire.append(line)
        told = msgspec.json.decode(line, type=FeedEvent)
        self.feed.append(told)
        if told.tap is not None:
            self.taps.append(told.tap)
        self._gone[told.gone] += 1


def credentials(username: str, password: str) -> dict[str, str]:
    """Return the arguments of ``sign_in`` from a browser in the school."""
    return {
        "username": username,
        "password": password,
        "remote": "10.0.0.5",
        "browser": "Firefox",
    }


def _write_config(folder: Path, doors: int, settings: dict[str, str]) -> Path:
    """Write the demo's configuration, ``settings`` in place of some of its lines."""
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "data"
    data.mkdir()
    path = files.write_config(data, 8080).rename(folder / "config.toml")
    door = "\n[[compartment]]"
    text = door.join(path.read_text().split(door)[: doors + 1])
    for old, new in settings.items():
        assert old in text, f"no {old!r} in the demo's configuration"
        text = text.replace(old, new)
    path.write_text(text)
    return path


@contextmanager
def opened(folder: Path, **wishes: Any) -> Iterator[Rig]:
    """Open a rig for the length of a block."""
    rig = Rig(folder, **wishes)
    try:
        yield rig
    finally:
        rig.close()
