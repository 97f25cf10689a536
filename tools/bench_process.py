"""A service as a process that is looked at from outside, through ``/proc``."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from controller.demo.run import FRUGAL

READY_S: Final = 20.0
END_S: Final = 10.0
MB: Final = 2**20
"""As ps, top and systemctl count."""


class Service:
    """``hometime <name> --config FILE`` as a child of the benchmark.

    Args:
        name: controller or web.
        config: the file.
        extra: added to its environment.
        stderr: a file for what it says, else it is thrown away.
    """

    def __init__(
        self,
        name: str,
        config: Path,
        extra: Mapping[str, str] | None = None,
        stderr: Path | None = None,
    ) -> None:
        self._name = name
        command = [sys.executable, "-m", "controller", name, "--config", str(config)]
        with (stderr or Path(os.devnull)).open("wb") as said:
            self._child = subprocess.Popen(
                command,
                env=environment(config.parent) | dict(extra or {}),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
            )
        self._proc = Path("/proc") / str(self._child.pid)

    def stop(self) -> None:
        """End it in order."""
        self._child.terminate()
        try:
            self._child.wait(END_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def require_alive(self) -> None:
        """Raise if it has ended."""
        if (code := self._child.poll()) is not None:
            raise RuntimeError(f"{self._name}: ended with {code}")

    def cpu_s(self) -> float:
        """Return the processor time it has had, seconds."""
        return cpu_s(self._proc)

    def resident_bytes(self) -> int:
        """Return what of it is in memory, pages it shares included."""
        return resident_bytes(self._proc)

    def written_bytes(self) -> int:
        """Return what it has sent on its way to a disk."""
        return _number(self._proc / "io", "write_bytes")


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a service as the demo starts it.

    It keeps its bytecode, in ``folder``: an installed one has it beside its files, but
    a checkout may be told to keep none.
    """
    own = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return own | FRUGAL | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def cpu_s(proc: Path) -> float:
    """Return the processor time of all threads of a process, seconds.

    From each thread's schedstat, in nanoseconds: ticks of 10 ms are too coarse here.
    """
    tasks = [_scheduled(task) for task in (proc / "task").iterdir()]
    return sum(tasks) / 1e9


def _scheduled(task: Path) -> int:
    try:
        return int((task / "schedstat").read_text(encoding="ascii").split()[0])
    except FileNotFoundError:  # the thread has ended meanwhile
        return 0


def resident_bytes(proc: Path) -> int:
    """Return VmRSS of a process, bytes."""
    return _number(proc / "status", "VmRSS") * 1024


def _number(path: Path, name: str) -> int:
    found = re.search(
        rf"^{name}:\s*(\d+)", path.read_text(encoding="ascii"), re.MULTILINE
    )
    if found is None:
        raise ValueError(f"{path}: has no {name}")
    return int(found[1])


class ReadySocket:
    """What systemd would listen on to hear that a service is ready (sd_notify(3))."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._socket.settimeout(READY_S)
        self.environment = {"NOTIFY_SOCKET": str(path)}

    def wait(self) -> float:
        """Return the monotonic instant at which it was told.

        Raises:
            TimeoutError: nobody told it.
        """
        while self._socket.recv(4096) != b"READY=1":
            pass
        return time.monotonic()

    def close(self) -> None:
        """Listen no more."""
        self._socket.close()
