"""The office's list: what stayed behind and what nobody has explained."""

from __future__ import annotations

import msgspec


class LeftBehind(msgspec.Struct, omit_defaults=True):
    """A device that stayed, or an open question, as the office's list shows it.

    Attributes:
        id: of the question. words: a sentence. since: local date and time.
        nights: nights it has stayed; weekend: whether one of them was a weekend's.
        leaver: whether its pupil has left the school, so that no card opens the door.
        give_back: the leaver's id, where the reader may open the door for the parent.
    """

    id: str
    compartment: int
    name: str
    class_id: str
    words: str
    since: str
    nights: int = 0
    weekend: bool = False
    leaver: bool = False
    give_back: str = ""


class Desk(msgspec.Struct):
    """The office's list (DAY-6): what stayed behind and what is not yet explained."""

    left_behind: list[LeftBehind]
    questions: list[LeftBehind]
