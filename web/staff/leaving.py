"""One pupil's device: leaving early, a sibling, a mix-up (DAY-7, DAY-16)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import Companions, Leaving
from web.asking import ask
from web.staff.classes import back_to

pages = Blueprint("leaving", __name__, url_prefix="/pupils/<pupil>")


@pages.get("/leave")
def page(pupil: str) -> str:
    """Ask with whom the pupil leaves."""
    found = ask(Leaving, "leaving", pupil=pupil)
    return render_template("staff/leaving.html", page=found)


@pages.post("/leave")
def leave(pupil: str) -> Response:
    """Let the pupil go: an adult of the list, somebody else, or alone."""
    whom, _, contact = request.form.get("whom", "").partition(":")
    found = ask(
        Leaving,
        "leave_early",
        pupil=pupil,
        whom=whom,
        contact=contact,
        who=" ".join(request.form.get("who", "").split()) if whom == "other" else "",
    )
    door = f" Door {found.door} opens now." if found.door else ""
    flash(f"Noted: leaves early.{door}")
    return redirect(url_for("leaving.page", pupil=pupil), 303)


@pages.get("/sibling")
def siblings(pupil: str) -> str:
    """Ask who carries the device home."""
    found = ask(Companions, "companions", pupil=pupil)
    return render_template("staff/sibling.html", page=found)


@pages.post("/sibling")
def give(pupil: str) -> Response:
    """Open the door for the sibling who was chosen."""
    sibling = request.form.get("sibling", "")
    found = ask(Companions, "hand_to_sibling", pupil=pupil, sibling=sibling)
    flash("The door opens now. The record says who carries it home.")
    return back_to(found.class_id)


@pages.get("/mix-up")
def mix_up(pupil: str) -> str:
    """Ask whose device was behind this pupil's door."""
    found = ask(Companions, "companions", pupil=pupil)
    return render_template("staff/mix_up.html", page=found)


@pages.post("/mix-up")
def swap(pupil: str) -> Response:
    """Put the mix-up right."""
    other = request.form.get("other", "")
    found = ask(Companions, "swap_devices", pupil=pupil, other=other)
    flash("Put right. Each child’s tap opens the door with the right device.")
    return back_to(found.class_id)
