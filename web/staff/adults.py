"""The adults of a pupil's list: add, change, never release, brothers and sisters."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import ContactLine, Found, PupilLine
from web.asking import ask, only_for
from web.errors import NoSuchPage
from web.staff import steps

pages = Blueprint("adults", __name__, url_prefix="/people/<pupil>/adults")


@pages.get("")
def page(pupil: str) -> str:
    """Show a pupil's list."""
    return render_template(
        "staff/adults.html",
        pupil=ask(PupilLine, "pupil", id=pupil),
        adults=_list(pupil),
    )


def _list(pupil: str) -> list[ContactLine]:
    return ask(list[ContactLine], "contacts", pupil=pupil)


@pages.post("")
def add(pupil: str) -> Response:
    """Put an adult on the list."""
    _set(pupil, "")
    flash("Added to the list.")
    return _back(pupil)


@pages.post("/<adult>")
def change(pupil: str, adult: str) -> Response:
    """Change an adult's name, telephone, relationship or mark."""
    _set(pupil, adult)
    flash("Saved.")
    return _back(pupil)


@pages.post("/<adult>/remove")
def remove(pupil: str, adult: str) -> Response:
    """Take an adult off the list."""
    ask(list[ContactLine], "contact_remove", pupil=pupil, id=adult)
    flash("Taken off the list.")
    return _back(pupil)


@pages.get("/<adult>/siblings")
@only_for("contacts.change")
def siblings(pupil: str, adult: str) -> str:
    """Find a brother or sister on whose list the same adult shall be."""
    query = request.args.get("q", "").strip()[: steps.MOST_QUERY]
    found = ask(list[Found], "custody_find", q=query) if query else []
    return render_template(
        "staff/adult_siblings.html",
        pupil=ask(PupilLine, "pupil", id=pupil),
        adult=_one(pupil, adult),
        found=[one for one in found if one.id != pupil],
        query=query,
    )


@pages.post("/<adult>/siblings")
def add_sibling(pupil: str, adult: str) -> Response:
    """Put the same adult on a brother's or sister's list, as on this one."""
    line, sibling = _one(pupil, adult), request.form.get("sibling", "")
    args = {"name": line.name, "relationship": line.relationship, "phone": line.phone}
    ask(list[ContactLine], "contact_set", pupil=sibling, id=adult, **args)
    flash("On both lists now: their devices can go together.")
    return _back(pupil)


def _one(pupil: str, adult: str) -> ContactLine:
    for line in _list(pupil):
        if line.id == adult:
            return line
    raise NoSuchPage("This adult is not on the list.")


def _set(pupil: str, adult: str) -> None:
    form = request.form
    words = {
        name: form.get(name, "").strip() for name in ("name", "relationship", "phone")
    }
    never = form.get("never", "") == "yes"
    ask(list[ContactLine], "contact_set", pupil=pupil, id=adult, never=never, **words)


def _back(pupil: str) -> Response:
    return redirect(url_for("adults.page", pupil=pupil), 303)
