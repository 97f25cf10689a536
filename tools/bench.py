"""``make bench``: every figure that is promised, beside what it is compared with.

``python -m tools.bench`` prints the table and exits 1 if a bound does not hold;
``--write`` puts it into docs/reference/figures.md as well. Takes about two minutes.
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Console

from tools import bench_idle, bench_queue, bench_reader, bench_taps
from tools.bench_classroom import classroom
from tools.bench_desk import desk_row
from tools.bench_disk import hand_in_row
from tools.bench_page import board_row
from tools.bench_table import Row, as_markdown, as_table, exit_code, in_order
from tools.bench_wave import wave_row

PAGE: Final = Path(__file__).parents[1] / "docs" / "reference" / "figures.md"
WIDTH: Final = 160
"""Columns of the table where no terminal says how wide it is."""

TIMES_OF_TESTS: Final = Path(sys.prefix) / ".hometime-test-seconds"
"""What ``make test`` may leave: whole seconds of its two parts, in one line."""
MOST_TESTS_S: Final = 600
MOST_FAST_TESTS_S: Final = 120

Told = Callable[[str], None]

INTRODUCTION: Final = """\
# Figures

What is promised, what was measured, and what it was compared with in the same run.
Written by `python -m tools.bench --write`; `make bench` prints it anew. Times are
this machine's, of which a Raspberry Pi makes several times as much; counts, bytes,
ratios and virtual times hold anywhere. Memory is VmRSS in MB of 1024 × 1024 bytes, as
`ps` counts.

Measured {date} on {machine}.

"""


def main(arguments: Sequence[str]) -> int:
    """Measure everything; 1 if a bound does not hold."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"also write {PAGE.name}")
    write = parser.parse_args(arguments).write
    errors = Console(stderr=True)
    with errors.status("benchmark") as status:
        rows = in_order(measure(lambda what: status.update(f"measuring {what}")))
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    console.print(as_table(rows))
    if write:
        PAGE.write_text(page(rows, datetime.now(UTC)), encoding="utf-8")
    return exit_code(rows)


def measure(told: Told) -> list[Row]:
    """Return a row for each figure; ``told`` hears what comes next."""
    with tempfile.TemporaryDirectory(prefix="hometime-bench-") as name:
        folder = Path(name)
        told("the reader, on a simulated chip")
        rows = reader_rows()
        told("a wave and the queue, over virtual time")
        rows += [wave_row(folder), *bench_queue.rows(folder)]
        told("the desk's search")
        rows.append(desk_row(folder))
        rows += processes(folder, told)
    return [*rows, tests_row(TIMES_OF_TESTS)]


def processes(folder: Path, told: Told) -> list[Row]:
    """Return the rows that are measured on the running program."""
    told("starting room, controller and site")
    with bench_taps.two_cores(), classroom(folder / "classroom") as room:
        told("bytes of a hand-in, and of the board")
        rows = [hand_in_row(room), board_row(room.url)]
        told("taps, quiet and under a flood")
        rows += bench_taps.rows(room)
        told("processor, memory, start")
        rows += bench_idle.rows(room)
    return rows


def reader_rows() -> list[Row]:
    """Return the reader's rows, whose bounds its own tests hold as well."""
    figures = ("idle-poll", "read", "read-time", "token")
    return [
        Row(figure, ours, compared, holds)
        for figure, (_, ours, compared, _, holds) in zip(
            figures, bench_reader.rows(), strict=True
        )
    ]


def tests_row(times: Path) -> Row:
    """Return what ``make test`` took when it last ran here, if it left a note."""
    try:
        fast, rest = map(int, times.read_text(encoding="ascii").split())
    except (FileNotFoundError, ValueError):
        return Row("tests", "run `make test`", f"{os.cpu_count()} cores here", None)
    return Row(
        "tests",
        f"{(fast + rest) / 60:.1f} min; {fast / 60:.1f} min",
        f"{os.cpu_count()} cores here",
        fast + rest <= MOST_TESTS_S and fast <= MOST_FAST_TESTS_S,
    )


def page(rows: Sequence[Row], when: datetime) -> str:
    """Return docs/reference/figures.md."""
    machine = (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}"
    )
    head = INTRODUCTION.format(date=f"{when:%Y-%m-%d}", machine=machine)
    return head + as_markdown(rows)


if __name__ == "__main__":
    logging.disable(logging.WARNING)  # a class that starts anew says so
    sys.exit(main(sys.argv[1:]))
