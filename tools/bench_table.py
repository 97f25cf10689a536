"""The benchmark's table: what is promised, what was measured, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rich import box
from rich.table import Table

HEADINGS: Final = ("measure", "ours", "compared with", "must be", "holds")


@dataclass(frozen=True, slots=True)
class Figure:
    """One promise: what is measured, and the bound."""

    measure: str
    bound: str


FIGURES: Final[Mapping[str, Figure]] = MappingProxyType(
    {
        "idle-poll": Figure("SPI transfers for one poll that finds no card", "≤ 10"),
        "read": Figure("SPI transfers to a 7-byte UID, halt included", "≤ 50"),
        "read-time": Figure(
            "bus and air to a 7-byte UID; 1 MHz, 20 µs a transfer, virtual time",
            "≤ 1.5 × air",
        ),
        "token": Figure(
            "the same with the card's token (rule `card.token`, off by default): "
            "what a door waits longer, virtual time",
            "≤ 10 ms",
        ),
        "tap": Figure(
            "card in the field to coil powered, over the room's process, "
            "minus poll wait",
            "median ≤ commit + 15 ms",
        ),
        "idle-cpu": Figure(
            "controller, two readers idle at 20 polls a second each, over the room",
            "≤ 5 % of a core",
        ),
        "memory-controller": Figure("memory, controller", "≤ 45 MB"),
        "memory-web": Figure("memory, site", "≤ 60 MB"),
        "start": Figure("from start to ready, controller", "≤ 1.5 s"),
        "hand-in": Figure("bytes written for one hand-in, tap to door shut", "≤ 60 kB"),
        "wave": Figure("release of 30 doors in one wave, virtual time", "≤ 1.1 ×"),
        "queue-morning": Figure(
            "thirty pupils, two without cards, one reader, three doors open: morning",
            "≤ 5 min",
        ),
        "queue-home": Figure("the same at home time", "≤ 5 min"),
        "flood": Figure(
            "tap to coil, p99, 50 connections hammering the site on the same two cores",
            "≤ 3 ×",
        ),
        "board": Figure(
            "board, first load, compressed; what it asks of elsewhere",
            "≤ 80 kB, nothing",
        ),
        "desk": Figure(
            "release desk, a search over 2,000 pupils, at the controller, p99",
            "≤ 50 ms",
        ),
        "tests": Figure(
            "`make test` on two cores; the part without browser", "≤ 10 min; ≤ 2 min"
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure as it was measured.

    Attributes:
        figure: key of :data:`FIGURES`.
        ours: what was measured of Hometime.
        compared: what it is compared with, measured in the same run.
        holds: whether the bound does; None where it was not measured.
    """

    figure: str
    ours: str
    compared: str
    holds: bool | None

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """The row as it is shown, a cell for each of :data:`HEADINGS`."""
        figure = FIGURES[self.figure]
        words = {True: "yes", False: "does not hold", None: "not measured"}
        return figure.measure, self.ours, self.compared, figure.bound, words[self.holds]


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Return ``rows`` in the order of :data:`FIGURES`.

    Raises:
        ValueError: a figure has no row, or more than one.
    """
    places = {figure: place for place, figure in enumerate(FIGURES)}
    ordered = sorted(rows, key=lambda row: places[row.figure])
    if (found := [row.figure for row in ordered]) != [*FIGURES]:
        raise ValueError(f"rows of {found}, wanted {[*FIGURES]}")
    return ordered


def exit_code(rows: Sequence[Row]) -> int:
    """Return 1 if a bound does not hold, else 0."""
    return int(any(row.holds is False for row in rows))


def as_table(rows: Sequence[Row]) -> Table:
    """Return the table for a terminal."""
    table = Table(*HEADINGS, box=box.SIMPLE_HEAD, show_lines=False, pad_edge=False)
    for row in rows:
        style = "bold red" if row.holds is False else None
        table.add_row(*row.cells, style=style, end_section=False)
    return table


def as_markdown(rows: Sequence[Row]) -> str:
    """Return the table for a document."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *(row.cells for row in rows)]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest of ``values`` that ``percent`` of them do not exceed.

    >>> percentile([1, 2, 3, 4], 50)
    2
    """
    ranked = sorted(values)
    rank = -(-len(ranked) * percent // 100)  # rounded up: the nearest-rank method
    return ranked[max(0, int(rank) - 1)]
