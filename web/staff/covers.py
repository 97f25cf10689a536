"""Cover teachers: a day card and a PIN in three touches (DAY-12)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import CoverIssued, Covers
from web.asking import ask

pages = Blueprint("covers", __name__, url_prefix="/covers")


@pages.get("")
def page() -> str:
    """List the covers that run, and offer a new one."""
    return render_template("staff/covers.html", page=ask(Covers, "covers"), issued=None)


@pages.post("")
def give() -> str:
    """Give a cover; its PIN and password are shown this once."""
    form = request.form
    issued = ask(
        CoverIssued,
        "cover_give",
        classes=form.getlist("classes"),
        name=" ".join(form.get("name", "").split()),
        day=form.get("day", ""),
        time=form.get("time", ""),
    )
    covers = ask(Covers, "covers")
    return render_template("staff/covers.html", page=covers, issued=issued)


@pages.post("/<staff>/card")
def card(staff: str) -> Response:
    """Let the reader wait for this cover's day card."""
    ask(Covers, "cover_card", id=staff)
    return redirect(url_for("covers.page"), 303)


@pages.post("/<staff>/end")
def end(staff: str) -> Response:
    """End a cover before its time."""
    ask(Covers, "cover_end", id=staff)
    flash("Ended. The day card and the PIN are dead.")
    return redirect(url_for("covers.page"), 303)
