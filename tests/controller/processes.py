"""``hometime`` as a process, for tests of its command line."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

TREE = Path(__file__).parents[2]
_NEVER = threading.Event()
ENOUGH_S = 60
"""Longer than anything may take on a busy machine."""


def hometime(*arguments: object, env: dict[str, str] | None = None, **more):
    """Run a command to its end; return it with its output as text."""
    return subprocess.run(
        [sys.executable, "-m", "controller", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=ENOUGH_S,
        check=False,
        cwd=TREE,
        env=os.environ | (env or {}),
        **more,
    )


def start(*arguments: object, env: dict[str, str] | None = None, **more):
    """Start a command in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "controller", *map(str, arguments)],
        cwd=TREE,
        env=os.environ | (env or {}),
        start_new_session=True,
        **more,
    )


def wait_for(is_so, within: float = ENOUGH_S) -> None:
    """Wait for something that another process does."""
    until = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < until, f"not so within {within} s"
        _NEVER.wait(0.02)


def ended(process, within: float, number: int = signal.SIGTERM) -> tuple[int, float]:
    """Ask a process to end; return its exit code and how long it took, seconds."""
    began = time.monotonic()
    process.send_signal(number)
    code = process.wait(within)
    return code, time.monotonic() - began


def kill_group(process) -> None:
    """End whatever is left of a process and its children."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait(ENOUGH_S)


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
