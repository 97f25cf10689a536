"""Pictures of the office's day: desk, visitors, cover, paper, stock, calendar."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import FilePayload, Page

from controller.demo import afternoon as day
from tools.screenshots.camera import TALL, Camera
from tools.screenshots.stage import Stage
from tools.screenshots.teacher import COLLECTS

CALENDAR: Final = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Ferncombe Council//School dates//EN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20270105
DTEND;VALUE=DATE:20270327
SUMMARY:Spring term
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20270215
DTEND;VALUE=DATE:20270220
SUMMARY:Half term
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART;VALUE=DATE:20270104
SUMMARY:INSET day
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART;VALUE=DATE:20270311
SUMMARY:Year 5 museum visit
END:VEVENT
END:VCALENDAR
"""
"""School dates as a council publishes them, and one entry that is none."""


def look(stage: Stage, camera: Camera) -> None:
    """What the office sees, as it stands."""
    page = camera.staff("office", TALL)
    held = stage.pupil(day.HELD_AT_DESK)["id"]
    camera.take(page, "/desk", "desk")
    camera.take(page, f"/desk/pupils/{held}", "desk-visit")
    camera.take(page, f"/pupils/{stage.pupil(COLLECTS)['id']}/leave", "leave")
    camera.take(page, "/covers", "covers")
    camera.take(page, "/visitors", "visitors")
    camera.take(page, "/sheet", "sheet")
    camera.take(page, "/sheet/enter", "sheet-enter", "table")
    camera.take(page, "/sheet/envelope", "envelope")
    camera.take(page, "/stock-take", "stock-take")
    camera.take(page, "/clubs", "clubs")
    camera.take(page, "/settings/calendar", "calendar")
    camera.take(page, "/settings/calendar/times", "calendar-times")
    camera.take(page, f"/journal?person={held}", "journal-person")
    camera.take(page, "/reports", "reports")
    page.context.close()


def act(_: Stage, camera: Camera) -> None:
    """A calendar is read from a file, and stock is taken."""
    page = camera.staff("office", TALL)
    _calendar(camera, page)
    _stock_take(camera, page)
    page.context.close()


def _calendar(camera: Camera, page: Page) -> None:
    camera.take(page, "/settings/calendar/import", "calendar-import")
    file = FilePayload(
        name="dates.ics", mimeType="text/calendar", buffer=CALENDAR.encode()
    )
    page.set_input_files("#calendar", file)
    page.get_by_role("button", name="Show what was understood").click()
    camera.snap(page, "calendar-preview", page.get_by_text("What was understood"))


def _stock_take(camera: Camera, page: Page) -> None:
    """Every empty door has its turn; what was found is compared (REP-6)."""
    camera.go(page, "/stock-take")
    page.get_by_role("button", name="empty doors").click()
    camera.prove(page, "office")
    page.get_by_text("still to open").wait_for()
    page.get_by_label("Something is there").first.check()
    page.get_by_label("As it should be").nth(1).check()
    camera.snap(page, "stock-take-going", page.get_by_label("As it should be").nth(1))
    page.get_by_role("button", name="Write what was found").click()
    camera.snap(page, "stock-take-found", page.get_by_text("1 difference").first)
