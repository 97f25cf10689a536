"""The release desk's search over a large school, against a table's own search."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from controller.domain import people_facts as p
from controller.people.records import Person, Pupil
from tests.rig import Rig, opened
from tools.bench_table import Row, percentile

PUPILS: Final = 2_000
SEARCHES: Final = 300
MOST_S: Final = 0.050

FIRST: Final = ("Ada", "Ben", "Cleo", "Dov", "Eve", "Finn", "Gia", "Hal", "Ina", "Jon")
TYPED: Final = ("a", "ad", "ada", "ada f", "name12", "fa", "z", "jon name1999", "na")
"""What hands type: beginnings, two words, somebody nobody is called."""

LIKE: Final = (
    "SELECT id FROM person WHERE first_name LIKE ? OR last_name LIKE ? "
    "ORDER BY last_name LIMIT 20"
)


def desk_row(folder: Path) -> Row:
    """Search a school of two thousand, as the site asks for it."""
    with opened(folder / "desk", pupils=2) as rig:
        enrol(rig, PUPILS)
        rig.token("office")
        ours = times_s(lambda typed: rig.ask("office", "custody_find", q=typed))
        people = rig.hub.directory.store.contacts._people  # noqa: SLF001  the same file
        table = times_s(lambda typed: people.rows(LIKE, f"{typed}%", f"{typed}%"))
        return row(ours, table)


def enrol(rig: Rig, pupils: int) -> None:
    """Put so many pupils of invented names on the roll."""
    with rig.hub.directory.store.transaction():
        for n in range(pupils):
            name = (FIRST[n % len(FIRST)], f"Fa-Name{n}")
            person = Person(f"p9{n:05d}", "pupil", *name, 0)
            rig.hub.directory.put(person, Pupil(person.id, "kestrels", "4"))
    rig.hub.core.commit([p.PupilSet(f"p9{n:05d}", "kestrels") for n in range(pupils)])


def times_s(search: Callable[[str], object]) -> list[float]:
    """Return how long each of many searches took, seconds."""
    times = []
    for k in range(SEARCHES):
        began = time.perf_counter()
        search(TYPED[k % len(TYPED)])
        times.append(time.perf_counter() - began)
    return times


def row(ours: list[float], table: list[float]) -> Row:
    """Judge the slowest hundredth."""
    mine, theirs = (percentile(times, 99) * 1e3 for times in (ours, table))
    return Row(
        "desk",
        f"{mine:.1f} ms, any word of a name, accents aside, with what is held",
        f"people.db's own LIKE over two columns: {theirs:.1f} ms",
        mine <= MOST_S * 1e3,
    )
