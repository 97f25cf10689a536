"""Names of electric lines as the configuration writes them, and what the header offers.

::

    header:17          GPIO17 (BCM) on the Pi's own header
    i2c-1:0x20:3       bit 3 of the expander at 0x20 on I2C bus 1
    room:locks:12      bit 12 of the simulated board "locks", only with a [twin] section

Only spelling and the header's facts are known here; what drives a line is the
hardware's business. A test holds this spelling against the hardware's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADER = re.compile(r"header:([0-9]{1,2})")
_EXPANDER = re.compile(r"(i2c-[0-9]{1,2}):0x(2[0-7]):([0-9]{1,2})")
_ROOM = re.compile(r"room:([a-z][a-z0-9-]{0,15}):([0-9]{1,3})")

HEADER_BITS = range(28)  # GPIO0 to GPIO27 are on the 40-pin header
EXPANDER_BITS = range(16)  # MCP23017: GPA0 to GPB7
ROOM_BITS = range(256)

PULLED_UP_AT_BOOT = frozenset(range(9))
"""GPIO0 to 8 are inputs with a pull-up until a program says otherwise; 9 to 27 are
pulled down (BCM2835 ARM Peripherals, table 6-31; the same on later boards)."""

SERIAL = frozenset({14, 15})
"""TXD and RXD: the firmware and the kernel may speak there while the Pi boots."""

BOARD_ID = frozenset({0, 1})
"""ID_SD and ID_SC: the firmware looks there for a HAT's EEPROM while the Pi boots."""

SPI_LINES = {
    0: frozenset({7, 8, 9, 10, 11}),  # CE1, CE0, MISO, MOSI, SCLK; both CE by default
    1: frozenset({19, 20, 21}),  # MISO, MOSI, SCLK; its chip selects are in SPI1_SELECT
}
"""Lines that a bus takes for itself, whichever readers are on it."""

SPI1_SELECT = (18, 17, 16)
"""Chip selects 0, 1 and 2 of bus 1 (`dtoverlay -h spi1-3cs`): as many as are used."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line's name, taken apart.

    Attributes:
        bus: ``header``, ``i2c-1``, … or ``room``.
        board: the expander's address or the room's board; empty on the header.
        bit: which line there; on the header the BCM number.
    """

    bus: str
    board: str
    bit: int

    def __str__(self) -> str:
        return ":".join(part for part in (self.bus, self.board, str(self.bit)) if part)

    def is_header(self, *bits: int) -> bool:
        """Whether this is one of these lines of the Pi's own header."""
        return self.bus == "header" and self.bit in bits

    @property
    def is_expander(self) -> bool:
        """Whether the line is an I2C expander's."""
        return self.bus.startswith("i2c-")

    @property
    def is_simulated(self) -> bool:
        """Whether only the twin has such a line."""
        return self.bus == "room"


def parse_line(text: str) -> Line | None:
    """Take a name apart; None where it is no name, or no chip has such a line.

    >>> parse_line("header:17")
    Line(bus='header', board='', bit=17)
    >>> parse_line("header:28") is None
    True
    """
    if match := _HEADER.fullmatch(text):
        return _within(HEADER_BITS, "header", "", match[1])
    if match := _EXPANDER.fullmatch(text):
        address = f"0x{match[2]}"
        return _within(EXPANDER_BITS, match[1], address, match[3])
    if match := _ROOM.fullmatch(text):
        return _within(ROOM_BITS, "room", match[1], match[2])
    return None


def _within(bits: range, bus: str, board: str, bit: str) -> Line | None:
    return Line(bus, board, int(bit)) if int(bit) in bits else None


def spi_claims(bus: int, devices: set[int]) -> frozenset[int]:
    """Return the header's lines that ``bus`` takes when readers sit on ``devices``.

    >>> sorted(spi_claims(1, {0}))
    [18, 19, 20, 21]
    """
    if bus == 1:
        # An overlay enables chip selects from 0 up to the highest one used.
        selects = SPI1_SELECT[: max(devices, default=-1) + 1]
        return SPI_LINES[1] | frozenset(selects)
    return SPI_LINES.get(bus, frozenset())
