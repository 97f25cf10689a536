"""A module that answers to the name ``spidev``, with simulated chips at its far end.

For virtual time and one process. Each transfer is counted and takes as long as on a
Pi: a fixed cost for the call into the kernel, then the bits. The chip sees a write at
its end and a read when its address has gone out.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType, TracebackType
from typing import Final, Protocol, Self

from hardware.ports import Clock

CALL_S: Final = 20e-6
"""One ioctl of the kernel's spidev, seconds; the issue's figure for all comparisons."""
DEFAULT_HZ: Final = 500_000  # what the kernel's spidev starts with on a Pi
READ: Final = 0x80
MODULE: Final = "spidev"
LIBRARIES: Final = ("mfrc522", "mfrc522.MFRC522", "mfrc522.SimpleMFRC522")
"""Modules that keep the ``spidev`` they were imported with."""


class SpiChip(Protocol):
    """Whatever sits behind a chip select."""

    def transfer(self, data: Sequence[int]) -> list[int]:
        """Exchange the bytes of one chip-select."""


@dataclass(slots=True)
class SpiWires:
    """Chips by (bus, device), and what has gone over their wires.

    Attributes:
        transfers: chip-selects so far.
        seconds: time they took.
    """

    chips: Mapping[tuple[int, int], SpiChip]
    clock: Clock
    transfers: int = field(default=0, init=False)
    seconds: float = field(default=0.0, init=False)

    def exchange(self, chip: SpiChip, data: Sequence[int], hz: int) -> list[int]:
        """Let one chip-select take its time."""
        byte_s = 8 / hz
        before = 1 if data and data[0] & READ else len(data)
        self._pass(CALL_S + byte_s * before)
        answer = chip.transfer(data)
        self._pass(byte_s * (len(data) - before))
        self.transfers += 1
        return answer

    def _pass(self, seconds: float) -> None:
        self.seconds += seconds
        self.clock.sleep(seconds)


class SpiDevBase:
    """One open SPI device, with the names of the real ``spidev.SpiDev``.

    Class attribute ``wires`` is set by :func:`install_spidev`.
    """

    wires: SpiWires

    def __init__(self, bus: int | None = None, device: int | None = None) -> None:
        self.max_speed_hz = DEFAULT_HZ
        self.mode = 0
        self.bits_per_word = 8
        self._chip: SpiChip | None = None
        if bus is not None and device is not None:
            self.open(bus, device)

    def open(self, bus: int, device: int) -> None:
        """Open /dev/spidev<bus>.<device>.

        Raises:
            FileNotFoundError: nothing is wired there.
        """
        try:
            self._chip = self.wires.chips[bus, device]
        except KeyError:
            number = errno.ENOENT
            raise FileNotFoundError(number, os.strerror(number)) from None

    def close(self) -> None:
        """Close it; harmless when it is closed."""
        self._chip = None

    def fileno(self) -> int:
        """Return -1: there is no file behind it."""
        return -1

    def xfer2(
        self,
        data: Sequence[int],
        speed_hz: int = 0,
        delay_usec: int = 0,
        bits_per_word: int = 0,
    ) -> list[int]:
        """Exchange ``data`` in one chip-select.

        Raises:
            OSError: the device is not open.
        """
        del delay_usec, bits_per_word  # as the chip has them: none, and 8
        if self._chip is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return self.wires.exchange(self._chip, data, speed_hz or self.max_speed_hz)

    xfer = xfer3 = xfer2

    def writebytes(self, data: Sequence[int]) -> None:
        """Send ``data``, forget what came back."""
        self.xfer2(data)

    writebytes2 = writebytes

    def readbytes(self, length: int) -> list[int]:
        """Return what comes back while zeroes are sent."""
        return self.xfer2([0] * length)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class InstalledSpidev:
    """The module in its place; as a context manager it goes again at the end."""

    def __init__(self, wires: SpiWires) -> None:
        self.wires = wires
        self._before = sys.modules.get(MODULE)
        module = ModuleType(MODULE, "Simulated SPI devices.")
        module.SpiDev = type("SpiDev", (SpiDevBase,), {"wires": wires})  # type: ignore[attr-defined]  # a module made by hand
        self._place(module)

    def remove(self) -> None:
        """Put back what was there before."""
        self._place(self._before)

    def _place(self, module: ModuleType | None) -> None:
        for name in (MODULE, *LIBRARIES):
            sys.modules.pop(name, None)
        if module is not None:
            sys.modules[MODULE] = module

    def __enter__(self) -> SpiWires:
        return self.wires

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.remove()


def install_spidev(
    buses: Mapping[tuple[int, int], SpiChip], clock: Clock
) -> InstalledSpidev:
    """Put a ``spidev`` with ``buses`` behind it in place of any other.

    Libraries that were imported with another ``spidev`` are imported anew.
    """
    return InstalledSpidev(SpiWires(buses, clock))
