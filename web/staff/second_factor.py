"""A person's own second factor: setting it up, recovery codes, giving it up (ACC-3)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.client import RequestRefused
from controller.protocol import Fault, RecoveryCodes, SettingUp
from web import nav, qr
from web.asking import ask, me, tell
from web.errors import wants_json

pages = Blueprint("second_factor", __name__, url_prefix="/account/second-factor")

AT_THE_FIELD = {403, 409, 422, 429}
"""Statuses of a refusal that is about what was typed, or about the person's role."""

STEP_UP = "step-up-needed"


@pages.get("")
def page() -> str:
    """Show what to scan, and where the first code is typed."""
    return _page()


def _page(fault: Fault | None = None) -> str:
    begun = ask(SettingUp, "second_factor_begin")
    letters = [begun.secret[i : i + 4] for i in range(0, len(begun.secret), 4)]
    return render_template(
        "staff/second_factor.html",
        drawing=qr.drawn(begun.uri, "Scan this with the app on your telephone"),
        groups=letters,
        fault=fault,
    )


@pages.post("")
def confirm() -> str | tuple[str, int]:
    """Take the first code; then show the recovery codes, once."""
    try:
        made = ask(
            RecoveryCodes, "second_factor_confirm", code=request.form.get("code", "")
        )
    except RequestRefused as refused:
        if _is_for_elsewhere(refused.fault):
            raise
        return _page(refused.fault), refused.fault.status
    return _codes(made)


@pages.post("/recovery")
def recovery() -> str:
    """Make new recovery codes, shown once; the old ones are dead."""
    return _codes(ask(RecoveryCodes, "recovery_codes_new"))


def _codes(made: RecoveryCodes) -> str:
    person = me()
    on = nav.first_page(person) if person else "/"
    return render_template("staff/recovery_codes.html", codes=made.codes, on=on)


@pages.post("/off")
def off() -> Response:
    """Give the second factor up."""
    tell("second_factor_off", password=request.form.get("password", ""))
    flash("Your second factor is off. Your password stands alone now.")
    return redirect(url_for("account.page"), 303)


def _is_for_elsewhere(fault: Fault) -> bool:
    """Whether somebody else answers this fault: a program, step-up, the sign-in."""
    return wants_json() or fault.error == STEP_UP or fault.status not in AT_THE_FIELD
