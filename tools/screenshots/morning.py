"""Pictures of a Monday that begins at drop-off: hand-in, lessons, home time."""

from __future__ import annotations

import time
from functools import partial
from typing import Final

from playwright.sync_api import Page

from tools.screenshots.camera import ROOM, TALL, Camera
from tools.screenshots.stage import HAND_S, Stage

BOARD: Final = (1280, 720)
ABSENT, NO_DEVICE = 28, 23


def take(stage: Stage, camera: Camera) -> None:
    """Take every picture of the day."""
    kiosk = _paired_kiosk(camera)
    _morning(stage, camera, kiosk)
    _lessons(stage, camera, kiosk)
    _home_time(stage, camera)


def _morning(stage: Stage, camera: Camera, kiosk: Page) -> None:
    """All but two hand in; two doors stand open on the board."""
    late = (7, 20)
    _play_until_two_doors_are_open(stage, camera)
    for door in sorted(
        set(range(1, 31)) - {ABSENT, NO_DEVICE, 20} - stage.full_doors()
    ):
        stage.hand_in(door)
    stage.clock("08:52")
    for door in reversed(late):
        stage.open_door(door)
    stage.put(late[1])
    camera.snap(kiosk, "kiosk", kiosk.locator(".kiosk.opened:not(.ping)"))
    camera.take(camera.visitor(BOARD), "/", "board", ".door.open")
    for door in late:
        stage.push(door)


def _paired_kiosk(camera: Camera) -> Page:
    page = camera.staff("technician")
    camera.take(page, "/kiosk/kestrels-bank", "kiosk-pair", ".pairing")
    page.get_by_role("button", name="Pair this screen").click()
    page.get_by_text("Tap your card").wait_for()
    return page


def _play_until_two_doors_are_open(stage: Stage, camera: Camera) -> None:
    """The day that plays itself, stopped once the picture is taken."""
    page = camera.visitor(ROOM)
    page.goto(f"{stage.url}/twin")
    page.get_by_role("button", name="Play the day").click()
    page.locator("#bay-14.is-full").wait_for()
    page.locator(".sim.is-open").nth(1).wait_for()
    camera.snap(page, "twin", page.locator("#play-stop"))
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Play the day").wait_for()
    page.context.close()


def _lessons(stage: Stage, camera: Camera, kiosk: Page) -> None:
    """The teacher confirms; what is not there is said; a bolt jams."""
    page = camera.staff("teacher", TALL)
    camera.take(page, "/classes/kestrels", "class-morning", ".tile.said")
    camera.go(page, "/classes/kestrels/confirm")
    page.locator(".tile.pick").nth(2).click()
    camera.snap(page, "confirm", page.locator(".if-on:visible"))
    camera.go(page, "/classes/kestrels")
    page.get_by_role("button", name="Class seen, all off").click()
    page.locator(".tile.in").first.wait_for()
    _mark(stage, page, ABSENT, "Absent")
    _mark(stage, page, NO_DEVICE, "None today")
    stage.clock("12:00")
    for door in (5, 14, 26):
        stage.tap(door)
    camera.snap(kiosk, "kiosk-not-now", kiosk.locator(".kiosk.notnow"))
    stage.hold_to_reader(stage.account("teacher")["card"])
    camera.snap(kiosk, "kiosk-pin", kiosk.get_by_text("Your PIN, please."))
    camera.take(camera.staff("office"), "/people", "people")
    camera.take(camera.staff("leadership"), "/journal", "journal")
    page.context.close()


def _mark(stage: Stage, page: Page, door: int, words: str) -> None:
    """Touch the tile of the pupil whose door that is, then what is so today."""
    pupil = stage.pupil(door)
    page.goto(f"{stage.url}/classes/kestrels")
    page.locator(".tile", has_text=pupil["first_name"]).first.click()
    page.get_by_role("button", name=words).first.click()
    page.wait_for_load_state()


def _home_time(stage: Stage, camera: Camera) -> None:
    """Ready, then the third of five tables at its doors."""
    stage.clock("15:15")
    page = camera.staff("teacher", TALL)
    camera.take(page, "/classes/kestrels", "class", "#release")
    page.get_by_label("Table by table").check()
    page.get_by_role("button", name="Release class").click()
    page.get_by_label("Password or PIN").fill(stage.account("teacher")["pin"])
    page.get_by_role("button", name="Go on").click()
    page.locator(".going").wait_for()
    for table in (range(1, 7), range(7, 13)):
        _all_collect(stage, table)
    _all_pull(stage, range(13, 19))
    time.sleep(HAND_S)
    for door in (13, 14):
        stage.collect(door)
    page.locator("#going-h", has_text="Herons").wait_for()
    page.locator(".tile.collected").nth(13).wait_for()
    camera.snap(page, "class-release", page.locator(".tile.open").nth(3))
    camera.take(camera.staff("technician"), "/health", "health")


def _all_collect(stage: Stage, doors: range) -> None:
    _all_pull(stage, doors)
    time.sleep(HAND_S)
    for door in doors:
        stage.collect(door)


def _all_pull(stage: Stage, doors: range) -> None:
    """Pull each until its bolt is back; a child would see it and do the same."""
    for door in doors:
        stage.wait(partial(stage.pull, door), f"door {door}")
