"""A process that appends and acknowledges, for those who kill it or cut its power.

``python writer.py DATA COUNT [MUTANT]``: each line it prints is an acknowledgement. The
mutants are wrong on purpose: a test that lets them pass proves nothing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from controller.journal.entry import Head, Stamp
from controller.journal.head import HeadFile, sign
from controller.journal.journal import Journal
from controller.journal.keys import NodeKey
from controller.journal.layout import Layout
from tests.controller.journal.toy import MONDAY_US, NODE, HandedIn, Toy, open_toy


def main(data: Path, count: int, mutant: str) -> None:
    journal = open_toy(data)
    if mutant == "synchronous-normal":
        journal._store._connection.execute("PRAGMA synchronous = NORMAL")
    if mutant == "synchronous-off":
        journal._store._connection.execute("PRAGMA synchronous = OFF")
    for n in range(count):
        facts = [HandedIn(n % 5, f"p{n % 3}")]
        when = Stamp(MONDAY_US + n, n, "synced")
        if mutant == "acknowledge-first":
            acknowledge(journal.tail.seq + 1)
        if mutant == "head-first":
            write_head_of_next(data, journal)
        journal.append(facts, when)
        if mutant != "acknowledge-first":
            acknowledge(journal.tail.seq)
        look_after(journal, n, when)
    journal.close()


def look_after(journal: Journal[Toy], n: int, when: Stamp) -> None:
    """What the service does between taps: heads, checkpoints, snapshots, forgetting."""
    if n % 3 == 0:
        journal.head_writer.flush()
    if n % 7 == 0:
        journal._store.checkpoint()
    if n % 11 == 10:
        journal.snapshot(when)
    if n % 16 == 15:
        journal.forget(journal.matching(["HandedIn"], when.at_us - 4), "old", when)


def write_head_of_next(data: Path, journal: Journal[Toy]) -> None:
    key = NodeKey.load(Layout(data).node_key)
    lead = Head(1, journal.tail.seq + 1, bytes(32))
    HeadFile(Layout(data).head).write(sign(key, NODE, lead))


def acknowledge(seq: int) -> None:
    os.write(1, f"{seq}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
