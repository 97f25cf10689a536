"""The paper sheet leaves the Pi by itself: folder, printer, e-mail (DAY-13).

It leaves when drop-off closes and when something has changed since, so that it exists
when the Pi is dead at ten past three. Files and printers are slow, so they are used
beside the control loop; what came of it is a fact. By e-mail it has left once a server
has taken it for each address.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from controller.domain.day import phase_of
from controller.domain.school_day import Phase
from controller.domain.today_facts import SheetLeft, SheetStuck
from controller.errors import HometimeError, SheetNotSent
from controller.protocol.today import Sheet, SheetWay
from controller.service.core import Committed, Core
from controller.service.sheet_post import Fate, SheetPost
from controller.service.sheet_trouble import trouble
from controller.service.slow import Failed, Result
from controller.service.views.names import Names
from controller.service.views.sheet import as_html, as_text, counted, make_sheet

QUIET_S = 60.0
"""How long nothing must have changed, or how long a folder waits at most: a queue of
thirty is one sheet, not thirty."""

GAP_S: Mapping[str, float] = {"folder": QUIET_S, "printer": 1_800.0, "mail": 1_800.0}
"""Least time between two sheets of one way: paper and inboxes are filled slowly."""

AGAIN_S = 300.0
"""When what did not leave is tried again."""

LOOK_S = 5.0
"""How often it looks whether drop-off has closed."""

PRINTER_S = 20.0
"""How long a printer's queue may take to accept a sheet."""

TABLES = ("custody", "holds", "own", "collected")
"""Tables of the state that stand on the sheet."""

_OPEN = (Phase.DROP_OFF,)

Submit = Callable[[Callable[[], None], Callable[[Result[None]], None]], None]


@dataclass(slots=True)
class _Way:
    """One way, how to use it, and when it is due again."""

    name: str
    where: str
    send: Callable[[Sheet], None]
    dirty: bool = True
    under_way: bool = False
    next_at: float = 0.0


@dataclass(slots=True)
class Sheets:
    """Sends the sheet.

    Args:
        core: state, clock, journal.
        names: for initials.
        bank: the bank's name.
        ways: name -> where it leads, in words, and what sends it.
        submit: does slow work beside the loop.
        later: does something in the loop.
        post: the way by e-mail, if there is one.
    """

    core: Core
    names: Names
    bank: str
    ways: Mapping[str, tuple[str, Callable[[Sheet], None]]]
    submit: Submit
    later: Callable[[Callable[[], None]], None]
    post: SheetPost | None = None
    _all: list[_Way] = field(default_factory=list)
    _changed_at: float = 0.0
    _next_look: float = 0.0
    _was_open: bool | None = None
    _told_of: str = ""

    def __post_init__(self) -> None:
        """Take up the ways, and follow the journal."""
        self._all = [_Way(n, where, send) for n, (where, send) in self.ways.items()]
        if (fate := self._fate()) and not fate.waits:
            self._told_of = fate.batch
        if self._all:
            self.core.listeners.append(self.on_commit)

    def on_commit(self, done: Committed) -> None:
        """Note that the sheet is another one now."""
        changed = any(
            getattr(done.before, table) is not getattr(done.after, table)
            for table in TABLES
        )
        if changed:
            self._changed_at = self.core.clock.monotonic()
            for way in self._all:
                way.dirty = True

    def step(self, now: float) -> None:
        """Let the sheet leave where it is due."""
        if not self._all or now < self._next_look:
            return
        self._next_look = now + LOOK_S
        is_open = self._is_open()
        closed = self._was_open is True and not is_open
        self._was_open = is_open
        for way in self._all:
            if way.under_way or not (closed or way.dirty):
                continue
            if closed or self._is_due(way, now, is_open=is_open):
                self._send(way, now)

    def _is_open(self) -> bool:
        context, state = self.core.context(), self.core.state
        return any(phase_of(state, klass, context) in _OPEN for klass in state.classes)

    def _is_due(self, way: _Way, now: float, *, is_open: bool) -> bool:
        """A folder follows each change; paper waits until drop-off has closed."""
        if now < way.next_at or not self._is_worth_it():
            return False
        if way.name == "folder":
            return True
        return not is_open and now - self._changed_at >= QUIET_S

    def _is_worth_it(self) -> bool:
        """Whether anything is on the sheet, or was on the last one that left."""
        state = self.core.state
        last = any(sent.inside or sent.held for sent in state.sheets.values())
        return bool(state.custody or state.holds or state.own or last)

    def send_now(self) -> None:
        """Send it every way, whether it is due or not."""
        now = self.core.clock.monotonic()
        for way in self._all:
            if not way.under_way:
                self._send(way, now)

    def _send(self, way: _Way, now: float) -> None:
        sheet = make_sheet(self.core.state, self.names, self.core.context(), self.bank)
        way.dirty, way.under_way = False, True
        way.next_at = now + GAP_S[way.name]

        def told(result: Result[None]) -> None:
            self.later(lambda: self._over(way, sheet, result))

        try:
            self.submit(lambda: way.send(sheet), told)
        except HometimeError:  # too much waits, or the program ends
            way.under_way, way.dirty = False, True

    def _over(self, way: _Way, sheet: Sheet, result: Result[None]) -> None:
        way.under_way = False
        if isinstance(result, Failed):
            way.dirty = True
            way.next_at = self.core.clock.monotonic() + AGAIN_S
            error = result.error
            why = error.why if isinstance(error, SheetNotSent) else "failed"
            self._stuck(way.name, why)
        elif way.name == "mail":
            self.follow_post()
        else:
            self._left(way.name, *counted(sheet.rows))

    def follow_post(self) -> None:
        """Note what the postman's last try came to; each sheet has left once."""
        fate = self._fate()
        if fate is None or fate.batch == self._told_of:
            return
        if fate.why:
            self._stuck("mail", fate.why)
        elif not fate.waits:
            self._told_of = fate.batch
            self._left("mail", fate.inside, fate.held)

    def _fate(self) -> Fate | None:
        return self.post.fate() if self.post else None

    def _left(self, way: str, inside: int, held: int) -> None:
        self.core.commit([SheetLeft((way,), inside, held)])

    def _stuck(self, way: str, why: str) -> None:
        """Told once a fault, not at each try."""
        known = self.core.state.sheets.get(way)
        if known is None or known.why != why:
            self.core.commit([SheetStuck(way, why)])

    def told(self) -> list[SheetWay]:
        """Return each way with when the sheet last left by it."""
        return [self._told(way) for way in self._all]

    def _told(self, way: _Way) -> SheetWay:
        sent = self.core.state.sheets.get(way.name)
        local = self.core.calendar.local
        left = f"{local(sent.at_us):%A %-d %B, %H:%M}" if sent and sent.at_us else ""
        stuck = ""
        if sent and sent.stuck_us:
            why = trouble(sent.why).words
            stuck = f"Since {local(sent.stuck_us):%A %-d %B, %H:%M}: {why}."
            stuck += " It is tried again by itself."
        return SheetWay(way.name, way.where, left, stuck)


# ---------------------------------------------------------------------------- the ways


def to_folder(folder: Path) -> Callable[[Sheet], None]:
    """Return what writes the sheet into ``folder``, as a page and as plain text."""

    def send(sheet: Sheet) -> None:
        if not folder.is_dir():
            raise SheetNotSent("folder", "no-folder")
        try:
            for ending, text in (("html", as_html(sheet)), ("txt", as_text(sheet))):
                _write(folder / f"hometime-{sheet.bank}.{ending}", text)
        except OSError as error:
            raise SheetNotSent("folder", "cannot-write") from error

    return send


def _write(path: Path, text: str) -> None:
    """Write a whole file or none: the old one stays until the new one is safe."""
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def to_printer(queue: str) -> Callable[[Sheet], None]:
    """Return what prints the sheet through CUPS's ``lp``."""
    named = [] if queue == "default" else ["-d", queue]

    def send(sheet: Sheet) -> None:
        words = ["lp", *named, "-t", f"Hometime {sheet.bank}", "-"]
        try:
            done = subprocess.run(
                words,
                input=as_text(sheet).encode("ascii", "replace"),
                capture_output=True,
                timeout=PRINTER_S,
                check=False,
            )
        except FileNotFoundError as error:
            raise SheetNotSent("printer", "no-printing") from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SheetNotSent("printer", "printer-refused") from error
        if done.returncode:
            raise SheetNotSent("printer", "printer-refused")

    return send
