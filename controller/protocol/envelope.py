"""What every message travels in: an order or question, its answer, or a fault.

``MAX_LINE_BYTES`` bounds the line that carries one; see the package for the rules.
"""

from __future__ import annotations

from typing import Any

import msgspec

MAX_LINE_BYTES = 8 * 1024 * 1024
"""Longest line that is read: a roll of 5 MB in base64 with room to spare."""


class Request(msgspec.Struct, omit_defaults=True):
    """One order or question.

    Attributes:
        id: chosen by the client, given back with the answer.
        do: a name of the list of requests.
        token: a person's session token, or a kiosk's pairing token, or empty.
        args: the request's own arguments.
    """

    id: int
    do: str
    token: str = ""
    args: dict[str, Any] = {}


class Fault(msgspec.Struct, omit_defaults=True):
    """Why a request was not done: the site's one error shape."""

    error: str
    message: str
    remedy: str = ""
    status: int = 400
    details: list[str] = []


class Answer(msgspec.Struct, omit_defaults=True):
    """The answer to the request with this ``id``: ``value``, or ``fault``."""

    id: int
    value: Any = None
    fault: Fault | None = None
