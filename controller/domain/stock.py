"""What should be behind each door, and what a stock-take may open (REP-6)."""

from __future__ import annotations

from controller.domain.context import Context
from controller.domain.custody import basis_of
from controller.domain.evolve_today import STOCK
from controller.domain.state import State
from controller.domain.today_records import StockTake


def expected(state: State, n: int) -> str:
    """Return the basis of what the record has behind door ``n``; empty: nothing."""
    return basis_of(state, n)


def is_empty(state: State, n: int) -> bool:
    """Return whether nothing is behind a door, and nobody is about to change that."""
    ordered = any(order.compartment == n for order in state.orders.values())
    return not (expected(state, n) or ordered or state.compartment(n).door.is_open)


def empties(state: State, context: Context) -> tuple[int, ...]:
    """Return the doors that a stock-take opens, in the order of the wall."""
    return tuple(n for n in context.layout.places if is_empty(state, n))


def running(state: State) -> StockTake | None:
    """Return the stock-take that is under way."""
    found: StockTake | None = state.stocks.get(STOCK)
    return found if found and found.state == "running" else None
