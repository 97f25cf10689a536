"""The calendar's pages: dates, times of the week, import from iCalendar (DAY-10)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.client import RequestRefused
from controller.protocol import CalendarPreview, CalendarView, Fault, Settings
from web.asking import ask, only_for
from web.errors import wants_json
from web.staff.calendar_faults import in_words
from web.staff.calendar_form import (
    week_rows,
    with_class_week,
    with_dates,
    with_school_week,
)
from web.staff.uploads import upload

pages = Blueprint("calendar", __name__, url_prefix="/settings/calendar")

BAD_INPUT = 422


@pages.get("")
@only_for("calendar.change")
def dates() -> str:
    """Show terms, closures and half days, to be changed."""
    return _dates(ask(Settings, "settings").calendar.plain)


@pages.post("")
def set_dates() -> Response | tuple[str, int]:
    """Set terms, closures and half days; on a fault the form comes back as typed."""
    plain = with_dates(ask(Settings, "settings").calendar.plain, request.form)
    fault = _set(plain)
    if fault is None:
        return _saved(url_for("calendar.dates"))
    return _dates(plain, fault), fault.status


def _dates(plain: dict[str, Any], fault: Fault | None = None) -> str:
    return render_template("staff/calendar.html", plain=plain, fault=fault)


@pages.get("/times")
@only_for("calendar.change")
def times() -> str:
    """Show the times of the week, of the school or of one class."""
    class_id = request.args.get("class_id", "")
    settings = ask(Settings, "settings")
    return _times(settings.calendar.plain, class_id, settings)


@pages.post("/times")
def set_times() -> Response | tuple[str, int]:
    """Set the times of the week, of the school or of one class."""
    class_id = request.form.get("class_id", "")
    settings = ask(Settings, "settings")
    plain = settings.calendar.plain
    if class_id:
        plain = with_class_week(plain, request.form, class_id)
    else:
        plain = with_school_week(plain, request.form)
    fault = _set(plain)
    if fault is None:
        return _saved(url_for("calendar.times", class_id=class_id or None))
    return _times(plain, class_id, settings, fault), fault.status


def _times(
    plain: dict[str, Any], class_id: str, settings: Settings, fault: Fault | None = None
) -> str:
    return render_template(
        "staff/calendar_times.html",
        rows=week_rows(plain, class_id),
        classes=settings.classes,
        own=list(plain.get("classes", {})),
        class_id=class_id,
        fault=fault,
    )


def _saved(address: str) -> Response:
    flash("The calendar is set. It holds from now on.")
    return redirect(address, 303)


def _set(plain: dict[str, Any]) -> Fault | None:
    """Ask for the calendar to be set; return the fault where the form may be mended."""
    try:
        ask(CalendarView, "calendar_set", plain=plain)
    except RequestRefused as refused:
        if refused.fault.status != BAD_INPUT or wants_json():
            raise
        refused.fault.details = [in_words(one) for one in refused.fault.details]
        return refused.fault
    return None


@pages.get("/import")
@only_for("calendar.change")
def import_form() -> str:
    """Ask for an iCalendar file."""
    return render_template("staff/calendar_import.html", preview=None)


@pages.post("/import")
@only_for("calendar.change")
def import_preview() -> str:
    """Show what was understood of the file; nothing is changed yet."""
    name, data = upload("calendar")
    preview = ask(CalendarPreview, "calendar_import", filename=name, data=data)
    return render_template("staff/calendar_import.html", preview=preview)


@pages.post("/import/apply")
def import_apply() -> Response:
    """Apply the preview."""
    ask(CalendarView, "calendar_apply", ticket=request.form.get("ticket", ""))
    return _saved(url_for("calendar.dates"))
