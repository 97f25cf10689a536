"""One pupil of a class: vouch in two touches, mark for today (DAY-7, DAY-9)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request
from werkzeug.wrappers import Response

from controller.client import RequestRefused
from controller.protocol import ClassPage, Tile
from web.asking import ask
from web.errors import NoSuchPage
from web.staff.classes import back_to

NO_MARK = 404
"""Every covered tile offers it, so that a held one looks like any other (WEB-8)."""

pages = Blueprint("pupils", __name__, url_prefix="/classes/<class_id>")


@pages.get("/pupils/<pupil>")
def sheet(class_id: str, pupil: str) -> str:
    """Show what may be done for one pupil: the second of the two touches."""
    page = ask(ClassPage, "class_page", class_id=class_id)
    return render_template(
        "staff/pupil_sheet.html", page=page, tile=tile_of(page, pupil)
    )


def tile_of(page: ClassPage, pupil: str) -> Tile:
    """Return the tile of a pupil of the class.

    Raises:
        NoSuchPage: nobody of this class has that id.
    """
    for group in page.groups:
        for tile in group.tiles:
            if tile.pupil == pupil:
                return tile
    raise NoSuchPage("This pupil is not in this class.")


@pages.post("/vouch")
def vouch(class_id: str) -> Response:
    """Open the door of a pupil for whom the teacher vouches."""
    ask(ClassPage, "vouch", pupil=_pupil())
    flash("You vouched. The door opens now.")
    return back_to(class_id)


@pages.post("/mark")
def mark(class_id: str) -> Response:
    """Mark a pupil for today: none, absent, left early, club, office."""
    args: dict[str, Any] = {"pupil": _pupil(), "mark": request.form.get("mark", "")}
    for name in ("until", "club"):
        if value := request.form.get(name, ""):
            args[name] = value
    ask(ClassPage, "mark", **args)
    flash("Marked for today.")
    return back_to(class_id)


@pages.post("/unmark")
def unmark(class_id: str) -> Response:
    """Take today's mark back."""
    try:
        ask(ClassPage, "unmark", pupil=_pupil())
    except RequestRefused as refused:
        if refused.fault.status != NO_MARK:
            raise
        flash("There was no mark to take back.")
        return back_to(class_id)
    flash("The mark is taken back.")
    return back_to(class_id)


def _pupil() -> str:
    return request.form.get("pupil", "")
