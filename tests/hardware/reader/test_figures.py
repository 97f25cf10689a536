"""HW-1: the figures that `make bench` prints, held here."""

from __future__ import annotations

import pytest

from hardware.iso14443 import WAKE_UP, BadAnswer, Frame
from hardware.pi.mfrc522_air import Look, Mfrc522Air
from hardware.ports import FieldEmpty
from hardware.twin.cards import Card
from tests.hardware.reader.rig import FOUR, SEVEN, TEN
from tools import bench_reader


def test_hw_1_every_row_of_the_bench_holds():
    """HW-1: transfers and time, beside what they are compared with."""
    assert [row for row in bench_reader.rows() if not row[-1]] == []


def test_hw_1_an_idle_poll_takes_7_transfers_and_under_a_millisecond():
    """HW-1: the package's own loop takes 2013."""
    ours, library = bench_reader.idle_poll(), bench_reader.idle_poll_of_the_library()

    assert (ours.transfers, library.transfers) == (7, 2013)
    assert ours.ms < 0.8


@pytest.mark.parametrize(("uid", "transfers"), [(FOUR, 27), (SEVEN, 41), (TEN, 55)])
def test_hw_1_transfers_to_a_uid_heartbeat_and_halt_included(bench, uid, transfers):
    bench.reader.poll()
    bench.chip.put(Card(uid))
    bench.clock.sleep(0.05)
    before = bench.wires.transfers
    bench.reader.poll()

    assert bench.wires.transfers - before == transfers


def test_hw_1_the_driver_sleeps_once_for_each_answer(bench, mocker):
    """HW-1: no busy looking; two readers must not cost a core."""
    bench.reader.poll()
    bench.chip.put(Card(SEVEN))
    bench.clock.sleep(0.05)
    looks = mocker.spy(Mfrc522Air, "_look")
    bench.reader.poll()

    assert looks.call_count == 5


class Hasty:
    """A clock whose sleep returns too early, or a chip that is slower than it says."""

    def __init__(self, clock, share):
        self._clock, self._share = clock, share

    def monotonic(self):
        return self._clock.monotonic()

    def sleep(self, seconds):
        self._clock.sleep(seconds * self._share)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9])
def test_hw_1_a_look_that_comes_too_early_loses_nothing(bench, share):
    """HW-1: bytes that were fetched before the rest had come are not an answer."""
    reader = bench.reader
    bench.poll()
    reader._air._clock = Hasty(bench.clock, share)
    assert bench.poll() == FieldEmpty()
    bench.chip.put(Card(SEVEN))

    assert [bench.poll().uid for _ in range(3)] == [SEVEN] * 3


def test_hw_1_an_answer_of_another_length_is_damage(bench):
    """HW-1: two bytes where five were asked for."""
    bench.poll()
    bench.chip.put(Card(SEVEN))
    bench.clock.sleep(0.05)
    short = Frame(WAKE_UP.data, 5, last_bits=7)

    with pytest.raises(BadAnswer):
        bench.reader._air.exchange(short)


RX, ERR, TIMER = 0x20, 0x02, 0x01


@pytest.mark.parametrize(
    ("flags", "level", "is_over"),
    [
        (0, 0, False),
        (RX, 2, True),
        (TIMER, 0, True),
        (RX | TIMER, 2, True),
        (TIMER, 1, False),  # a chip whose timer an answer does not stop: more will come
        (ERR, 0, True),  # a chip that flags a collision and no reception
    ],
)
def test_hw_1_when_an_exchange_is_over(flags, level, is_over):
    """HW-1: clones differ in what they flag, and none of them may look dead."""
    assert Look(flags, 0, level, 0, b"").is_over is is_over
