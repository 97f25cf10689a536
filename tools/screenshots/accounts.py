"""Pictures of accounts: who has access, a new colleague, the second factor (ACC-3)."""

from __future__ import annotations

from playwright.sync_api import Page

from tools.authenticator import PHONE
from tools.screenshots.camera import TALL, Camera
from tools.screenshots.stage import Stage

USERNAME = "n.quill"


def look(stage: Stage, camera: Camera) -> None:
    """The lists, one account, the empty form."""
    page = camera.staff("leadership", TALL)
    teacher = stage.account("teacher")["id"]
    camera.take(page, "/accounts", "accounts")
    camera.take(page, f"/accounts/{teacher}", "account-of")
    camera.take(page, "/accounts/add", "account-add")
    camera.take(page, "/accounts/access", "access")
    camera.take(page, "/account", "account")
    page.context.close()


def act(_: Stage, camera: Camera) -> None:
    """A deputy of the safeguarding lead gets an account, and sets up a telephone."""
    head = camera.staff("leadership", TALL)
    password = _add(camera, head)
    head.context.close()
    nora = camera.visitor(TALL)
    camera.go(nora, "/sign-in")
    nora.fill("[name=username]", USERNAME)
    nora.fill("[name=password]", password)
    nora.press("[name=password]", "Enter")
    camera.snap(nora, "second-factor", nora.locator("svg.qr"))
    nora.get_by_text("No camera? Type the key").click()
    secret = nora.locator(".secret code").inner_text().replace(" ", "")
    nora.fill("[name=code]", PHONE.code(secret))
    nora.get_by_role("button", name="Set it up").click()
    camera.snap(nora, "recovery-codes", nora.locator(".codes"))
    nora.context.close()


def _add(camera: Camera, head: Page) -> str:
    """Return the password that works once."""
    camera.go(head, "/accounts/add")
    for name, value in (("first_name", "Nora"), ("last_name", "Quill")):
        head.fill(f"#{name}", value)
    head.fill("#username", USERNAME)
    head.locator("[name=roles][value=dsl]").check()
    head.get_by_role("button", name="Add the person").click()
    camera.prove(head, "leadership")
    camera.snap(head, "password-once", head.locator(".secret"))
    return head.locator(".secret code").inner_text()
