"""Pictures of a Monday afternoon: each page with something on it (docs/pages.md).

Taken from ``hometime demo --afternoon`` as it comes up; doors are those of
``controller/demo/afternoon.py``.
"""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

from controller.demo import afternoon as day
from tools.screenshots_camera import SIZE, TALL, Camera
from tools.screenshots_stage import Stage

CLASS: Final = "/classes/kestrels"
COLLECTS: Final = 14
"""A pupil whose device is in, and who does nothing else that day."""


def take(stage: Stage, camera: Camera) -> None:
    """Take every picture of the afternoon."""
    _teacher(stage, camera)
    _office(stage, camera)
    _lead(camera)
    _head(stage, camera)


def _id(stage: Stage, door: int) -> str:
    """Return the id of the pupil with that door."""
    pupil = next(p for p in stage.cast["pupils"] if p["compartment"] == door)
    return str(pupil["id"])


def _teacher(stage: Stage, camera: Camera) -> None:
    page = camera.staff("teacher", TALL)
    child = f"{CLASS}/pupils/{_id(stage, COLLECTS)}"
    camera.take(page, "/classes", "classes")
    camera.take(page, CLASS, "class-afternoon", ".tile")
    camera.take(page, child, "class-pupil")
    camera.take(page, f"{child}/take", "take")
    camera.take(page, f"{CLASS}/outing", "outing")
    camera.take(page, f"{CLASS}/morning", "morning")
    camera.take(page, f"/pupils/{_id(stage, COLLECTS)}/mix-up", "mix-up")
    camera.take(page, "/concern", "concern")
    _reasons(stage, camera, page)
    page.context.close()


def _reasons(stage: Stage, camera: Camera, page: Page) -> None:
    """After the PIN, for twenty seconds (WEB-8)."""
    page.goto(f"{stage.url}{CLASS}")
    page.get_by_text("Show all reasons").click()
    page.get_by_label("Your PIN").fill(stage.account("teacher")["pin"])
    page.get_by_label("Your PIN").press("Enter")
    camera.snap(page, "class-reasons", page.locator(".tile.absent"))


def _office(stage: Stage, camera: Camera) -> None:
    page = camera.staff("office", TALL)
    held, early = _id(stage, day.HELD_AT_DESK), _id(stage, COLLECTS)
    camera.take(page, "/desk", "desk")
    camera.take(page, f"/desk/pupils/{held}", "desk-visit")
    camera.take(page, f"/people/{held}", "pupil")
    camera.take(page, f"/people/{held}/adults", "adults")
    camera.take(page, f"/pupils/{early}/leave", "leave")
    camera.take(page, "/covers", "covers")
    camera.take(page, "/visitors", "visitors")
    camera.take(page, "/sheet", "sheet")
    camera.take(page, "/stock-take", "stock-take")
    camera.take(page, "/clubs", "clubs")
    camera.take(page, "/settings/calendar", "calendar")
    camera.take(page, f"/journal?person={held}", "journal-person")
    camera.take(page, "/reports", "reports")
    page.context.close()


def _lead(camera: Camera) -> None:
    page = camera.staff("dsl", SIZE)
    camera.take(page, "/safeguarding", "safeguarding")
    page.context.close()


def _head(stage: Stage, camera: Camera) -> None:
    page = camera.staff("leadership", TALL)
    camera.take(page, "/records", "records")
    camera.take(page, f"/records/new/exception?about={_id(stage, 2)}", "record-form")
    camera.take(page, "/accounts", "accounts")
    camera.take(page, "/accounts/access", "access")
    camera.take(page, "/settings/policy", "policy")
    camera.take(page, "/settings", "settings")
    camera.take(page, "/account", "account")
    page.context.close()
