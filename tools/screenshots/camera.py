"""People at browsers, photographed: what ``make screenshots`` is made with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Locator, Page

from tools import authenticator
from tools.screenshots.palette import with_palette
from tools.screenshots.stage import Stage

FOLDER: Final = Path(__file__).parents[2] / "docs/images"
SIZE: Final = (1280, 800)
ROOM: Final = (1280, 860)
TALL: Final = (1280, 1000)
HEAVIEST: Final = 120_000
"""Bytes of one picture: a README must open at once on a school's network."""


def visitor(browser: Browser, size: tuple[int, int] = SIZE) -> Page:
    """Open a browser of somebody's own."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/London",
    )
    return context.new_page()


def snap(page: Page, name: str, shown: Locator) -> None:
    """Photograph the window as it is once ``shown`` is there.

    Raises:
        ValueError: the picture is heavier than :data:`HEAVIEST`.
    """
    shown.first.wait_for()
    path = FOLDER / f"{name}.png"
    size = path.write_bytes(with_palette(page.screenshot()))
    print(f"{path.relative_to(FOLDER.parents[1])}  {size / 1000:.0f} kB", flush=True)
    if size > HEAVIEST:
        raise ValueError(f"{name}.png: {size} bytes, wanted {HEAVIEST} at most")


class Camera:
    """The people of one stage, and pictures of what they see."""

    def __init__(self, browser: Browser, stage: Stage) -> None:
        self._browser = browser
        self._stage = stage

    def visitor(self, size: tuple[int, int] = SIZE) -> Page:
        """Open a browser of somebody's own."""
        return visitor(self._browser, size)

    def staff(self, role: str, size: tuple[int, int] = SIZE) -> Page:
        """Sign a member of staff in."""
        page = self.visitor(size)
        authenticator.sign_in(page, self._stage.url, self._stage.account(role))
        return page

    def go(self, page: Page, path: str) -> None:
        """Open ``path``."""
        page.goto(f"{self._stage.url}{path}")

    def prove(self, page: Page, role: str) -> None:
        """Type the password once more, where the page asks whether it is you."""
        page.fill("[name=step_up_secret]", self._stage.account(role)["password"])
        page.get_by_role("button", name="Go on").click()
        page.locator("[name=step_up_secret]").wait_for(state="detached")

    def take(self, page: Page, path: str, name: str, shown: str = "main") -> None:
        """Open ``path``, and photograph the window once ``shown`` is there."""
        self.go(page, path)
        self.snap(page, name, page.locator(shown))

    def snap(self, page: Page, name: str, shown: Locator) -> None:
        """Photograph the window as it is once ``shown`` is there."""
        snap(page, name, shown)
