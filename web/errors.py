"""Every error ends here: as a page, a piece of a page, or one JSON shape (WEB-6).

::

    SiteError                a fault that the site itself finds
    ├── BadInput             a field or a body that cannot be taken
    ├── NoSuchPage           nothing is here, or only in the demo
    ├── NotPaired            this browser is no kiosk
    └── TooManyStreams       all places for live streams are taken

The controller's own refusals (``RequestRefused``) bear the same shape already. No
message holds a name, and no answer holds a stack trace.
"""

from __future__ import annotations

import logging
from typing import ClassVar
from urllib.parse import quote, urlsplit

from flask import Flask, Response, jsonify, make_response, redirect, request, session
from flask import render_template as render
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from controller.client import ControllerDown, RequestRefused
from controller.protocol import Fault
from web.asking import TOKEN

log = logging.getLogger(__name__)

SIGNED_OUT = 401
SIGNED_OUT_CODE = "signed-out"
STEP_UP = "step-up-needed"
FIRST_OF_ALL = {"must-set-up": "/account/second-factor", "must-change": "/account"}
"""Faults of somebody whose account is not ready yet -> where it is made so."""
NOT_CARRIED = {"csrf_token", "step_up_secret", "then", "back"}
"""Fields of the step-up form itself."""


class SiteError(Exception):
    """Base of what the site itself finds wrong; carries the one error shape."""

    code: ClassVar[str] = "site"
    status: ClassVar[int] = 400
    remedy: ClassVar[str] = ""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.fault = Fault(
            self.code, message, remedy=remedy or self.remedy, status=self.status
        )


class BadInput(SiteError):
    """A field or a body that cannot be taken as it is."""

    code = "bad-input"
    status = 422
    remedy = "Mend what is named and send it again."


class NoSuchPage(SiteError):
    """Nothing is here."""

    code = "not-found"
    status = 404
    remedy = "Look at the address, or begin again at the board."

    def __init__(self, message: str = "There is no such page.") -> None:
        super().__init__(message)


class NotPaired(SiteError):
    """This browser has not been paired with a bank."""

    code = "not-a-kiosk"
    status = 403
    remedy = "A technician signs in here and presses Pair this screen."

    def __init__(self) -> None:
        super().__init__("This screen has not been paired with the lockers.")


class TooManyStreams(SiteError):
    """All places for live streams are taken; the page still works, without them."""

    code = "too-many-streams"
    status = 503
    remedy = "Close pages that nobody looks at. This one tries again by itself."

    def __init__(self) -> None:
        super().__init__("Too many screens are watching at once.")


WORDS: dict[int, tuple[str, str, str]] = {
    400: (
        "bad-request",
        "This could not be understood.",
        "Go back, load the page again and try once more.",
    ),
    401: ("signed-out", "You are signed out.", "Sign in and try again."),
    403: (
        "no-right",
        "This is not open to you.",
        "Leadership says what an account may do.",
    ),
    404: ("not-found", "There is no such page.", NoSuchPage.remedy),
    405: (
        "wrong-method",
        "This address cannot be used in that way.",
        "Go back and use the buttons of the page.",
    ),
    413: (
        "too-large",
        "That is larger than 5 MB.",
        "Send a smaller file; a roll is far below that.",
    ),
    415: (
        "wrong-type",
        "This was sent in a form that is not read here.",
        "Send a form, or JSON where JSON is asked for.",
    ),
    422: ("bad-input", "This cannot be taken as it is.", BadInput.remedy),
    500: (
        "site-broken",
        "Something went wrong on this page. The doors are not concerned.",
        "Try again. If it stays, tell the technician the time it happened.",
    ),
}
"""Code, message and remedy for errors that the framework raises by itself."""

COMES_BACK_S = 5
"""How often a page that could not be shown is asked for again by its browser."""

OURS = {404, 409, 422}
"""Statuses with which a view may ``abort`` in its own words."""

DOWN = Fault(
    "controller-down",
    "The lockers do not answer at the moment.",
    remedy="This page comes back by itself. If it does not, use the key and tell the "
    "technician.",
    status=503,
)


def register(app: Flask) -> None:
    """Let every error of ``app`` become a page or the JSON shape."""
    app.register_error_handler(RequestRefused, _refused)
    app.register_error_handler(ControllerDown, _down)
    app.register_error_handler(SiteError, _site_error)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def answer(fault: Fault) -> AnyResponse:
    """Return ``fault`` in the shape that this client can read."""
    if wants_json():
        response: AnyResponse = jsonify(
            error=fault.error,
            message=fault.message,
            remedy=fault.remedy,
            **({"details": fault.details} if fault.details else {}),
        )
    elif is_piece():
        response = make_response(render("parts/fault.html", fault=fault))
        response.headers["HX-Retarget"] = "#said"
        response.headers["HX-Reswap"] = "innerHTML"
    else:
        response = make_response(render("public/error.html", fault=fault, back=_back()))
    response.status_code = fault.status
    return response


def wants_json() -> bool:
    """Whether this client asks for JSON, or this address speaks nothing else."""
    if request.path.startswith(("/twin/", "/healthz")) or request.is_json:
        return True
    accepted = request.accept_mimetypes
    best = accepted.best_match(["text/html", "application/json"], default="text/html")
    return best == "application/json"


def is_piece() -> bool:
    """Whether htmx asks, and wants a piece of a page rather than a page."""
    return "HX-Request" in request.headers


def here() -> str:
    """Return where to come back to: this page, or for a form the page it was on."""
    if request.method == "GET" and not is_piece():
        return request.full_path.rstrip("?")
    seen = urlsplit(request.headers.get("HX-Current-URL", request.referrer or ""))
    return seen.path if seen.netloc == request.host else "/"


def _back() -> str:
    """Return the page a form was on, to go back to it; empty where there is none."""
    return here() if request.method == "POST" and request.referrer else ""


def _refused(refused: RequestRefused) -> AnyResponse:
    fault = refused.fault
    if wants_json():
        return answer(fault)
    if fault.error == SIGNED_OUT_CODE:
        return to_sign_in()
    if fault.error == STEP_UP:
        return _to_step_up()
    if fault.error in FIRST_OF_ALL:
        return go(FIRST_OF_ALL[fault.error], "/")
    return answer(fault)


def to_sign_in(back: str = "") -> AnyResponse:
    """Return the way to the sign-in page and back; JSON clients get the bare 401."""
    session.pop(TOKEN, None)
    if wants_json():
        code, message, remedy = WORDS[SIGNED_OUT]
        return answer(Fault(code, message, remedy=remedy, status=SIGNED_OUT))
    return go("/sign-in", back or here())


def _to_step_up() -> AnyResponse:
    """Ask for the password first; a small form is carried along and sent again."""
    if request.method != "POST" or request.files or is_piece():
        return go("/step-up", here())
    page = render(
        "public/step_up.html",
        then=request.path,
        back=here(),
        fields=carried_fields(),
        wrong="",
    )
    return Response(page, status=403)


def carried_fields() -> list[tuple[str, str]]:
    """Return the fields of the form that has to wait for step-up."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in NOT_CARRIED
    ]


def go(path: str, back: str) -> AnyResponse:
    """Send the browser to ``path``, which leads back to ``back`` in the end."""
    address = f"{path}?next={_quote(back)}" if back != "/" else path
    if not is_piece():
        return redirect(address, 303)
    response = make_response("", 200)
    response.headers["HX-Redirect"] = address
    return response


def _quote(path: str) -> str:
    return quote(path, safe="/")


def _down(_error: ControllerDown) -> AnyResponse:
    response = answer(DOWN)
    response.headers["Retry-After"] = "2"
    if request.method == "GET" and response.mimetype == "text/html" and not is_piece():
        response.headers["Refresh"] = str(COMES_BACK_S)
    return response


def _site_error(error: SiteError) -> AnyResponse:
    return answer(error.fault)


def _csrf(_error: CSRFError) -> AnyResponse:
    return answer(
        Fault(
            "form-too-old",
            "This form was too old, or not of this page. Nothing was changed.",
            remedy="Load the page again and press once more.",
        )
    )


def _http(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    if status < 400:  # a redirect that werkzeug raises  # noqa: PLR2004
        return AnyResponse(error.get_body(), status, error.get_headers(request.environ))
    code, message, remedy = WORDS.get(status, WORDS[500 if status >= 500 else 400])  # noqa: PLR2004
    if error.description != type(error).description and status in OURS:
        message = error.description or message
    return answer(Fault(code, message, remedy=remedy, status=status))


def _broken(error: Exception) -> AnyResponse:
    log.error("%s: %s", request.endpoint, type(error).__name__, exc_info=error)
    code, message, remedy = WORDS[500]
    return answer(Fault(code, message, remedy=remedy, status=500))
