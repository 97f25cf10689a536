"""``hometime demo``: room, controller and site as processes, and their orderly end.

Nothing is restarted by itself: what was killed stays dead, so that one can look at what
the others make of it, and start it again by hand with the printed command.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from controller.client import Client, ControllerDown
from controller.demo.files import leave_no_sockets, socket_folder, write_config
from controller.demo.seed import MORNING, Cast, Scene, as_demo_json, load_or_seed
from controller.errors import HometimeError

READY_S = 30.0
"""Longest a start may take; about 3 s on a laptop, more on a busy machine."""

STOP_S = 6.0
"""How long children are given to end in order before they are killed."""

HEARD_S = 1.5
"""How long children have that a terminal's Ctrl+C has told already: it reaches all."""

LOOK_S = 0.05
"""How often the end is looked for while waiting."""

FRUGAL = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072"}
"""For a service's environment (mallopt(3)): one heap for all threads, and what hashing
a password took goes back to the system. Without it the controller keeps 20 MB more
after the second sign-in, the site 11 MB after a flood (our bench)."""

PARTS = ("room", "controller", "web")


class DemoFailed(HometimeError):
    """A part of the demo did not start."""

    code = "demo-failed"
    remedy = "Look at the lines above."


Opening = Callable[[Path, int, Callable[[], bool]], Scene]
"""Makes the scene of a folder and a port; is told how to see that it is time to end."""


def run_demo(
    data: Path, port: int, *, headless: bool, opening: Opening | None = None
) -> None:
    """Run the simulated classroom in ``data`` until told to stop.

    Args:
        data: taken by :func:`controller.demo.place.taken`.
        port: the site's.
        headless: open no browser.
        opening: what has happened before a first start; none: a first morning.

    Raises:
        DemoFailed: a part did not become ready; the others are stopped.
        DayAbandoned: told to stop before a first start had its past.
    """
    stop = Stop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop.tell)
    scene = opening(data, port, stop.is_set) if opening else MORNING
    demo = Demo(data, port, load_or_seed(data, scene))
    try:
        demo.start(stop)
        if not stop.is_set():
            demo.tell(headless=headless)
            demo.stay(stop)
    finally:
        demo.end(children_heard=stop.by == signal.SIGINT)


class Stop:
    """Told by a signal that it is time to end.

    No lock is in it: a handler runs in the midst of what it interrupts, and that may be
    holding the very lock.

    Attributes:
        by: the first signal's number, 0 before it.
    """

    def __init__(self) -> None:
        self.by = 0

    def tell(self, number: int, _frame: object) -> None:
        """Remember the signal; a handler."""
        self.by = self.by or number

    def is_set(self) -> bool:
        """Return whether it is time to end."""
        return self.by != 0

    def wait(self, seconds: float) -> bool:
        """Wait for a signal, at most ``seconds``; return whether one came."""
        end = time.monotonic() + seconds
        while not self.by and (left_s := end - time.monotonic()) > 0:
            time.sleep(min(left_s, LOOK_S))
        return self.is_set()


class Demo:
    """The three children."""

    def __init__(self, data: Path, port: int, cast: Cast) -> None:
        self._data = data
        self._url = f"http://127.0.0.1:{port}"
        self._cast = cast
        self._config = write_config(data, port)
        self._children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, stop: Stop) -> None:
        """Start each part when the one it needs is there; write ``demo.json`` last."""
        deadline = time.monotonic() + READY_S
        leave_no_sockets(self._data)
        sockets = socket_folder(self._data)
        self._begin("room")
        # The site needs neither; it comes up while the others do.
        self._begin("web")
        self._wait("room", (sockets / "room.sock").exists, deadline, stop)
        self._begin("controller")
        self._wait("controller", self._controller_answers, deadline, stop)
        self._wait("web", self._site_is_well, deadline, stop)
        if not stop.is_set():
            self._write_demo_json()

    def tell(self, *, headless: bool) -> None:
        """Print where to look and with what to sign in."""
        lines = [
            "",
            f"The board of the class:  {self._url}/",
            f"The room with its hands: {self._url}/twin  (press: Play the day)",
            "",
            f"{'sign in as':14} {'password':21} {'PIN':8} role",
        ]
        lines += [
            f"{a.username:14} {a.password:21} {a.pin:8} {a.role}"
            for a in self._cast.accounts
        ]
        lines += [
            "",
            "Who is asked for a code as well finds it on /twin.",
        ]
        lines += ["", f"Kept in {self._data}. Stop with Ctrl+C.", ""]
        print("\n".join(lines), flush=True)
        if not headless and (os.environ.get("DISPLAY") or sys.platform == "darwin"):
            webbrowser.open(f"{self._url}/twin")

    def stay(self, stop: Stop) -> None:
        """Stay until told to stop; say it when a part has ended."""
        gone: set[str] = set()
        while not stop.wait(0.5):
            for name, child in self._children.items():
                if child.poll() is not None and name not in gone:
                    gone.add(name)
                    print(
                        f"{name} has ended ({child.returncode}). Start it again with: "
                        f"hometime {name} --config {self._config}",
                        flush=True,
                    )

    def end(self, *, children_heard: bool = False) -> None:
        """Stop every part that still runs, the room last.

        Args:
            children_heard: Ctrl+C told them as well; they end by themselves first.
        """
        heard = time.monotonic() + (HEARD_S if children_heard else 0)
        while self._running(PARTS) and time.monotonic() < heard:
            time.sleep(LOOK_S)
        deadline = time.monotonic() + STOP_S
        for names in (("web", "controller"), ("room",)):
            running = self._running(names)
            for child in running:
                child.terminate()
            for child in running:
                try:
                    child.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
        leave_no_sockets(self._data)

    # ----------------------------------------------------------------------- inside

    def _running(self, names: Iterable[str]) -> list[subprocess.Popen[bytes]]:
        begun = [self._children[name] for name in names if name in self._children]
        return [child for child in begun if child.poll() is None]

    def _begin(self, name: str) -> None:
        # In our process group, so that Ctrl+C and a kill of the group reach all.
        self._children[name] = subprocess.Popen(
            [
                *(sys.executable, "-m", "controller", name),
                *("--config", str(self._config)),
            ],
            env=os.environ | FRUGAL,
            stdin=subprocess.DEVNULL,
        )

    def _wait(
        self,
        name: str,
        is_ready: Callable[[], bool],
        deadline: float,
        stop: Stop,
    ) -> None:
        while not stop.is_set() and not is_ready():
            if self._children[name].poll() is not None:
                message = f"{name}: ended with {self._children[name].returncode}"
                raise DemoFailed(f"{message}, wanted it to run")
            if time.monotonic() > deadline:
                raise DemoFailed(f"{name}: not ready after {READY_S:.0f} s")
            stop.wait(0.03)

    def _controller_answers(self) -> bool:
        client = Client(socket_folder(self._data) / "controller.sock")
        try:
            client.ask("board")
        except ControllerDown:
            return False
        client.close()
        return True

    def _site_is_well(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self._url}/healthz", timeout=1) as answer:  # noqa: S310  our own address
                return bool(answer.status == 200)  # noqa: PLR2004  OK
        except (urllib.error.URLError, OSError):
            return False

    def _write_demo_json(self) -> None:
        pids = {"demo": os.getpid()}
        pids |= {name: self._children[name].pid for name in PARTS}
        plain = msgspec.to_builtins(as_demo_json(self._url, pids, self._cast))
        scratch = self._data / "demo.json.new"
        scratch.unlink(missing_ok=True)
        number = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump(plain, file, ensure_ascii=False, indent=1)
        scratch.rename(self._data / "demo.json")
