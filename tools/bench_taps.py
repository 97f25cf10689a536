"""From a card in the field to a powered coil, quiet and with the site under a flood."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import mean, median
from typing import Final

from controller.demo.seed import PupilCard
from tools.bench_classroom import Classroom
from tools.bench_flood import CONNECTIONS
from tools.bench_table import Row, percentile

ROUNDS: Final = 4
TAPS: Final = 25
"""In each round, first quiet, then under the flood: what else the machine is doing
meanwhile falls on both alike."""
OVER_COMMIT_S: Final = 0.015
TIMES_QUIET: Final = 3.0
SLOWEST: Final = 10
"""So many of the slowest taps say what the time goes to."""

ROW: Final = "x" * 500
"""About what an entry of the journal is."""

FLOOD_RISES_S: Final = 1.0
TWO_CORES: Final = 2


class DurableCommit:
    """One row and one durable commit of SQLite: what a disk asks of anybody."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("CREATE TABLE row(body TEXT)")

    def seconds(self) -> float:
        """Commit once; return how long it took."""
        began = time.monotonic()
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("INSERT INTO row VALUES (?)", (ROW,))
        self._db.execute("COMMIT")
        return time.monotonic() - began

    def close(self) -> None:
        """Close the database."""
        self._db.close()


@dataclass(frozen=True, slots=True)
class Measured:
    """One tap without its poll wait, seconds, and a commit made just after it."""

    reading: float
    acting: float
    commit: float

    @property
    def whole(self) -> float:
        """From the call for cards to the powered coil."""
        return self.reading + self.acting


class Tapping:
    """Lets pupils tap one after the other, a commit beside each tap."""

    def __init__(self, room: Classroom) -> None:
        self._room = room
        self._pupils = cycle(room.pupils)
        self._commit = DurableCommit(room.folder / "beside.db")

    def round(self) -> list[Measured]:
        """Return so many taps."""
        return [self._one(pupil) for pupil in islice(self._pupils, TAPS)]

    def close(self) -> None:
        """End the commits."""
        self._commit.close()

    def _one(self, pupil: PupilCard) -> Measured:
        tap = self._room.tap_and_shut(pupil)
        commit_s = self._commit.seconds()
        return Measured(tap.read - tap.polled, tap.powered - tap.read, commit_s)


@contextmanager
def flood(room: Classroom, answers: Counter[str]) -> Iterator[None]:
    """Hammer the site for the time of the block; then add to ``answers``."""
    address, _, path = room.class_url.removeprefix("http://").partition("/")
    child = subprocess.Popen(
        [
            *(sys.executable, "-m", "tools.bench_flood"),
            *(address, f"/{path}", room.sign_in()),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        time.sleep(FLOOD_RISES_S)
        yield
    finally:
        said, _ = child.communicate()
    answers.update(json.loads(said))


@contextmanager
def two_cores() -> Iterator[None]:
    """Keep this thread, and all that it starts, to two cores where there are more."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:TWO_CORES])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def rows(room: Classroom) -> list[Row]:
    """Return the two rows about taps."""
    quiet: list[Measured] = []
    flooded: list[Measured] = []
    answers: Counter[str] = Counter()
    spent_s = 0.0
    tapping = Tapping(room)
    for _ in range(ROUNDS):
        quiet += tapping.round()
        began = time.monotonic()
        with flood(room, answers):
            flooded += tapping.round()
        spent_s += time.monotonic() - began
    tapping.close()
    pages = sum(n for status, n in answers.items() if status.isdigit())
    return [tap_row(quiet), flood_row(quiet, flooded, pages / spent_s, answers)]


def tap_row(quiet: Sequence[Measured]) -> Row:
    """Judge the median tap against the commit beside it."""
    ours = median(tap.whole for tap in quiet)
    commit = median(tap.commit for tap in quiet)
    return Row(
        "tap",
        f"{_ms(ours)} = commit + {_ms(ours - commit)} "
        f"(reading {_ms(median(tap.reading for tap in quiet))}), {len(quiet)} taps",
        f"one durable commit: {_ms(commit)}",
        ours <= commit + OVER_COMMIT_S,
    )


def flood_row(
    quiet: Sequence[Measured],
    flooded: Sequence[Measured],
    rate: float,
    answers: Mapping[str, int],
) -> Row:
    """Judge the p99 under the flood against the quiet one."""
    ours = percentile([tap.whole for tap in flooded], 99)
    theirs = percentile([tap.whole for tap in quiet], 99)
    bad = sum(n for status, n in answers.items() if status not in ("200", "stream"))
    return Row(
        "flood",
        f"{_ms(ours)} = {ours / theirs:.1f} × quiet. {CONNECTIONS} connections, "
        f"{rate:.0f} pages/s, {bad} not 200. {_spent_on(flooded)}",
        f"the same without: {_ms(theirs)}. {_spent_on(quiet)}",
        ours <= TIMES_QUIET * theirs,
    )


def _spent_on(taps: Sequence[Measured]) -> str:
    slow = sorted(taps, key=lambda tap: tap.whole)[-SLOWEST:]
    reading = mean(tap.reading for tap in slow)
    acting = mean(tap.acting for tap in slow)
    commit = median(tap.commit for tap in taps)
    return (
        f"Slowest {len(slow)}: reading {_ms(reading)}, deciding, writing and "
        f"acting {_ms(acting)} (a commit beside: {_ms(commit)})"
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
