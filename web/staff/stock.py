"""Stock-take: what should be behind each door, open all empties, compare (REP-6)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import Stock
from web.asking import ask

pages = Blueprint("stock", __name__, url_prefix="/stock-take")

FOUND = {
    "agreed": "As it should be",
    "extra": "Something was there",
    "missing": "Nothing was there",
}


@pages.get("")
def page() -> str:
    """Show what should be behind each door."""
    return render_template("staff/stock.html", page=ask(Stock, "stock"), found=FOUND)


def _back() -> Response:
    return redirect(url_for("stock.page"), 303)


@pages.post("/begin")
def begin() -> Response:
    """Open every empty door, one after the other."""
    ask(Stock, "stock_begin")
    return _back()


@pages.post("/stop")
def stop() -> Response:
    """Stop it; no further door opens."""
    ask(Stock, "stock_stop", id=request.form.get("id", ""))
    flash("Stopped. No further door opens.")
    return _back()


@pages.post("/record")
def record() -> Response:
    """Write what was found; a door without an answer was not looked at."""
    answers = {
        int(name[5:]): word
        for name, word in request.form.items()
        if name.startswith("door-") and name[5:].isascii() and name[5:].isdigit()
    }
    if "rest" in request.form:
        empties = (n for n in request.form.getlist("empty") if n.isdecimal())
        answers = dict.fromkeys(map(int, empties), "agreed") | answers
    found = {
        word: sorted(n for n, answer in answers.items() if answer == word)
        for word in FOUND
    }
    ask(Stock, "stock_record", id=request.form.get("id", ""), **found)
    flash("Written. Each difference is on the office’s list.")
    return _back()
