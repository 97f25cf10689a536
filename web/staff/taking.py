"""Take a device away: four touches from the class page, and what is asked then."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import ClassPage, HoldLine, Terms, TermStep
from web.asking import ask, ask_once
from web.staff import steps
from web.staff.pupils import tile_of

pages = Blueprint("taking", __name__, url_prefix="/classes/<class_id>/pupils/<pupil>")

ANOTHER = "other"
"""Chosen in place of a clause: the reason is written."""

WORDS = ("reason", "circumstances", "remarks")
CODES = ("kind", "where", "step", "seal", "condition")

NTH = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth")


@pages.get("/take")
def page(class_id: str, pupil: str) -> str:
    """Show the reasons, the step that the school's ladder proposes, and the button."""
    found = ask(Terms, "hold_terms", pupil=pupil)
    return render_template(
        "staff/take.html",
        terms=found,
        class_id=class_id,
        nth=nth(found.occurrence),
        proposed=proposed(found, longer=True),
        within=proposed(found, longer=False),
    )


def nth(occurrence: int) -> str:
    """Return which time it is, in words.

    >>> nth(2), nth(11)
    ('Second', 'Number 11')
    """
    return NTH[occurrence - 1] if occurrence <= len(NTH) else f"Number {occurrence}"


def proposed(terms: Terms, *, longer: bool) -> TermStep:
    """Return the step that the ladder leads to, with or without a longer clause."""
    fitting = [step for step in terms.steps if longer or not step.longer]
    return next((s for s in fitting if s.step == terms.step), fitting[-1])


@pages.post("/take")
def take(class_id: str, pupil: str) -> Response:
    """Hold the device; then ask how the child gets home (CUS-13)."""
    form = request.form
    clause = form.get("clause", "")
    args: dict[str, Any] = {
        "clause": "" if clause == ANOTHER else clause,
        "taken": form.get("place", "inside") != "inside",
        "place": "safe" if form.get("place") == "safe" else "carried",
        "individual": "individual" in form,
    }
    args |= {name: form[name].strip() for name in (*CODES, *WORDS) if form.get(name)}
    line = ask_once(HoldLine, "hold_confiscate", pupil=pupil, **args)
    flash(f"Held: {line.place}." if line.place else "Held.")
    return redirect(_home(class_id, pupil, line), 303)


def _home(class_id: str, pupil: str, line: HoldLine) -> str:
    return url_for("taking.home", class_id=class_id, pupil=pupil, hold=line.id)


@pages.get("/home/<hold>")
def home(class_id: str, pupil: str, hold: str) -> str:
    """Ask how the child gets home and whether home knows, once (CUS-13)."""
    shown = ask(ClassPage, "class_page", class_id=class_id)
    return render_template(
        "staff/take_home.html",
        page=shown,
        tile=tile_of(shown, pupil),
        hold=hold,
        steps=steps,
    )


@pages.post("/home/<hold>")
def travel(class_id: str, pupil: str, hold: str) -> Response:
    """Note how the child gets home."""
    del pupil
    form = request.form
    knows = form.get("home_knows", "") == "yes"
    travels = form.get("travels", "")
    ask(HoldLine, "hold_travel", id=hold, travels=travels, home_knows=knows)
    flash("Noted. The office sees it.")
    return redirect(url_for("classes.page", class_id=class_id), 303)
