"""Accounts of staff: one person, one account (ACC-1, ACC-6)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.client import RequestRefused
from controller.protocol import ClassLine, EnrolmentView, Fault, StaffLine
from web.asking import ask, only_for, tell
from web.errors import NoSuchPage, wants_json
from web.staff.cards import to_enrolment

pages = Blueprint("accounts", __name__, url_prefix="/accounts")

BAD_INPUT = 422


@pages.get("")
def index() -> str:
    """List the accounts; those that have ended come last."""
    lines = sorted(ask(list[StaffLine], "accounts"), key=lambda one: one.left)
    return render_template("staff/accounts.html", accounts=lines)


@pages.get("/add")
@only_for("accounts.change")
def add_form() -> str:
    """Ask for a new person's name, roles and classes."""
    return _add_form()


def _add_form(fault: Fault | None = None) -> str:
    """Render the form as it was typed, with what is wrong with it."""
    return render_template(
        "staff/account_add.html",
        classes=ask(list[ClassLine], "classes"),
        fault=fault,
        typed=request.form,
    )


@pages.post("/add")
def add() -> str | tuple[str, int]:
    """Add an account and show its one-time password, once."""
    form = request.form
    try:
        made = tell(
            "account_add",
            username=form.get("username", "").strip(),
            first_name=form.get("first_name", "").strip(),
            last_name=form.get("last_name", "").strip(),
            roles=form.getlist("roles"),
            classes=form.getlist("classes"),
        )
    except RequestRefused as refused:
        if refused.fault.status != BAD_INPUT or wants_json():
            raise
        return _add_form(refused.fault), BAD_INPUT
    return _password_once(made["password"], made["line"]["name"])


def _password_once(password: str, name: str) -> str:
    return render_template("staff/password_once.html", password=password, name=name)


@pages.get("/<staff>")
def one(staff: str) -> str:
    """Show one account."""
    classes = ask(list[ClassLine], "classes")
    return render_template("staff/account_of.html", staff=_find(staff), classes=classes)


def _find(staff: str) -> StaffLine:
    for line in ask(list[StaffLine], "accounts"):
        if line.id == staff:
            return line
    raise NoSuchPage("There is no such account.")


@pages.post("/<staff>")
def change(staff: str) -> Response:
    """Change roles and classes; it acts at once."""
    roles, classes = request.form.getlist("roles"), request.form.getlist("classes")
    ask(StaffLine, "account_change", id=staff, roles=roles, classes=classes)
    flash("Saved. It acts at once.")
    return redirect(url_for("accounts.one", staff=staff), 303)


@pages.post("/<staff>/leave")
def leave(staff: str) -> Response:
    """End the account: sessions, card and PIN are dead at once."""
    ask(StaffLine, "account_change", id=staff, left=True)
    flash("The account has ended.")
    return redirect(url_for("accounts.index"), 303)


@pages.post("/<staff>/reset")
def reset(staff: str) -> str:
    """Give a new one-time password, shown once."""
    line = _find(staff)
    made = tell("account_reset", id=staff)
    return _password_once(made["password"], line.name)


@pages.post("/<staff>/second-factor")
def second_factor(staff: str) -> Response:
    """Reset a second factor whose telephone is lost; they set up another."""
    ask(StaffLine, "account_second_factor_reset", id=staff)
    flash("Reset. They are signed out, and set up another at the next sign-in.")
    return redirect(url_for("accounts.one", staff=staff), 303)


@pages.post("/<staff>/card/lost")
def card_lost(staff: str) -> Response:
    """End a card that is lost, at once."""
    ask(StaffLine, "account_card_lost", id=staff)
    flash("The card is dead.")
    return redirect(url_for("accounts.one", staff=staff), 303)


@pages.post("/<staff>/card")
def card(staff: str) -> Response:
    """Let the next tap at the bank's reader be this person's card."""
    ask(EnrolmentView, "account_card", id=staff)
    return to_enrolment()
