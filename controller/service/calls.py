"""One request being served: who asks, with what arguments, and how it can be refused.

Arguments are the site's, so they are hostile: each is fetched by kind and bound here,
and a wrong one becomes a clear fault that changes nothing.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from controller.domain.context import NOBODY, Actor
from controller.domain.refusals import Refusal
from controller.protocol import Fault

MAX_TEXT = 2_000
"""Longest text argument in characters, far past any form field."""

MAX_FILE_BYTES = 5 * 1024 * 1024
"""Largest file that is taken: a roll of a large school is under 1 MB."""

MOST_WHOLE = 2**53
"""Larger than any number of ours, and every language between here and a page has it."""

_WHOLE = re.compile(r"-?[0-9]{1,11}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Control characters, line ends, and those that turn the text around them; joiners of
letters, which names in Urdu need, are none of them."""


class Refused(Exception):
    """The request is not done; carries the answer's fault. Nothing was changed."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def bad_input(where: str, found: str, wanted: str) -> Refused:
    """Return the fault of an argument: where, what was found, what was wanted."""
    message = f"{where}: {found}, wanted {wanted}"
    remedy = "Go back, correct it and try again."
    return Refused(Fault("bad-input", message, remedy, 422, [message]))


def not_found(what: str) -> Refused:
    """Return the fault of an id that nobody has."""
    return Refused(
        Fault(
            f"no-such-{what}",
            f"There is no such {what}.",
            "Go back and choose again; it may have been changed meanwhile.",
            404,
        )
    )


def no_right() -> Refused:
    """Return the fault of a role that has no need of this."""
    refusal = Refusal("no-right")
    return Refused(Fault("no-right", refusal.words, refusal.remedy, 403))


def by_rule(refusal: Refusal) -> Refused:
    """Return the fault of an order that a rule turned away."""
    rights = refusal.rule in ("no-right", "not-your-class")
    missing = refusal.rule == "unknown"
    status = 403 if rights else 404 if missing else 409
    code = refusal.rule if rights or missing else "refused"
    return Refused(Fault(code, refusal.words, refusal.remedy, status, [refusal.rule]))


def _is_whole(value: object) -> TypeGuard[int]:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return -MOST_WHOLE <= value <= MOST_WHOLE


@dataclass(frozen=True, slots=True)
class Later:
    """Slow work: ``work`` runs beside the loop, ``then`` in it with the result."""

    work: Callable[[], Any]
    then: Callable[[Any], Any]


@dataclass(slots=True)
class Call:
    """One request.

    Attributes:
        do: the request's name.
        token: as sent.
        args: as sent; use the methods.
        actor: the person behind the token, or nobody.
        session: id of the session, or empty.
        stepped_up: whether step-up holds.
        kiosk: id of the kiosk behind the token, or empty.
    """

    do: str
    token: str
    args: dict[str, Any]
    actor: Actor = NOBODY
    session: str = ""
    stepped_up: bool = False
    kiosk: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def text(self, name: str, default: str | None = None, most: int = MAX_TEXT) -> str:
        """Return a text of at most ``most`` characters without control characters."""
        value = self.args.get(name, default)
        if not isinstance(value, str):
            raise bad_input(name, "nothing" if value is None else "no text", "a text")
        if len(value) > most:
            raise bad_input(name, f"{len(value)} characters", f"at most {most}")
        if _CONTROL.search(value):
            raise bad_input(name, "a control character", "printable text")
        return value.strip()

    def secret(self, name: str) -> str:
        """Return a password or PIN as typed; never stripped, never in a message."""
        value = self.args.get(name)
        if not isinstance(value, str) or not 0 < len(value) <= MAX_TEXT:
            raise bad_input(name, "nothing", "what you sign in with")
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        """Return a whole number; text of digits counts, since forms send text."""
        value = self.args.get(name, default)
        if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
            value = int(value)
        if not _is_whole(value):
            raise bad_input(name, "no number", "a whole number")
        return value

    def flag(self, name: str, default: bool | None = None) -> bool:  # noqa: FBT001  a default
        """Return true or false."""
        value = self.args.get(name, default)
        if not isinstance(value, bool):
            raise bad_input(name, "neither yes nor no", "yes or no")
        return value

    def texts(self, name: str, most: int = 500) -> tuple[str, ...]:
        """Return a list of at most ``most`` short texts."""
        value = self.args.get(name, [])
        if not isinstance(value, list) or len(value) > most:
            raise bad_input(name, "no list", f"a list of at most {most}")
        if not all(isinstance(v, str) and len(v) <= MAX_TEXT for v in value):
            raise bad_input(name, "something else", "a list of texts")
        return tuple(value)

    def wholes(self, name: str, most: int = 10_000) -> tuple[int, ...]:
        """Return a list of at most ``most`` whole numbers."""
        value = self.args.get(name, [])
        if not isinstance(value, list) or len(value) > most:
            raise bad_input(name, "no list", f"a list of at most {most}")
        if not all(_is_whole(v) for v in value):
            raise bad_input(name, "something else", "a list of whole numbers")
        return tuple(value)

    def file(self, name: str = "data") -> bytes:
        """Return an uploaded file, sent as base64."""
        value = self.args.get(name)
        if not isinstance(value, str):
            raise bad_input(name, "nothing", "a file")
        if len(value) > MAX_FILE_BYTES * 4 // 3 + 4:
            raise bad_input(name, "more than 5 MB", "a file of at most 5 MB")
        try:
            return base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            raise bad_input(name, "something damaged", "a file") from None
