"""Evacuate and resume (DAY-15)."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from controller.client import RequestRefused
from web.asking import tell
from web.staff.classes import asked_again

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
def resume() -> Response | tuple[str, int]:
    """End the evacuation; wants the PIN or password of the person who does it."""
    class_id = request.form.get("class", "")
    try:
        tell("resume", secret=request.form.get("secret", ""))
    except RequestRefused as refused:
        if class_id:
            return asked_again(class_id, refused)
        raise
    return redirect(_back(), 303)
