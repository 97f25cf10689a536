"""Pictures of a teacher's afternoon: the class, a child, a device that is taken."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

from tools.screenshots.camera import TALL, Camera
from tools.screenshots.stage import Stage

CLASS: Final = "/classes/kestrels"
COLLECTS: Final = 14
"""A pupil whose device is in, and who does nothing else that day."""
SPEAKS: Final = 21
"""A pupil about whom a concern is passed on."""
TAKEN: Final = 18
"""A pupil whose device is taken away while we look."""


def look(stage: Stage, camera: Camera) -> None:
    """The class and one child in it, as they stand."""
    page = camera.staff("teacher", TALL)
    who = stage.pupil(COLLECTS)["id"]
    child = f"{CLASS}/pupils/{who}"
    camera.take(page, "/classes", "classes")
    camera.take(page, CLASS, "class-afternoon", ".tile")
    camera.take(page, child, "class-pupil")
    camera.take(page, f"{child}/take", "take")
    camera.take(page, f"{CLASS}/outing", "outing")
    camera.take(page, f"{CLASS}/morning", "morning")
    camera.take(page, f"/pupils/{who}/mix-up", "mix-up")
    camera.take(page, f"/pupils/{who}/sibling", "sibling")
    camera.take(page, "/concern", "concern")
    _reasons(stage, camera, page)
    page.context.close()


def _reasons(stage: Stage, camera: Camera, page: Page) -> None:
    """After the PIN, for twenty seconds (WEB-8)."""
    camera.go(page, CLASS)
    page.get_by_text("Show all reasons").click()
    page.get_by_label("Your PIN").fill(stage.account("teacher")["pin"])
    page.get_by_label("Your PIN").press("Enter")
    camera.snap(page, "class-reasons", page.locator(".tile.absent"))


def act(stage: Stage, camera: Camera) -> None:
    """A device is taken, and somebody asks how the child gets home; a concern."""
    page = camera.staff("teacher", TALL)
    camera.go(page, f"{CLASS}/pupils/{stage.pupil(TAKEN)['id']}/take")
    page.get_by_text("Phones in lessons").click()
    page.get_by_role("button", name="Hold it in door").click()
    camera.snap(page, "travel", page.get_by_role("heading", name="get home today?"))
    page.get_by_role("button", name="Walks").click()
    camera.go(page, f"/concern?pupil={stage.pupil(SPEAKS)['id']}")
    page.fill("#reason", "Asked twice today who can see what is sent.")
    page.get_by_role("button", name="Pass it on now").click()
    camera.snap(page, "concern-told", page.get_by_text("It has been passed on"))
    page.context.close()


def evacuate(stage: Stage, camera: Camera) -> None:
    """One press of a second: no door opens until somebody resumes (DAY-15)."""
    page = camera.staff("teacher", TALL)
    camera.go(page, CLASS)
    page.get_by_role("button", name="Evacuate").hover()
    page.mouse.down()
    page.get_by_text("Evacuation since").wait_for()
    page.mouse.up()
    camera.snap(page, "evacuated", page.get_by_text("Evacuation since"))
    page.fill("#secret", stage.account("teacher")["pin"])
    page.get_by_role("button", name="Resume").click()
    page.get_by_role("heading", name="Kestrels").wait_for()
    page.context.close()
