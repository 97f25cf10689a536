"""The health page: what works, what to look at, and a door's own page (HW-6, CUS-9)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import Health
from web.asking import ask
from web.errors import NoSuchPage

pages = Blueprint("health", __name__, url_prefix="/health")


@pages.get("")
def page() -> str:
    """Show every part and every door, without personal data."""
    return render_template("staff/health.html", health=ask(Health, "health"))


@pages.get("/doors/<int:n>")
def door(n: int) -> str:
    """Show one door and what may be done with it."""
    health = ask(Health, "health")
    for one in health.doors:
        if one.n == n:
            return render_template("staff/door.html", door=one)
    raise NoSuchPage("There is no such door.")


@pages.post("/doors/<int:n>/clear")
def clear(n: int) -> Response:
    """Clear a fault that has been seen to."""
    ask(Health, "fault_clear", n=n)
    flash("The fault is cleared.")
    return _back(n)


@pages.post("/doors/<int:n>/use")
def use(n: int) -> Response:
    """Take a door out of use, or put it back."""
    ask(Health, "out_of_use", n=n, on=request.form.get("out") == "yes")
    return _back(n)


@pages.post("/doors/<int:n>/open")
def open_for_check(n: int) -> Response:
    """Open a door as staff: for a reason that is recorded, custody unchanged."""
    ask(Health, "door_open", n=n, reason=request.form.get("reason", ""))
    flash("The door opens now. Shut it again.")
    return _back(n)


@pages.post("/doors/<int:n>/key")
def key(n: int) -> Response:
    """Record that the mechanical key opened the door (HW-10)."""
    ask(Health, "opened_by_key", n=n)
    flash("Recorded: opened by key.")
    return _back(n)


def _back(n: int) -> Response:
    return redirect(url_for("health.door", n=n), 303)
