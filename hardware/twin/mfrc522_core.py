"""The MFRC522's register file: what a host reads and writes, and what falls due.

Data sheet MFRC522 rev. 3.9, chapters 8.3 to 8.5 and 9. Nothing runs by itself:
:meth:`Core.catch_up` lets happen what was due since the last look.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from typing import Final

from hardware.iso14443 import CARRIER_HZ
from hardware.ports import Clock
from hardware.twin.mfrc522_parts import FIFO_BYTES, CrcCoprocessor, Fifo, Timer
from hardware.twin.mfrc522_registers import (
    CRC_IRQ,
    FLUSH_BUFFER,
    POWER_DOWN,
    RCV_OFF,
    RESET_VALUES,
    SET2,
    T_AUTO_RESTART,
    T_PRESCAL_EVEN,
    T_START_NOW,
    T_STOP_NOW,
    VALUES_AFTER_COLL,
    WRITABLE,
    ComIrq,
    Command,
    Err,
    Reg,
)

WAKE_UP_S: Final = 1024 / 27.12e6
"""From reset or power-down until the oscillator is believed (8.8.2)."""
NEVER: Final = float("inf")
TIMER_REGISTERS: Final = frozenset(
    {Reg.T_MODE, Reg.T_PRESCALER, Reg.T_RELOAD_H, Reg.T_RELOAD_L, Reg.DEMOD}
)


class Core:
    """Registers, FIFO, timer, interrupt flags, and the agenda of what comes next."""

    def __init__(self, clock: Clock, version: int) -> None:
        self.clock = clock
        self.version = version
        self._order = itertools.count()
        self._readers: dict[int, Callable[[], int]] = {
            Reg.COMMAND: self._shown_command,
            Reg.FIFO_DATA: self._pop,
            Reg.FIFO_LEVEL: lambda: len(self.fifo),
            Reg.STATUS1: self._status1,
            Reg.STATUS2: lambda: (
                self.registers[Reg.STATUS2] & 0xC8 | self.modem_state()
            ),
            Reg.T_COUNTER_H: lambda: self.timer.value(clock.monotonic()) >> 8,
            Reg.T_COUNTER_L: lambda: self.timer.value(clock.monotonic()) & 0xFF,
            Reg.CRC_RESULT_H: lambda: self.crc.result >> 8,
            Reg.CRC_RESULT_L: lambda: self.crc.result & 0xFF,
            Reg.VERSION: lambda: self.version,
        }
        self._writers: dict[int, Callable[[int], None]] = {
            Reg.COM_IRQ: lambda value: self._mark(
                Reg.COM_IRQ, value, ComIrq.SET1, 0x7F
            ),
            Reg.DIV_IRQ: lambda value: self._mark(Reg.DIV_IRQ, value, SET2, 0x14),
            Reg.FIFO_DATA: self.fill,
            Reg.FIFO_LEVEL: self._flush,
            Reg.CONTROL: self._control_timer,
            Reg.COLL: self._say_what_follows_collisions,
        }
        self.reset()

    def reset(self) -> None:
        """Take the reset values, all of them; nothing is under way any more."""
        self.registers = bytearray(0x40)
        for address, value in RESET_VALUES.items():
            self.registers[address] = value
        self.fifo = Fifo()
        self.timer = Timer()
        self.crc = CrcCoprocessor()
        self.command = Command.IDLE
        self.powered_down = False
        self.awake_at = self.clock.monotonic() + WAKE_UP_S
        self._alerts = ComIrq.LO_ALERT
        self.agenda: list[tuple[float, int, Callable[[float], None]]] = []

    # ------------------------------------------------------------- as time goes by

    def call_at(self, instant: float, happen: Callable[[float], None]) -> None:
        """Let ``happen`` be called with ``instant`` once that has come."""
        heapq.heappush(self.agenda, (instant, next(self._order), happen))

    def catch_up(self) -> None:
        """Let everything happen that was due by now, each at its own instant."""
        now = self.clock.monotonic()
        while True:
            next_at = self.agenda[0][0] if self.agenda else NEVER
            if min(next_at, self.timer.runs_out_at) > now:
                return
            if self.timer.runs_out_at < next_at:
                self.timer.run_out()
                self.interrupt(ComIrq.TIMER)
            else:
                at, _, happen = heapq.heappop(self.agenda)
                happen(at)

    def interrupt(self, which: ComIrq) -> None:
        """Set flags of ComIrqReg."""
        self.registers[Reg.COM_IRQ] |= which

    def fail(self, error: Err) -> None:
        """Set flags of ErrorReg, and ErrIRq with them."""
        self.registers[Reg.ERROR] |= error
        self.interrupt(ComIrq.ERR)

    def fifo_changed(self) -> None:
        """Renew the alerts; their interrupts store the moment of becoming true."""
        water = self.registers[Reg.WATER_LEVEL]
        alerts = ComIrq(0)
        if FIFO_BYTES - len(self.fifo) <= water:
            alerts |= ComIrq.HI_ALERT
        if len(self.fifo) <= water:
            alerts |= ComIrq.LO_ALERT
        self.interrupt(alerts & ~self._alerts)
        self._alerts = alerts
        if self.fifo.overflowed:
            self.fail(Err.BUFFER_OVFL)

    # ------------------------------------------------------------------ host reads

    def read(self, address: int) -> int:
        """Return a register's value, with the side effect that reading has."""
        reader = self._readers.get(address)
        return self.registers[address] if reader is None else reader()

    def modem_state(self) -> int:
        """Return Status2Reg.ModemState."""
        raise NotImplementedError

    def _shown_command(self) -> int:
        down = self.powered_down or self.clock.monotonic() < self.awake_at
        rcv_off = self.registers[Reg.COMMAND] & RCV_OFF
        return self.command | rcv_off | (POWER_DOWN if down else 0)

    def _pop(self) -> int:
        value = self.fifo.pop()
        self.fifo_changed()
        return value

    def _status1(self) -> int:
        registers = self.registers
        asked = registers[Reg.COM_IRQ] & registers[Reg.COM_I_EN] & 0x7F
        asked |= registers[Reg.DIV_IRQ] & registers[Reg.DIV_I_EN] & 0x14
        bits = (
            (6, self.crc.result == 0),
            (5, bool(registers[Reg.DIV_IRQ] & CRC_IRQ) or self._crc_is_free()),
            (4, bool(asked)),
            (3, self.timer.is_running),
            (1, ComIrq.HI_ALERT in self._alerts),
            (0, ComIrq.LO_ALERT in self._alerts),
        )
        return sum(is_set << place for place, is_set in bits)

    def _crc_is_free(self) -> bool:
        return self.command is not Command.CALC_CRC

    # ----------------------------------------------------------------- host writes

    def write(self, address: int, value: int) -> None:
        """Take what the host writes into a register."""
        writer = self._writers.get(address)
        if writer is None:
            self.store(address, value)
        else:
            writer(value)

    def store(self, address: int, value: int) -> None:
        """Change the writable bits of a register that has no behaviour of its own."""
        mask = WRITABLE.get(address, 0)
        self.registers[address] = self.registers[address] & ~mask | value & mask
        if address in TIMER_REGISTERS:
            self._set_timer()
        if address == Reg.WATER_LEVEL:
            self.fifo_changed()

    def fill(self, value: int) -> None:
        """Add a byte to the FIFO."""
        self.fifo.push(value)
        self.fifo_changed()

    def _mark(self, register: Reg, value: int, set_bit: int, mask: int) -> None:
        """Set or clear the marked interrupt flags (9.3.1.5, 9.3.1.6)."""
        if value & set_bit:
            self.registers[register] |= value & mask
        else:
            self.registers[register] &= ~(value & mask)

    def _flush(self, value: int) -> None:
        if value & FLUSH_BUFFER:
            self.fifo.flush()
            self.registers[Reg.ERROR] &= ~Err.BUFFER_OVFL
            self.fifo_changed()

    def _say_what_follows_collisions(self, value: int) -> None:
        kept = self.registers[Reg.COLL] & ~VALUES_AFTER_COLL
        self.registers[Reg.COLL] = kept | value & VALUES_AFTER_COLL

    def _set_timer(self) -> None:
        """Take over TModeReg, TPrescalerReg, TReloadReg and TPrescalEven (8.5)."""
        registers = self.registers
        scale = (registers[Reg.T_MODE] & 0x0F) << 8 | registers[Reg.T_PRESCALER]
        even = bool(registers[Reg.DEMOD] & T_PRESCAL_EVEN)
        self.timer.tick_s = (2 * scale + (2 if even else 1)) / CARRIER_HZ
        self.timer.reload = registers[Reg.T_RELOAD_H] << 8 | registers[Reg.T_RELOAD_L]
        self.timer.restarts = bool(registers[Reg.T_MODE] & T_AUTO_RESTART)

    def _control_timer(self, value: int) -> None:
        now = self.clock.monotonic()
        if value & T_STOP_NOW:
            self.timer.stop(now)
        elif value & T_START_NOW:
            self.timer.start(now)
