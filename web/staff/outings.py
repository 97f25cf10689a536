"""A class's trip or use in a lesson; the morning's question (DAY-7, DAY-8, REC-4)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import ClassPage, OutingPage, Reconciliation
from web.asking import ask

pages = Blueprint("outings", __name__, url_prefix="/classes/<class_id>")

WHY = {"trip": "Trip", "lesson": "Use in a lesson"}
STAGES = {
    "taking": "Devices are taken out",
    "away": "Out of the building",
    "returning": "Devices are handed in again",
    "over": "Over",
}
MOVES = {
    # the stage it leads to: what the button says, its drawing
    "taking": ("Somebody still takes one out", "open"),
    "away": ("All who need it have theirs", "tick"),
    "returning": ("We are back: hand in again", "tray"),
    "over": ("It is over", "stop"),
}
"""Stage of an outing -> the words of the button that leads there."""

EXCUSES = ("none", "absent")
"""Answers to "no device today?"; nothing else is asked."""


@pages.get("/outing")
def page(class_id: str) -> str:
    """Show the outing that is under way, or the form of a new one."""
    return render_template(
        "staff/outing.html",
        page=ask(OutingPage, "outings", class_id=class_id),
        why=WHY,
        stages=STAGES,
        moves=MOVES,
    )


def _back(class_id: str) -> Response:
    return redirect(url_for("outings.page", class_id=class_id), 303)


@pages.post("/outing")
def begin(class_id: str) -> Response:
    """Let the class, or those who are ticked, take their devices out."""
    form = request.form
    some = form.getlist("pupil") if "some" in form else []
    ask(
        OutingPage,
        "outing_begin",
        class_id=class_id,
        why=form.get("why", ""),
        pupils=some,
    )
    flash("Each child’s own tap opens its door now.")
    return _back(class_id)


@pages.post("/outings/<outing>/<stage>")
def move(class_id: str, outing: str, stage: str) -> Response:
    """Take an outing to its next stage."""
    ask(OutingPage, "outing_move", id=outing, stage=stage)
    return _back(class_id)


# ------------------------------------------------------------------------- the morning


@pages.get("/morning")
def morning(class_id: str) -> str:
    """Ask "no device today?" about whoever usually hands in and has not."""
    found = ask(Reconciliation, "reconciliation", class_id=class_id)
    return render_template("staff/morning.html", page=found)


@pages.post("/morning")
def answer(class_id: str) -> Response:
    """Mark one pupil, and go on with the next."""
    word = request.form.get("word", "")
    mark = word if word in EXCUSES else ""
    ask(ClassPage, "mark", pupil=request.form.get("pupil", ""), mark=mark)
    flash("Noted for today.")
    return redirect(url_for("outings.morning", class_id=class_id), 303)
