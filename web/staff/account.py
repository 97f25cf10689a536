"""A person's own account: sessions, password, PIN (ACC-2, ACC-4, ACC-5)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from controller.protocol import SessionLine
from web.asking import ask, tell
from web.errors import BadInput

pages = Blueprint("account", __name__, url_prefix="/account")


@pages.get("")
def page() -> str:
    """Show where this person is signed in, and what they can change."""
    return render_template(
        "staff/account.html", sessions=ask(list[SessionLine], "sessions")
    )


@pages.post("/sessions/<id_>/revoke")
def revoke(id_: str) -> Response:
    """End one of one's own sessions."""
    tell("session_revoke", id=id_)
    return redirect(url_for("account.page", _anchor="sessions"), 303)


@pages.post("/sign-out-everywhere")
def everywhere() -> Response:
    """End every session of one's own, this one too."""
    tell("sign_out_everywhere")
    session.clear()
    return redirect("/", 303)


@pages.post("/password")
def password() -> Response:
    """Change one's own password."""
    form = request.form
    new = _twice("new", "again", "The two new passwords are not the same.")
    tell("change_password", old=form.get("old", ""), new=new)
    flash("Your password is changed.")
    return redirect(url_for("account.page"), 303)


@pages.post("/pin")
def pin() -> Response:
    """Set one's own PIN for the bank and for reasons on the class page."""
    new = _twice("pin", "pin_again", "The two PINs are not the same.")
    tell("set_pin", secret=request.form.get("secret", ""), pin=new)
    flash("Your PIN is set.")
    return redirect(url_for("account.page"), 303)


def _twice(first: str, second: str, message: str) -> str:
    value = request.form.get(first, "")
    if value != request.form.get(second, ""):
        raise BadInput(message, "Nothing was changed. Go back and type it twice.")
    return value
