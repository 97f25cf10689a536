"""The cookie by which a paired screen is known.

It is not the session: a member of staff signing in or out at that screen leaves it
alone, and it lasts as long as browsers keep cookies.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from web.config import WebConfig

LASTS_S = 400 * 24 * 3600
"""The longest that browsers keep a cookie (RFC 6265bis, section 5.5)."""


def _config() -> WebConfig:
    config: WebConfig = current_app.extensions["hometime-config"]
    return config


def _name() -> str:
    return "kiosk" if _config().demo else "__Host-kiosk"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or b"", salt="kiosk")


def paired_token(bank: str = "") -> str:
    """Return this browser's pairing token (for ``bank``), or an empty string."""
    try:
        found: dict[str, Any] = _signer().loads(request.cookies.get(_name(), ""))
    except BadSignature:
        return ""
    return str(found["token"]) if bank in ("", found["bank"]) else ""


def pair(response: Response, bank: str, token: str) -> None:
    """Make the browser that gets ``response`` the kiosk of ``bank``."""
    response.set_cookie(
        _name(),
        str(_signer().dumps({"bank": bank, "token": token})),
        max_age=LASTS_S,
        secure=not _config().demo,
        httponly=True,
        samesite="Lax",
    )
