"""Drop-off, lessons and home time as sentences."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from controller.domain import day_facts as d
from controller.service.views.names import in_words
from controller.service.views.words.who import Who, by_staff

_MARKS = {
    "none": "has no device today",
    "absent": "is absent",
    "left-early": "left early",
    "club": "is at a club",
    "office": "is with the office",
}
_ABOUT = {
    "left-behind": "a device stayed",
    "door-open": "the door stood open",
    "outcome-unknown": "it is not known whether the door opened",
    "forced": "the door came open without an order",
    "stock-extra": "a stock-take found something that the record does not know",
    "stock-missing": "a stock-take did not find what the record has there",
}
_MODES = {
    "tap": "each child taps",
    "tables": "table by table",
    "rows": "row by row",
    "all": "all at once",
}


def day_words(fact: d.DayFact, who: Who) -> str:  # noqa: C901, PLR0911, PLR0912  one arm a fact
    """Return what the day brought to a class or a pupil."""
    match fact:
        case d.DayBegan():
            return f"by the clock it is {date.fromisoformat(fact.date):%A %-d %B %Y}"
        case d.DropOffOpened():
            return f"{who.staff(fact.by)} opened drop-off for {who.klass(fact.klass)}"
        case d.DropOffClosed():
            return f"{who.staff(fact.by)} closed drop-off for {who.klass(fact.klass)}"
        case d.DeviceSaidIn() | d.DeviceCollected():
            return _moved(fact, who)
        case d.ClassConfirmed():
            return _confirmed(fact, who)
        case d.ReleaseStarted() | d.WaveStarted():
            return _released(fact, who)
        case d.ReleaseStopped():
            return f"{who.staff(fact.by)} stopped a release"
        case d.ReleaseEnded():
            return f"a release ended{by_staff(fact.by, who)}"
        case d.PupilMarked():
            until = f" until {fact.until}" if fact.until else ""
            words = _MARKS.get(fact.mark, fact.mark)
            return f"{who.staff(fact.by)}: {who.pupil(fact.pupil)} {words}{until}"
        case d.PupilUnmarked():
            return f"{who.staff(fact.by)} took {who.pupil(fact.pupil)}'s mark back"
        case d.SessionClosed():
            return f"home time of {who.klass(fact.klass)} is over"
        case d.QuestionRaised():
            whose = f" of {who.person(fact.pupil)}" if fact.pupil else ""
            about = _ABOUT.get(fact.about, fact.about)
            return f"for the office, door {fact.compartment}: {about}{whose}"
        case d.QuestionClosed():
            how = in_words(fact.how)
            return f"a question of the office was closed{by_staff(fact.by, who)}: {how}"
        case d.Evacuated():
            by = who.staff(fact.by) if fact.by else "the alarm contact"
            return f"evacuation, ordered by {by}: coils off"
        case d.Resumed():
            return f"{who.staff(fact.by)} ended the evacuation"
        case _:
            assert_never(fact)


def _moved(fact: d.DeviceSaidIn | d.DeviceCollected, who: Who) -> str:
    name = who.pupil(fact.pupil)
    quick = ", but the door was shut again at once" if fact.quick else ""
    if fact.paper:
        at = fact.written.replace("T", ", ")
        quick = f" (from paper, where {at} stands)"
    if isinstance(fact, d.DeviceSaidIn):
        kinds = " and ".join(fact.kinds)
        return f"{name}'s {kinds} is said to be in door {fact.compartment}{quick}"
    return f"{name} collected from door {fact.compartment}{quick}"


def _confirmed(fact: d.ClassConfirmed, who: Who) -> str:
    but = f", but {len(fact.excepted)}" if fact.excepted else ""
    return (
        f"{who.staff(fact.by)} has seen {who.klass(fact.klass)}: "
        f"{len(fact.pupils)} handed in{but}"
    )


def _released(fact: d.ReleaseStarted | d.WaveStarted, who: Who) -> str:
    if isinstance(fact, d.WaveStarted):
        return f"wave {fact.wave + 1} began{by_staff(fact.by, who) or ' by itself'}"
    whom = who.klass(fact.klass) if fact.klass else f"club {in_words(fact.club)}"
    early = ", before home time" if fact.early else ""
    return f"{who.staff(fact.by)} released {whom}, {_MODES[fact.mode]}{early}"
