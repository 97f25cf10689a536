"""The picture of a new bank's very first page: the first account (ACC-1)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser

from controller.demo.files import write_config
from tools.screenshots.camera import SIZE, snap, visitor
from tools.screenshots.stage import END_S, READY_S, free_port

PARTS = ("room", "controller", "web")


def take(browser: Browser, url: str) -> None:
    """Nobody has an account yet."""
    page = visitor(browser, SIZE)
    page.goto(f"{url}/sign-in")
    snap(page, "first-start", page.locator("[name=code]"))
    page.context.close()


@contextmanager
def new_bank(folder: Path) -> Iterator[str]:
    """Run a bank in which nobody has done anything; give its address.

    Raises:
        TimeoutError: it was not there within :data:`READY_S`.
    """
    port = free_port()
    config = write_config(folder, port)
    running = []
    try:
        for part in PARTS:
            running.append(_begin(part, config))
            _wait(folder / f"{part}.sock" if part != "web" else None, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(END_S)


def _begin(part: str, config: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "controller", part, "--config", str(config)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # the starting code is nobody's business
        env=os.environ,
    )


def _wait(sign: Path | None, port: int) -> None:
    """Wait for a part's socket, or for the site to be well."""
    end = time.monotonic() + READY_S
    while not (sign.exists() if sign else _is_well(port)):
        if time.monotonic() > end:
            raise TimeoutError(f"{sign or port}: not there after {READY_S:g} s")
        time.sleep(0.1)


def _is_well(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004  OK
    except (URLError, OSError):
        return False
