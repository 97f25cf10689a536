"""Pictures of a hand-over, from the child to the receipt (CUS-4)."""

from __future__ import annotations

import math
from functools import partial
from typing import Final

from playwright.sync_api import Page

from controller.demo import afternoon as day
from tools.screenshots.camera import TALL, Camera
from tools.screenshots.stage import Stage

OWNER: Final = 30
"""A pupil whose door is empty today."""
HOME_TIME: Final = "15:20"
DOOR: Final = 34
"""Where the demo has put what is held at the desk (docs/pages.md shows it)."""


def act(stage: Stage, camera: Camera) -> None:
    """Something is found; somebody on the list comes, signs, and has a receipt."""
    page = camera.staff("office", TALL)
    _found(stage, camera, page)
    stage.clock(HOME_TIME)
    camera.go(page, f"/desk/pupils/{stage.pupil(day.HELD_AT_DESK)['id']}")
    page.locator(".adult").first.click()
    page.get_by_text("Known to staff").click()
    page.get_by_role("button", name=f"Open door {DOOR}").click()
    stage.wait(partial(stage.pull, DOOR), f"door {DOOR}")
    camera.snap(page, "hand-over", page.get_by_text("then push the door shut"))
    stage.collect(DOOR)
    page.get_by_role("link", name="Turn the screen to").click()
    _sign(page)
    camera.snap(page, "sign", page.get_by_role("button", name="Done"))
    page.get_by_role("button", name="Done").click()
    camera.snap(page, "receipt", page.get_by_role("heading", name="Handed over"))
    page.context.close()


def _found(stage: Stage, camera: Camera, page: Page) -> None:
    """A telephone lay in the yard; nobody knows yet whose it is."""
    camera.go(page, "/desk")
    page.get_by_text("A device was found").click()
    page.select_option("#where", "yard")
    page.fill("#lay", "On the bench by the oak. A blue case, a sticker of a fox.")
    page.get_by_role("button", name="Hold it, and look for its owner").click()
    page.get_by_label("Find a pupil").fill(stage.pupil(OWNER)["first_name"][:2])
    page.get_by_label("Find a pupil").press("Enter")
    camera.snap(page, "found", page.locator(".found button"))


def _sign(page: Page) -> None:
    """Draw a line like a name."""
    page.locator("#pad svg").wait_for()
    box = page.locator("#pad").bounding_box()
    if box is None:
        raise ValueError("pad: not shown, wanted a place to sign")
    x, y = box["x"] + 60, box["y"] + box["height"] * 0.6
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(60):
        page.mouse.move(x + 5 * k, y - 40 * math.sin(k / 3) * math.cos(k / 11))
    page.mouse.up()
