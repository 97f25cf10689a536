"""Adults of all lists from a file: a preview, then all of it or nothing (CUS-4)."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from controller.protocol import AdultsApplied, AdultsPreview
from web.asking import ask, only_for
from web.staff.uploads import upload

pages = Blueprint("adult_lists", __name__, url_prefix="/people/adults")


@pages.get("")
@only_for("contacts.change")
def form() -> str:
    """Ask for the file."""
    return render_template("staff/adult_lists.html")


@pages.post("")
@only_for("contacts.change")
def preview() -> str:
    """Show what the file would change; nothing is changed yet."""
    name, data = upload("adults")
    seen = ask(AdultsPreview, "adults_preview", filename=name, data=data)
    return render_template("staff/adult_lists_preview.html", preview=seen)


@pages.post("/apply")
def apply() -> str:
    """Apply a preview; lines are left out, and adults taken off, by choice only."""
    done = ask(
        AdultsApplied,
        "adults_apply",
        ticket=request.form.get("ticket", ""),
        leave_out=request.form.get("leave_out") == "yes",
        take_off=request.form.get("take_off") == "yes",
    )
    return render_template("staff/adult_lists_done.html", counts=done)
