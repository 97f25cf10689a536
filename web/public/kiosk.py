"""The screen beside the lockers, for children of 4 to 11 (WEB-3, DAY-1, DAY-3, DAY-15).

Only a paired browser sees it. What it shows is the controller's to say; this turns it
into words and drawings. It never shows a name.
"""

from __future__ import annotations

import contextlib

from flask import Blueprint, make_response, redirect, render_template, request, session
from werkzeug.wrappers import Response

from controller.client import ControllerDown, RequestRefused
from controller.protocol import KioskShow
from web.asking import client, feed, may, tell
from web.errors import NotPaired, is_piece, wants_json
from web.public.kiosk_view import Screen, screen_of
from web.public.pairing import pair, paired_token

blueprint = Blueprint("kiosk", __name__, url_prefix="/kiosk/<bank>")

NOT_A_KIOSK = "not-a-kiosk"
RESTING = KioskShow("out-of-order", 0)
"""Shown while the controller is silent."""

Answer = Response | tuple[str, int] | str


@blueprint.get("")
def page(bank: str) -> Answer:
    """Show the kiosk of ``bank``, or how a technician pairs this screen with it."""
    try:
        screen, status = _look(bank)
    except NotPaired:
        return _not_paired(bank)
    page = render_template("public/kiosk.html", bank=bank, screen=screen)
    return page, status


@blueprint.get("/screen")
def screen(bank: str) -> Answer:
    """Send the screen alone; 204 while it is the one that the kiosk shows already.

    ``over`` is the serial of a screen whose time is up: what follows it is waiting.
    ``show`` is ``staff`` after a touch on Staff.
    """
    try:
        screen, status = _look(bank)
    except NotPaired:
        return _leave_kiosk(bank)
    return _piece(bank, screen, status)


@blueprint.post("/pin")
def pin(bank: str) -> Answer:
    """Send the PIN that was typed; counts within 30 s of the card (ACC-5)."""
    return _ask_and_show(bank, "bank_pin", pin=request.form.get("pin", ""))


@blueprint.post("/act")
def act(bank: str) -> Answer:
    """Do what a member of staff chose at the bank."""
    return _ask_and_show(bank, "bank_act", act=request.form.get("act", ""))


@blueprint.post("/own")
def own(bank: str) -> Answer:
    """Open the door of the own device; counts within 30 s of the card, without PIN."""
    return _ask_and_show(bank, "bank_own")


@blueprint.post("/done")
def done(bank: str) -> Answer:
    """End the acting of staff at the bank."""
    return _ask_and_show(bank, "bank_done")


@blueprint.get("/pair")
def pairing(bank: str) -> Answer:
    """Show how a screen is paired."""
    return _not_paired(bank)


@blueprint.post("/pair")
def make_pair(bank: str) -> Answer:
    """Make this browser the kiosk of ``bank``; whoever did it is signed out of it."""
    answer = tell("kiosk_pair", bank=bank)
    response = redirect(f"/kiosk/{bank}", 303)
    pair(response, bank, answer["token"])
    _sign_out()
    return response


def _sign_out() -> None:
    """Leave nobody signed in on a screen that stands in a classroom."""
    with contextlib.suppress(RequestRefused, ControllerDown):
        tell("sign_out")
    session.clear()


def _look(bank: str) -> tuple[Screen, int]:
    """Return what the kiosk shows now, and the status to send it with.

    Raises:
        NotPaired: this browser is not, or no longer, the kiosk of ``bank``.
    """
    token = _token(bank)
    try:
        show = client().ask_as(KioskShow, "kiosk", token=token, bank=bank)
    except ControllerDown:
        return screen_of(RESTING, feed(), seen="resting"), 503
    except RequestRefused as refused:
        raise _as_not_paired(refused) from refused
    return screen_of(
        show,
        feed(),
        over=request.args.get("over") == str(show.serial),
        chosen=request.args.get("show", ""),
    ), 200


def _ask_and_show(bank: str, do: str, **args: str) -> Answer:
    """Ask as this kiosk, then show what came of it."""
    try:
        show = client().ask_as(KioskShow, do, token=_token(bank), **args)
    except RequestRefused as refused:
        if refused.fault.error in {NOT_A_KIOSK, "signed-out"} or wants_json():
            raise _as_not_paired(refused) from refused
        return _shown_with(bank, refused.fault.message)
    if not is_piece():
        return redirect(f"/kiosk/{bank}", 303)
    return _piece(bank, screen_of(show, feed()), 200)


def _shown_with(bank: str, wrong: str) -> Answer:
    """Show the present screen with a sentence about what was wrong."""
    screen, status = _look(bank)
    return render_template(
        "public/kiosk_screen.html", bank=bank, screen=screen, wrong=wrong
    ), status


def _piece(bank: str, screen: Screen, status: int) -> Answer:
    if request.args.get("seen") in screen.also_seen:
        return make_response("", 204)
    page = render_template("public/kiosk_screen.html", bank=bank, screen=screen)
    return page, status


def _token(bank: str) -> str:
    token = paired_token(bank)
    if not token:
        raise NotPaired
    return token


def _as_not_paired(refused: RequestRefused) -> Exception:
    """Return what to raise for a refusal: a pairing that has ended, or itself."""
    ended = refused.fault.error in {NOT_A_KIOSK, "signed-out"}
    return NotPaired() if ended else refused


def _not_paired(bank: str) -> Answer:
    if wants_json():
        raise NotPaired
    page = render_template(
        "public/not_paired.html", bank=bank, may_pair=may("kiosk.pair")
    )
    return page, 403


def _leave_kiosk(bank: str) -> Answer:
    """Let the whole page load anew: it tells that the pairing has ended."""
    if not is_piece():
        return _not_paired(bank)
    response = make_response("", 403)
    response.headers["HX-Redirect"] = f"/kiosk/{bank}"
    return response
