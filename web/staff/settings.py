"""The rules of the school, each with its version, who set it and when (REP-5)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.client import RequestRefused
from controller.protocol import CalendarView, Settings, SettingView
from web.asking import ask, feed, may, tell
from web.errors import wants_json
from web.staff.clubs import all_clubs

BAD_VALUE = {409, 422}
"""Statuses of a refusal that is about the value itself."""

pages = Blueprint("settings", __name__, url_prefix="/settings")


@pages.get("")
def page() -> str:
    """Show every rule, the calendar in short, the clubs and the kiosks."""
    return _page()


def _page(wrong: tuple[str, str] = ("", "")) -> str:
    """Render the page; ``wrong`` is the key of a rule, or ``early``, and its fault."""
    board = feed().board
    return render_template(
        "staff/settings.html",
        settings=ask(Settings, "settings"),
        clubs=all_clubs() if may("class.see") else [],
        leaders=tell("club_leaders") if may("calendar.change") else [],
        bank=board.bank if board else "",
        wrong=dict([wrong]),
    )


@pages.post("/rules/<key>")
def rule(key: str) -> Response | tuple[str, int]:
    """Set one rule; it holds from the next tap on. A bad value is told at its field."""
    value = request.form.get("value", "").strip()
    try:
        ask(SettingView, "setting_set", key=key, value=value)
    except RequestRefused as refused:
        return _told_at(key, refused)
    flash("The rule is set. It holds from now on.")
    return redirect(url_for("settings.page", _anchor=f"rule-{key}"), 303)


def _told_at(field: str, refused: RequestRefused) -> tuple[str, int]:
    """Return the page with the fault at its field; one of another sort goes on."""
    fault = refused.fault
    if fault.status not in BAD_VALUE or wants_json():
        raise refused
    return _page((field, f"{fault.message} {fault.remedy}")), fault.status


@pages.post("/early")
def early() -> Response | tuple[str, int]:
    """Close the whole school early today (DAY-10). A bad time is told at its field."""
    home_time = request.form.get("home_time", "")
    try:
        ask(CalendarView, "early_closure", home_time=home_time)
    except RequestRefused as refused:
        return _told_at("early", refused)
    flash("Today ends early. The lockers know.")
    return redirect(url_for("settings.page", _anchor="today"), 303)
