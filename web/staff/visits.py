"""A child's visit at the desk: what is held, who may have it, where it is (CUS-4)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.client import RequestRefused
from controller.protocol import Found, HandOverView, HoldLine, Visit
from web.asking import ask, ask_once, may
from web.staff import steps

pages = Blueprint("visits", __name__, url_prefix="/desk")

WORDS = ("name", "relationship", "force", "number", "reference", "reason", "remarks")
"""Free fields of the form; what is empty is not sent."""

FOUND_WITH = ("kind", "where", "seal", "reason")
"""What may be said of a device that was found."""

TOO_LATE = (
    "Somebody else was quicker. Nothing was changed by you; below is what is so now."
)


@pages.get("/pupils/<pupil>")
def page(pupil: str) -> str:
    """Show what is held of a child, and the form of the hand-over."""
    visit = ask(Visit, "custody_visit", pupil=pupil)
    own = steps.ready(visit.child.holds)
    family = [hold for child in visit.siblings for hold in steps.ready(child.holds)]
    return render_template(
        "staff/visit.html", visit=visit, own=own, family=family, steps=steps
    )


@pages.post("/pupils/<pupil>/hand-over")
def hand_over(pupil: str) -> Response:
    """Say who is to have what; doors in sight of the desk open."""
    form = request.form
    to, _, contact = form.get("to", "").partition(":")
    words = {name: form.get(name, "").strip() for name in WORDS}
    args: dict[str, Any] = {
        "holds": form.getlist("holds"),
        "to": to,
        "contact": contact,
        "identity": form.get("identity", ""),
        "override": "override" in form,
    }
    try:
        view = ask(HandOverView, "handover_prepare", **args, **words)
    except RequestRefused as refused:
        if not steps.is_too_late(refused.fault):
            raise
        flash(TOO_LATE, "grave")
        return redirect(url_for("visits.page", pupil=pupil), 303)
    return redirect(url_for("handovers.page", handover=view.id), 303)


# ------------------------------------------------------------------ one held device


@pages.post("/holds/<hold>/move")
def move(hold: str) -> Response:
    """Put a device into the safe, behind a door at the desk, or into one's hand."""
    form = request.form
    place, seal = form.get("place", ""), form.get("seal", "").strip()
    line = ask(HoldLine, "hold_move", id=hold, place=place, seal=seal)
    if not line.opening:
        flash(f"Noted: {line.place}.")
    return _back(line)


@pages.post("/holds/<hold>/told")
def told(hold: str) -> Response:
    """Say that home was told, and how."""
    line = ask(HoldLine, "hold_told", id=hold, how=request.form.get("how", ""))
    flash("Noted: home has been told.")
    return _back(line)


@pages.post("/holds/<hold>/travel")
def travel(hold: str) -> Response:
    """Say how the child gets home, and whether home knows."""
    form = request.form
    knows = form.get("home_knows", "") == "yes"
    args = {"travels": form.get("travels", ""), "home_knows": knows}
    line = ask(HoldLine, "hold_travel", id=hold, **args)
    flash("Noted how the child gets home.")
    return _back(line)


@pages.post("/holds/<hold>/fetch")
def fetch(hold: str) -> Response:
    """Ask for a device to be brought here, or not any more."""
    drop = request.form.get("drop", "") == "yes"
    line = ask(HoldLine, "hold_fetch", id=hold, drop=drop)
    flash("It need not be fetched." if drop else "Asked. It is on the list to fetch.")
    return _back(line)


@pages.post("/found")
def take_in() -> Response:
    """Hold a device that was found; then ask whose it is (CUS-1)."""
    form = request.form
    place = "safe" if form.get("place") == "safe" else "carried"
    args = {name: form[name].strip() for name in FOUND_WITH if form.get(name)}
    given = {"pupil": "", "basis": "found", "taken": True, "place": place}
    line = ask_once(HoldLine, "hold_confiscate", **given, **args)
    if may("custody.see"):
        flash(f"Held: {line.place}.")
        return redirect(url_for("visits.found", hold=line.id), 303)
    flash(f"Held: {line.place}. The office looks for its owner; please tell them.")
    return redirect(url_for("classes.index"), 303)


@pages.get("/found/<hold>")
def found(hold: str) -> str:
    """Ask whose a found device is."""
    query = request.args.get("q", "").strip()[: steps.MOST_QUERY]
    pupils = ask(list[Found], "custody_find", q=query) if query else []
    line = ask(HoldLine, "hold", id=hold)
    return render_template("staff/found.html", hold=line, found=pupils, query=query)


@pages.post("/holds/<hold>/owner")
def owner(hold: str) -> Response:
    """Say whose a found device is."""
    pupil = request.form.get("pupil", "")
    line = ask(HoldLine, "hold_owner", id=hold, pupil=pupil)
    flash("Noted whose it is.")
    return _back(line)


def _back(line: HoldLine) -> Response:
    """Return to the list where the form says so, else to the child."""
    if request.form.get("back", "") == "desk" or not line.person:
        return redirect(url_for("desk.page"), 303)
    return redirect(url_for("visits.page", pupil=line.person), 303)
