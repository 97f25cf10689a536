"""Reception's page: who is here with a day card, and where devices are (REC-6)."""

from __future__ import annotations

import msgspec

from controller.protocol.records import RecordForm


class VisitorLine(msgspec.Struct):
    """One visit that is agreed for today.

    Attributes:
        id: of the visitor; empty until a card is given by this visit.
        record: of the visit.
        standing: ``expected`` (no card yet today), ``tap`` (the reader waits for the
            card), ``no-card`` (it was not tapped), ``here`` or ``ended``.
        sponsor: whom they come to.
        since: local ``HH:MM`` of the day's card, or empty.
        door: behind which the device is, or 0.
        waits: its use with pupils waits for the head's approval.
    """

    id: str
    record: str
    name: str
    organisation: str
    purpose: str
    sponsor: str
    standing: str
    since: str
    door: int
    waits: bool


class OwnLeft(msgspec.Struct):
    """An own device whose owner's card opens nothing any more.

    Attributes:
        person: whose. since: in words.
        at_desk: the door opens from this page; else with card and PIN at the bank.
    """

    person: str
    name: str
    door: int
    since: str
    at_desk: bool
    open: bool


class Visitors(msgspec.Struct):
    """The page.

    Attributes:
        lines: today's, those who are here first.
        left: devices that stayed behind.
        form: of a new visit.
        waits: name of whose card the reader waits for, or empty.
        said: what came of the last tap, where it was no card to give.
        reader: where cards are given.
        doors, free: set aside for own devices, and how many of them are free.
        by_hand: the clock is guessed, so no card ends by itself (DAY-11).
    """

    lines: list[VisitorLine]
    left: list[OwnLeft]
    form: RecordForm
    waits: str
    said: str
    reader: str
    doors: int
    free: int
    by_hand: bool
