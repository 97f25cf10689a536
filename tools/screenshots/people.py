"""Pictures of the roll: pupils, their adults, cards, a file that is taken in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from playwright.sync_api import FilePayload, Page

from controller.demo import afternoon as day
from controller.demo.classroom import CLASS_NAME, FIRST_NAMES, LAST_NAMES, YEAR
from tools.screenshots.camera import TALL, Camera
from tools.screenshots.stage import Stage

NEW_CLASS: Final = ("4 Maple", "Year 4")
NEW: Final = (
    *(("Amberly", "Heron"), ("Willa", "Reed"), ("Corin", "Ashlake")),
    *(("Delphine", "Moss"), ("Emrys", "Tarn"), ("Fenella", "Brook")),
)
"""Invented; the class beside the one that has the lockers."""

ADULTS: Final = (
    "Adno,Contact ID,Contact Forename,Contact Surname,Relationship,Court Order",
    "101,7001,Marigold,Heron,Mother,No",
    "101,7002,Barnaby,Heron,Father,Yes",
    "102,7003,Ottoline,Reed,Grandmother,No",
    "103,7004,Peregrine,Ashlake,Father,No",
    "104,7005,Rosalind,Moss,Mother,No",
    "999,7006,Florian,Alder,Father,No",
)
"""For the new class; one must not be given anything, one is of a child not here."""

CARD: Final = "04D1D2D3D4D5D{}"
"""Plain cards of 7 bytes, enrolled for nobody yet."""


def look(stage: Stage, camera: Camera) -> None:
    """One child, the adults of the list, the empty forms."""
    page = camera.staff("office", TALL)
    held = f"/people/{stage.pupil(day.HELD_AT_DESK)['id']}"
    camera.take(page, held, "pupil")
    camera.take(page, f"{held}/adults", "adults")
    camera.go(page, f"{held}/adults")
    page.get_by_role("link", name="Also for a brother or sister").first.click()
    page.get_by_label("Find a brother or sister").fill("ha")
    page.get_by_label("Find a brother or sister").press("Enter")
    camera.snap(page, "siblings", page.locator(".found"))
    camera.take(page, "/people/add", "pupil-add")
    camera.take(page, "/people/cards", "cards")
    camera.take(page, "/people/import", "roll")
    page.context.close()


def act(stage: Stage, camera: Camera) -> None:
    """Everything about one child; a roll with a mistake; a class gets its cards."""
    page = camera.staff("leadership", TALL)
    camera.go(page, f"/people/{stage.pupil(day.HELD_AT_DESK)['id']}")
    page.get_by_role("button", name="Everything about").click()
    camera.prove(page, "leadership")
    camera.snap(page, "everything", page.get_by_role("heading", level=2).first)
    page.context.close()
    page = camera.staff("office", TALL)
    _import(camera, page)
    _adults(camera, page)
    _enrol(stage, camera, page)
    page.context.close()


def _import(camera: Camera, page: Page) -> None:
    """What would change is shown first, with the line that cannot be taken (DAT-1)."""
    camera.go(page, "/people/import")
    page.set_input_files("#roll", _file("roll.csv", _roll()))
    page.get_by_role("button", name="Show what would change").click()
    camera.snap(page, "roll-preview", page.get_by_text("1 line cannot be taken"))
    page.get_by_text("Leave this line out").click()
    page.get_by_role("button", name="Apply to the roll").click()
    camera.snap(page, "roll-done", page.get_by_text("6 added"))


def _roll() -> list[str]:
    """Return the whole school as its information system exports it, line by line."""
    head = "Admission number,Forename,Surname,Class,Year"
    old = zip(FIRST_NAMES, LAST_NAMES, strict=True)
    lines = [f"{n},{a},{b},{CLASS_NAME},{YEAR}" for n, (a, b) in enumerate(old, 1)]
    lines += [f"{n},{a},{b},{','.join(NEW_CLASS)}" for n, (a, b) in enumerate(NEW, 101)]
    lines += [f"107,Greta,,{','.join(NEW_CLASS)}"]
    return [head, *lines]


def _adults(camera: Camera, page: Page) -> None:
    """Who may be given a device, of all lists at once (CUS-4)."""
    camera.take(page, "/people/adults", "adults-import")
    page.set_input_files("#adults", _file("adults.csv", ADULTS))
    page.get_by_role("button", name="Show what would change").click()
    camera.snap(page, "adults-preview", page.get_by_text("What would change"))


def _file(name: str, lines: Sequence[str]) -> FilePayload:
    text = "\n".join(lines)
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def _enrol(stage: Stage, camera: Camera, page: Page) -> None:
    """Card after card, with undo (ACC-9)."""
    camera.go(page, "/people/enrol")
    page.get_by_text(NEW_CLASS[0]).click()
    camera.snap(page, "enrol", page.get_by_role("button", name="Begin"))
    page.get_by_role("button", name="Begin").click()
    for n in range(2):
        page.get_by_text(f"{n} of {len(NEW)}").first.wait_for()
        stage.hold_to_reader(CARD.format(n))
    camera.snap(page, "enrol-going", page.get_by_text(f"2 of {len(NEW)}").first)
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("heading", name="Enrol a class").wait_for()
