"""Pupils: the list, one pupil, a pupil who is not on the roll yet (ACC-9)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import ClassLine, PupilLine
from web.asking import ask, only_for

pages = Blueprint("people", __name__, url_prefix="/people")


@pages.get("")
def index() -> str:
    """List the pupils, by class, as far as this person may see them."""
    query, class_id = request.args.get("q", ""), request.args.get("class", "")
    return render_template(
        "staff/people.html",
        pupils=ask(list[PupilLine], "people", query=query, class_id=class_id),
        classes=ask(list[ClassLine], "classes"),
        query=query,
        class_id=class_id,
    )


@pages.get("/add")
@only_for("people.change")
def add_form() -> str:
    """Ask for the few things that a pupil who is not on the roll needs."""
    return render_template(
        "staff/pupil_add.html", classes=ask(list[ClassLine], "classes")
    )


@pages.post("/add")
def add() -> Response:
    """Add a provisional pupil; the next import merges it."""
    form = request.form
    line = ask(
        PupilLine,
        "pupil_add",
        first_name=form.get("first_name", ""),
        last_name=form.get("last_name", ""),
        class_id=form.get("class_id", ""),
        language=form.get("language", "en"),
        compartment=_number(form.get("compartment", "")),
    )
    flash("Added. Now give a card with one tap.")
    return redirect(url_for("people.one", pupil=line.id), 303)


@pages.get("/<pupil>")
def one(pupil: str) -> str:
    """Show one pupil: card, door, table, language, kinds of device."""
    return render_template("staff/pupil.html", pupil=ask(PupilLine, "pupil", id=pupil))


@pages.post("/<pupil>")
def change(pupil: str) -> Response:
    """Change what the roll leaves to the school."""
    form = request.form
    ask(
        PupilLine,
        "pupil_change",
        id=pupil,
        compartment=_number(form.get("compartment", "")),
        group=form.get("group", "").strip(),
        language=form.get("language", "en"),
        kinds=form.getlist("kinds"),
    )
    flash("Saved.")
    return redirect(url_for("people.one", pupil=pupil), 303)


def _number(text: str) -> int:
    """Return the door's number; 0, the first free one, for an empty field.

    What is not a number becomes -1: the controller refuses it in its own words.
    """
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 5 else -1 if text else 0  # noqa: PLR2004  four digits of doors
