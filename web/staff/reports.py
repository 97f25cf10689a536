"""The proof of a day, compartment by compartment (DAY-6)."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from controller.protocol import DayReport
from web.asking import ask

pages = Blueprint("reports", __name__)


@pages.get("/reports")
def page() -> str:
    """Show one day's proof; the newest day unless another is chosen."""
    report = ask(DayReport, "day_report", day=request.args.get("day", ""))
    return render_template("staff/reports.html", report=report)
