"""The stream that a request for the feed turns its connection into.

It carries what is public, and beside that only *that* something changed: whoever may
see it asks for it with a token.
"""

from __future__ import annotations

from typing import Any

import msgspec

from controller.protocol.board import Board
from controller.protocol.kiosk import KioskShow
from controller.protocol.taps import TapOutcome


class FeedEvent(msgspec.Struct, omit_defaults=True):
    """One message of the feed; exactly one of the parts is there.

    Attributes:
        board: the public state after a change (also sent first, and every minute).
        kiosk: what the kiosk shows now.
        tap: the outcome of a tap.
        gone: a reader's name: its field is empty again.
        door: ``[n, is_open]``: a contact's change that has been recorded.
        unopened: ``[order, why]``: an order is over and its door was not opened for it;
            ``why`` is ``never-opened`` or that of a ``ReleaseGivenUp``.
        changed: topics whose pages are to be asked for anew: ``class:<slug>``,
            ``people``, ``settings``, ``health``, ``journal``, ``desk``, ``enrolment``,
            ``accounts``. No content: whoever may see it asks with a token.
        clock: the wall clock was moved; ``at_us`` after the move.
        beat: sent every 5 s, so that silence means trouble; ``at_us``.
    """

    board: Board | None = None
    kiosk: KioskShow | None = None
    tap: TapOutcome | None = None
    gone: str | None = None
    door: list[Any] | None = None
    unopened: list[str] | None = None
    changed: list[str] | None = None
    clock: int | None = None
    beat: int | None = None
