"""How facts of outings, covers, swaps, sheets and stock-takes change the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from controller.domain import today_facts as f
from controller.domain import today_records as r
from controller.domain.facts import When
from controller.domain.state import Custody, State, drop, put

STOCK = "stock"
"""The one key of the table of stock-takes: the last one."""


def _date(state: State, when: When) -> str:
    return "" if when.clock == "guessed" else state.the_bank.date


# ------------------------------------------------------------------------------ outings


def _outing(state: State, fact: f.OutingBegan, when: When) -> State:
    record = r.Outing(
        fact.outing,
        fact.klass,
        fact.why,
        fact.pupils,
        fact.by,
        _date(state, when),
        when.at_us,
        stage_us=when.at_us,
        record=fact.record,
    )
    return put(state, "outings", fact.outing, record)


def _outing_moved(state: State, fact: f.OutingMoved, when: When) -> State:
    return _stage(state, fact.outing, fact.stage, when)


def _outing_over(state: State, fact: f.OutingOver, when: When) -> State:
    return _stage(state, fact.outing, "over", when)


def _stage(state: State, outing: str, stage: str, when: When) -> State:
    now = state.outings.get(outing)
    if now is None:
        return state
    moved = replace(now, stage=stage, stage_us=when.at_us)
    return put(state, "outings", outing, moved)


# ------------------------------------------------------------------------------ devices


def _told(state: State, _fact: object, _when: When) -> State:
    """What follows, the mark and the order, stand beside it."""
    return state


def _swapped(state: State, fact: f.DevicesSwapped, when: When) -> State:
    where = {fact.first: fact.first_door, fact.second: fact.second_door}
    rows = {pupil: _behind(state, pupil, n, when) for pupil, n in where.items()}
    state = drop(state, "collected", *where)
    for pupil, custody in rows.items():
        state = put(state, "custody", pupil, custody)
    return state


def _behind(state: State, pupil: str, n: int, when: When) -> Custody:
    """Return the device of a pupil behind door ``n``; it may have been put back."""
    if now := state.custody.get(pupil):
        return replace(now, compartment=n)
    known = state.pupils.get(pupil)
    kinds = known.kinds if known else ("phone",)
    return Custody(pupil, n, "in", _date(state, when), when.at_us, kinds)


# ------------------------------------------------------------------------------- covers


def _cover(state: State, fact: f.CoverGiven, when: When) -> State:
    cover = r.Cover(fact.staff, fact.classes, fact.until_us, fact.by, when.at_us)
    return put(state, "covers", fact.staff, cover)


def _cover_over(state: State, fact: f.CoverEnded, _when: When) -> State:
    return drop(state, "covers", fact.staff)


# ----------------------------------------------------------------- sheet and stock-take


def _sheet(state: State, fact: f.SheetLeft, when: When) -> State:
    for way in fact.ways:
        sent = r.SheetSent(way, when.at_us, fact.inside, fact.held)
        state = put(state, "sheets", way, sent)
    return state


def _sheet_stuck(state: State, fact: f.SheetStuck, when: When) -> State:
    now = state.sheets.get(fact.way) or r.SheetSent(fact.way)
    stuck = replace(now, stuck_us=when.at_us, why=fact.why)
    return put(state, "sheets", fact.way, stuck)


def _stock(state: State, fact: f.StockBegan, when: When) -> State:
    record = r.StockTake(fact.stock, fact.doors, fact.by, when.at_us)
    return put(state, "stocks", STOCK, record)


def _stock_taken(state: State, fact: f.StockTaken, when: When) -> State:
    return _stock_now(
        state,
        fact.stock,
        state="taken",
        agreed=fact.agreed,
        extra=fact.extra,
        missing=fact.missing,
        taken_us=when.at_us,
    )


def _stock_stopped(state: State, fact: f.StockStopped, _when: When) -> State:
    return _stock_now(state, fact.stock, state="stopped")


def _stock_now(table: State, stock: str, **changes: Any) -> State:  # noqa: ANN401  fields of a record
    now = table.stocks.get(STOCK)
    if now is None or now.stock != stock:
        return table
    return put(table, "stocks", STOCK, replace(now, **changes))


TODAY: Mapping[type, Callable[[State, Any, When], State]] = {
    f.OutingBegan: _outing,
    f.OutingMoved: _outing_moved,
    f.OutingOver: _outing_over,
    f.LeftWith: _told,
    f.GivenToSibling: _told,
    f.DevicesSwapped: _swapped,
    f.CoverGiven: _cover,
    f.CoverEnded: _cover_over,
    f.SheetLeft: _sheet,
    f.SheetStuck: _sheet_stuck,
    f.StockBegan: _stock,
    f.StockTaken: _stock_taken,
    f.StockStopped: _stock_stopped,
}
