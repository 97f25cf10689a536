"""``make screenshots``: the pictures of docs/images, taken from a demo's day.

A demo is begun in a temporary folder and walked through a Monday; at good moments the
pages are photographed as they are. No picture is touched up afterwards.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from tools import screenshots_afternoon
from tools.screenshots_camera import FOLDER, ROOM, TALL, Camera
from tools.screenshots_stage import HAND_S, Stage

BOARD: Final = (1280, 720)
ABSENT, NO_DEVICE = 28, 23


def main() -> None:
    """Take every picture, or with ``afternoon`` only those of the afternoon."""
    FOLDER.mkdir(exist_ok=True)
    with _browser() as browser:
        if "afternoon" not in sys.argv:
            with _stage() as stage:
                _day(stage, Camera(browser, stage))
        with _stage("--afternoon") as stage:
            screenshots_afternoon.take(stage, Camera(browser, stage))


def _day(stage: Stage, camera: Camera) -> None:
    _morning(stage, camera)
    _lessons(stage, camera)
    _home_time(stage, camera)


def _morning(stage: Stage, camera: Camera) -> None:
    """All but two hand in; two doors stand open on the board."""
    late = (7, 20)
    kiosk = _paired_kiosk(stage, camera)
    _play_until_two_doors_are_open(stage, camera)
    for door in sorted(
        set(range(1, 31)) - {ABSENT, NO_DEVICE, 20} - stage.full_doors()
    ):
        stage.hand_in(door)
    stage.clock("08:52")
    for door in reversed(late):
        stage.open(door)
    stage.put(late[1])
    camera.snap(kiosk, "kiosk", kiosk.locator(".kiosk.opened:not(.ping)"))
    camera.take(camera.visitor(BOARD), "/", "board", ".door.open")
    for door in late:
        stage.push(door)


def _paired_kiosk(stage: Stage, camera: Camera) -> Page:
    page = camera.staff("technician")
    page.goto(f"{stage.url}/kiosk/kestrels-bank")
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


def _lessons(stage: Stage, camera: Camera) -> None:
    """The teacher confirms; what is not there is said; a bolt jams."""
    page = camera.staff("teacher", TALL)
    page.goto(f"{stage.url}/classes/kestrels")
    page.get_by_role("button", name="Class seen, all off").click()
    page.locator(".tile.in").first.wait_for()
    _mark(stage, page, ABSENT, "Absent")
    _mark(stage, page, NO_DEVICE, "None today")
    stage.clock("12:00")
    for door in (5, 14, 26):
        stage.tap(door)
    camera.take(camera.staff("office"), "/people", "people")
    camera.take(camera.staff("leadership"), "/journal", "journal")
    page.context.close()


def _mark(stage: Stage, page: Page, door: int, words: str) -> None:
    """Touch the tile of the pupil whose door that is, then what is so today."""
    pupil = next(p for p in stage.cast["pupils"] if p["compartment"] == door)
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


@contextmanager
def _stage(*more: str) -> Iterator[Stage]:
    folder = Path(tempfile.mkdtemp(prefix="hometime-"))
    try:
        stage = Stage(folder, *more)
        try:
            yield stage
        finally:
            stage.end()
    finally:
        shutil.rmtree(folder)


@contextmanager
def _browser() -> Iterator[Browser]:
    """Debian's Chromium; as root it refuses its own sandbox."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            chromium_sandbox=os.geteuid() != 0,
            args=["--disable-gpu", "--disable-sync", "--no-first-run"],
        )
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
