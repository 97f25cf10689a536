"""How far the system's clock is believed (DAY-11)."""

from __future__ import annotations

import pytest

from hardware.pi.wallclock import SystemWallClock, kernel_is_synced
from hardware.ports import ClockState

NOW_US = 1_795_422_300_000_000


@pytest.fixture
def make_clock(tmp_path):
    def make(*, timesync=False, kernel=False, rtc=None):
        mark, chip = tmp_path / "synchronized", tmp_path / "since_epoch"
        if timesync:
            mark.touch()
        if rtc is not None:
            chip.write_text(rtc)
        return SystemWallClock(
            now_us=lambda: NOW_US,
            kernel_is_synced=lambda: kernel,
            timesync_mark=mark,
            rtc_seconds=chip,
        )

    return make


@pytest.mark.parametrize(
    ("signs", "state"),
    [
        ({}, ClockState.GUESSED),
        ({"timesync": True}, ClockState.SYNCED),
        ({"kernel": True}, ClockState.SYNCED),
        ({"rtc": "1795422290\n"}, ClockState.RTC),
        ({"rtc": "1795422290\n", "kernel": True}, ClockState.SYNCED),
        ({"rtc": "37\n"}, ClockState.GUESSED),
        ({"rtc": "\n"}, ClockState.GUESSED),
    ],
)
def test_day_11_the_clock_says_how_far_it_can_be_believed(make_clock, signs, state):
    """DAY-11: synced, rtc, guessed; a flat battery's chip stands in 1970."""
    clock = make_clock(**signs)

    assert clock.state() is state
    assert clock.now_us() == NOW_US


def test_the_clock_is_believed_from_the_moment_the_time_is_known(make_clock, tmp_path):
    clock = make_clock()
    assert clock.state() is ClockState.GUESSED

    (tmp_path / "synchronized").touch()
    assert clock.state() is ClockState.SYNCED


def test_the_kernel_answers():
    assert kernel_is_synced() in {True, False}
    assert SystemWallClock().now_us() > 1_700_000_000_000_000
