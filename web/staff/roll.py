"""The roll: a file, a preview, then all of it or nothing (DAT-1)."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from controller.protocol import RollApplied, RollPreview
from web.asking import ask, only_for
from web.staff.uploads import upload

pages = Blueprint("roll", __name__, url_prefix="/people/import")


@pages.get("")
@only_for("roll.import")
def form() -> str:
    """Ask for the file."""
    return render_template("staff/roll.html")


@pages.post("")
@only_for("roll.import")
def preview() -> str:
    """Show what the file would change; nothing is changed yet."""
    name, data = upload("roll")
    seen = ask(RollPreview, "roll_preview", filename=name, data=data)
    return render_template("staff/roll_preview.html", preview=seen)


@pages.post("/apply")
def apply() -> str:
    """Apply a preview: all or nothing; bad rows are left out by choice only."""
    form = request.form
    lines = [int(line) for line in form.getlist("line") if line.isdecimal()]
    done = ask(
        RollApplied,
        "roll_apply",
        ticket=form.get("ticket", ""),
        leave_out=lines if form.get("leave_out") == "yes" else [],
        accept_leavers=form.get("accept_leavers") == "yes",
    )
    return render_template("staff/roll_done.html", counts=done)
