"""A hand-over under way: the door, the signature on a page of its own, the receipt."""

from __future__ import annotations

import msgspec
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.client import RequestRefused
from controller.protocol import HandOverView, Receipt, Visit
from web.asking import ask, feed, only_for, tell
from web.errors import BadInput
from web.staff import steps

pages = Blueprint("handovers", __name__, url_prefix="/desk/hand-overs")

Strokes = list[list[tuple[int, int]]]

LONGEST_SIGNATURE = 100_000
"""Characters of strokes as JSON: 4,000 points of at most 12 characters, twice over."""


@pages.get("/<handover>")
def page(handover: str) -> str | Response:
    """Show how far it has come; one that is done has a receipt instead."""
    try:
        view = ask(HandOverView, "handover", id=handover)
    except RequestRefused as refused:
        if refused.fault.status != steps.NOT_FOUND:
            raise
        return redirect(url_for("handovers.receipt", handover=handover), 303)
    board = feed().board
    drawn = board.doors if board else []
    return render_template(
        "staff/handover.html",
        given=view,
        doors=[door for door in drawn if door.n in view.doors],
        never=_never(view),
        steps=steps,
    )


def _never(view: HandOverView) -> list[str]:
    """Return whom the list forbids, for whoever is asked about a stranger."""
    if view.state != "needs-head" or not view.holds[0].person:
        return []
    visit = ask(Visit, "custody_visit", pupil=view.holds[0].person)
    return [adult.name for adult in visit.child.adults if adult.never]


@pages.post("/<handover>/allow")
def allow(handover: str) -> Response:
    """Let somebody have it who is not on the list."""
    tell("handover_allow", id=handover)
    flash("Allowed, in your name. The desk can go on.")
    return _to(handover)


@pages.post("/<handover>/again")
def again(handover: str) -> Response:
    """Open the doors again."""
    tell("handover_again", id=handover)
    return _to(handover)


@pages.post("/<handover>/undo")
def undo(handover: str) -> Response:
    """Say that nothing was handed over, and why."""
    form = request.form
    words = form.get("remarks", "").strip()
    tell("handover_undo", id=handover, why=form.get("why", ""), remarks=words)
    flash("Undone. The device is held as before.")
    return redirect(url_for("desk.page"), 303)


@pages.get("/<handover>/sign")
@only_for("custody.hand-over")
def sign(handover: str) -> str | Response:
    """Show the parent what is collected, and the pad; nothing about anybody else."""
    view = ask(HandOverView, "handover", id=handover)
    if view.state != "ready":
        return _to(handover)
    return render_template("staff/sign.html", given=view, steps=steps)


@pages.post("/<handover>/finish")
def finish(handover: str) -> Response:
    """Say that it is in the right hands, and how that was signed for."""
    form = request.form
    done = ask(
        Receipt,
        "handover_finish",
        id=handover,
        signed=form.get("signed", ""),
        strokes=strokes_of(form.get("strokes", "")),
        remarks=form.get("remarks", "").strip(),
    )
    return redirect(url_for("handovers.receipt", handover=done.id), 303)


def strokes_of(text: str) -> Strokes:
    """Return the strokes that the pad wrote down; the controller looks at the points.

    Raises:
        BadInput: they are none, or longer than a signature.
    """
    try:
        if len(text) <= LONGEST_SIGNATURE:
            return msgspec.json.decode(text or "[]", type=Strokes)
    except msgspec.MsgspecError:
        pass
    raise BadInput("signature: something else, wanted lines of a pen")


@pages.get("/<handover>/receipt")
def receipt(handover: str) -> str:
    """Show and print what was handed over, to whom, by whom."""
    return render_template(
        "staff/receipt.html",
        receipt=ask(Receipt, "handover_receipt", id=handover),
        steps=steps,
    )


def _to(handover: str) -> Response:
    return redirect(url_for("handovers.page", handover=handover), 303)
