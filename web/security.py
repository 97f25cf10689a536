"""Cookies, headers, hosts and keys: what keeps a page from being used against us.

The site is not trusted by the controller. It still owes its visitors that no other
site can press its buttons (CSRF), put itself around it (frames), run a script in it
(CSP), or make it believe that it has another name (``Host``).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect

from web.config import MAX_UPLOAD_BYTES, WebConfig

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere, nothing inline. ``data:`` pictures: Pico needs them."""

HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), usb=()",
}

KEY_BYTES = 32
"""Of the key that signs cookies: as long as the digest it keys (SHA-256)."""

FORM_FIELDS_BYTES = 64 * 1024
"""Room for the other fields of a form that carries a file."""

csrf = CSRFProtect()


def secret_key(path: Path) -> bytes:
    """Return the key in ``path``; make it, readable by us alone, where it is missing.

    Raises:
        ValueError: the file holds fewer than :data:`KEY_BYTES` bytes.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(path)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return _read_key(path)


def _read_key(path: Path) -> bytes:
    key = path.read_bytes()
    if len(key) < KEY_BYTES:
        raise ValueError(f"{path}: found {len(key)} bytes, wanted {KEY_BYTES} or more")
    return key


def protect(app: Flask, config: WebConfig) -> None:
    """Set cookies, limits, hosts, headers and CSRF protection of ``app``."""
    app.config.update(
        SECRET_KEY=secret_key(config.secret_key_path),
        SESSION_COOKIE_NAME="hometime" if config.demo else "__Host-hometime",
        SESSION_COOKIE_SECURE=not config.demo,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        TRUSTED_HOSTS=list(config.trusted_hosts),
        MAX_CONTENT_LENGTH=MAX_UPLOAD_BYTES + FORM_FIELDS_BYTES,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a page stays open all day
        WTF_CSRF_SSL_STRICT=False,  # the token suffices; a Referer is not asked for
    )
    csrf.init_app(app)
    app.jinja_env.globals["form_key"] = form_key
    app.after_request(_with_headers)
    if not config.demo:
        app.after_request(_with_https_only)


def form_key() -> str:
    """Return a key for one form, so that the controller does it once (``ask_once``)."""
    return secrets.token_urlsafe(12)


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _with_https_only(response: Response) -> Response:
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def safe_path(wanted: str) -> str:
    r"""Return ``wanted`` if it is a path of this site, else the board's.

    >>> safe_path("/classes/kestrels")
    '/classes/kestrels'
    >>> safe_path("//elsewhere/"), safe_path("https://elsewhere/"), safe_path("/\\x")
    ('/', '/', '/')
    """
    bad = not wanted.startswith("/") or wanted.startswith(("//", "/\\"))
    if bad or any(ord(letter) < ord(" ") or letter == "\\" for letter in wanted):
        return "/"
    return wanted
