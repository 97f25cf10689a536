"""ACC-7, HW-4: ``hometime reader watch``, one line for each thing that happens."""

from __future__ import annotations

from threading import Event

import pytest

from hardware.twin.cards import Card, RandomUidCard
from hardware.watch import watch
from tests.hardware.reader.rig import FOUR, OTHER, SEVEN


@pytest.fixture
def console(bench):
    return Console(bench)


class Console:
    """Runs the command and lets things happen meanwhile, at given seconds."""

    def __init__(self, bench):
        self.bench, self.lines, self.stop = bench, [], Event()
        self.start = bench.clock.monotonic()

    def at(self, second, happen, *args):
        self.bench.clock.call_at(self.start + second, lambda: happen(*args))

    def run(self, seconds=30, count=None):
        self.at(seconds, self.stop.set)
        self.taps = watch(0, 0, count, self.emit, self.bench.clock, self.stop)
        return [line for _, line in self.lines]

    def emit(self, line):
        self.lines.append((self.bench.clock.monotonic() - self.start, line))


def test_acc_7_a_tap_is_one_line(console, chip):
    """ACC-7: as the contract has it."""
    card = Card(SEVEN)
    console.at(1, chip.put, card)
    console.at(9, chip.take, card)

    assert console.run() == [{"uid": "04A1B2C3D4E5F6", "atqa": 68, "sak": 0}]
    assert console.lines[0][0] == pytest.approx(1, abs=0.1)


def test_acc_7_the_same_child_again_a_second_later_is_two(console, chip):
    card = Card(SEVEN)
    for second in (1, 2):
        console.at(second, chip.put, card)
        console.at(second + 0.4, chip.take, card)

    assert len(console.run()) == 2


def test_acc_7_two_cards_and_random_uids_are_notices(console, chip):
    """ACC-7: once while they lie there."""
    pair, phone = [Card(SEVEN), Card(OTHER)], RandomUidCard()
    for card in pair:
        console.at(1, chip.put, card)
        console.at(4, chip.take, card)
    console.at(5, chip.put, phone)
    console.at(8, chip.take, phone)

    assert console.run() == [{"notice": "two-cards"}, {"notice": "random-uid"}]


def test_hw_4_a_dead_reader_is_a_line_within_a_second_and_so_is_its_return(
    console, chip
):
    """HW-4: and afterwards it reads cards."""
    for second, deaf in ((1, 0xFF), (5, None)):
        console.at(second, setattr, chip, "deaf", deaf)
    console.at(7, chip.put, Card(FOUR))

    assert console.run() == [
        {"fault": "reader-dead"},
        {"notice": "reader-back"},
        {"uid": "04A1B2C3", "atqa": 4, "sak": 0},
    ]
    assert [second for second, _ in console.lines] == pytest.approx([1, 5, 7], abs=0.2)


def test_hw_4_a_reset_chip_is_a_fault_and_works_again(console, chip):
    console.at(2, chip.brown_out)

    assert console.run() == [{"fault": "reader-dead"}, {"notice": "reader-back"}]


def test_hw_4_a_reader_that_is_dead_at_the_start_is_watched_all_the_same(console, chip):
    chip.unplugged = True
    console.at(3, setattr, chip, "unplugged", False)

    assert console.run() == [{"fault": "reader-dead"}, {"notice": "reader-back"}]
    assert console.lines[0][0] < 1


def test_hw_4_a_missing_bus_is_a_fault_too(bench, console):
    del bench.wires.chips[0, 0]

    assert console.run() == [{"fault": "reader-dead"}]


def test_acc_7_the_watch_ends_after_count_taps(console, chip):
    for second in range(1, 9):
        card = Card(SEVEN)
        console.at(second, chip.put, card)
        console.at(second + 0.3, chip.take, card)

    assert len(console.run(count=3)) == 3
    assert console.taps == 3
    assert console.bench.clock.monotonic() - console.start == pytest.approx(3, abs=0.2)


def test_the_watch_ends_soon_after_it_is_told_to(console):
    """Five seconds are allowed; it looks at least twice a second."""
    console.run(seconds=10)

    assert console.bench.clock.monotonic() - console.start < 10.6


def test_the_watch_leaves_the_bus_when_it_ends(console, mocker):
    from hardware.pi.mfrc522_link import Mfrc522Link  # noqa: PLC0415

    close = mocker.spy(Mfrc522Link, "close")
    console.run(seconds=1)

    close.assert_called_once()
