"""The clocks of the simulated world."""

from __future__ import annotations

import threading

import pytest

from hardware.clock import RealClock
from hardware.twin.clock import RunningClock, VirtualClock

LONG_S = 10.0


def test_virtual_time_passes_only_when_it_is_let():
    clock = VirtualClock(start=5)
    assert clock.monotonic() == 5

    clock.sleep(1.5)
    clock.sleep(-1)
    clock.advance_to(2)

    assert clock.monotonic() == 6.5


def test_callbacks_come_in_order_each_at_its_own_instant():
    clock, called = VirtualClock(), []

    def call(name):
        clock.call_at(name, lambda: called.append((name, clock.monotonic())))

    for at in (3, 1, 2, 9):
        call(at)
    clock.sleep(5)

    assert called == [(1, 1), (2, 2), (3, 3)]
    assert clock.monotonic() == 5


def test_callbacks_of_one_instant_come_as_they_were_asked_for():
    clock, called = VirtualClock(), []
    for name in "abc":
        clock.call_at(1, lambda name=name: called.append(name))

    clock.sleep(1)

    assert called == ["a", "b", "c"]


def test_a_callback_may_ask_for_another_even_now():
    clock, called = VirtualClock(), []

    def again():
        called.append(clock.monotonic())
        if len(called) < 3:
            clock.call_at(clock.monotonic() + len(called) - 1, again)

    clock.call_at(1, again)
    clock.sleep(10)

    assert called == [1, 1, 2]


def test_a_callback_may_let_time_pass_itself():
    """A chip's answer on the wire takes time while the world goes on."""
    clock = VirtualClock()
    clock.call_at(1, lambda: clock.sleep(5))

    clock.sleep(2)

    assert clock.monotonic() == 6


@pytest.fixture
def running():
    clock = RunningClock()
    clock.start()
    yield clock
    clock.stop()


def test_the_running_clock_calls_back_in_time_with_its_lock_held(running):
    done, called = threading.Event(), []

    def call(name, *, last=False):
        called.append((name, running.monotonic()))
        if last:
            done.set()

    start = running.monotonic()
    running.call_at(start + 0.04, lambda: call("second", last=True))
    running.call_at(start + 0.01, lambda: call("first"))

    assert done.wait(LONG_S)
    assert [name for name, _ in called] == ["first", "second"]
    assert called[0][1] >= start + 0.01
    assert called[1][1] >= start + 0.04


def test_nobody_is_called_while_another_holds_the_lock(running):
    called = threading.Event()
    with running.lock:
        running.call_at(running.monotonic(), called.set)
        assert not called.wait(0.02)

    assert called.wait(LONG_S)


def test_the_machines_clock_goes_on():
    clock = RealClock()
    before = clock.monotonic()
    clock.sleep(-1)
    clock.sleep(0)

    assert clock.monotonic() >= before
