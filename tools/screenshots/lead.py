"""Pictures of safeguarding: concerns, a police hold, two people, the chain (CUS-7)."""

from __future__ import annotations

from functools import partial

from playwright.sync_api import Page

from controller.demo import afternoon as day
from tools.screenshots.camera import SIZE, TALL, Camera
from tools.screenshots.stage import Stage

KIOSK = (800, 480)
"""The small screen that stands beside the lockers."""


def look(_: Stage, camera: Camera) -> None:
    """What has been read."""
    page = camera.staff("dsl", SIZE)
    camera.take(page, "/safeguarding", "safeguarding")
    page.context.close()


def act(stage: Stage, camera: Camera) -> None:
    """A new concern stands there; a device goes to an officer, and two let it go."""
    page = camera.staff("dsl", TALL)
    camera.take(page, "/safeguarding", "safeguarding-unread", ".concern-line")
    page.get_by_role("button", name="I have read it").first.click()
    kiosk = _kiosk(stage, camera)
    _prepare(stage, camera, page)
    _two_at_the_lockers(stage, camera, kiosk)
    page.get_by_role("button", name="Signed on paper").click()
    page.get_by_role("link", name="Chain of custody").click()
    camera.snap(page, "chain", page.get_by_role("heading", name="Chain of custody"))
    page.context.close()
    kiosk.context.close()


def _kiosk(stage: Stage, camera: Camera) -> Page:
    page = camera.staff("technician", KIOSK)
    page.goto(f"{stage.url}/kiosk/kestrels-bank")
    page.get_by_role("button", name="Pair this screen").click()
    page.locator("#kiosk .kiosk").wait_for()
    return page


def _prepare(stage: Stage, camera: Camera, page: Page) -> None:
    """What lies behind the pupil's own door becomes a police hold (CUS-12)."""
    camera.go(page, "/safeguarding")
    first_name = stage.pupil(day.HELD_INSIDE)["first_name"]
    page.get_by_text("Make another held device a police hold").click()
    line = page.locator("#others li", has_text=first_name)
    line.get_by_role("button", name="Police hold").click()
    camera.prove(page, "dsl")
    held = page.locator("article", has_text=first_name)
    held.get_by_text("Hand it to an officer").click()
    for label, value in (
        ("Officer’s name", "Jo Barlow"),
        ("Force", "Mercia"),
        ("Officer’s number", "4471"),
        ("Crime reference", "CR/26/118"),
    ):
        held.get_by_label(label).fill(value)
    held.get_by_text("I have seen the warrant card").click()
    held.get_by_role("button", name="Prepare it").scroll_into_view_if_needed()
    camera.snap(page, "police-hold", held.get_by_role("button", name="Prepare it"))
    held.get_by_role("button", name="Prepare it").click()
    camera.snap(page, "two-people", page.get_by_text("This needs two people."))


def _two_at_the_lockers(stage: Stage, camera: Camera, kiosk: Page) -> None:
    """Both cards with both PINs within a minute (CUS-8)."""
    door = day.HELD_INSIDE
    _card_and_pin(stage, kiosk, "dsl")
    give = kiosk.get_by_role("button", name=f"Hand over, two people: door {door}")
    give.click()
    second = kiosk.get_by_text("Now the second person")
    camera.snap(kiosk, "kiosk-two-people", second)
    _card_and_pin(stage, kiosk, "office")
    stage.wait(partial(stage.pull, door), f"door {door}")
    stage.collect(door)


def _card_and_pin(stage: Stage, kiosk: Page, role: str) -> None:
    account = stage.account(role)
    stage.hold_to_reader(account["card"])
    kiosk.locator("[data-done]").wait_for()
    for digit in account["pin"]:
        kiosk.locator(f"[data-digit='{digit}']").click()
    kiosk.locator("[data-done]").click()
