"""The release desk: find a pupil, what is under way, what waits (CUS-4, CUS-10)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import CustodyDesk, Desk, Found
from web.asking import ask, only_for, tell
from web.staff import steps

pages = Blueprint("desk", __name__, url_prefix="/desk")


@pages.get("")
def page() -> str | Response:
    """Show the desk; one pupil found by the form is gone to at once."""
    query = _query()
    found = _found(query)
    if len(found) == 1:
        return redirect(url_for("visits.page", pupil=found[0].id), 303)
    custody = ask(CustodyDesk, "custody")
    waits = [line for line in custody.held if line.overdue]
    told = [line for line in custody.not_told if not line.overdue]
    return render_template(
        "staff/desk.html",
        desk=ask(Desk, "desk"),
        custody=custody,
        overdue=waits,
        not_told=told,
        query=query,
        found=found,
        steps=steps,
    )


@pages.get("/find")
@only_for("custody.see")
def find() -> str:
    """Give the pupils whom a name finds, while it is being typed."""
    query = _query()
    return render_template("staff/desk_found.html", found=_found(query), query=query)


def _query() -> str:
    return request.args.get("q", "").strip()[: steps.MOST_QUERY]


def _found(query: str) -> list[Found]:
    return ask(list[Found], "custody_find", q=query) if query else []


@pages.post("/leavers/<pupil>/open")
def give_back(pupil: str) -> Response:
    """Open the door of a pupil who has left, for whoever comes for the device."""
    tell("vouch", pupil=pupil)
    flash("The door opens, in your name. Give the device to whoever came for it.")
    return redirect(url_for("desk.page"), 303)


@pages.post("/<question>/close")
def close(question: str) -> Response:
    """Close a question: how it ended, and a note where one helps."""
    form = request.form
    ask(
        Desk,
        "question_close",
        id=question,
        how=form.get("how", ""),
        note=form.get("note", "").strip(),
    )
    flash("Closed. The record keeps both.")
    return redirect(url_for("desk.page"), 303)
