"""The policy as far as doors go: its clauses, and who may confiscate (REC-1, CUS-5)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import Policy
from web.asking import ask

pages = Blueprint("policy", __name__, url_prefix="/settings/policy")


@pages.get("")
def page() -> str:
    """Show the clauses, and whom the head has authorised."""
    return render_template("staff/policy.html", policy=ask(Policy, "policy"))


@pages.post("/clauses")
def clause() -> Response:
    """Write or change a clause."""
    form = request.form
    ask(
        Policy,
        "policy_clause",
        clause=form.get("clause", "").strip(),
        name=form.get("name", "").strip(),
        longer=form.get("longer", "") == "yes",
    )
    flash("The clause is set. It holds from now on.")
    return _back()


@pages.post("/clauses/remove")
def remove() -> Response:
    """Take a clause out; what referred to it still does."""
    ask(Policy, "policy_clause", clause=request.form.get("clause", ""), remove=True)
    flash("Taken out. What was held under it still says so.")
    return _back()


@pages.post("/authorised")
def authorise() -> Response:
    """Let a member of staff confiscate, or not any more."""
    form = request.form
    withdraw = form.get("withdraw", "") == "yes"
    staff = form.get("staff", "")
    ask(Policy, "policy_authorise", staff=staff, withdraw=withdraw)
    flash("Withdrawn." if withdraw else "Authorised, in your name.")
    return _back()


def _back() -> Response:
    return redirect(url_for("policy.page"), 303)
