"""The system's wall clock, and how far it can be believed.

A Pi before the Pi 5 has no clock chip: it boots at about its last shutdown and nobody
tells (docs/decisions/0011). Three states: *synced* once a time server was heard,
*rtc* while a clock chip with a battery carries the time, *guessed* otherwise.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from pathlib import Path

from hardware.ports import ClockState

TIMESYNC_MARK = Path("/run/systemd/timesync/synchronized")
RTC_SECONDS = Path("/sys/class/rtc/rtc0/since_epoch")  # absent: no clock chip

TIME_ERROR = 5  # adjtimex(2): the clock is not synchronised
STA_UNSYNC = 0x0040  # adjtimex(2), status

# A chip that carried the time agrees with the system to the second; one whose battery
# is flat restarts in 1970 or 2000. Half a minute leaves room for drift since boot.
RTC_AGREES_WITHIN_S = 30.0


class _Timex(ctypes.Structure):
    """The head of adjtimex(2)'s struct timex, with room for the rest."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 256),
    )


def kernel_is_synced() -> bool:
    """Return whether the kernel says that its clock follows a time server."""
    adjtimex = getattr(ctypes.CDLL(None), "adjtimex", None)
    if adjtimex is None:  # only Linux has it
        return False
    timex = _Timex(modes=0)  # 0: read only
    result: int = adjtimex(ctypes.byref(timex))
    return 0 <= result < TIME_ERROR and not timex.status & STA_UNSYNC


class SystemWallClock:
    """Implements :class:`hardware.ports.WallClock` over the operating system.

    Args:
        now_us: UTC in microseconds; the system's by default.
        kernel_is_synced: asks the kernel.
        timesync_mark: the file that systemd-timesyncd makes once it has the time.
        rtc_seconds: the file that shows the clock chip's time.
    """

    def __init__(
        self,
        *,
        now_us: Callable[[], int] = lambda: time.time_ns() // 1000,
        kernel_is_synced: Callable[[], bool] = kernel_is_synced,
        timesync_mark: Path = TIMESYNC_MARK,
        rtc_seconds: Path = RTC_SECONDS,
    ) -> None:
        self._now_us = now_us
        self._kernel_is_synced = kernel_is_synced
        self._timesync_mark = timesync_mark
        self._rtc_seconds = rtc_seconds

    def now_us(self) -> int:
        """Return UTC in microseconds since 1970."""
        return self._now_us()

    def state(self) -> ClockState:
        """Return how far the clock can be believed now."""
        if self._timesync_mark.exists() or self._kernel_is_synced():
            return ClockState.SYNCED
        return ClockState.RTC if self._rtc_agrees() else ClockState.GUESSED

    def _rtc_agrees(self) -> bool:
        try:
            chip_s = int(self._rtc_seconds.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return False
        return abs(chip_s - self.now_us() / 1_000_000) <= RTC_AGREES_WITHIN_S
