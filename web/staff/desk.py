"""The office's list: what stayed behind, what is not explained yet (DAY-6)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import Desk
from web.asking import ask

pages = Blueprint("desk", __name__, url_prefix="/desk")


@pages.get("")
def page() -> str:
    """Show the list."""
    return render_template("staff/desk.html", desk=ask(Desk, "desk"))


@pages.post("/<question>/close")
def close(question: str) -> Response:
    """Close a question: how it ended, and a note where one helps."""
    form = request.form
    ask(
        Desk,
        "question_close",
        id=question,
        how=form.get("how", ""),
        note=form.get("note", "").strip(),
    )
    flash("Closed. The record keeps both.")
    return redirect(url_for("desk.page"), 303)
