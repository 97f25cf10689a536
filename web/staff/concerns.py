"""Concern: one button for any member of staff; told is whom it is for (CUS-6)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import ConcernForm, Raised
from web.asking import ask, ask_once, only_for
from web.errors import BadInput

pages = Blueprint("concerns", __name__, url_prefix="/concern")

ABOUT = ("pupil", "staff", "head")
MOST_QUERY = 80
"""Characters that the controller takes as a name."""


@pages.get("")
def form() -> str:
    """Show the words that come first, and ask whom it is about."""
    pupil = request.args.get("pupil", "")
    query = request.args.get("q", "").strip()[:MOST_QUERY]
    who = ask(ConcernForm, "concern_form", pupil=pupil, q=query)
    return render_template(
        "staff/concern.html",
        who=who,
        pupil=who.pupils[0] if pupil and who.pupils else None,
        found=[] if pupil else who.pupils,
        query=query,
        class_id=request.args.get("class", ""),
    )


@pages.post("")
def tell() -> str | Response:
    """Pass it on; one about the head is shown once, to be printed and given away."""
    form = request.form
    about = form.get("about", "pupil")
    args: dict[str, Any] = {
        "about": about,
        "person": form.get("colleague" if about == "staff" else "pupil", ""),
        "taken": "taken" in form,
        "reason": form.get("reason", "").strip(),
    }
    if about == "pupil" and not args["person"]:
        args["compartment"] = _door(form.get("door", "").strip())
    if about == "head":
        args |= {"person": "", "taken": False}
    raised = ask_once(Raised, "concern_raise", **args)
    if raised.about == "head":
        return _for_the_chair(raised, args["reason"])
    where = "carried" if raised.carried else "held" if raised.held else ""
    return redirect(url_for("concerns.told", about=raised.about, device=where), 303)


def _door(text: str) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) <= 3):  # noqa: PLR2004  a door's number
        raise BadInput("door: something else, wanted its number")
    return int(text or 0)


def _for_the_chair(raised: Raised, reason: str) -> str:
    """Show the paper for the chair of governors; nobody can read it here again."""
    who = ask(ConcernForm, "concern_form")
    names = dict(who.staff)
    return render_template(
        "staff/concern_chair.html",
        raised=raised,
        reason=reason,
        colleague=names.get(request.form.get("colleague", ""), ""),
        by_mail=who.by_mail,
    )


@pages.get("/told")
@only_for("custody.concern")
def told() -> str:
    """Say that it was passed on, and no more."""
    about = request.args.get("about", "")
    return render_template(
        "staff/concern_told.html",
        about=about if about in ABOUT[:2] else "pupil",
        device=request.args.get("device", ""),
    )
