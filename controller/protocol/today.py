"""What a day brings besides hand-in and home time: its pages' answers."""

from __future__ import annotations

import msgspec


class OutingLine(msgspec.Struct):
    """One outing of today.

    Attributes:
        why: ``trip`` or ``lesson``. stage: as in ``today_records.Outing``.
        began: local ``HH:MM``.
        total, out, back: devices meant, taken out, handed in again.
        waiting: first names of those who have not taken theirs out.
        missing: first names of those whose device is out and not back.
        can: stages it can be taken to now.
    """

    id: str
    why: str
    stage: str
    began: str
    total: int
    out: int
    back: int
    waiting: list[str]
    missing: list[str]
    can: list[str]


class OutingPage(msgspec.Struct):
    """The outings of a class.

    Attributes:
        lines: today's, the newest first.
        going: id and first name of each pupil who could go on one now.
        lesson: the approved use in a lesson that holds now, in words, or empty.
    """

    class_id: str
    name: str
    lines: list[OutingLine]
    going: list[tuple[str, str]]
    lesson: str


class AskLine(msgspec.Struct):
    """A pupil who usually hands in and has not today."""

    pupil: str
    name: str
    table: str


class Reconciliation(msgspec.Struct):
    """The morning's question of one class (DAY-8).

    Attributes:
        asks: whom to ask. handed: devices in. said: pupils with a word for today.
        ready: whether enough days are known to call anything usual.
        open: drop-off has not closed yet.
    """

    class_id: str
    name: str
    asks: list[AskLine]
    handed: int
    said: int
    ready: bool
    open: bool


class Leaving(msgspec.Struct):
    """One pupil who may leave early (DAY-7).

    Attributes:
        door: behind which the device is, or 0. held: devices that are held.
        adults: id, name, what the adult is to the pupil, "never release".
        left: local ``HH:MM`` since which the pupil is marked so, or empty.
    """

    pupil: str
    name: str
    class_id: str
    door: int
    held: int
    adults: list[tuple[str, str, str, bool]]
    left: str


class Companions(msgspec.Struct):
    """Whom a pupil's device can go home with, or be mixed up with (DAY-16).

    Attributes:
        siblings: id and name of pupils with an adult in common.
        others: id and name of the pupils whom this reader may see.
        doors: id, name and door of those whose device is, or was today, behind one.
    """

    pupil: str
    name: str
    class_id: str
    door: int
    siblings: list[tuple[str, str]]
    others: list[tuple[str, str]]
    doors: list[tuple[str, str, int]]


class CoverLine(msgspec.Struct):
    """A cover that runs; ``until`` in words."""

    staff: str
    name: str
    username: str
    classes: list[str]
    until: str
    by: str
    has_card: bool


class Covers(msgspec.Struct):
    """The covers that run (DAY-12).

    Attributes:
        classes: id and name. day, time: when one ends if nobody says otherwise.
        waits: id of the cover whose card the reader waits for, or empty.
        said: what came of the last tap, where it was no card to give.
        by_hand: the clock is guessed, so none ends by itself (DAY-11).
    """

    lines: list[CoverLine]
    classes: list[tuple[str, str]]
    day: str
    time: str
    waits: str
    said: str
    reader: str
    by_hand: bool


class CoverIssued(msgspec.Struct):
    """A new cover, with what is shown once."""

    line: CoverLine
    pin: str
    password: str


class SheetRow(msgspec.Struct):
    """One door of the sheet.

    ``state``: ``in``, ``out``, ``held``, ``own``, ``empty`` or ``broken``.
    """

    n: int
    initials: str
    class_name: str
    state: str
    since: str = ""
    pupil: str = ""


class SheetWay(msgspec.Struct):
    """One way by which the sheet leaves: where to, when it last did, what is wrong."""

    way: str
    where: str
    left: str
    stuck: str


class Sheet(msgspec.Struct):
    """The paper sheet of this moment (DAY-13).

    ``day`` ISO; ``made`` in words; ``ways``: only those that are configured.
    """

    bank: str
    school: str
    day: str
    made: str
    rows: list[SheetRow]
    ways: list[SheetWay]


class StockRow(msgspec.Struct):
    """One door of a stock-take.

    Attributes:
        expected: what the record has behind it, in words. empty: nothing.
        name: whose it is, or empty.
        waits: it is told to open. open: it stands open.
        found: ``agreed``, ``extra`` or ``missing`` by the last stock-take, or empty.
    """

    n: int
    expected: str
    empty: bool
    name: str
    waits: bool
    open: bool
    found: str


class Stock(msgspec.Struct):
    """A stock-take (REP-6).

    Attributes:
        id: of the one that runs, or empty. doors: how many it opens.
        last: when and by whom stock was last taken, in words, or empty.
        differences: of the last one.
    """

    id: str
    doors: int
    rows: list[StockRow]
    last: str
    differences: int
