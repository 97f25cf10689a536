"""``make screenshots``: the pictures of docs/images, taken from a demo's day.

A demo is begun in a temporary folder and walked through a Monday; at good moments the
pages are photographed as they are. No picture is touched up afterwards.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.screenshots import afternoon, first, morning
from tools.screenshots.camera import FOLDER, Camera
from tools.screenshots.stage import Stage


def main() -> None:
    """Take every picture, or those of the parts that are named."""
    FOLDER.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or PARTS
    with _browser() as browser:
        for part in wanted:
            PARTS[part](browser)


def _morning(browser: Browser) -> None:
    with _folder() as folder, Stage.open(folder) as stage:
        morning.take(stage, Camera(browser, stage))


def _afternoon(browser: Browser) -> None:
    with _folder() as folder, Stage.open(folder, "--afternoon") as stage:
        afternoon.take(stage, Camera(browser, stage))


def _first(browser: Browser) -> None:
    with _folder() as folder, first.new_bank(folder) as url:
        first.take(browser, url)


PARTS: dict[str, Callable[[Browser], None]] = {
    "first": _first,
    "morning": _morning,
    "afternoon": _afternoon,
}
"""Word of the command line -> a demo of its own, and its pictures."""


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="hometime-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _browser() -> Iterator[Browser]:
    """Debian's Chromium, in British English; as root it refuses its own sandbox.

    Dates in fields are the browser's own: without the package ``chromium-l10n`` it has
    American ones only.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            chromium_sandbox=os.geteuid() != 0,
            args=["--disable-gpu", "--disable-sync", "--no-first-run", "--lang=en-GB"],
            env={**os.environ, "LANGUAGE": "en_GB"},
        )
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
