"""The MFRC522's transmitter and receiver at 106 kbit/s.

Data sheet MFRC522 rev. 3.9, chapters 7 and 9.3.1.13 to 9.3.1.15; times are those of
ISO/IEC 14443-3. The analogue part is perfect: what cards say arrives as they say it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from hardware.iso14443 import CARRIER_HZ, ETU_S, crc_a
from hardware.ports import Clock
from hardware.twin.air import Bits, Received, decode, superpose, to_air
from hardware.twin.mfrc522_core import Core
from hardware.twin.mfrc522_registers import (
    COLL_POS_NOT_VALID,
    CRC_EN,
    PARITY_DISABLE,
    RCV_OFF,
    RX_MULTIPLE,
    RX_NO_ERR,
    START_SEND,
    T_AUTO,
    VALUES_AFTER_COLL,
    ComIrq,
    Command,
    Err,
    Reg,
)

Ask = Callable[[bytes, int, float, int], tuple[list[Bits], float]]
"""Say a frame (data, bits of its last byte, instant, cipher) to the field; get the
answers, and how much later than the standard's delay they begin, seconds."""

ANSWER_DELAY_S: Final = {1: 1236 / CARRIER_HZ, 0: 1172 / CARRIER_HZ}
"""From the reader's last bit to the card's first, by that bit (14443-3, 6.2.1.1)."""
TIMER_STOPS_BITS: Final = 5  # TAuto: a start bit and four data bits (table 107)
MAX_COLL_POS: Final = 32


class Radio(Core):
    """Sends what is in the FIFO and fills the FIFO with what is heard."""

    def __init__(self, clock: Clock, version: int, ask: Ask) -> None:
        super().__init__(clock, version)
        self._ask = ask
        self._writers[Reg.BIT_FRAMING] = self._frame_bits

    def reset(self) -> None:
        """Take the reset values, on the air too."""
        super().reset()
        self._sending = self.hears = False
        self.cipher = 0

    def modem_state(self) -> int:
        """Return Status2Reg.ModemState (table 38), as far as a host can tell."""
        if self._sending:
            return 0b011
        if self.hears:
            return 0b110
        return 0b001 if self.command is Command.TRANSCEIVE else 0b000

    def fill(self, value: int) -> None:
        """Add a byte to the FIFO; not while the air uses it (WrErr, table 34)."""
        if self._sending or self.hears:
            self.fail(Err.WR)
        else:
            super().fill(value)

    def break_off(self) -> None:
        """Stop sending and listening at once."""
        self.agenda.clear()
        self._sending = self.hears = False

    def _frame_bits(self, value: int) -> None:
        """StartSend begins a transmission on its rising edge, in Transceive only."""
        before = self.registers[Reg.BIT_FRAMING]
        self.store(Reg.BIT_FRAMING, value)
        rises = value & START_SEND and not before & START_SEND
        if rises and self.command is Command.TRANSCEIVE and not self._sending:
            self.break_off()
            self.send(self.fifo.drain())

    def send(self, data: bytes) -> None:
        """Begin to send ``data``, the last byte in part if BitFramingReg says so."""
        last_bits = self.registers[Reg.BIT_FRAMING] & 0x07
        if self.registers[Reg.TX_MODE] & CRC_EN and not last_bits:
            data += crc_a(data)
        self.transmit(data, last_bits)

    def transmit(self, data: bytes, last_bits: int = 0) -> None:
        """Begin to send ``data`` as it is."""
        bits = to_air(data, last_bits=last_bits)
        self._sending = True
        self.fifo_changed()
        end = self.clock.monotonic() + (len(bits) + 3) * ETU_S  # a start, two of end
        delay = ANSWER_DELAY_S[bits[-1] if bits else 0]
        self.call_at(end, lambda at: self._sent(data, last_bits, at, at + delay))

    def _sent(self, data: bytes, last_bits: int, at: float, answers_at: float) -> None:
        self._sending = False
        if self.registers[Reg.T_MODE] & T_AUTO:
            self.timer.start(at)
        answers, late_s = self._ask(data, last_bits, at, self.cipher)
        self.answered(answers, answers_at + late_s)

    def answered(self, answers: Sequence[Bits], begins: float) -> None:
        """Take up what the field says to a frame that has just been sent."""
        self.interrupt(ComIrq.TX)
        if self.command is Command.TRANSMIT:
            self.end_command()
        elif self.command is Command.TRANSCEIVE:
            self._start_receiver(answers, begins)

    def end_command(self) -> None:
        """Fall back to Idle by itself, which sets IdleIRq (table 30)."""
        self.command = Command.IDLE
        self.interrupt(ComIrq.IDLE)

    def _start_receiver(self, answers: Sequence[Bits], begins: float) -> None:
        """Clear the errors of the last reception (tables 34 and 50), then listen."""
        self.registers[Reg.ERROR] &= Err.TEMP | Err.WR | Err.BUFFER_OVFL
        self.registers[Reg.COLL] |= COLL_POS_NOT_VALID
        if answers and not self.registers[Reg.COMMAND] & RCV_OFF:
            self._listen(superpose(answers), begins)

    def _listen(self, heard: tuple[int | None, ...], begins: float) -> None:
        """Let an answer arrive, byte after byte."""
        registers = self.registers
        received = decode(
            heard,
            align=registers[Reg.BIT_FRAMING] >> 4 & 0x07,
            parity=not registers[Reg.MF_RX] & PARITY_DISABLE,
            clear_after=not registers[Reg.COLL] & VALUES_AFTER_COLL,
        )
        checked = registers[Reg.RX_MODE] & CRC_EN
        kept = received.data[:-2] if checked else received.data
        self.hears = True
        if registers[Reg.T_MODE] & T_AUTO and not registers[Reg.RX_MODE] & RX_MULTIPLE:
            self.call_at(begins + TIMER_STOPS_BITS * ETU_S, self.timer.stop)
        for byte, end in zip(kept, received.ends, strict=False):
            self.call_at(begins + (1 + end) * ETU_S, self._taker(byte))
        end_s = begins + (1 + len(heard)) * ETU_S
        self.call_at(end_s, lambda _: self._heard(received))

    def _taker(self, byte: int) -> Callable[[float], None]:
        def take(_: float) -> None:
            self.fifo.push(byte)
            self.fifo_changed()

        return take

    def _heard(self, received: Received) -> None:
        control = self.registers[Reg.CONTROL] & 0xF8
        self.registers[Reg.CONTROL] = control | received.last_bits
        errors = Err.PARITY if received.parity_error else Err(0)
        if received.collision is not None:
            errors |= Err.COLL
            self._note_collision(received.collision)
        if self.registers[Reg.RX_MODE] & CRC_EN:
            data, crc = received.data[:-2], received.data[-2:]
            errors |= Err(0) if crc_a(data) == crc else Err.CRC
        self.end_reception(errors)

    def end_reception(self, errors: Err) -> None:
        """End a reception, with ``errors`` or none."""
        self.hears = False
        if errors:
            self.fail(errors)
        if len(self.fifo) or not self.registers[Reg.RX_MODE] & RX_NO_ERR:
            self.interrupt(ComIrq.RX)

    def _note_collision(self, place: int) -> None:
        """CollReg (table 50): data bits 1 to 32, written 01 to 1F and 00."""
        valid = place <= MAX_COLL_POS
        shown = place % MAX_COLL_POS if valid else COLL_POS_NOT_VALID
        kept = self.registers[Reg.COLL] & VALUES_AFTER_COLL
        self.registers[Reg.COLL] = kept | shown
