"""The demo as a stage for pictures: its processes, and hands at the simulated room."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

READY_S: Final = 60.0
"""Longest start on a machine that is busy with something else."""

END_S: Final = 12.0
"""The demo ends within 10 s (docs/reference/command-line.md)."""

HAND_S: Final = 1.6
"""How long a door stands open at least. One shut after less than 1.5 s counts as shut
again at once, and the class page asks whether the phone is in."""

DAY: Final = "2026-11-23"
"""The demo's first day, a Monday; local time is UTC in November."""


class Stage:
    """One demo in ``folder``, and what hands do in it.

    Args:
        folder: to keep it in.
        more: options of the demo.
    """

    def __init__(self, folder: Path, *more: str) -> None:
        self._folder = folder
        self._port = free_port()
        words = ("demo", "--headless", "--port", str(self._port), *more)
        words += ("--data", str(folder))
        self._demo = subprocess.Popen(
            [sys.executable, "-m", "controller", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        self.wait((folder / "demo.json").exists, "the demo")
        self.cast = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
        self.url = self.cast["url"]

    @classmethod
    @contextmanager
    def open(cls, folder: Path, *more: str) -> Iterator[Stage]:
        """Open one for the length of a block."""
        stage = cls(folder, *more)
        try:
            yield stage
        finally:
            stage.end()

    def end(self) -> None:
        """Stop the demo."""
        self._demo.terminate()
        self._demo.wait(END_S)

    def wait(self, reached: Callable[[], bool], what: str) -> None:
        """Look ten times a second until ``reached``.

        Raises:
            TimeoutError: not within :data:`READY_S`.
        """
        end = time.monotonic() + READY_S
        while not reached():
            if time.monotonic() > end or self._demo.poll() is not None:
                raise TimeoutError(f"{what}: not there after {READY_S:g} s")
            time.sleep(0.1)

    def pupil(self, door: int) -> dict[str, str]:
        """Return the invented pupil with that door."""
        found: dict[str, str] = next(
            one for one in self.cast["pupils"] if one["compartment"] == door
        )
        return found

    def silence(self) -> None:
        """End the controller and nothing else; what is shown is old from then on."""
        os.kill(self.cast["pids"]["controller"], signal.SIGTERM)

    def account(self, role: str) -> dict[str, str]:
        """Return the invented member of staff with that role."""
        found: dict[str, str] = next(
            one for one in self.cast["accounts"] if one["role"] == role
        )
        return found

    # -------------------------------------------------------------------------- hands

    def twin(self, path: str, **body: object) -> dict[str, Any]:
        """Make one call of the twin and return its answer."""
        request = urllib.request.Request(  # noqa: S310  our own address
            f"{self.url}/twin/{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        return self._open(request)

    def clock(self, hhmm: str) -> None:
        """Set the clock on the wall."""
        self.twin("clock", at=f"{DAY}T{hhmm}:00+00:00")

    def tap(self, door: int) -> dict[str, Any]:
        """Tap the card of the pupil whose door that is."""
        return self.hold_to_reader(self.pupil(door)["card"])

    def hold_to_reader(self, uid: str) -> dict[str, Any]:
        """Tap any card."""
        return self.twin("readers/front/tap", uid=uid)

    def open_door(self, door: int) -> None:
        """Tap, and pull the door; it stays open."""
        self.tap(door)
        self.pull(door)

    def hand_in(self, door: int) -> None:
        """Tap, pull, put the phone in, push."""
        self.open_door(door)
        self.put(door)
        time.sleep(HAND_S)
        self.push(door)

    def put(self, door: int) -> None:
        """Put a phone through an open door."""
        self.twin(f"compartments/{door}/device", do="put", label=f"phone {door}")

    def collect(self, door: int) -> None:
        """Take the phone out of an open door, push."""
        self.twin(f"compartments/{door}/device", do="take")
        self.push(door)

    def pull(self, door: int) -> bool:
        """Pull a door; return whether it moved."""
        return bool(self.twin(f"compartments/{door}/door", do="pull")["moved"])

    def push(self, door: int) -> None:
        """Shut a door."""
        self.twin(f"compartments/{door}/door", do="push")

    def full_doors(self) -> set[int]:
        """Return the doors behind which a device is."""
        world = self._open(f"{self.url}/twin/world")
        return {one["n"] for one in world["compartments"] if one["device"]}

    def _open(self, request: urllib.request.Request | str) -> dict[str, Any]:
        with urllib.request.urlopen(request, timeout=READY_S) as answer:  # noqa: S310  our own address
            told: dict[str, Any] = json.load(answer)
            return told


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
