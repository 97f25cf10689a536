"""Why the paper sheet does not leave the Pi, in words, and what to do (DAY-13)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from controller.service.mail import WHY


@dataclass(frozen=True, slots=True)
class Trouble:
    """``words``: what is wrong, as part of a sentence; ``remedy``: a sentence."""

    words: str
    remedy: str


_AT_SERVER = "Look at [mail] in the configuration and at the school's mail server."

TROUBLES: Mapping[str, Trouble] = {
    "no-folder": Trouble(
        "the folder is not there", "Mount it, or put [paper] folder right."
    ),
    "cannot-write": Trouble(
        "the folder cannot be written", "Look at its rights and its free space."
    ),
    "no-printing": Trouble(
        "there is no printing on this machine", "Install cups-client."
    ),
    "printer-refused": Trouble(
        "the printer's queue did not take it",
        "Look at the printer; lpstat -p says how its queues are.",
    ),
    "no-mail": Trouble(
        "no mail can be sent from here", "Name the school's mail server under [mail]."
    ),
    **{code: Trouble(words, _AT_SERVER) for code, words in WHY.items()},
}
"""Code of a ``SheetStuck`` -> what it means."""

UNKNOWN = Trouble("it did not work", "Look at the controller's log.")


def trouble(code: str) -> Trouble:
    """Return what a code means.

    >>> trouble("no-folder").words
    'the folder is not there'
    """
    return TROUBLES.get(code, UNKNOWN)
