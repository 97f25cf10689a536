"""The rules of the school, each with its version, who set it and when (REP-5)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import CalendarView, Settings, SettingView
from web.asking import ask, feed, may, tell
from web.staff.clubs import all_clubs

pages = Blueprint("settings", __name__, url_prefix="/settings")


@pages.get("")
def page() -> str:
    """Show every rule, the calendar in short, the clubs and the kiosks."""
    board = feed().board
    return render_template(
        "staff/settings.html",
        settings=ask(Settings, "settings"),
        clubs=all_clubs() if may("class.see") else [],
        leaders=tell("club_leaders") if may("calendar.change") else [],
        bank=board.bank if board else "",
    )


@pages.post("/rules/<key>")
def rule(key: str) -> Response:
    """Set one rule; it holds from the next tap on."""
    value = request.form.get("value", "").strip()
    ask(SettingView, "setting_set", key=key, value=value)
    flash("The rule is set. It holds from now on.")
    return redirect(url_for("settings.page", _anchor=f"rule-{key}"), 303)


@pages.post("/early")
def early() -> Response:
    """Close the whole school early today (DAY-10)."""
    ask(CalendarView, "early_closure", home_time=request.form.get("home_time", ""))
    flash("Today ends early. The lockers know.")
    return redirect(url_for("settings.page", _anchor="today"), 303)
