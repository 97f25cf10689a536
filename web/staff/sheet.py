"""The paper sheet: to print, to send, to type back in; the key's envelope (DAY-13)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import Sheet
from web.asking import ask

pages = Blueprint("sheet", __name__, url_prefix="/sheet")

STATES = {
    "in": "In",
    "out": "Out",
    "held": "Do not open",
    "own": "Do not open",
    "empty": "",
    "broken": "Out of order",
}
"""What the sheet calls a door; why it must not be opened is nobody's at the door."""

WAYS = {"folder": "Folder", "printer": "Printer", "mail": "E-mail"}


@pages.get("")
def page() -> str:
    """Show the sheet of this moment, as it is printed."""
    return render_template(
        "staff/sheet.html", sheet=ask(Sheet, "sheet"), states=STATES, ways=WAYS
    )


@pages.post("/now")
def now() -> Response:
    """Send it every way that is configured."""
    ask(Sheet, "sheet_now")
    flash("On its way.")
    return redirect(url_for("sheet.page"), 303)


@pages.get("/envelope")
def envelope() -> str:
    """Show the front of the envelope for the mechanical key, as it is printed."""
    return render_template("staff/envelope.html", sheet=ask(Sheet, "sheet"))


@pages.get("/enter")
def form() -> str:
    """Show the doors, to type the paper back in."""
    return render_template(
        "staff/sheet_enter.html", sheet=ask(Sheet, "sheet"), states=STATES
    )


@pages.post("/enter")
def enter() -> Response:
    """Type it back in: a time beside a door says what was written there."""
    lines = [
        f"{pupil},{what},{at},0"
        for what in ("in", "out")
        for pupil in request.form.getlist("pupil")
        if (at := request.form.get(f"{what}-{pupil}", ""))
    ]
    ask(Sheet, "sheet_enter", day=request.form.get("day", ""), lines=lines)
    flash("Typed in. The record says that it is from paper.")
    return redirect(url_for("sheet.page"), 303)
