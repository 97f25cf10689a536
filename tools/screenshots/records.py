"""Pictures of the records that law or policy asks for, and of the school's rules."""

from __future__ import annotations

from tools.screenshots.camera import TALL, Camera
from tools.screenshots.stage import Stage


def look(stage: Stage, camera: Camera) -> None:
    """All records, a form, one of them, the policy and the rules."""
    page = camera.staff("leadership", TALL)
    about = stage.pupil(2)["id"]
    camera.take(page, "/records", "records")
    camera.take(page, "/records/new", "record-new")
    camera.take(page, f"/records/new/exception?about={about}", "record-form")
    camera.take(page, "/settings/policy", "policy")
    camera.take(page, "/settings", "settings")
    page.context.close()


def act(_: Stage, camera: Camera) -> None:
    """One record, and how it is changed."""
    page = camera.staff("leadership", TALL)
    camera.go(page, "/records?kind=exception")
    page.locator("tbody th a").first.click()
    camera.snap(page, "record", page.locator(".record-says"))
    page.get_by_role("link", name="Change").click()
    camera.snap(page, "record-change", page.locator(".record-form"))
    page.context.close()
