"""Safeguarding: concerns, holds, the hand-over to an officer (CUS-6, CUS-7, CUS-12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import (
    ConcernLine,
    CustodyDesk,
    HandOverView,
    HoldLine,
    Receipt,
)
from web import looks
from web.asking import ask, feed, me, only_for
from web.staff import steps

pages = Blueprint("safeguarding", __name__, url_prefix="/safeguarding")

SEALED = ("safeguarding", "police")

AGENCIES: Mapping[str, str] = {
    "lado": "LADO",
    "social-care": "Children’s social care",
    "police": "Police",
    "chair-of-governors": "Chair of governors",
    "parents": "Parents",
}
"""``controller.domain.custody_facts.AGENCIES`` in words."""

ABOUT: Mapping[str, str] = {"pupil": "a pupil", "staff": "a member of staff"}

TOLD_HOW = {**steps.TOLD_HOW, "not-yet-safe": "Not yet: it would not be safe"}
"""Whether home is told is decided here, for a sealed hold (CUS-10)."""

OFFICER = ("name", "force", "number", "reference", "remarks")
"""What is written of an officer (CUS-7)."""


@pages.get("")
def page() -> str:
    """Show what is unread first, then what is open, what is held, what is over."""
    concerns = ask(list[ConcernLine], "concerns")
    desk = ask(CustodyDesk, "custody")
    return render_template(
        "staff/safeguarding.html",
        unread=[c for c in concerns if c.due],
        going_on=[c for c in concerns if not c.due and not c.closed],
        closed=[c for c in concerns if c.closed],
        holds=[hold for hold in desk.held if hold.basis in SEALED],
        others=[hold for hold in desk.held if "police" in hold.can],
        givings=[g for g in desk.handovers if any(h.basis in SEALED for h in g.holds)],
        agencies=AGENCIES,
        about=ABOUT,
        told_how=TOLD_HOW,
        today=_today(),
        steps=steps,
    )


def _today() -> str:
    """Return the school's date, as a field of a form wants it."""
    local = looks.local(feed().now_us())
    return (local.date() if local else date.min).isoformat()


@pages.get("/unread")
@only_for("custody.reasons")
def unread() -> str:
    """Return how many concerns wait, for the bar; it follows by itself."""
    return render_template("staff/safeguarding_unread.html", person=me())


@pages.post("/concerns/<concern>/read")
def read(concern: str) -> Response:
    """Say that it has been read."""
    ask(list[ConcernLine], "concern_seen", id=concern)
    return _back(concern)


@pages.post("/concerns/<concern>/agency")
def agency(concern: str) -> Response:
    """Say that somebody outside was told, on a date."""
    form = request.form
    args = {"agency": form.get("agency", ""), "date": form.get("date", "")}
    ask(list[ConcernLine], "concern_agency", id=concern, **args)
    flash("Noted, with its date.")
    return _back(concern)


@pages.post("/concerns/<concern>/close")
def close(concern: str) -> Response:
    """Close a concern; what is held because of it stays held."""
    remarks = request.form.get("remarks", "").strip()
    ask(list[ConcernLine], "concern_close", id=concern, remarks=remarks)
    flash("Closed. What is held stays held.")
    return _back()


@pages.post("/holds/<hold>/police")
def police(hold: str) -> Response:
    """Make it a police hold: it goes to an officer and to nobody else."""
    words = request.form.get("reason", "").strip()
    ask(HoldLine, "hold_reclassify", id=hold, basis="police", reason=words)
    flash("It is a police hold now. It goes to an officer and to nobody else.")
    return _back()


@pages.post("/holds/<hold>/told")
def told(hold: str) -> Response:
    """Say whether home was told, or why not yet."""
    ask(HoldLine, "hold_told", id=hold, how=request.form.get("how", ""))
    flash("Noted, with its date.")
    return _back()


@pages.post("/holds/<hold>/take")
def take(hold: str) -> Response:
    """Say where a device that was carried is now: in one's own hand, in the safe."""
    form = request.form
    args = {"place": form.get("place", ""), "seal": form.get("seal", "").strip()}
    line = ask(HoldLine, "hold_move", id=hold, **args)
    flash(f"Noted: {line.place}.")
    return _back()


@pages.post("/holds/<hold>/officer")
def officer(hold: str) -> Response:
    """Prepare the hand-over to an officer; both cards at the bank are next."""
    form = request.form
    words: dict[str, Any] = {name: form.get(name, "").strip() for name in OFFICER}
    identity = "warrant-card" if "warrant" in form else "other"
    args = {"holds": [hold], "to": "officer", "identity": identity}
    view = ask(HandOverView, "handover_prepare", **args, **words)
    return redirect(url_for("handovers.page", handover=view.id), 303)


@pages.get("/hand-overs/<handover>/chain")
@only_for("custody.reasons")
def chain(handover: str) -> str:
    """Show the chain of custody to print: every move, with its place in the journal."""
    receipt = ask(Receipt, "handover_receipt", id=handover)
    return render_template("staff/chain.html", receipt=receipt)


def _back(concern: str = "") -> Response:
    anchor = f"concern-{concern}" if concern else None
    return redirect(url_for("safeguarding.page", _anchor=anchor), 303)
