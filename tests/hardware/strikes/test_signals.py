"""Lights and buzzer: soft, short, and the same for everybody (DAY-3)."""

from __future__ import annotations

import pytest

from hardware.lines import LineName
from hardware.pi.signals import SignalBank, SignalLines
from hardware.ports import Signal

BESIDE = {
    "front": SignalLines(LineName.parse("header:22"), LineName.parse("header:23")),
    "back": SignalLines(light=LineName.parse("header:24")),
    "bare": SignalLines(),
}


@pytest.fixture
def signals(lines, clock):
    return SignalBank(lines, BESIDE, clock)


@pytest.fixture
def reader(world):
    return world.readers["front"]


def play(signals, reader, clock, seconds):
    """Return seconds of light and of sound."""
    end = clock.monotonic() + seconds
    light_s = sound_s = 0.0
    while clock.monotonic() < end:
        due = signals.next_due(clock.monotonic())
        until = end if due is None else min(due, end)
        light_s += (until - clock.monotonic()) * reader.light_is_on
        sound_s += (until - clock.monotonic()) * reader.buzzer_is_on
        clock.advance_to(until)
        signals.step(until)
    return light_s, sound_s


def test_all_is_dark_until_something_is_shown(signals, reader, clock):
    assert signals.next_due(0) is None
    assert play(signals, reader, clock, 10) == (0, 0)


def test_ready_is_a_light_that_stays(signals, reader, clock):
    signals.show("front", Signal.READY)

    assert play(signals, reader, clock, 10) == (10, 0)
    assert signals.next_due(clock.monotonic()) is None


def test_day_3_a_tap_is_one_soft_sound_and_then_all_is_as_before(
    signals, reader, clock
):
    """DAY-3: the same sound whatever becomes of the tap."""
    signals.show("front", Signal.READY)
    signals.show("front", Signal.HEARD)

    light_s, sound_s = play(signals, reader, clock, 10)

    assert sound_s == pytest.approx(0.06)
    assert light_s == pytest.approx(10 - 0.14)
    assert reader.light_is_on


@pytest.mark.parametrize("signal", set(Signal) - {Signal.HEARD})
def test_day_3_nothing_else_sounds(signals, reader, clock, signal):
    """DAY-3: no buzzer that scolds."""
    signals.show("front", signal)

    assert play(signals, reader, clock, 10)[1] == 0


@pytest.mark.parametrize("signal", Signal)
def test_no_light_flashes_more_than_three_times_a_second(
    signals, reader, clock, signal
):
    """WCAG 2.2, 2.3.1."""
    signals.show("front", signal)
    rises, was_on = [], reader.light_is_on
    while (due := signals.next_due(clock.monotonic())) is not None and due < 10:
        clock.advance_to(due)
        signals.step(due)
        if reader.light_is_on and not was_on:
            rises.append(due)
        was_on = reader.light_is_on

    assert all(len([r for r in rises if at <= r < at + 1]) <= 3 for at in rises)


def test_a_fault_returns_after_a_tap(signals, reader, clock):
    signals.show("front", Signal.FAULT)
    signals.show("front", Signal.HEARD)
    play(signals, reader, clock, 0.5)

    assert play(signals, reader, clock, 20)[0] == pytest.approx(20 * 0.1)


def test_a_late_step_leaves_no_sound_on(signals, reader, clock):
    signals.show("front", Signal.READY)
    signals.show("front", Signal.HEARD)
    clock.advance_to(100)

    signals.step(100)

    assert not reader.buzzer_is_on
    assert reader.light_is_on
    assert signals.next_due(100) is None


def test_readers_without_lines_are_dark_and_harmless(signals, clock):
    for reader in ("back", "bare", "nobody"):
        signals.show(reader, Signal.HEARD)
    signals.step(1)
