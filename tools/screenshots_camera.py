"""People at browsers, photographed: what ``make screenshots`` is made with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Locator, Page

from tools import authenticator
from tools.screenshots_stage import Stage

FOLDER: Final = Path(__file__).parents[1] / "docs/images"
SIZE: Final = (1280, 800)
ROOM: Final = (1280, 860)
TALL: Final = (1280, 1000)
HEAVIEST: Final = 250_000
"""Bytes of one picture: a README must open at once on a school's network."""


class Camera:
    """People at browsers, and pictures of what they see."""

    def __init__(self, browser: Browser, stage: Stage) -> None:
        self._browser = browser
        self._stage = stage

    def visitor(self, size: tuple[int, int] = SIZE) -> Page:
        """Open a browser of somebody's own."""
        width, height = size
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/London",
        )
        return context.new_page()

    def staff(self, role: str, size: tuple[int, int] = SIZE) -> Page:
        """Sign a member of staff in."""
        page = self.visitor(size)
        authenticator.sign_in(page, self._stage.url, self._stage.account(role))
        return page

    def take(self, page: Page, path: str, name: str, shown: str = "main") -> None:
        """Open ``path``, wait until ``shown`` is there, and photograph the window."""
        page.goto(f"{self._stage.url}{path}")
        self.snap(page, name, page.locator(shown).first)

    def snap(self, page: Page, name: str, shown: Locator) -> None:
        """Photograph the window as it is once ``shown`` is there.

        Raises:
            ValueError: the picture is heavier than :data:`HEAVIEST`.
        """
        shown.wait_for()
        path = FOLDER / f"{name}.png"
        page.screenshot(path=path)
        size = path.stat().st_size
        print(
            f"{path.relative_to(FOLDER.parents[1])}  {size / 1000:.0f} kB", flush=True
        )
        if size > HEAVIEST:
            raise ValueError(f"{name}.png: {size} bytes, wanted {HEAVIEST} at most")
