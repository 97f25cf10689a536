"""The table: nothing promised is left out, nothing broken is passed over."""

from __future__ import annotations

import io
import random
from datetime import UTC, datetime

import pytest
from rich.console import Console

from tools import bench
from tools.bench_table import (
    FIGURES,
    Row,
    as_markdown,
    as_table,
    exit_code,
    in_order,
    percentile,
)

PROMISED = {
    "idle-poll": "≤ 10",
    "read": "≤ 50",
    "read-time": "≤ 1.5 × air",
    "token": "≤ 10 ms",
    "tap": "median ≤ commit + 15 ms",
    "idle-cpu": "≤ 5 % of a core",
    "memory-controller": "≤ 45 MB",
    "memory-web": "≤ 60 MB",
    "start": "≤ 1.5 s",
    "hand-in": "≤ 60 kB",
    "wave": "≤ 1.1 ×",
    "queue-morning": "≤ 5 min",
    "queue-home": "≤ 5 min",
    "flood": "≤ 3 ×",
    "board": "≤ 80 kB, nothing",
    "desk": "≤ 50 ms",
    "tests": "≤ 10 min; ≤ 2 min",
}
"""What Hometime promises; written by hand, so that a row cannot go unnoticed."""


def rows(**holds):
    """A row for each figure, all of them good but for ``holds``."""
    return [
        Row(figure, "ours", "theirs", holds.get(figure.replace("-", "_"), True))
        for figure in FIGURES
    ]


def printed(table):
    out = io.StringIO()
    Console(file=out, width=200).print(table)
    return out.getvalue()


def test_every_promised_figure_stands_in_the_table_with_its_bound():
    assert {name: figure.bound for name, figure in FIGURES.items()} == PROMISED


def test_every_figure_is_measured_once(monkeypatch, tmp_path):
    """Each part of the benchmark gives its rows; together they are the table."""
    by_name = {row.figure: row for row in rows()}

    def some(*names):
        return lambda *_: [by_name[name] for name in names]

    class ARoom:
        url = ""

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(bench, "classroom", lambda _folder: ARoom())
    monkeypatch.setattr(bench, "hand_in_row", lambda _room: by_name["hand-in"])
    monkeypatch.setattr(bench, "board_row", lambda _url: by_name["board"])
    monkeypatch.setattr(bench, "wave_row", lambda _folder: by_name["wave"])
    monkeypatch.setattr(bench, "desk_row", lambda _folder: by_name["desk"])
    monkeypatch.setattr(bench.bench_taps, "rows", some("tap", "flood"))
    idle = some("idle-cpu", "memory-controller", "memory-web", "start")
    monkeypatch.setattr(bench.bench_idle, "rows", idle)
    queue = some("queue-morning", "queue-home")
    monkeypatch.setattr(bench.bench_queue, "rows", queue)

    measured = in_order(bench.measure(lambda _what: None))

    assert [row.figure for row in measured] == list(PROMISED)


def test_a_table_that_lacks_a_figure_or_has_one_twice_is_refused():
    with pytest.raises(ValueError, match="wanted"):
        in_order(rows()[1:])
    with pytest.raises(ValueError, match="wanted"):
        in_order([*rows(), rows()[0]])


def test_rows_stand_in_the_order_of_the_promises():
    shuffled = random.Random(2).sample(rows(), len(FIGURES))

    assert in_order(shuffled) == rows()


def test_a_bound_that_does_not_hold_is_said_and_ends_in_exit_1():
    table = rows(flood=False)

    assert printed(as_table(table)).count("does not hold") == 1
    assert as_markdown(table).count("| does not hold |") == 1
    assert exit_code(table) == 1


def test_what_was_not_measured_is_said_and_breaks_nothing():
    table = rows(tests=None)

    assert printed(as_table(table)).count("not measured") == 1
    assert exit_code(table) == 0


def test_all_that_holds_ends_in_exit_0():
    assert "does not hold" not in printed(as_table(rows()))
    assert exit_code(rows()) == 0


def test_main_writes_the_page_and_returns_the_tables_exit_code(
    monkeypatch, tmp_path, capsys
):
    monkeypatch.setattr(bench, "measure", lambda _told: rows(start=False))
    monkeypatch.setattr(bench, "PAGE", tmp_path / "figures.md")

    assert bench.main([]) == 1
    assert not bench.PAGE.exists()
    assert bench.main(["--write"]) == 1
    assert "does not hold" in capsys.readouterr().out
    assert bench.PAGE.read_text(encoding="utf-8").startswith("# Figures\n")


def test_the_page_says_when_and_on_what_kind_of_machine_and_names_none():
    page = bench.page(rows(), datetime(2026, 11, 23, tzinfo=UTC))

    assert "Measured 2026-11-23 on Linux on " in page
    assert " cores, Python 3." in page
    assert page.count("\n| ") == len(FIGURES) + 2
    assert "/work" not in page


@pytest.mark.parametrize(
    ("note", "ours", "holds"),
    [
        ("70 200", "4.5 min; 1.2 min", True),
        ("130 200", "5.5 min; 2.2 min", False),
        ("100 520", "10.3 min; 1.7 min", False),
        ("rubbish", "run `make test`", None),
    ],
)
def test_the_time_of_make_test_is_what_it_noted(tmp_path, note, ours, holds):
    (tmp_path / "note").write_text(note)

    row = bench.tests_row(tmp_path / "note")

    assert (row.ours, row.holds) == (ours, holds)


def test_without_a_note_the_time_of_make_test_is_not_measured(tmp_path):
    assert bench.tests_row(tmp_path / "note").holds is None


@pytest.mark.parametrize(
    ("percent", "wanted"), [(50, 50), (99, 99), (100, 100), (1, 1), (0.5, 1)]
)
def test_a_percentile_is_one_of_the_values(percent, wanted):
    assert percentile(random.Random(1).sample(range(1, 101), 100), percent) == wanted
