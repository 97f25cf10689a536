"""A small domain, so that the journal is tested without Hometime's rules."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from controller.journal.domain import Domain
from controller.journal.entry import Stamp
from controller.journal.journal import Journal
from controller.journal.layout import Layout

NODE = "room-4"
MONDAY_US = 1_795_422_300_000_000  # 2026-11-23T08:25Z


@dataclass(frozen=True, slots=True)
class HandedIn:
    compartment: int
    pupil: str
    kinds: tuple[str, ...] = ("phone",)


@dataclass(frozen=True, slots=True)
class Collected:
    compartment: int


@dataclass(frozen=True, slots=True)
class NothingChanged:
    pass


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind a door, and since which entry."""

    pupil: str
    kinds: tuple[str, ...]
    since: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Toy:
    doors: Mapping[str, Behind] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class When:
    at_us: int
    epoch: int
    seq: int
    clock: str


def evolve(state: Toy, fact: object, when: When) -> Toy:
    match fact:
        case HandedIn(compartment, pupil, kinds):
            behind = Behind(pupil, kinds, (when.epoch, when.seq))
            counts = {**state.counts, pupil: state.counts.get(pupil, 0) + 1}
            return Toy({**state.doors, str(compartment): behind}, counts)
        case Collected(compartment):
            doors = {n: d for n, d in state.doors.items() if n != str(compartment)}
            return replace(state, doors=doors)
    return state


FACTS = {kind.__name__: kind for kind in (HandedIn, Collected, NothingChanged)}
TOY = Domain(facts=FACTS, initial=Toy(), evolve=evolve, when=When)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder in memory where there is one: a test waits for no disk's sync."""
    memory = Path("/dev/shm")  # noqa: S108  a folder of its own is made in it
    place = memory if os.access(memory, os.W_OK) else None
    with TemporaryDirectory(dir=place) as made:
        yield Path(made)


def stamp(second: int = 0) -> Stamp:
    return Stamp(MONDAY_US + second * 1_000_000, second * 1_000_000, "synced")


def open_toy(data: Path, **changed: object) -> Journal[Toy]:
    """Open the toy's journal in ``data``."""
    wanted = {"node": NODE, "domain": TOY, "boot": "boot-1"} | changed
    return Journal.open(data, **wanted)


def fill(data: Path, count: int, **changed: object) -> None:
    """Write ``count`` entries in as many commits and close in order."""
    journal = open_toy(data, **changed)
    start = journal.tail.seq
    for second in range(start, start + count):
        journal.append([HandedIn(second % 30, f"p{second}")], stamp(second))
    journal.close()


def tamper(data: Path, *statements: str, keep_triggers: bool = False) -> None:
    """Change the closed database as somebody with the file could."""
    with closing(sqlite3.connect(Layout(data).database)) as run, run:
        if not keep_triggers:
            rows = run.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
            for (name,) in rows.fetchall():
                run.execute(f"DROP TRIGGER {name}")
        run.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            run.execute(statement)
