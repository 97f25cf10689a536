"""Cards: lost, replaced, enrolled one by one or from a file (ACC-9, DAY-9)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from controller.protocol import ClassLine, EnrolmentView, PupilLine
from web.asking import ask, only_for, tell
from web.staff.uploads import upload

pages = Blueprint("cards", __name__, url_prefix="/people")


def to_enrolment() -> Response:
    """Send the browser to where the next tap is waited for."""
    return redirect(url_for("cards.enrolment"), 303)


@pages.post("/<pupil>/card/lost")
def lost(pupil: str) -> Response:
    """Make the pupil's card dead at once."""
    ask(PupilLine, "card_lost", id=pupil)
    flash("The card is dead. It opens nothing from now on.")
    return redirect(url_for("people.one", pupil=pupil), 303)


@pages.post("/<pupil>/card/replace")
def replace(pupil: str) -> Response:
    """Let the next tap at the bank's reader be this pupil's card."""
    ask(EnrolmentView, "card_replace", id=pupil)
    return to_enrolment()


@pages.get("/enrol")
def enrolment() -> str:
    """Show who is to tap next, or ask which class is to be enrolled."""
    view = ask(EnrolmentView, "enrolment")
    classes = [] if view.running else ask(list[ClassLine], "classes")
    return render_template("staff/enrol.html", view=view, classes=classes)


@pages.post("/enrol")
def start() -> Response:
    """Begin with a class."""
    ask(EnrolmentView, "enrolment_start", class_id=request.form.get("class_id", ""))
    return to_enrolment()


@pages.post("/enrol/<any(undo, stop):what>")
def undo_or_stop(what: str) -> Response:
    """Take the last card back, or end enrolling."""
    ask(EnrolmentView, f"enrolment_{what}")
    return to_enrolment()


@pages.post("/enrol/skip")
def skip() -> Response:
    """Leave a pupil for later."""
    ask(EnrolmentView, "enrolment_skip", pupil=request.form.get("pupil", ""))
    return to_enrolment()


@pages.get("/cards")
@only_for("people.change")
def cards_form() -> str:
    """Ask for a file of cards."""
    return render_template("staff/cards.html", answer=None)


@pages.post("/cards")
@only_for("people.change")
def cards() -> str:
    """Take a file of cards: all or nothing, every bad row named."""
    name, data = upload("cards")
    answer = tell("cards_csv", filename=name, data=data)
    return render_template("staff/cards.html", answer=answer, filename=name)
