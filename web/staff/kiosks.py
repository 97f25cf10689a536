"""Kiosks that are paired with the bank; pairing itself is on the kiosk's own page."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from web.asking import tell

pages = Blueprint("kiosks", __name__, url_prefix="/settings/kiosks")


@pages.post("/<kiosk>/unpair")
def unpair(kiosk: str) -> Response:
    """End a pairing: that screen shows nothing from now on."""
    tell("kiosk_unpair", id=kiosk)
    return redirect(url_for("settings.page", _anchor="kiosks"), 303)
