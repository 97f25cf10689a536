"""A person's own account: sessions, password, PIN (ACC-2, ACC-4, ACC-5)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from controller.client import RequestRefused
from controller.protocol import Fault, SessionLine
from web.asking import ask, tell
from web.errors import wants_json

pages = Blueprint("account", __name__, url_prefix="/account")

Done = Response | tuple[str, int]

AT_THE_FIELD = {403, 422, 429}
"""Statuses of a refusal that is about what was typed."""

NOT_ALIKE = Fault(
    "bad-input", "The two new ones are not the same.", "Nothing was changed.", 422
)
SET = {"password": "Your password is changed.", "pin": "Your PIN is set."}


@pages.get("")
def page() -> str:
    """Show where this person is signed in, and what they can change."""
    return _page()


def _page(fault: Fault | None = None, about: str = "") -> str:
    """Render the page, with a fault in the part that it is ``about``."""
    return render_template(
        "staff/account.html",
        sessions=ask(list[SessionLine], "sessions"),
        fault=fault,
        about=about,
    )


@pages.post("/sessions/<id_>/revoke")
def revoke(id_: str) -> Response:
    """End one of one's own sessions."""
    tell("session_revoke", id=id_)
    return redirect(url_for("account.page", _anchor="sessions"), 303)


@pages.post("/card/lost")
def card_lost() -> Response:
    """End one's own card, which is lost."""
    tell("my_card_lost")
    flash("Your card is dead. Leadership gives you another one.")
    return redirect(url_for("account.page"), 303)


@pages.post("/sign-out-everywhere")
def everywhere() -> Response:
    """End every session of one's own, this one too."""
    tell("sign_out_everywhere")
    session.clear()
    return redirect("/", 303)


@pages.post("/password")
def password() -> Done:
    """Change one's own password."""
    return _set("password", "change_password", "old", "new", "again")


@pages.post("/pin")
def pin() -> Done:
    """Set one's own PIN for the bank and for reasons on the class page."""
    return _set("pin", "set_pin", "secret", "pin", "pin_again")


def _set(about: str, do: str, proof: str, new: str, again: str) -> Done:
    """Set a secret that was typed twice alike; else say on the page why not."""
    form = request.form
    if form.get(new, "") != form.get(again, ""):
        return _page(NOT_ALIKE, about), NOT_ALIKE.status
    try:
        tell(do, **{proof: form.get(proof, ""), new: form.get(new, "")})
    except RequestRefused as refused:
        if refused.fault.status not in AT_THE_FIELD or wants_json():
            raise
        return _page(refused.fault, about), refused.fault.status
    flash(SET[about])
    return redirect(url_for("account.page"), 303)
