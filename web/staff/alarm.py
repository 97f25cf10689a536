"""Evacuate and resume (DAY-15)."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from web.asking import tell

pages = Blueprint("alarm", __name__)


def _back() -> str:
    """Return where the person came from: a class, or the list of classes."""
    class_id = request.values.get("class", "")
    if class_id:
        return url_for("classes.page", class_id=class_id)
    return url_for("classes.index")


@pages.post("/evacuate")
def evacuate() -> Response:
    """Coils off, waves stopped, taps open nothing, the kiosk says "Leave it. Go."."""
    tell("evacuate")
    return redirect(_back(), 303)


@pages.post("/resume")
def resume() -> Response:
    """End the evacuation; wants the PIN or password of the person who does it."""
    tell("resume", secret=request.form.get("secret", ""))
    return redirect(_back(), 303)
