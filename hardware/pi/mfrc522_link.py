"""The wire to one MFRC522: open it, configure it, know when it is no longer itself.

Over the ``mfrc522`` package's device and register names. Chapters and tables are those
of NXP's data sheet MFRC522 rev. 3.9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from hardware.errors import (
    ReaderReset,
    ReaderSilent,
    ReaderUnreachable,
    SpiDenied,
    SpidevMissing,
    SpiMissing,
)
from hardware.iso14443 import CARRIER_HZ, POWER_UP_S
from hardware.pi import rpi_gpio_shim
from hardware.ports import Clock

SPEED_HZ: Final = 1_000_000  # the package's own; the chip bears 10 MHz (8.1.2)
READ: Final = 0x80
RESET_S: Final = 0.001
"""Soft reset and wake-up take 38 µs (8.8.2), the crystal after RST some hundred."""

PRESCALER: Final = 33  # a tick is 2 × 33 + 1 = 67 periods of the carrier (8.5)
TICK_S: Final = (2 * PRESCALER + 1) / CARRIER_HZ
SILENCE_TICKS: Final = 55
SILENCE_S: Final = SILENCE_TICKS * TICK_S
"""0.272 ms from the end of our frame until the chip's timer says that nobody answers.
The fifth bit of an answer stops the timer (table 107), 0.138 ms after our frame; so
long as this an answer to WUPA takes, so that one look serves both ends."""

CONFIGURATION: Final[Sequence[tuple[str, int, int]]] = (
    # register, value, bits that must read back (others are reserved, clones differ)
    ("TModeReg", 0x80, 0xFF),  # the timer starts by itself when a frame has been sent
    ("TPrescalerReg", PRESCALER, 0xFF),
    ("TReloadRegH", 0, 0xFF),
    ("TReloadRegL", SILENCE_TICKS - 1, 0xFF),
    ("TxAutoReg", 0x40, 0x40),  # 100 % modulation, as type A wants (table 61)
    ("TxModeReg", 0x00, 0xF0),  # 106 kbit/s; we make the CRC ourselves
    ("RxModeReg", 0x00, 0xF0),
    ("TxControlReg", 0x83, 0x03),  # both antenna drivers on, last: cards wake now
)
HEART: Final = (
    "VersionReg",
    "TxControlReg",
    "TModeReg",
    "TPrescalerReg",
    "TReloadRegL",
)
"""Looked at in every poll: each has another value after a reset, so one is enough."""

VERSIONS: Final[Mapping[int, str]] = {
    0x90: "MFRC522 version 0",  # Philips' preliminary data sheet, rev. 2.0
    0x91: "MFRC522 version 1",  # 9.3.4.8
    0x92: "MFRC522 version 2",  # 9.3.4.8
    0x88: "FM17522, a clone",  # miguelbalboa/rfid#106
    0x89: "FM17522E, a clone",  # OSSLibraries/Arduino_MFRC522v2, PCD_Version
    0xB2: "FM17522, a clone",  # OSSLibraries/Arduino_MFRC522v2, PCD_Version
    0x12: "a counterfeit MFRC522",  # miguelbalboa/rfid#482: reads cards all the same
    0x15: "a counterfeit MFRC522",  # miguelbalboa/rfid#456
    0x82: "a clone without a name",  # OSSLibraries/Arduino_MFRC522v2#59: works well
}
"""For people. A chip that is not in the list is taken if it keeps its configuration."""
NO_CHIP: Final = frozenset({0x00, 0xFF})  # what a wire reads that nobody drives


class Mfrc522Link:
    """One chip at the end of one SPI device.

    Args:
        name: the reader's, for messages.
        bus: SPI bus.
        device: chip select.
        clock: for the waits.
        reset_line: BCM number of the line to RST; None if RST is tied to 3.3 V.

    Attributes:
        chip: the package's object, for its names; None while the bus is not open.
    """

    def __init__(
        self, name: str, bus: int, device: int, clock: Clock, reset_line: int | None
    ) -> None:
        self.name = name
        self.chip: Any = None  # mfrc522 has no annotations
        self._where = (bus, device)
        self._clock = clock
        self._reset_line = reset_line
        self._heart: list[int] = []

    @property
    def version(self) -> int | None:
        """VersionReg as it was when the chip was last configured."""
        return self._heart[0] if self._heart else None

    # ---------------------------------------------------------- coming up and going

    def bring_up(self) -> None:
        """Open the bus if need be, reset the chip, configure it, check that it took.

        Returns when cards in the field have had time to wake.

        Raises:
            ReaderDead: it did not take, or the bus cannot be had.
        """
        if self.chip is None:
            self.chip = self._open()
        self._reset()
        for register, value, _ in CONFIGURATION:
            self.write(self.address(register), value)
        self._check_configuration()
        self._heart = self.read(*self.heart_addresses())
        self._clock.sleep(POWER_UP_S)

    def close(self) -> None:
        """Leave the bus. The chip keeps its field on and its registers."""
        if self.chip is not None:
            self.chip.spi.close()
            self.chip = None
            rpi_gpio_shim.cleanup(self._reset_line)

    def _open(self) -> Any:  # noqa: ANN401  mfrc522 has no annotations
        bus, device = self._where
        place = f"/dev/spidev{bus}.{device}"
        try:
            with rpi_gpio_shim.in_place_of_rpi_gpio():
                from mfrc522 import MFRC522  # noqa: PLC0415  wants a spidev at once
            chip = MFRC522(bus, device, SPEED_HZ, pin_rst=self._reset_line)
        except ModuleNotFoundError as error:
            if error.name != "spidev":
                raise
            raise SpidevMissing(self.name, "no module spidev") from error
        except FileNotFoundError as error:
            raise SpiMissing(self.name, f"{place} is not there") from error
        except PermissionError as error:
            raise SpiDenied(self.name, f"{place} may not be opened") from error
        except OSError as error:
            raise ReaderUnreachable(self.name, f"{place}: {error.strerror}") from error
        chip.logger.handlers.clear()  # the package adds one more with every reader
        return chip

    def _reset(self) -> None:
        if self._reset_line is not None:
            for level in (0, 1):
                rpi_gpio_shim.output(self._reset_line, level)
                self._clock.sleep(RESET_S)
        self.write(self.chip.CommandReg, self.chip.PCD_RESETPHASE)
        self._clock.sleep(RESET_S)

    # -------------------------------------------------------------------- heartbeat

    def heart_addresses(self) -> list[int]:
        """Return the registers whose values :meth:`check_heart` wants."""
        return [self.address(register) for register in HEART]

    def check_heart(self, found: Sequence[int]) -> None:
        """Compare with what the chip held when it was configured.

        Raises:
            ReaderSilent: no chip drives the wire.
            ReaderReset: the chip has lost its configuration.
        """
        if list(found) == self._heart:
            return
        self._require_chip(found[0])
        for register, held, value in zip(HEART, self._heart, found, strict=True):
            if value != held:
                raise ReaderReset(self.name, _reads(register, value, held))

    def _check_configuration(self) -> None:
        self._require_chip(self.read(self.chip.VersionReg)[0])
        registers = [register for register, _, _ in CONFIGURATION]
        values = self.read(*map(self.address, registers))
        for (register, wanted, bits), found in zip(CONFIGURATION, values, strict=True):
            if (found ^ wanted) & bits:
                raise ReaderReset(self.name, _reads(register, found, wanted))

    def _require_chip(self, version: int) -> None:
        if version in NO_CHIP:
            raise ReaderSilent(self.name, f"VersionReg reads {version:02X}: no chip")

    # --------------------------------------------------------------------- the wire

    def address(self, register: str) -> int:
        """Return a register's number by the package's name for it."""
        number: int = getattr(self.chip, register)
        return number

    def write(self, register: int, *values: int) -> None:
        """Write ``values`` into one register, one after the other (table 7)."""
        with self._bus():
            self.chip.spi.xfer2([register << 1 & 0x7E, *values])

    def write_timer(self, ticks: int) -> None:
        """Let the timer run for ``ticks`` from the end of a frame, 1 to 65536 (8.5)."""
        high, low = divmod(ticks - 1, 256)
        self.write(self.chip.TReloadRegH, high)
        self.write(self.chip.TReloadRegL, low)

    def read(self, *registers: int) -> list[int]:
        """Read any registers, in their order, in one transfer (table 6)."""
        asked = [register << 1 & 0x7E | READ for register in registers]
        with self._bus():
            answer: list[int] = self.chip.spi.xfer2([*asked, 0])
        return answer[1:]

    @contextmanager
    def _bus(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.close()
            raise ReaderUnreachable(self.name, f"SPI transfer: {error}") from error


def _reads(register: str, found: int, wanted: int) -> str:
    return f"{register} reads {found:02X}, wanted {wanted:02X}"
