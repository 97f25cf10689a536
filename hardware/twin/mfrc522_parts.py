"""The blocks inside an MFRC522 that stand by themselves: FIFO, timer, coprocessor.

Data sheet MFRC522 rev. 3.9: FIFO 8.3, timer 8.5, CRC coprocessor 8.6 and 9.3.2.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hardware.iso14443 import CARRIER_HZ

FIFO_BYTES: Final = 64


class Fifo:
    """64 bytes, shared by host, transmitter, receiver and coprocessor."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self.overflowed = False

    def __len__(self) -> int:
        return len(self._bytes)

    def push(self, byte: int) -> None:
        """Add a byte; one too many is lost and remembered."""
        if len(self._bytes) >= FIFO_BYTES:
            self.overflowed = True
        else:
            self._bytes.append(byte)

    def pop(self) -> int:
        """Take the oldest byte; 00 if there is none."""
        return self._bytes.pop(0) if self._bytes else 0

    def drain(self) -> bytes:
        """Take all."""
        data = bytes(self._bytes)
        self._bytes.clear()
        return data

    def flush(self) -> None:
        """Forget all, the overflow too."""
        self._bytes.clear()
        self.overflowed = False


@dataclass(slots=True)
class Timer:
    """The timer unit: counts down from the reload value, evaluated when looked at.

    Attributes:
        tick_s: one step, seconds.
        reload: first value.
        restarts: begins again by itself when it has run out (TAutoRestart).
    """

    tick_s: float = 1 / CARRIER_HZ
    reload: int = 0
    restarts: bool = False
    _started: float | None = None
    _left: int = 0

    def start(self, at: float) -> None:
        """Load and begin to count."""
        self._started = at

    def stop(self, at: float) -> None:
        """Hold the value."""
        self._left = self.value(at)
        self._started = None

    @property
    def is_running(self) -> bool:
        """Whether it counts."""
        return self._started is not None

    @property
    def runs_out_at(self) -> float:
        """When it has counted ``reload + 1`` steps (8.5); never, if it stands."""
        if self._started is None:
            return float("inf")
        return self._started + (self.reload + 1) * self.tick_s

    def run_out(self) -> None:
        """Note that it has run out."""
        at = self.runs_out_at
        self._left = 0
        self._started = at if self.restarts else None

    def value(self, at: float) -> int:
        """Return TCounterVal."""
        if self._started is None:
            return self._left
        return max(0, self.reload - int((at - self._started) / self.tick_s))


class CrcCoprocessor:
    """CRC-16 of polynomial x^16 + x^12 + x^5 + 1 over whatever is fed to it."""

    def __init__(self) -> None:
        self.result = 0xFFFF

    def load(self, preset: int) -> None:
        """Begin with ``preset``."""
        self.result = preset

    def feed(self, byte: int, *, msb_first: bool) -> None:
        """Take one byte, in the order of bits that ModeReg.MSBFirst says."""
        for place in range(8):
            bit = byte >> (7 - place if msb_first else place) & 1
            self.result = self._shifted(bit, msb_first=msb_first)

    def _shifted(self, bit: int, *, msb_first: bool) -> int:
        if msb_first:
            out = self.result >> 15 ^ bit
            return (self.result << 1 & 0xFFFF) ^ (0x1021 if out else 0)
        out = self.result & 1 ^ bit
        return self.result >> 1 ^ (0x8408 if out else 0)
