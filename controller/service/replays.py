"""A form that is sent twice does what it says once.

A page gives each form a key of its own as it is made. Pressed twice, sent again by a
browser that never saw the answer, or replayed on purpose, the same form by the same
person gets the first answer again, and nothing is written.

Only what has been done is remembered: a form that was refused can be mended and sent.
The book is in memory: after a restart the page has to be asked for anew, and shows what
is so.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import Any

import msgspec

from controller.service.calls import Call

MOST = 200
"""Answers that are remembered; more forms than a school's staff have open at once."""

MOST_KEY = 40
"""Longest key in characters; a page's own has 16."""

KEY = "once"


class Replays:
    """The answers to forms that have been carried out, the newest ``MOST`` of them."""

    def __init__(self) -> None:
        self._answers: OrderedDict[bytes, Any] = OrderedDict()

    def mark(self, call: Call) -> bytes | None:
        """Return what tells this form from all others; ``None`` if it has no key.

        Raises:
            Refused: the key is no short text.
        """
        key = call.text(KEY, "", MOST_KEY)
        if not key:
            return None
        said = msgspec.json.encode([call.do, call.actor.person, call.args])
        return hashlib.sha256(said).digest()

    def __contains__(self, mark: bytes) -> bool:
        """Whether that form has been carried out."""
        return mark in self._answers

    def __getitem__(self, mark: bytes) -> Any:  # noqa: ANN401  any answer
        """Return what it was answered."""
        return self._answers[mark]

    def keep(self, mark: bytes, answer: Any) -> None:  # noqa: ANN401  any answer
        """Remember that the form has been carried out, and forget the oldest."""
        self._answers[mark] = answer
        while len(self._answers) > MOST:
            self._answers.popitem(last=False)
