"""Pictures of the way in, of a page that is not for somebody, and of silence."""

from __future__ import annotations

from tools.screenshots.camera import SIZE, TALL, Camera
from tools.screenshots.stage import Stage


def look(stage: Stage, camera: Camera) -> None:
    """Name and password, the code, once more; and no."""
    page = camera.visitor(SIZE)
    camera.take(page, "/sign-in", "sign-in", "form")
    head = stage.account("leadership")
    page.fill("[name=username]", head["username"])
    page.fill("[name=password]", head["password"])
    page.press("[name=password]", "Enter")
    camera.snap(page, "sign-in-code", page.locator("[name=code]"))
    page.context.close()
    page = camera.staff("teacher", SIZE)
    camera.take(page, "/step-up?next=/classes", "step-up", "form")
    camera.take(page, "/accounts", "refused")
    page.context.close()


def end(stage: Stage, camera: Camera) -> None:
    """The controller is silent: the last known state stays, marked old (WEB-7)."""
    teacher = camera.staff("teacher", TALL)
    office = camera.staff("office", SIZE)
    board = camera.visitor(SIZE)
    camera.go(teacher, "/classes/kestrels")
    camera.go(board, "/")
    stage.silence()
    for page, name in ((teacher, "class-old"), (board, "board-old")):
        camera.snap(page, name, page.locator(".notice.old").locator("visible=true"))
    camera.take(office, "/desk", "silent")
    for page in (teacher, office, board):
        page.context.close()
