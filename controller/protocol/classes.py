"""The class page and the list of classes: who is in, and today's release.

A class page is safe on a whiteboard: reasons come only with ``class_reasons``.
"""

from __future__ import annotations

from typing import Literal

import msgspec

TileState = Literal[
    "expected", "in", "said", "none", "open", "collected", "covered", "left-behind"
]


class Tile(msgspec.Struct, omit_defaults=True):
    """One pupil on the class page, safe on a whiteboard.

    Attributes:
        pupil: id.
        name: first name (with an initial where two share it).
        compartment: 0 when none is given now.
        state: ``covered`` is "Not this time", whatever the reason; ``expected`` is
            "not in yet".
        asked: at home time: an order for this door is in the queue.
        note: a plain sentence where something wants doing, e.g. "Shut again at once.
            Is the device out?", or empty.
        since: local ``HH:MM`` of the state, or empty.
        reason: only in the answer to ``class_reasons``: ``absent``, ``left-early``,
            ``club``, ``office`` or ``exception``.
        marked: whether today's mark may be taken back; of a covered tile whether it has
            a mark or not, so that those that have none look alike.
        unopened: the door had its turn in a wave and stayed shut.
    """

    pupil: str
    name: str
    compartment: int
    state: TileState
    asked: bool = False
    note: str = ""
    since: str = ""
    reason: str = ""
    marked: bool = False
    unopened: bool = False


class Group(msgspec.Struct):
    """A table of the class and who sits there."""

    name: str
    tiles: list[Tile]


class WaveStop(msgspec.Struct, omit_defaults=True):
    """One wave of a release on the line of stops."""

    name: str
    state: Literal["done", "now", "todo"]
    open_doors: int = 0


class ReleaseView(msgspec.Struct, omit_defaults=True):
    """A release under way, or the last one of today.

    Attributes:
        mode: ``tap``, ``tables``, ``rows`` or ``all``.
        state: ``running``, ``waiting`` (for doors to be shut or for "go"),
            ``stopped`` or ``ended``.
        collected, total: pupils whose door was seen open and shut; pupils meant.
        waves: stops, empty for ``tap``.
        next_name: the wave that "Next" would begin, or empty.
        began: local ``HH:MM``.
    """

    mode: str
    state: str
    collected: int
    total: int
    waves: list[WaveStop]
    next_name: str = ""
    began: str = ""


class ClassPage(msgspec.Struct):
    """The class page of one class.

    Attributes:
        class_id: slug. name, year: for the heading.
        phase: as on the board, for this class.
        counts: how many ``in``, ``said``, ``none``, ``covered``, ``expected``,
            ``collected``.
        groups: tables in order; pupils without a table come last under an empty name.
        release: the release of today, if any.
        ways: which of ``tap``, ``tables``, ``rows``, ``all`` can be offered now.
        release_size: doors that a release would open now.
        stay_shut: pupils a release would leave out.
        can: acts open to this person now: ``release``, ``stop``, ``next``, ``end``,
            ``confirm``, ``mark``, ``vouch``, ``drop-off-start``, ``drop-off-end``,
            ``evacuate``, ``resume``.
        drop_off: ``open``, ``late`` or ``shut``.
        by_hand: whether the clock is only guessed, so that staff begin and end things.
        confirmed: local ``HH:MM`` at which the class was confirmed, or empty.
        evacuated_since: local ``HH:MM``, or empty.
        open_doors: numbers of doors that stand open.
        left_out: sentences after a release: who was left out and why, reasons of holds
            withheld ("office").
        refused_today: taps refused today with the rule's name, newest first, at most 5:
            sentences (DAY-3 "the rule's name is on the staff's page"); those that say
            more than the hour, and names, only in the answer to ``class_reasons``.
        going_home: pupil and hold of whom nobody has said how the child gets home, only
            in the answer to ``class_reasons`` (CUS-13).
        clubs: slug, name and end of each club.
        missing: sentences about what was not signed or permitted: how many, and after
            ``class_reasons`` who.
        outing: a sentence about the outing that is under way, or empty (DAY-7).
        taking: pupils who may take their devices out for it now.
        unasked: after drop-off, how many usually hand in and have not (DAY-8).
    """

    class_id: str
    name: str
    year: str
    phase: str
    counts: dict[str, int]
    groups: list[Group]
    release: ReleaseView | None
    ways: list[str]
    release_size: int
    stay_shut: int
    can: list[str]
    drop_off: str
    by_hand: bool
    confirmed: str
    evacuated_since: str
    open_doors: list[int]
    left_out: list[str]
    refused_today: list[str]
    clubs: list[list[str]] = []
    missing: list[str] = []
    outing: str = ""
    taking: list[str] = []
    unasked: int = 0
    going_home: list[list[str]] = []


class ClassLine(msgspec.Struct):
    """One class in the list of classes."""

    class_id: str
    name: str
    year: str
    pupils: int
    in_now: int
    phase: str
