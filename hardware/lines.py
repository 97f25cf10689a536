"""The name of one electric line: bus, address and bit.

::

    header:17          GPIO17 (BCM) on the Pi's own header
    i2c-1:0x20:3       bit 3 (GPA3) of the expander at 0x20 on I2C bus 1
    room:locks:12      bit 12 of the simulated board "locks", only with a [twin] section

gpiochip numbers move between boards, so none of them is part of a name. What is fit
for a lock or a contact is decided here; who drives the line is looked up in
:mod:`hardware.pi.lines`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from hardware.errors import LineNameWrong, LineUnfit

_HEADER = re.compile(r"header:([0-9]{1,2})")
_I2C = re.compile(r"(i2c-[0-9]{1,2}):0x([0-9a-fA-F]{2}):([0-9]{1,2})")
_ROOM = re.compile(r"room:([a-z][a-z0-9-]{0,15}):([0-9]{1,3})")

HEADER_BITS = range(28)  # GPIO0 to GPIO27 are on the 40-pin header
EXPANDER_BITS = range(16)
EXPANDER_ADDRESSES = range(0x20, 0x28)  # A0 to A2 (Microchip DS20001952D, 3.3.1)
ROOM_BITS = range(256)

# GPIO0 to 8 are pulled up from power-on until our program runs (BCM2835 ARM
# Peripherals, table 6-31), and 14 and 15 are a serial console that may send: either
# could fire a coil.
AWAKE_AT_BOOT = frozenset({*range(9), 14, 15})

# GPA7 and GPB7 cannot be read reliably (Microchip DS20001952D, table 2-1).
EXPANDER_OUTPUT_ONLY = frozenset({7, 15})


@dataclass(frozen=True, slots=True, order=True)
class LineName:
    """One line, as a configuration writes it.

    Attributes:
        bus: ``header``, ``i2c-1`` or ``room``.
        address: ``0x20`` on I2C, the simulated board's name in the room, or empty.
        bit: number of the line there; on the header, BCM.
    """

    bus: str
    address: str
    bit: int

    @classmethod
    def parse(cls, text: str, *, where: str = "line") -> Self:
        """Read a name.

        >>> LineName.parse("i2c-1:0x20:3")
        LineName(bus='i2c-1', address='0x20', bit=3)

        Args:
            text: as above; nothing around it.
            where: place of ``text`` in the configuration, for the message.

        Raises:
            LineNameWrong: it is no name of a line, or no chip has such a line.
        """
        if match := _HEADER.fullmatch(text):
            return cls._checked("header", "", int(match[1]), HEADER_BITS, where)
        if match := _I2C.fullmatch(text):
            if int(match[2], 16) not in EXPANDER_ADDRESSES:
                raise LineNameWrong(where, text, "an expander at 0x20 to 0x27")
            address = f"0x{match[2].lower()}"
            return cls._checked(match[1], address, int(match[3]), EXPANDER_BITS, where)
        if match := _ROOM.fullmatch(text):
            return cls._checked("room", match[1], int(match[2]), ROOM_BITS, where)
        raise LineNameWrong(where, text, "header:17, i2c-1:0x20:3 or room:locks:12")

    @classmethod
    def _checked(
        cls, bus: str, address: str, bit: int, bits: range, where: str
    ) -> Self:
        line = cls(bus, address, bit)
        if bit not in bits:
            raise LineNameWrong(where, str(line), f"bit {bits[0]} to {bits[-1]}")
        return line

    def __str__(self) -> str:
        return f"{self.board}:{self.bit}"

    @property
    def board(self) -> str:
        """Bus and address: what one pin factory drives.

        >>> LineName.parse("header:17").board, LineName.parse("room:locks:3").board
        ('header', 'room:locks')
        """
        return f"{self.bus}:{self.address}" if self.address else self.bus

    @property
    def is_simulated(self) -> bool:
        """Whether only the twin has such a line."""
        return self.bus == "room"

    def require_fit_for_lock(self, *, where: str = "line") -> None:
        """Refuse a line that may be driven before our program runs (HW-2).

        Raises:
            LineUnfit: GPIO0 to 8, 14 or 15.
        """
        if self.bus == "header" and self.bit in AWAKE_AT_BOOT:
            raise LineUnfit(where, str(self), "may be driven while the Pi boots")

    def require_fit_for_contact(self, *, where: str = "line") -> None:
        """Refuse a line that cannot be read.

        Raises:
            LineUnfit: GPA7 or GPB7 of an expander.
        """
        if self.bus.startswith("i2c-") and self.bit in EXPANDER_OUTPUT_ONLY:
            raise LineUnfit(where, str(self), "is an output only on this chip")
