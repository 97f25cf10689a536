"""Records that law or policy asks for: the list, a form of each kind, one to print."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.client import RequestRefused
from controller.protocol import RecordDone, RecordForm, RecordPage, RecordsPage
from web.asking import ask, ask_once, me, only_for
from web.errors import wants_json

pages = Blueprint("records", __name__, url_prefix="/records")

BAD = "bad-record"
FILED = "Filed. You can print it here."
FILED_UNSEEN = "Filed. Whoever it is for has been told; you will not see it again."

STANDINGS = {
    "holds": "Holds",
    "waits": "Waits for approval",
    "to-come": "To come",
    "filed": "Filed",
    "lapsed": "Over",
    "ended": "Ended",
}
"""How a record stands, in words."""


@pages.get("")
def index() -> str:
    """List the records, what is open first."""
    kind, query = request.args.get("kind", ""), request.args.get("q", "")
    everything = "all" in request.args
    return render_template(
        "staff/records.html",
        page=ask(RecordsPage, "records", kind=kind, query=query, everything=everything),
        kind=kind,
        query=query,
        everything=everything,
        standings=STANDINGS,
    )


@pages.get("/due")
@only_for("records.see")
def due() -> str:
    """Return how many records wait, for the bar; it follows by itself."""
    return render_template("staff/records_due.html", person=me())


@pages.get("/new")
def choose() -> str:
    """Ask which kind of record it is to be, about whoever the address names."""
    return render_template(
        "staff/record_new.html",
        page=ask(RecordsPage, "records"),
        about=request.args.get("about", ""),
    )


@pages.get("/new/<kind>")
def new(kind: str) -> str:
    """Show the form of a kind, prefilled with what the address knows already."""
    given = request.args.to_dict()
    about = given.pop("about", "")
    form = ask(RecordForm, "record_form", kind=kind, about=about, given=given)
    return _form(form)


@pages.post("/new/<kind>")
def file(kind: str) -> Response | tuple[str, int]:
    """File a record; a form that is not complete comes back with what is wrong."""
    about = request.form.get("about", "")
    form = ask(RecordForm, "record_form", kind=kind, about=about)
    try:
        done = ask_once(
            RecordDone, "record_file", kind=kind, about=about, **_sent(form)
        )
    except RequestRefused as refused:
        return _again(form, refused)
    flash(FILED if done.id else FILED_UNSEEN)
    return _to(done.id)


@pages.get("/<record>")
def one(record: str) -> str:
    """Show one record, as it is printed."""
    page = ask(RecordPage, "record", record=record)
    return render_template("staff/record.html", page=page, standings=STANDINGS)


@pages.get("/<record>/change")
def change_form(record: str) -> str:
    """Show the form of a record as it stands."""
    return _form(ask(RecordForm, "record_change_form", record=record))


@pages.post("/<record>/change")
def change(record: str) -> Response | tuple[str, int]:
    """Change a record; the record keeps what it said before."""
    form = ask(RecordForm, "record_change_form", record=record)
    try:
        done = ask(RecordDone, "record_amend", record=record, **_sent(form))
    except RequestRefused as refused:
        return _again(form, refused)
    flash("Changed. What it said before is kept.")
    return _to(done.id)


@pages.post("/<record>/<any(approve, read):what>")
def say(record: str, what: str) -> Response:
    """Approve a record, or say that one has read it."""
    ask(RecordPage, f"record_{what}", record=record)
    flash("Approved." if what == "approve" else "Noted: you have read it.")
    return _to(record)


@pages.post("/<record>/end")
def end(record: str) -> Response:
    """End a record, with why."""
    ask(RecordPage, "record_end", record=record, why=request.form.get("why", ""))
    flash("Ended. The record is kept.")
    return _to(record)


def _to(record: str) -> Response:
    if not record:
        return redirect(url_for("records.index"), 303)
    return redirect(url_for("records.one", record=record), 303)


# ---------------------------------------------------------------------------- the form


def _form(form: RecordForm, wrong: dict[str, str] | None = None) -> str:
    return render_template("staff/record_form.html", form=form, wrong=wrong or {})


def _sent(form: RecordForm) -> dict[str, Any]:
    """Return what was filled in, and put it into ``form`` in case it comes back."""
    values: dict[str, str] = {}
    words: dict[str, str] = {}
    for field in form.fields:
        field.value = _value(field.name, field.sort)
        (words if field.sort == "text" else values)[field.name] = field.value
    return {"values": values, "words": words, "approve": "approve" in request.form}


def _value(name: str, sort: str) -> str:
    """Return a field as the controller takes it: one line, ids with commas between."""
    if sort == "picks":
        return ",".join(request.form.getlist(name))
    return " ".join(request.form.get(name, "").split())


def _again(form: RecordForm, refused: RequestRefused) -> tuple[str, int]:
    """Return the form with what is wrong beside each field.

    Raises:
        RequestRefused: it was not the form that was wrong.
    """
    fault = refused.fault
    if fault.error != BAD or wants_json():
        raise refused
    parts = (detail.partition(": ") for detail in fault.details)
    return _form(form, {name: words for name, _, words in parts}), fault.status
