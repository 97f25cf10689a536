"""How much a hand-in writes, and when the log is carried over."""

from __future__ import annotations

from pathlib import Path

from controller.journal.layout import Layout
from tests.controller.journal.toy import Collected, HandedIn, open_toy, stamp

LIMIT = 60_000


def written() -> int:
    """Bytes that this process has handed to write calls since it began."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["wchar"])


def test_a_complete_hand_in_writes_less_than_60_kb(data):
    """Three commits of two entries and three rows each, and the head after each.

    In a bank of thirty compartments with a year's journal behind it (REL-1's price).
    """
    journal = open_toy(data)
    for n in range(400):
        kinds = ("phone",) * (1 + n % 3)
        journal.append([HandedIn(n % 30, f"pupil-{n % 30}", kinds)] * 2, stamp(n))
    journal._store.checkpoint(truncate=True)
    journal.head_writer.flush()
    costs = []
    for n in range(60):
        before = written()
        for step in range(3):
            first = HandedIn(n % 30, f"pupil-{n % 30}", ("phone", f"watch-{step}"))
            second = HandedIn((n + 7) % 30, f"pupil-{n % 30}")
            journal.append([first, second], stamp(1000 + 3 * n + step))
            journal.head_writer.flush()
        costs.append(written() - before)
    journal.close()

    assert sum(costs) / len(costs) < LIMIT / 2
    assert max(costs) < LIMIT


def test_the_log_is_carried_over_when_it_has_grown_and_nobody_waits(data, journal):
    for n in range(127):
        journal.append([HandedIn(1, "p1")], stamp(n))
    assert not journal.checkpoint_if_idle(stamp(200).mono_us)

    journal.append([Collected(1)], stamp(300))
    assert not journal.checkpoint_if_idle(stamp(304).mono_us)
    assert journal.checkpoint_if_idle(stamp(305).mono_us)
    assert not journal.checkpoint_if_idle(stamp(400).mono_us)


def test_a_small_log_is_carried_over_after_a_quarter_of_an_hour(journal):
    assert not journal.checkpoint_if_idle(stamp(9999).mono_us)
    journal.append([HandedIn(1, "p1")], stamp(0))

    assert not journal.checkpoint_if_idle(stamp(899).mono_us)
    assert journal.checkpoint_if_idle(stamp(900).mono_us)


def test_the_log_begins_anew_after_it_was_carried_over(data, journal):
    for n in range(50):
        journal.append([HandedIn(1, "p1")], stamp(n))
    size = Layout(data).wal.stat().st_size
    assert journal.checkpoint_if_idle(stamp(2000).mono_us)
    for n in range(50):
        journal.append([HandedIn(1, "p1")], stamp(3000 + n))

    assert Layout(data).wal.stat().st_size <= size * 1.2
