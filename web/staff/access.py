"""The written record of who has access, and its monthly signature (REC-8)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.client import RequestRefused
from controller.protocol import AccessList, Fault
from web.asking import ask
from web.errors import wants_json

pages = Blueprint("access", __name__, url_prefix="/accounts/access")

BY_RULE = 409
"""A rule stands against the signature: told on the page."""


@pages.get("")
def page() -> str:
    """Show every account with its roles, and who signed the list last."""
    return _page()


def _page(fault: Fault | None = None) -> str:
    return render_template(
        "staff/access.html", access=ask(AccessList, "access"), fault=fault
    )


@pages.post("")
def review() -> Response | tuple[str, int]:
    """Sign the list as it was shown."""
    form = request.form
    try:
        ask(
            AccessList,
            "access_review",
            version=form.get("version", ""),
            name=form.get("name", "").strip(),
        )
    except RequestRefused as refused:
        if refused.fault.status != BY_RULE or wants_json():
            raise
        return _page(refused.fault), BY_RULE
    flash("Signed. The next time is in a month.")
    return redirect(url_for("access.page"), 303)
