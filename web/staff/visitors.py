"""Reception: who is here today, their day cards, devices that stayed behind (REC-6)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.client import RequestRefused
from controller.protocol.records import RecordForm
from controller.protocol.visitors import Visitors
from web.asking import ask, ask_once
from web.errors import wants_json

pages = Blueprint("visitors", __name__, url_prefix="/visitors")

BAD = "bad-record"
"""Code of a form that is not complete."""

AT_ONCE = ("name", "purpose", "notice")
"""Fields that are asked of everybody; the others have a default and can be opened."""


@pages.get("")
def page() -> str:
    """Show who is here today, and the form of the next one."""
    return _show(ask(Visitors, "visitors"))


@pages.post("")
def give() -> Response | tuple[str, int]:
    """File a visit; the reader then waits for the visitor's card."""
    found = ask(Visitors, "visitors")
    try:
        ask_once(Visitors, "visitor_give", **_sent(found.form))
    except RequestRefused as refused:
        fault = refused.fault
        if fault.error != BAD or wants_json():
            raise
        parts = (detail.partition(": ") for detail in fault.details)
        wrong = {name: words for name, _, words in parts}
        return _show(found, wrong), fault.status
    return _back()


@pages.post("/<record>/card")
def card(record: str) -> Response:
    """Give a card for today to the visitor of a visit that is filed."""
    ask(Visitors, "visitor_card", record=record)
    return _back()


@pages.post("/<visitor>/end")
def end(visitor: str) -> Response:
    """End a visitor's card."""
    found = ask(Visitors, "visitor_end", id=visitor)
    flash("Ended. The card opens nothing any more and can be given to the next one.")
    if any(left.person == visitor for left in found.left):
        flash("A device is still behind its door: see below.", "grave")
    return _back()


@pages.post("/<person>/give-back")
def give_back(person: str) -> Response:
    """Open the door of a device that stayed behind, in sight of the desk."""
    found = ask(Visitors, "own_give_back", person=person)
    for left in found.left:
        if left.person == person:
            flash(f"Door {left.door} opens.")
    return _back()


def _show(found: Visitors, wrong: dict[str, str] | None = None) -> str:
    return render_template(
        "staff/visitors.html", page=found, wrong=wrong or {}, at_once=AT_ONCE
    )


def _back() -> Response:
    return redirect(url_for("visitors.page"), 303)


def _sent(form: RecordForm) -> dict[str, Any]:
    """Return what was filled in, and put it into ``form`` in case it comes back."""
    values: dict[str, str] = {}
    words: dict[str, str] = {}
    for field in form.fields:
        field.value = " ".join(request.form.get(field.name, "").split())
        (words if field.sort == "text" else values)[field.name] = field.value
    return {"values": values, "words": words, "approve": "approve" in request.form}
