"""The record in plain words, page by page."""

from __future__ import annotations

import msgspec


class JournalLine(msgspec.Struct, omit_defaults=True):
    """One entry in plain words, with its place.

    Attributes:
        epoch, seq: the position; ``node`` is the bank.
        day, at: local date (ISO) and ``HH:MM:SS``.
        words: a sentence; names only where the role may see them.
        kind: the entry's kind.
        clock: ``synced``, ``rtc`` or ``guessed``.
        forgotten: the body was forgotten by rule.
    """

    node: str
    epoch: int
    seq: int
    day: str
    at: str
    words: str
    kind: str
    clock: str
    icon: str = ""
    forgotten: bool = False


class JournalPage(msgspec.Struct):
    """A page of the journal, newest first; ``older`` is ``[epoch, seq]`` or empty.

    ``narrow``: a person, a door or a kind was asked for; what is sealed is left out.
    ``staff`` are id and name of who can be asked for, where the role may know.
    """

    lines: list[JournalLine]
    older: list[int]
    entries: int
    head: str
    narrow: bool = False
    staff: list[list[str]] = []
