"""Sign-in, the first start, step-up, lock and sign-out (ACC-1, ACC-4).

The cookie holds the controller's token and nothing that was there before signing in:
whoever planted a session in this browser gets nothing by it.
"""

from __future__ import annotations

import contextlib

from flask import Blueprint, flash, redirect, render_template, request, session
from werkzeug.wrappers import Response

from controller.client import ControllerDown, RequestRefused
from controller.protocol import Fault, Me, SignedIn
from web import errors, nav
from web.asking import TOKEN, ask, client, me, tell
from web.errors import here, is_piece, wants_json
from web.security import safe_path

blueprint = Blueprint("signing", __name__)

Answer = Response | tuple[str, int] | str

TICKET = "code-wanted"
"""The cookie's field that says: the password was right, a code is wanted."""

CODE_WANTED = "second-factor-needed"
OVER = "sign-in-over"


@blueprint.get("/sign-in")
def sign_in_page() -> Answer:
    """Show the form; lead on whoever is signed in, or the very first person."""
    if client().ask("first_start_needed"):
        return redirect("/first-start", 303)
    person = me()
    if person is not None:
        return redirect(_where_to(person), 303)
    return render_template("public/sign_in.html", wrong="", username="", next=_next())


@blueprint.post("/sign-in")
def sign_in() -> Answer:
    """Sign in; a wrong password is told on the same page.

    Whoever has a second factor is asked for the code on the next page, unless it came
    along in a field ``code`` or ``totp``.
    """
    username = request.form.get("username", "").strip()
    try:
        signed_in = client().ask_as(
            SignedIn,
            "sign_in",
            username=username,
            password=request.form.get("password", ""),
            remote=request.remote_addr or "",
            browser=_browser(),
            code=request.form.get("code") or request.form.get("totp", ""),
        )
    except RequestRefused as refused:
        if refused.fault.error == CODE_WANTED:
            return _want_code(refused.fault)
        if wants_json():
            return errors.answer(refused.fault)
        wrong = refused.fault.message
        page = render_template(
            "public/sign_in.html", wrong=wrong, username=username, next=_next()
        )
        return page, refused.fault.status
    return _begin(signed_in)


def _want_code(fault: Fault) -> Answer:
    """Remember the ticket, and ask for the code."""
    session.clear()
    session[TICKET] = fault.details[0]
    if wants_json():
        return errors.answer(Fault(fault.error, fault.message, fault.remedy, 401))
    return errors.go("/sign-in/code", _next() or "/")


@blueprint.get("/sign-in/code")
def code_page() -> Answer:
    """Ask for the code of the app, once the password was right."""
    if TICKET not in session:
        return redirect("/sign-in", 303)
    return render_template("public/sign_in_code.html", fault=None, next=_next())


@blueprint.post("/sign-in/code")
def code() -> Answer:
    """Check the code and begin the session."""
    try:
        signed_in = client().ask_as(
            SignedIn,
            "sign_in_code",
            ticket=session.get(TICKET, ""),
            code=request.form.get("code", "").strip(),
            remote=request.remote_addr or "",
            browser=_browser(),
        )
    except RequestRefused as refused:
        if wants_json():
            return errors.answer(refused.fault)
        if refused.fault.error == OVER:
            session.pop(TICKET, None)
            flash(f"{refused.fault.message} {refused.fault.remedy}")
            return errors.go("/sign-in", _next() or "/")
        page = render_template(
            "public/sign_in_code.html", fault=refused.fault, next=_next()
        )
        return page, refused.fault.status
    return _begin(signed_in)


@blueprint.get("/first-start")
def first_start_page() -> Answer:
    """Ask for the first account, once."""
    if not client().ask("first_start_needed"):
        return redirect("/sign-in", 303)
    return render_template("public/first_start.html", wrong="", details=[], form={})


@blueprint.post("/first-start")
def first_start() -> Answer:
    """Make the first account and sign it in."""
    names = ("code", "username", "password", "first_name", "last_name")
    fields = {name: request.form.get(name, "").strip() for name in names}
    fields["password"] = request.form.get("password", "")
    try:
        signed_in = client().ask_as(
            SignedIn, "first_start", remote=request.remote_addr or "", **fields
        )
    except RequestRefused as refused:
        if wants_json():
            return errors.answer(refused.fault)
        page = render_template(
            "public/first_start.html",
            wrong=refused.fault.message,
            details=refused.fault.details,
            form=fields,
        )
        return page, refused.fault.status
    return _begin(signed_in)


@blueprint.get("/step-up")
def step_up_page() -> Answer:
    """Ask for the password once more, before something grave."""
    if me() is None:
        return errors.to_sign_in(_next())
    return _step_up_form(then="", back=_next() or "/", wrong="")


@blueprint.post("/step-up")
def step_up() -> Answer:
    """Check the password; then go on with what was asked for, as it was asked.

    A small form that met the need for step-up is carried in hidden fields. 307 makes
    the browser send it to its own address, so that the act is done with one more touch,
    not two.
    """
    then = request.form.get("then", "")
    back = safe_path(request.form.get("back", "/"))
    try:
        ask(Me, "step_up", secret=request.form.get("step_up_secret", ""))
    except RequestRefused as refused:
        if refused.fault.error == errors.SIGNED_OUT_CODE or wants_json():
            raise
        return _step_up_form(then, back, refused.fault.message), refused.fault.status
    if then:
        return redirect(safe_path(then), 307)
    return redirect(back, 303)


def _step_up_form(then: str, back: str, wrong: str) -> str:
    return render_template(
        "public/step_up.html",
        then=then,
        back=safe_path(back),
        fields=errors.carried_fields(),
        wrong=wrong,
    )


@blueprint.post("/lock")
def lock() -> Answer:
    """Lock this session; the page it was on waits behind the sign-in."""
    back = here()
    _forget_with("lock")
    flash("Locked. Sign in to go on.")
    return errors.go("/sign-in", back)


@blueprint.post("/sign-out")
def sign_out() -> Answer:
    """End this session, at the controller and in this browser."""
    _forget_with("sign_out")
    flash("You are signed out.")
    return redirect("/sign-in", 303)


def _forget_with(request_name: str) -> None:
    """End the session at the controller as far as that answers; here in any case."""
    with contextlib.suppress(RequestRefused, ControllerDown):
        tell(request_name)
    session.clear()


def _begin(signed_in: SignedIn) -> Response:
    session.clear()
    session[TOKEN] = signed_in.token
    return redirect(_where_to(signed_in.me), 303)


def _where_to(person: Me) -> str:
    wanted = safe_path(_next())
    waits = person.must_set_up or person.must_change
    if wanted == "/" or waits or is_piece():
        return nav.first_page(person)
    return wanted


def _next() -> str:
    wanted = request.values.get("next", "")
    return safe_path(wanted) if wanted else ""


def _browser() -> str:
    """Return what the browser calls itself, cut to what a list of sessions can show."""
    return request.headers.get("User-Agent", "")[:200]
