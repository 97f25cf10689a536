"""The class page: who has handed in, the release, home time (DAY-1, DAY-4, WEB-8)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.client import RequestRefused
from controller.protocol import ClassLine, ClassPage, Tile
from web.asking import ask, only_for
from web.errors import wants_json
from web.staff.clubs import all_clubs
from web.staff.words import doors

MOST_BY_NAME = 3
"""Doors that stayed shut and are told one by one; more fill the screen of a phone."""

pages = Blueprint("classes", __name__, url_prefix="/classes")

WRONG_SECRET = "wrong-secret"  # noqa: S105  the code of a fault
REASONS_SHOW_S = 20
"""How long reasons stay on a page that may be on a whiteboard (WEB-8)."""


def back_to(class_id: str) -> Response:
    """Send the browser to the class page; 303, so that going back repeats nothing."""
    return redirect(url_for("classes.page", class_id=class_id), 303)


@pages.get("")
def index() -> str:
    """List the classes that this person may open."""
    return render_template(
        "staff/classes.html",
        classes=ask(list[ClassLine], "classes"),
        clubs=all_clubs(),
    )


@pages.get("/<class_id>")
def page(class_id: str) -> str:
    """Show the class, safe on a whiteboard."""
    return _page(ask(ClassPage, "class_page", class_id=class_id), seconds=0)


@pages.post("/<class_id>/reasons")
def reasons(class_id: str) -> str | tuple[str, int]:
    """Show the class with reasons for 20 s, after the PIN; no browser keeps it."""
    pin = request.form.get("pin", "")
    try:
        shown = ask(ClassPage, "class_reasons", class_id=class_id, pin=pin)
    except RequestRefused as refused:
        return asked_again(class_id, refused)
    return _page(shown, seconds=REASONS_SHOW_S)


def asked_again(class_id: str, refused: RequestRefused) -> tuple[str, int]:
    """Return the class page with what was wrong beside the field of the secret.

    Raises:
        RequestRefused: it was not the secret that was wrong.
    """
    if refused.fault.error != WRONG_SECRET or wants_json():
        raise refused
    page = ask(ClassPage, "class_page", class_id=class_id)
    return _page(page, seconds=0, wrong=refused.fault.message), refused.fault.status


def _page(page: ClassPage, seconds: int, wrong: str = "") -> str:
    return render_template(
        "staff/class.html",
        page=page,
        seconds=seconds,
        wrong=wrong,
        notes_of=notes_of,
        unopened_of=unopened_of,
    )


def notes_of(page: ClassPage) -> list[tuple[str, str, str]]:
    """Return what wants doing: doors, the pupil where it is one only, a sentence.

    A sentence that many tiles carry is said once, with the doors it is about.
    """
    by_note: dict[str, list[Tile]] = {}
    for group in page.groups:
        for tile in group.tiles:
            if tile.note:
                by_note.setdefault(tile.note, []).append(tile)
    return [
        (
            doors([tile.compartment for tile in tiles if tile.compartment]),
            tiles[0].name if len(tiles) == 1 else "",
            note,
        )
        for note, tiles in by_note.items()
    ]


def unopened_of(page: ClassPage) -> list[tuple[str, str]]:
    """Return the doors that had their turn and stayed shut, and whose, one by one.

    Where they are many they are one line, and nobody's.
    """
    tiles = [tile for group in page.groups for tile in group.tiles if tile.unopened]
    if len(tiles) > MOST_BY_NAME:
        return [(doors([tile.compartment for tile in tiles]), "")]
    tiles.sort(key=lambda tile: tile.compartment)
    return [(str(tile.compartment), tile.name) for tile in tiles]


@pages.post("/<class_id>/release")
def release(class_id: str) -> Response:
    """Release the class; answers once the controller has committed it."""
    mode = request.form.get("mode", "tap")
    ask(ClassPage, "release_class", class_id=class_id, mode=mode)
    return back_to(class_id)


@pages.post("/<class_id>/next")
def next_wave(class_id: str) -> Response:
    """Begin the next wave without waiting for the doors of this one."""
    ask(ClassPage, "wave_next", class_id=class_id)
    return back_to(class_id)


@pages.post("/<class_id>/stop")
def stop(class_id: str) -> Response:
    """Stop the release: no further door opens."""
    ask(ClassPage, "release_stop", class_id=class_id)
    return back_to(class_id)


@pages.post("/<class_id>/end")
def end(class_id: str) -> Response:
    """End the release: what is still behind doors stays there."""
    ask(ClassPage, "release_end", class_id=class_id)
    return back_to(class_id)


@pages.get("/<class_id>/confirm")
@only_for("class.confirm")
def exceptions(class_id: str) -> str:
    """Ask whom "class seen, all off" leaves out."""
    page = ask(ClassPage, "class_page", class_id=class_id)
    return render_template("staff/confirm.html", page=page)


@pages.post("/<class_id>/confirm")
def confirm(class_id: str) -> Response:
    """Make "said to be in" into "handed in", but for the pupils that are named."""
    left_out = request.form.getlist("except")
    ask(ClassPage, "confirm_class", class_id=class_id, except_pupils=left_out)
    flash("Confirmed: handed in.")
    return back_to(class_id)


@pages.post("/<class_id>/drop-off/<any(start, end):what>")
def drop_off(class_id: str, what: str) -> Response:
    """Begin or end drop-off by hand (DAY-11)."""
    ask(ClassPage, f"drop_off_{what}", class_id=class_id)
    return back_to(class_id)
