"""The classroom that is measured: the demo's class, two readers, real processes.

The room is watched from this process; controller and site are what ``hometime`` starts.
"""

from __future__ import annotations

import http.cookiejar
import json
import re
import socket
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from controller.__main__ import world_spec
from controller.client import Client, ControllerDown
from controller.config.check import load
from controller.demo.classroom import CLASS, READER
from controller.demo.files import write_config
from controller.demo.seed import PupilCard, load_or_seed
from hardware.twin.spec import ReaderSpec
from tools.bench_process import READY_S, ReadySocket, Service
from tools.bench_room import Tap, WatchedRoom

DROP_OFF: Final = "2026-11-23T08:40:00+00:00"
RECORD_S: Final = 5.0
"""Longest that a door's movement may take until it is in the journal."""

# What the demo's configuration has not: a second reader on the same bus, as the figure
# asks, and starts of pulses that follow one another as fast as the benchmark taps.
SECOND_READER: Final = '[[reader]]\nname = "back"\nbus = 0\ndevice = 1\n'
SHORT_GAP: Final = "gap_s = 0.02\n"

SPARE: Final = ReaderSpec("spare", bus=1, device=0)
"""A chip that the controller knows nothing of, for whoever is compared with it."""


class Doors:
    """Hears from the controller's feed which doors it has recorded as open or shut."""

    def __init__(self, socket_path: Path) -> None:
        self._news = threading.Condition()
        self._told: list[tuple[int, bool]] = []
        self._client = Client(socket_path)
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def forget(self) -> None:
        """Count only what is told from now on."""
        with self._news:
            self._told.clear()

    def wait(self, n: int, *, is_open: bool) -> None:
        """Return once the controller has recorded it.

        Raises:
            TimeoutError: it has not.
        """
        with self._news:
            if not self._news.wait_for(lambda: (n, is_open) in self._told, RECORD_S):
                raise TimeoutError(f"compartment {n}: nothing recorded")

    def _follow(self) -> None:
        with suppress(ControllerDown):
            for event in self._client.feed():
                if event.door is not None:
                    with self._news:
                        self._told.append((event.door[0], event.door[1]))
                        self._news.notify_all()


class Classroom:
    """Room, controller and site on one folder.

    Attributes:
        url: of the site.
        pupils: thirty, each with a card and a compartment.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        self._services: dict[str, Service] = {}
        cast = load_or_seed(folder)
        self.pupils: list[PupilCard] = cast.pupils
        self._teacher = cast.accounts[0]
        self.config = _write_config(folder, port)
        spec = world_spec(load(self.config))
        spec = replace(spec, readers=(*spec.readers, SPARE))
        self.room = WatchedRoom(spec, folder)

    def start(self) -> None:
        """Start all of it, with the clock on the wall in drop-off."""
        self.room.start()
        for name in ("controller", "web") * 2:  # the first starts make the bytecode
            self.restart(name)
        self.room.call("clock", at=DROP_OFF)
        self.doors = Doors(self.folder / "controller.sock")

    def restart(
        self,
        name: str,
        extra: Mapping[str, str] | None = None,
        stderr: Path | None = None,
    ) -> float:
        """Start the controller or the site, again if it runs.

        Args:
            name: controller or web.
            extra: for its environment.
            stderr: where to keep what it says.

        Returns:
            Seconds from its start until it was ready.
        """
        if name in self._services:
            self._services[name].stop()
        ready = ReadySocket(self.folder / "notify")
        said = ready.environment | dict(extra or {})
        began = time.monotonic()
        self._services[name] = Service(name, self.config, said, stderr)
        try:
            if name == "controller":
                return ready.wait() - began
            self._wait_for_site()
            return time.monotonic() - began
        finally:
            ready.close()

    @property
    def controller(self) -> Service:
        """The controller that runs now."""
        return self._services["controller"]

    @property
    def web(self) -> Service:
        """The site that runs now."""
        return self._services["web"]

    def looks(self) -> int:
        """Return how often the controller's readers have called for cards."""
        readers = self.room.call("world")["readers"]
        return sum(r["looks"] for r in readers if r["name"] != SPARE.name)

    def stop(self) -> None:
        """Stop all of it, the room last."""
        for service in reversed(self._services.values()):
            service.stop()
        self.room.stop()

    def tap_and_shut(self, pupil: PupilCard, label: str = "") -> Tap:
        """Let a pupil tap, open the door, perhaps lay something in, and shut it.

        Returns when the controller has recorded the shut door.
        """
        n = pupil.compartment
        self.doors.forget()
        tap = self.room.tap(pupil.card)
        self.room.call("wait_bolt", compartment=n, retracted=True)
        self.room.call("door", compartment=n, do="pull")
        self.doors.wait(n, is_open=True)
        if label:
            self.room.call("device", compartment=n, do="put", label=label)
        self.room.call("door", compartment=n, do="push")
        self.doors.wait(n, is_open=False)
        return tap

    def sign_in(self) -> str:
        """Sign the teacher in; return the header ``Cookie`` of that session."""
        jar = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        with opener.open(f"{self.url}/sign-in") as page:
            html = page.read().decode()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)
        fields = {
            "username": self._teacher.username,
            "password": self._teacher.password,
            "csrf_token": token[1] if token else "",
        }
        form = urllib.parse.urlencode(fields).encode()
        with opener.open(f"{self.url}/sign-in", form):
            pass
        return "; ".join(f"{each.name}={each.value}" for each in jar)

    @property
    def class_url(self) -> str:
        """The teacher's page."""
        return f"{self.url}/classes/{CLASS}"

    def _wait_for_site(self) -> None:
        deadline = time.monotonic() + READY_S
        while time.monotonic() < deadline:
            self.web.require_alive()
            with (
                suppress(OSError, ValueError),
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1) as answer,  # noqa: S310  our own site
            ):
                if json.load(answer)["controller"] == "up":
                    return
            time.sleep(0.02)
        raise TimeoutError(f"{self.url}: not well after {READY_S:g} s")


@contextmanager
def classroom(folder: Path) -> Iterator[Classroom]:
    """Run a classroom in ``folder`` for the time of the block."""
    room = Classroom(folder)
    room.start()
    try:
        yield room
    finally:
        room.stop()


def _write_config(folder: Path, port: int) -> Path:
    path = write_config(folder, port)
    text = path.read_text(encoding="utf-8")
    first = f'[[reader]]\nname = "{READER}"'
    text = text.replace("[supply]\n", f"[supply]\n{SHORT_GAP}")
    text = text.replace(first, f"{SECOND_READER}\n{first}")
    path.write_text(text, encoding="utf-8")
    return path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
