"""One bank played in one thread over virtual time: whole days in seconds.

The controller's own parts, the real drivers and their chips in the simulated room;
only threads and the socket are missing. So what is in the journal afterwards was
decided, written and done as on a day that took its time, and the room is as the hands
left it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from controller.config.schema import Config
from controller.errors import HometimeError
from controller.people.totp import code_at, step_of
from controller.protocol import Answer, FeedEvent, Request, TapOutcome
from controller.service.assembly import Bank, Surroundings, assemble, real_us
from controller.service.loop import Inbox
from controller.service.slow import SlowWorker
from hardware.ports import Clock, WallClock

HAND_S = 0.15
"""After a hand has moved a door: travel, bounce and debounce are over."""

PATIENCE_S = 5.0
"""Virtual seconds in which whatever was asked for must have come."""

MINUTE_S = 60.0
"""How far apart the clock is looked at while nobody is there."""

BOOT = "played"
"""Name of the run in which the days are played: no machine's, so that the controller
that goes on afterwards does not compare monotonic clocks."""


PAST_US = 6 * 86_400 * 1_000_000
"""How long ago, by the machine's own time, the played days were. A code of an app that
was typed in them is not used up for whoever signs in now."""


class DayStuck(HometimeError):
    """Something that a played day relies on did not come."""

    code = "demo-day-stuck"
    remedy = "This is a fault of the program: please report it with the line above."


class DayAbandoned(HometimeError):
    """The demo was told to stop while its days were played."""

    code = "demo-day-abandoned"
    remedy = "Start it again: it begins anew."


class Cutter(Protocol):
    """What cuts coils at their deadline, a thread of its own elsewhere."""

    def step(self, now: float) -> None:
        """Cut what is due."""

    def next_due(self) -> float | None:
        """Return when something is due."""


class Room(Protocol):
    """Hands, cards and clock of the room, ``hardware.twin.world.World``."""

    @property
    def wall_clock(self) -> WallClock:
        """The clock on the wall."""

    def time(self) -> datetime:
        """Return what it shows, UTC."""

    def pull(self, n: int) -> bool:
        """Pull a door; return whether it moved."""

    def push(self, n: int) -> bool:
        """Push a door shut; return whether it moved."""

    def put(self, n: int, label: str) -> None:
        """Lay a device into an open compartment."""

    def take(self, n: int) -> str | None:
        """Take the device on top out of an open compartment."""

    def put_card(self, reader: str, uid: str) -> object:
        """Bring a card into a reader's field."""

    def take_card(self, reader: str, uid: str) -> None:
        """Take it away again."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """A room and the bank that is wired to it, as the command line picked them.

    Attributes:
        room: what hands act on.
        clock: virtual; it passes when it is told to.
        bank: opened, every coil off.
        cutter: of its coils.
        leave: write down where the room is and give everything back.
    """

    room: Room
    clock: Clock
    bank: Bank
    cutter: Cutter
    leave: Callable[[], None]


Opener = Callable[[Config, datetime], Simulated]
"""Opens the room of a configuration, with its clock at a moment."""


@dataclass(frozen=True, slots=True)
class Person:
    """One who signs in at a browser: what is typed, and the app's secret if any."""

    username: str
    password: str
    totp: str


class Stage:
    """The bank of ``config``, and what hands and browsers do there.

    Args:
        config: of the demo's folder; people and class are in its stores.
        simulated: its room, opened at the first moment.
        reader: where cards are held to.
        told_to_stop: looked at all the time.
    """

    def __init__(
        self,
        config: Config,
        simulated: Simulated,
        reader: str,
        told_to_stop: Callable[[], bool],
    ) -> None:
        self.room = simulated.room
        self._clock, self._bank = simulated.clock, simulated.bank
        self._cutter, self._leave = simulated.cutter, simulated.leave
        self._reader = reader
        self._told_to_stop = told_to_stop
        self._zone = ZoneInfo(config.bank.timezone)
        self._tokens: dict[str, str] = {}
        self._taps: list[TapOutcome] = []
        self._gone = 0
        self._ends = ExitStack()
        self._inbox, self._slow = Inbox(), SlowWorker()
        around = Surroundings(
            clock=simulated.clock,
            wall=simulated.room.wall_clock,
            open_bank=lambda _wake: simulated.bank,
            real_us=_then_us,
            boot=BOOT,
        )
        parts = assemble(
            config,
            simulated.bank,
            around,
            self._ends,
            inbox=self._inbox,
            slow=self._slow,
        )
        self.hub, self._loop = parts.hub, parts.loop

    def begin(self, version: str) -> None:
        """Start the controller."""
        self._loop.begin(version)
        self.hub.feed.subscribe(self._hear)
        self.run(0)

    def end(self) -> None:
        """Stop the controller in order; the room is left as it is."""
        self._loop.end("asked")

    def close(self) -> None:
        """Give everything back, whatever has happened."""
        self._ends.close()
        self._bank.close()
        self._leave()

    def _hear(self, event: FeedEvent) -> None:
        if event.tap is not None:
            self._taps.append(event.tap)
        self._gone += event.gone == self._reader

    # ------------------------------------------------------------------------- time

    @property
    def now(self) -> datetime:
        """What the clock on the wall shows, local."""
        return self.room.time().astimezone(self._zone)

    def run(self, seconds: float) -> None:
        """Let ``seconds`` pass in which something happens; every part has its turn."""
        end = self._clock.monotonic() + seconds
        self._step()
        while (now := self._clock.monotonic()) < end:
            self._clock.sleep(max(0.0005, min(self._next_due(now), end) - now))
            self._step()

    def wait(self, seconds: float) -> None:
        """Let ``seconds`` pass in which nobody touches anything."""
        self._clock.sleep(seconds)
        self._step()

    def clock_at(self, hhmm: str) -> None:
        """Let today pass until ``hhmm``; nobody is there meanwhile."""
        hour, minute = (int(part) for part in hhmm.split(":"))
        until = self.now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if until < self.now:
            raise DayStuck(f"clock: {self.now:%H:%M:%S}, wanted before {hhmm}")
        while (left_s := (until - self.now).total_seconds()) > 0:
            self.wait(min(MINUTE_S, left_s))

    def next_morning(self, hhmm: str, days: int = 1) -> None:
        """Let the night pass, or a weekend."""
        hour, minute = (int(part) for part in hhmm.split(":"))
        morning = (self.now + timedelta(days=days)).replace(
            hour=hour, minute=minute, second=0, microsecond=0
        )
        self.wait((morning - self.now).total_seconds())

    def until(self, is_so: Callable[[], Any], what: str) -> None:
        """Let time pass until ``is_so``.

        Raises:
            DayStuck: not within :data:`PATIENCE_S`.
        """
        began = self._clock.monotonic()
        while not is_so():
            now = self._clock.monotonic()
            if now - began > PATIENCE_S:
                raise DayStuck(f"{self.now:%A %H:%M}: {what} did not come")
            self._clock.sleep(max(0.0005, self._next_due(now) - now))
            self._step()

    def _step(self) -> None:
        """Do once what all threads of the controller do."""
        if self._told_to_stop():
            raise DayAbandoned(f"{self.now:%A %H:%M}: told to stop")
        for watches in self._bank.buses.values():
            for watch in watches:
                for event in watch.step(self._clock.monotonic()):
                    self._inbox.tap(event)
        self._cutter.step(self._clock.monotonic())
        self._loop.step(self._clock.monotonic())
        while self._slow.step() or not self._inbox.is_empty:
            self._loop.step(self._clock.monotonic())

    def _next_due(self, now: float) -> float:
        watches = [watch for bus in self._bank.buses.values() for watch in bus]
        dues = [now + watch.due_in() for watch in watches]
        dues.append(now + self._loop.wait_s(now))
        cut = self._cutter.next_due()
        return min(dues if cut is None else [*dues, cut])

    # ------------------------------------------------------------------------ hands

    def tap(self, uid: str) -> TapOutcome:
        """Hold a card to the reader until something comes of it, and take it away."""
        said, gone = len(self._taps), self._gone
        self.room.put_card(self._reader, uid)
        self.until(lambda: len(self._taps) > said, "the outcome of a tap")
        self.room.take_card(self._reader, uid)
        self.until(lambda: self._gone > gone, "a reader's empty field")
        return self._taps[said]

    def pull(self, n: int) -> None:
        """Pull door ``n`` as soon as its bolt is back."""
        self.until(lambda: self.room.pull(n), f"door {n}")
        self.run(HAND_S)

    def push(self, n: int) -> None:
        """Push door ``n`` shut."""
        self.room.push(n)
        self.run(HAND_S)

    def put(self, n: int, label: str, seconds: float = 3.0) -> None:
        """Open door ``n``, which was ordered, lay a device in, shut it."""
        self.pull(n)
        self.wait(seconds)
        self.room.put(n, label)
        self.push(n)

    def take(self, n: int, seconds: float = 3.0) -> None:
        """Open door ``n``, which was ordered, take the device out, shut it."""
        self.pull(n)
        self.wait(seconds)
        self.room.take(n)
        self.push(n)

    # --------------------------------------------------------------------- browsers

    def sign_in(self, who: Person) -> None:
        """Sign somebody in at a browser in the school."""
        known = {"username": who.username, "password": who.password}
        code = {"code": code_at(who.totp, step_of(_then_us()))} if who.totp else {}
        answer = self._answer(
            "sign_in",
            "",
            {**known, **code, "remote": "127.0.0.1", "browser": "Firefox"},
        )
        self._tokens[who.username] = answer["token"]

    def sign_out(self, username: str) -> None:
        """Sign somebody out again."""
        self.ask(username, "sign_out")
        del self._tokens[username]

    def ask(self, username: str, do: str, /, **args: Any) -> Any:  # noqa: ANN401  as many as requests
        """Ask as the site does for somebody who is signed in; return the answer.

        Raises:
            DayStuck: it was refused.
        """
        return self._answer(do, self._tokens[username], args)

    def ask_as(self, token: str, do: str, /, **args: Any) -> Any:  # noqa: ANN401  as many as requests
        """Ask with a token that is nobody's, as a kiosk does."""
        return self._answer(do, token, args)

    def _answer(self, do: str, token: str, args: dict[str, Any]) -> Any:  # noqa: ANN401  as many as requests
        answers: list[Answer] = []
        self._inbox.request(Request(1, do, token, args), answers.append)
        while not answers:
            self._step()
        fault = answers[0].fault
        if fault is not None:
            raise DayStuck(f"{self.now:%A %H:%M} {do}: {fault.error}, {fault.message}")
        return answers[0].value


def _then_us() -> int:
    """Return the machine's own time of the played days."""
    return real_us() - PAST_US
