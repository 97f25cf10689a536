"""Requests of a stock-take: the sheet, open all empties, compare (REP-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain import stock as s
from controller.domain import today_orders as o
from controller.domain.bases import BASES, DEPOSIT
from controller.domain.context import Context
from controller.domain.evolve_today import STOCK
from controller.domain.questions import owner_of
from controller.domain.rights import may
from controller.domain.state import State
from controller.domain.today_records import StockTake
from controller.protocol.today import Stock, StockRow
from controller.service.calls import Call
from controller.service.views.names import Names

if TYPE_CHECKING:
    from controller.service.hub import Hub

HELD = "A held device"
"""Whoever takes stock needs to know that it is there, not why it is held."""


def page(hub: Hub, call: Call) -> Stock:
    """Return what should be behind each door, and what the last one found."""
    state, context = hub.core.state, hub.core.context(call.actor)
    last: StockTake | None = state.stocks.get(STOCK)
    running = s.running(state)
    found = _found(last) if last and not running else {}
    return Stock(
        running.stock if running else "",
        len(running.doors) if running else len(s.empties(state, context)),
        [
            _row(state, hub.directory, n, context, found.get(n, ""))
            for n in context.layout.places
        ],
        _last(hub, last) if last and last.taken_us else "",
        len(last.extra) + len(last.missing) if last and not running else 0,
    )


def _found(last: StockTake) -> dict[int, str]:
    return {
        n: word for word in ("agreed", "extra", "missing") for n in getattr(last, word)
    }


def _last(hub: Hub, last: StockTake) -> str:
    local = hub.core.calendar.local(last.taken_us)
    return f"{local:%A %-d %B, %H:%M}, by {hub.directory.full(last.by)}"


def _row(state: State, names: Names, n: int, context: Context, found: str) -> StockRow:
    basis = s.expected(state, n)
    place = state.compartment(n)
    owner = owner_of(state, n) if basis == DEPOSIT else ""
    sees = owner and may(context.actor, "people.see")
    return StockRow(
        n,
        _words(basis),
        not basis,
        names.full(owner) if sees else "",
        any(o.compartment == n and o.cause == "stock" for o in state.orders.values()),
        place.door.is_open,
        found,
    )


def _words(basis: str) -> str:
    if not basis:
        return "Nothing"
    own = basis in ("staff", "visitor")
    return BASES[basis].title if basis == DEPOSIT or own else HELD


def begin(hub: Hub, call: Call) -> Stock:
    """Open every empty door, within the power budget."""
    hub.order(o.BeginStock(), call)
    return page(hub, call)


def record(hub: Hub, call: Call) -> Stock:
    """Write what was found."""
    order = o.RecordStock(
        call.text("id", most=60),
        call.wholes("agreed", 200),
        call.wholes("extra", 200),
        call.wholes("missing", 200),
    )
    hub.order(order, call)
    return page(hub, call)


def stop(hub: Hub, call: Call) -> Stock:
    """Stop it; what waits for its coil is not opened."""
    hub.order(o.StopStock(call.text("id", most=60)), call)
    return page(hub, call)
