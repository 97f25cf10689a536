"""The MFRC522's commands. Data sheet MFRC522 rev. 3.9, chapter 10.

Not simulated: the self-test.
"""

from __future__ import annotations

import random
from typing import Final

from hardware.ports import Clock
from hardware.twin.mfrc522_core import WAKE_UP_S
from hardware.twin.mfrc522_crypto import Crypto
from hardware.twin.mfrc522_radio import Ask
from hardware.twin.mfrc522_registers import (
    CRC_IRQ,
    CRC_PRESETS,
    MSB_FIRST,
    POWER_DOWN,
    RCV_OFF,
    Command,
    Err,
    Reg,
)

BUFFER_BYTES: Final = 25  # internal buffer (10.3.1.2)
RANDOM_ID_BYTES: Final = 10  # (10.3.1.3)


class Engine(Crypto):
    """Starts, carries out and breaks off what CommandReg asks for."""

    def __init__(self, clock: Clock, version: int, ask: Ask) -> None:
        super().__init__(clock, version, ask)
        self._buffer = bytes(BUFFER_BYTES)
        self._dice = random.Random(0)
        self._writers[Reg.COMMAND] = self._order_command

    def fill(self, value: int) -> None:
        """Add a byte to the FIFO; CalcCRC takes it at once."""
        super().fill(value)
        if self.command is Command.CALC_CRC:
            self._digest()

    def _order_command(self, value: int) -> None:
        if value & 0x0F == Command.SOFT_RESET:
            self.reset()  # the internal buffer stays (10.3.1.10)
            return
        if self.powered_down and not value & POWER_DOWN:
            self.awake_at = self.clock.monotonic() + WAKE_UP_S
        self.powered_down = bool(value & POWER_DOWN)
        self.registers[Reg.COMMAND] = value & RCV_OFF
        if value & 0x0F != Command.NO_CMD_CHANGE:
            self._begin(value & 0x0F)

    def _begin(self, command: int) -> None:
        """Start a command; what was under way is broken off (10.2)."""
        self.break_off()
        self.registers[Reg.ERROR] &= Err.TEMP
        if command not in set(Command):
            self.end_command()
            return
        self.command = Command(command)
        match self.command:
            case Command.CALC_CRC:
                self.crc.load(CRC_PRESETS[self.registers[Reg.MODE] & 0x03])
                self._digest()
            case Command.TRANSMIT:
                self.send(self.fifo.drain())
            case Command.MF_AUTHENT:
                self.authenticate(self.fifo.drain())
            case Command.MEM | Command.GENERATE_RANDOM_ID:
                self._use_buffer(self.command)
            case _:
                pass

    def _digest(self) -> None:
        """Feed the coprocessor; it is done when the FIFO is empty (10.3.1.4)."""
        msb_first = bool(self.registers[Reg.MODE] & MSB_FIRST)
        for byte in self.fifo.drain():
            self.crc.feed(byte, msb_first=msb_first)
        self.fifo_changed()
        self.registers[Reg.DIV_IRQ] |= CRC_IRQ

    def _use_buffer(self, command: Command) -> None:
        if command is Command.GENERATE_RANDOM_ID:
            made = self._dice.randbytes(RANDOM_ID_BYTES)
            self._buffer = made + self._buffer[RANDOM_ID_BYTES:]
        elif len(self.fifo) >= BUFFER_BYTES:
            self._buffer = self.fifo.drain()[:BUFFER_BYTES]
        else:
            for byte in self._buffer:
                self.fifo.push(byte)
        self.fifo_changed()
        self.end_command()
