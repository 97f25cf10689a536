"""Facts of what a day brings besides hand-in and home time (DAY-7 to DAY-16, REP-6).

Words, such as who a child left with, are one text in people.db, named by ``note`` with
its salted ``digest``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutingBegan:
    """Pupils may take their devices out before home time, and bring them back (DAY-7).

    Attributes:
        outing: id.
        klass: the class. pupils: who of it, each with something in.
        why: a code of :data:`OUTINGS`.
        by: the member of staff.
        record: the approved use in a lesson (REC-4), or empty.
    """

    outing: str
    klass: str
    why: str
    pupils: tuple[str, ...]
    by: str
    record: str = ""


OUTINGS = ("trip", "lesson")
"""What devices are taken out for."""


@dataclass(frozen=True, slots=True)
class OutingMoved:
    """An outing is at another stage: ``away`` or ``returning``.

    ``by`` empty: its hour was up.
    """

    outing: str
    stage: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class OutingOver:
    """An outing is over: so many devices went out, so many came back.

    ``missing``: whose did not. ``by`` empty: its hour, or the day, was up.
    """

    outing: str
    out: int
    back: int
    missing: tuple[str, ...]
    by: str = ""


@dataclass(frozen=True, slots=True)
class LeftWith:
    """A pupil left before home time (DAY-7).

    Attributes:
        pupil: who.
        whom: a code of :data:`COLLECTORS`.
        by: who let the pupil go.
        contact: the adult of the pupil's list, for ``adult``.
        note, digest: the words, for ``other``.
    """

    pupil: str
    whom: str
    by: str
    contact: str = ""
    note: str = ""
    digest: str = ""


COLLECTORS = ("adult", "other", "alone")
"""With whom a pupil leaves early: an adult of the list, somebody else, nobody."""


@dataclass(frozen=True, slots=True)
class GivenToSibling:
    """A pupil's device goes home with a sibling; its door is ordered (DAY-16)."""

    pupil: str
    sibling: str
    by: str


@dataclass(frozen=True, slots=True)
class DevicesSwapped:
    """Two devices were in each other's compartments; nobody is to blame (DAY-16).

    ``first``'s is behind ``first_door`` and ``second``'s behind ``second_door`` from
    now on.
    """

    first: str
    first_door: int
    second: str
    second_door: int
    by: str


@dataclass(frozen=True, slots=True)
class CoverGiven:
    """A cover teacher has classes until ``until_us``, UTC microseconds (DAY-12)."""

    staff: str
    classes: tuple[str, ...]
    until_us: int
    by: str


@dataclass(frozen=True, slots=True)
class CoverEnded:
    """A cover is over; ``by`` empty: its time was up."""

    staff: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class SheetLeft:
    """The paper sheet left the Pi (DAY-13).

    Attributes:
        ways: codes of :data:`SHEET_WAYS`.
        inside: devices on it. held: how many of its doors must not be opened.
    """

    ways: tuple[str, ...]
    inside: int
    held: int


SHEET_WAYS = ("folder", "printer", "mail")
"""How the sheet leaves the Pi."""


@dataclass(frozen=True, slots=True)
class SheetStuck:
    """The sheet did not leave the Pi by ``way``; ``why``: a code, told once a fault."""

    way: str
    why: str


@dataclass(frozen=True, slots=True)
class StockBegan:
    """A stock-take began: the doors of ``doors``, empty by the record, open (REP-6)."""

    stock: str
    doors: tuple[int, ...]
    by: str


@dataclass(frozen=True, slots=True)
class StockTaken:
    """A stock-take is over, and what was found.

    Attributes:
        stock: id. by: who looked.
        agreed: doors where things are as the record has them.
        extra: doors with something behind them that the record does not know.
        missing: doors without what the record has behind them.
    """

    stock: str
    agreed: tuple[int, ...]
    extra: tuple[int, ...]
    missing: tuple[int, ...]
    by: str


@dataclass(frozen=True, slots=True)
class StockStopped:
    """A stock-take was stopped; doors that wait are not opened any more."""

    stock: str
    by: str = ""


TodayFact = (
    OutingBegan
    | OutingMoved
    | OutingOver
    | LeftWith
    | GivenToSibling
    | DevicesSwapped
    | CoverGiven
    | CoverEnded
    | SheetLeft
    | SheetStuck
    | StockBegan
    | StockTaken
    | StockStopped
)
