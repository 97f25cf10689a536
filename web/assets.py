"""Styles, pictures and scripts: read once, compressed once, kept by browsers for ever.

The address of a file carries a digest of its content (``?v=``), so a browser asks for
it once, and again only when it has changed.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, request

from web.errors import NoSuchPage

FOLDER = Path(__file__).parent / "static"
TEXT = {".css", ".js", ".svg", ".txt", ".webmanifest"}
TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json"}
YEAR_S = 365 * 24 * 3600

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent: ``packed`` is gzip, or empty where that gains nothing."""

    body: bytes
    packed: bytes
    type: str
    digest: str


@cache
def assets() -> dict[str, Asset]:
    """Return every file below ``static/`` by its path."""
    return {
        path.relative_to(FOLDER).as_posix(): _load(path)
        for path in sorted(FOLDER.rglob("*"))
        if path.is_file()
    }


def _load(path: Path) -> Asset:
    body = path.read_bytes()
    packed = gzip.compress(body, 9, mtime=0) if path.suffix in TEXT else b""
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "text/plain"
    if kind.startswith("text/") or path.suffix in TEXT:
        kind += "; charset=utf-8"
    return Asset(body, packed, kind, hashlib.sha256(body).hexdigest()[:12])


@blueprint.get("/static/<path:filename>", endpoint="static")
def send(filename: str) -> Response:
    """Send one file, compressed where the browser can read that."""
    asset = assets().get(filename)
    if asset is None:
        raise NoSuchPage
    squeezed = bool(asset.packed) and request.accept_encodings.quality("gzip") > 0
    response = Response(asset.packed if squeezed else asset.body)
    response.headers["Content-Type"] = asset.type
    response.headers["Vary"] = "Accept-Encoding"
    if squeezed:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(asset.digest + ("-gz" if squeezed else ""))
    if request.args.get("v") == asset.digest:
        response.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)  # type: ignore[return-value]  # werkzeug's own base class


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """Send the drawing of an open door that tabs show."""
    return send("img/favicon.svg")


def address(filename: str) -> str:
    """Return the address of a file below ``static/``, with the digest of its content.

    Built by hand: an error page must be drawn even for a request whose ``Host`` is none
    of ours, for which the framework builds no address.
    """
    return f"/static/{filename}?v={assets()[filename].digest}"


def register(app: Flask) -> None:
    """Serve ``static/`` and let templates ask for ``asset("css/look.css")``."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals["asset"] = address
