"""Compression of pages that hold nothing secret.

Pages of people who are signed in are sent as they are: a compressed page that holds a
secret beside something a stranger can choose gives the secret away by its length
(BREACH, 2013). A server in front has to keep to that as well.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass

from flask import Response, request


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A page in both forms, to be sent many times."""

    plain: bytes
    packed: bytes

    @classmethod
    def of(cls, html: str) -> Squeezed:
        """Compress ``html`` once."""
        plain = html.encode()
        return cls(plain, gzip.compress(plain, 6, mtime=0))

    def response(self) -> Response:
        """Return the form that the browser which asks can read."""
        squeezed = request.accept_encodings.quality("gzip") > 0
        response = Response(self.packed if squeezed else self.plain)
        response.headers["Vary"] = "Accept-Encoding"
        if squeezed:
            response.headers["Content-Encoding"] = "gzip"
        return response
