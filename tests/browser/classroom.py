"""The running demo as a stage: processes, hands at the twin, people at browsers."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tools import authenticator

START_S = 60.0
"""Longest start on a machine that is busy with other tests."""


class Classroom:
    """One demo in a folder of its own; started anew it goes on where it was.

    Args:
        folder: to keep it in.
        more: options of the demo.
    """

    def __init__(self, folder: Path, *more: str) -> None:
        self.folder = folder
        self.more = more
        self.port = free_port()
        self.started: list[subprocess.Popen[bytes]] = []
        self.log = folder.with_suffix(".log")

    # --------------------------------------------------------------------- processes

    def start(self) -> None:
        """Start the demo and wait until it says that it is ready."""
        (self.folder / "demo.json").unlink(missing_ok=True)
        words = ("demo", "--headless", "--port", str(self.port), *self.more)
        self._begin(*words, "--data", self.folder)
        wait_for((self.folder / "demo.json").exists, "demo.json", START_S)

    def start_controller(self) -> None:
        """Start the controller alone, as the demo says it can be done."""
        self._begin("controller", "--config", self.folder / "config.toml")
        wait_for(lambda: self.health() == 200, "the controller", START_S)

    def _begin(self, *words: object) -> None:
        with self.log.open("ab") as log:
            self.started.append(
                subprocess.Popen(
                    [sys.executable, "-m", "controller", *map(str, words)],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            )

    def kill(self, *parts: str) -> None:
        """Kill processes of the demo with SIGKILL and wait until they are gone."""
        for part in parts:
            pid = self.cast["pids"][part]
            os.kill(pid, signal.SIGKILL)
            wait_for(lambda pid=pid: is_gone(pid), f"the end of {part}")
        if parts == ("controller",):  # else its start would seem to be over at once
            wait_for(lambda: self.health() == 503, "the site to notice")

    def stop(self) -> None:
        """End everything that was started, the last first."""
        for process in reversed(self.started):
            process.terminate()
        for process in self.started:
            process.wait(15)
        for pid in self.cast["pids"].values() if self.is_cast else ():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    @property
    def is_cast(self) -> bool:
        """Whether the demo has said who is in it."""
        return (self.folder / "demo.json").exists()

    # ------------------------------------------------------------------------ people

    @property
    def cast(self) -> dict[str, Any]:
        """What demo.json holds."""
        return json.loads((self.folder / "demo.json").read_text(encoding="utf-8"))

    @property
    def url(self) -> str:
        """The site's address."""
        return f"http://127.0.0.1:{self.port}"

    def account(self, role: str) -> dict[str, str]:
        """Return the invented member of staff with that role."""
        return next(a for a in self.cast["accounts"] if a["role"] == role)

    def sign_in(self, page: Any, role: str) -> None:
        """Sign a member of staff in at a browser."""
        authenticator.sign_in(page, self.url, self.account(role))

    # ------------------------------------------------------------------------- hands

    def twin(self, path: str, **body: object) -> dict[str, Any]:
        """Make one call of the twin and return its answer."""
        request = urllib.request.Request(  # noqa: S310  our own address
            f"{self.url}/twin/{path}",
            data=json.dumps(body).encode() if body else None,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  as above
            return json.load(answer)

    def clock(self, at: str, day: str = "2026-11-23") -> None:
        """Set the wall clock to a local time (GMT in November)."""
        self.twin("clock", at=f"{day}T{at}:00+00:00")

    def tap(self, pupil: dict[str, Any]) -> dict[str, Any]:
        """Tap a card at the front reader."""
        return self.twin("readers/front/tap", uid=pupil["card"])

    def door(self, n: int, do: str) -> bool:
        """Pull or push a door; return whether it moved."""
        return self.twin(f"compartments/{n}/door", do=do)["moved"]

    def hand_in(self, pupil: dict[str, Any]) -> dict[str, Any]:
        """Tap, open, put the phone in, shut."""
        outcome, n = self.tap(pupil), pupil["compartment"]
        assert self.door(n, "pull")
        self.twin(f"compartments/{n}/device", do="put", label=f"phone {n}")
        assert self.door(n, "push")
        return outcome

    def collect(self, pupil: dict[str, Any]) -> str:
        """Tap, open, take the phone, shut; return which phone it was."""
        outcome, n = self.tap(pupil), pupil["compartment"]
        assert outcome["result"] == "opened", outcome
        assert self.door(n, "pull")
        device = self.twin(f"compartments/{n}/device", do="take")["device"]
        assert self.door(n, "push")
        return device

    def compartment(self, n: int) -> dict[str, Any]:
        """Return one compartment of the world."""
        world = self.twin("world")
        return next(c for c in world["compartments"] if c["n"] == n)

    # ----------------------------------------------------------------------- looking

    def health(self) -> int:
        """Return the status of /healthz."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:  # noqa: S310  as above
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def journal(self) -> list[dict[str, Any]]:
        """Return every entry as ``hometime journal export`` writes it."""
        return [json.loads(line) for line in self.hometime("journal", "export")]

    def hometime(self, *words: str) -> list[str]:
        """Run a command on the data folder; return its lines."""
        done = subprocess.run(
            [sys.executable, "-m", "controller", *words, "--data", str(self.folder)],
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.splitlines()


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def opened(folder: Path, *more: str) -> Iterator[Classroom]:
    """Open a classroom in a folder of its own for the length of a block."""
    room = Classroom(folder, *more)
    room.folder.mkdir()
    try:
        room.start()
        yield room
    finally:
        room.stop()


def wait_for(reached: Any, what: str, seconds: float = 20.0) -> None:
    """Look every 50 ms until ``reached``; a story fails when it never is."""
    end = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds:g} s")
        time.sleep(0.05)


def is_gone(pid: int) -> bool:
    """Return whether a process has ended (a zombie has)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state.split()[0] == "Z"
