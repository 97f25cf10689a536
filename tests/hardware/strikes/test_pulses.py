"""Single pulses: who cuts, why, and what the queue tells (HW-2)."""

from __future__ import annotations

import pytest

from hardware.cutter import RETRY_S, Cutter
from hardware.errors import CoilFailed, LockLimitsWrong
from hardware.ports import (
    LockLimits,
    Patience,
    PulseDropped,
    PulseEnded,
    PulseStarted,
)
from hardware.pulses import OVERRUN_S, PulseQueue
from hardware.twin.clock import VirtualClock

LOCK = LockLimits(current_a=0.65, release_time_s=0.6, max_on_s=1.0, min_off_s=1.5)


class FakeCoil:
    def __init__(self):
        self.is_on = True  # as a crash may have left it
        self.fails = False

    def on(self):
        self._switch(on=True)

    def off(self):
        self._switch(on=False)

    def _switch(self, *, on):
        if self.fails:
            raise CoilFailed("room:locks:7", ordered="on", found="no answer")
        self.is_on = on


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def coils():
    return {7: FakeCoil(), 8: FakeCoil(), 9: FakeCoil()}


@pytest.fixture
def queue(coils, clock):
    return a_queue(coils, clock)


def a_queue(coils, clock, **changes):
    figures = {"budget_a": 5.0, "gap_s": 0.0, "max_wait_s": 60.0, "max_coils": 1}
    return PulseQueue(
        coils, dict.fromkeys(coils, LOCK), clock=clock, **(figures | changes)
    )


def powered(coils):
    return [n for n, coil in coils.items() if coil.is_on]


def test_hw_2_all_coils_are_off_at_start(coils, queue):
    """HW-2: whatever a crash left behind."""
    assert powered(coils) == []
    assert queue.next_due(0) is None


def test_a_pulse_ends_when_its_time_is_up(coils, queue):
    queue.order("a", 7)
    assert queue.next_due(0) == 0
    assert queue.step(0) == [PulseStarted("a", 7, 0)]
    assert powered(coils) == [7]
    assert queue.next_due(0) == 0.6
    assert queue.step(0.599) == []

    assert queue.step(0.6) == [PulseEnded("a", 7, 0.6, 600, "time")]
    assert powered(coils) == []


def test_an_opened_door_cuts_its_coil_at_once(coils, queue, clock):
    queue.order("a", 7)
    queue.step(0)
    clock.advance_to(0.2)

    queue.door_opened(7, 0.16)

    assert powered(coils) == []
    assert queue.next_due(0.2) == 0.2
    assert queue.step(0.2) == [PulseEnded("a", 7, 0.2, 200, "opened")]


def test_a_door_that_opens_without_a_pulse_cuts_nothing(queue):
    queue.door_opened(7, 0)

    assert queue.step(0) == []


def test_hw_2_the_second_thread_cuts_while_the_loop_hangs(coils, queue, clock):
    """HW-2: the coil is off in time, and the loop learns that it was late."""
    queue.order("a", 7)
    queue.step(0)

    assert queue.cutter.next_due() == 0.6
    queue.cutter.step(0.6)

    assert powered(coils) == []
    assert queue.step(0.6 + OVERRUN_S + 0.01) == [
        PulseEnded("a", 7, 0.6, 600, "overrun")
    ]


def test_a_loop_that_comes_in_time_after_the_second_thread_is_no_overrun(queue):
    queue.order("a", 7)
    queue.step(0)
    queue.cutter.step(0.6)

    assert queue.step(0.61) == [PulseEnded("a", 7, 0.6, 600, "time")]


def test_a_door_seen_open_after_the_time_was_up_did_not_cut_the_coil(queue, clock):
    queue.order("a", 7)
    queue.step(0)
    queue.cutter.step(0.6)
    clock.advance_to(0.65)

    queue.door_opened(7, 0.65)

    assert queue.step(0.65) == [PulseEnded("a", 7, 0.6, 600, "time")]


def test_the_second_thread_is_woken_for_each_deadline(coils):
    woken = []
    cutter = Cutter(coils, wake=lambda: woken.append(cutter._deadlines.copy()))

    cutter.power(7, until=0.6)

    assert woken == [{7: 0.6}]


def test_the_same_door_twice_rests_between(queue):
    queue.order("a", 7)
    queue.order("b", 7)
    queue.step(0)
    queue.step(0.6)

    assert queue.next_due(0.6) == pytest.approx(2.1)
    assert queue.step(2.0) == []
    assert queue.step(2.1) == [PulseStarted("b", 7, 2.1)]


def test_an_order_for_a_resting_coil_lets_others_pass(queue):
    for order, compartment in [("a", 7), ("b", 7), ("c", 8)]:
        queue.order(order, compartment)
    queue.step(0)

    assert queue.step(0.6)[1:] == [PulseStarted("c", 8, 0.6)]
    assert queue.waiting == ("b",)


def test_an_order_that_the_supply_cannot_bear_yet_lets_nobody_pass(coils, clock):
    limits = {
        7: LOCK,
        8: LockLimits(2.0, 0.6, 1.0, 0.0),
        9: LOCK,
    }
    queue = PulseQueue(
        coils,
        limits,
        budget_a=2.0,
        gap_s=0.0,
        max_wait_s=60.0,
        max_coils=None,
        clock=clock,
    )
    for n in coils:
        queue.order(f"o{n}", n)

    assert queue.step(0) == [PulseStarted("o7", 7, 0)]
    assert queue.step(0.6)[1:] == [PulseStarted("o8", 8, 0.6)]


def test_three_coils_of_a_tenth_fit_three_tenths(coils, clock):
    queue = PulseQueue(
        coils,
        dict.fromkeys(coils, LockLimits(0.1, 0.6, 1.0, 0.0)),
        budget_a=0.3,
        gap_s=0.0,
        max_wait_s=60.0,
        max_coils=None,
        clock=clock,
    )
    for n in coils:
        queue.order(f"o{n}", n)

    queue.step(0)

    assert queue.powered == {7, 8, 9}


def test_a_tap_passes_the_wave_but_not_another_tap(queue):
    queue.order("wave 1", 7, Patience.LASTING)
    queue.order("wave 2", 8, Patience.LASTING)
    queue.order("tap 1", 9, Patience.SHORT)
    queue.order("tap 2", 8, Patience.SHORT)

    assert queue.waiting == ("tap 1", "tap 2", "wave 1", "wave 2")


def test_a_taps_order_too_old_is_dropped_for_its_child_has_gone(coils, clock):
    queue = a_queue(coils, clock, max_wait_s=0.5)
    queue.order("a", 7)
    queue.order("b", 8)
    queue.step(0)

    assert queue.next_due(0) == 0.5
    assert queue.step(0.5) == [PulseDropped("b", 8, 0.5, "too-old")]


def test_day_4_an_order_of_a_wave_waits_for_its_turn(coils, clock):
    """DAY-4: nobody stands at its door who might have gone."""
    queue = a_queue(coils, clock, max_wait_s=0.1)
    queue.order("wave 1", 7, Patience.LASTING)
    queue.order("wave 2", 8, Patience.LASTING)
    queue.step(0)

    assert queue.next_due(0) == 0.6
    assert queue.step(0.6) == [
        PulseEnded("wave 1", 7, 0.6, 600, "time"),
        PulseStarted("wave 2", 8, 0.6),
    ]


def test_day_15_stop_all_cuts_and_empties(coils, queue, clock):
    """DAY-15, HW-2."""
    queue.order("a", 7)
    queue.order("b", 8)
    queue.step(0)
    clock.advance_to(0.1)

    assert queue.stop_all("evacuated") == [
        PulseEnded("a", 7, 0.1, 100, "stopped"),
        PulseDropped("b", 8, 0.1, "evacuated"),
    ]
    assert powered(coils) == []
    assert queue.next_due(0.1) is None


def test_a_stopped_wave_leaves_the_coil_that_is_on_to_its_time(coils, queue):
    for n in coils:
        queue.order(f"wave {n}", n, Patience.LASTING)
    queue.step(0)
    queue.order("a tap", 9)

    dropped = queue.drop([f"wave {n}" for n in coils])

    assert [event.order for event in dropped] == ["wave 8", "wave 9"]
    assert powered(coils) == [7]
    assert queue.waiting == ("a tap",)


def test_a_coil_that_cannot_be_driven_ends_its_order(coils, queue):
    coils[7].fails = True
    queue.order("a", 7)

    assert queue.step(0) == [PulseDropped("a", 7, 0, "failed")]


def test_hw_2_a_coil_that_cannot_be_cut_is_tried_again_until_it_is(coils, queue):
    """HW-2: and it keeps its share of the budget meanwhile."""
    queue.order("a", 7)
    queue.order("b", 8)
    queue.step(0)
    coils[7].fails = True

    assert queue.step(0.6) == []
    assert queue.powered == {7}
    assert queue.next_due(0.6) == pytest.approx(0.6 + RETRY_S)
    assert queue.cutter.next_due() == pytest.approx(0.6 + RETRY_S)

    coils[7].fails = False
    queue.cutter.step(0.6 + RETRY_S)
    assert powered(coils) == []
    assert queue.step(0.7) == [
        PulseEnded("a", 7, 0.6 + RETRY_S, 650, "overrun"),
        PulseStarted("b", 8, 0.7),
    ]


@pytest.mark.parametrize(
    ("lock", "says"),
    [
        (LockLimits(0.65, 1.2, 1.0, 1.0), "compartment 7: release time 1.2 s, wanted"),
        (LockLimits(0.65, 0.0, 1.0, 1.0), "release time 0 s"),
        (LockLimits(6.0, 0.6, 1.0, 1.0), "coil 6 A, wanted above 0, at most the sup"),
        (LockLimits(0.65, 0.6, 1.0, -1.0), "rest -1 s, wanted 0 s or more"),
    ],
)
def test_figures_that_contradict_each_other_are_refused(coils, clock, lock, says):
    with pytest.raises(LockLimitsWrong, match=says):
        PulseQueue(
            coils,
            {7: lock},
            budget_a=5.0,
            gap_s=0.0,
            max_wait_s=60.0,
            max_coils=None,
            clock=clock,
        )


def test_day_4_thirty_doors_take_what_the_arithmetic_says(clock):
    """DAY-4: one coil at a time, so thirty pulses and nothing between them."""
    coils = {n: FakeCoil() for n in range(1, 31)}
    queue = a_queue(coils, clock, gap_s=0.15, max_wait_s=1.0)
    for n in coils:
        queue.order(f"o{n}", n, Patience.LASTING)

    while (due := queue.next_due(clock.monotonic())) is not None:
        clock.advance_to(due)
        queue.step(due)

    assert clock.monotonic() == pytest.approx(30 * LOCK.release_time_s)
