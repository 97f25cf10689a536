"""A bench for readers: virtual time, simulated chips, the real driver and library."""

from __future__ import annotations

from typing import Self

from hardware.pi.mfrc522_reader import Mfrc522Reader
from hardware.taps import TapWatch
from hardware.twin.clock import VirtualClock
from hardware.twin.mfrc522_chip import Mfrc522Chip
from hardware.twin.spidev_inprocess import install_spidev

POLL_S = 0.05
FOUR = bytes.fromhex("04A1B2C3")
SEVEN = bytes.fromhex("04A1B2C3D4E5F6")
TEN = bytes.fromhex("04A1B2C3D4E5F6070809")
OTHER = bytes.fromhex("04A1B2C3D4E5F7")


class Bench:
    """Chips at SPI places, over which the driver and the library really run."""

    def __init__(self, *places: tuple[int, int], version: int = 0x92) -> None:
        self.clock = VirtualClock(start=100.0)
        self.chips = {
            place: Mfrc522Chip(self.clock, version=version)
            for place in places or [(0, 0)]
        }
        self.chip = next(iter(self.chips.values()))
        self._spidev = install_spidev(self.chips, self.clock)
        self.wires = self._spidev.wires
        self.reader = self.reader_at(*next(iter(self.chips)))

    def reader_at(self, bus: int, device: int, **more) -> Mfrc522Reader:
        return Mfrc522Reader(f"r{bus}{device}", bus, device, self.clock, **more)

    def watch(self) -> TapWatch:
        return TapWatch(self.reader, self.clock)

    def run(self, watch: TapWatch, seconds: float) -> list:
        """Let ``watch`` step for ``seconds``; return what it told."""
        until, told = self.clock.monotonic() + seconds, []
        while self.clock.monotonic() < until:
            told += watch.step(self.clock.monotonic())
            self.clock.sleep(watch.due_in())
        return told

    def poll(self):
        """Poll once, one period after the last."""
        self.clock.sleep(POLL_S)
        return self.reader.poll()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._spidev.remove()
