"""Outings, early leavers, covers, the paper sheet, stock-takes as sentences."""

from __future__ import annotations

from typing import assert_never

from controller.domain import today_facts as f
from controller.service.views.words.who import Who

_WHY = {"trip": "a trip", "lesson": "use in a lesson"}
_STAGES = {
    "taking": "devices may be taken out",
    "away": "nobody takes a device out any more",
    "returning": "devices are handed in again",
}
_WITH = {
    "adult": "with an adult of the list",
    "other": "with somebody who is not on the list",
    "alone": "alone",
}


def today_words(fact: f.TodayFact, who: Who) -> str:  # noqa: PLR0911  one arm a subject
    """Return what a day brought besides hand-in and home time."""
    match fact:
        case f.OutingBegan() | f.OutingMoved() | f.OutingOver():
            return _outing(fact, who)
        case f.LeftWith():
            gone = f"{who.pupil(fact.pupil)} left early, {_WITH[fact.whom]}"
            return f"{who.staff(fact.by)}: {gone}"
        case f.GivenToSibling():
            by, whose = who.staff(fact.by), who.pupil(fact.pupil)
            return f"{by} gave {whose}'s device to {who.pupil(fact.sibling)} to carry"
        case f.DevicesSwapped():
            return _swapped(fact, who)
        case f.CoverGiven():
            classes = " and ".join(map(who.klass, fact.classes))
            return f"{who.staff(fact.by)} gave {who.staff(fact.staff)} cover: {classes}"
        case f.CoverEnded():
            by = f"{who.staff(fact.by)} ended it" if fact.by else "its time was up"
            return f"a cover is over for {who.staff(fact.staff)}: {by}"
        case f.SheetLeft() | f.SheetStuck():
            return _sheet(fact)
        case f.StockBegan() | f.StockTaken() | f.StockStopped():
            return _stock(fact, who)
        case _:
            assert_never(fact)


def _outing(fact: f.OutingBegan | f.OutingMoved | f.OutingOver, who: Who) -> str:
    by = who.staff(fact.by) if fact.by else "the clock"
    if isinstance(fact, f.OutingBegan):
        whom = f"{who.klass(fact.klass)}, {len(fact.pupils)} devices"
        return f"{by} began {_WHY[fact.why]}: {whom}"
    if isinstance(fact, f.OutingMoved):
        return f"{by}: an outing goes on, {_STAGES[fact.stage]}"
    missing = len(fact.missing)
    return f"{by} ended an outing: {fact.out} out, {fact.back} back, {missing} missing"


def _swapped(fact: f.DevicesSwapped, who: Who) -> str:
    first, second = who.pupil(fact.first), who.pupil(fact.second)
    return (
        f"{who.staff(fact.by)} put a mix-up right: {first}'s device is behind door "
        f"{fact.first_door}, {second}'s behind door {fact.second_door}"
    )


def _sheet(fact: f.SheetLeft | f.SheetStuck) -> str:
    if isinstance(fact, f.SheetStuck):
        return f"the paper sheet could not leave by {fact.way}: {fact.why}"
    held = f", {fact.held} doors not to be opened" if fact.held else ""
    return f"the paper sheet left by {', '.join(fact.ways)}: {fact.inside} in{held}"


def _stock(fact: f.StockBegan | f.StockTaken | f.StockStopped, who: Who) -> str:
    by = who.staff(fact.by)
    if isinstance(fact, f.StockBegan):
        return f"{by} began a stock-take: {len(fact.doors)} empty doors open"
    if isinstance(fact, f.StockStopped):
        return f"{by} stopped a stock-take"
    return (
        f"{by} took stock: {len(fact.agreed)} doors agree, "
        f"{len(fact.extra)} hold something unknown, {len(fact.missing)} miss something"
    )
