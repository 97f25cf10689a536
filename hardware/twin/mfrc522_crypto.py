"""The MFRC522's MFAuthent command and the cipher that it switches on.

Data sheet MFRC522 rev. 3.9: MFAuthent 10.3.1.9, MFCrypto1On table 38, ProtocolErr
table 34. While a session is on, all that is sent is under its cipher: a card that is
not in the session hears noise, also when it is called (a driver that forgets to clear
the bit finds no card any more).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hardware.iso14443 import CARRIER_HZ, ETU_S, crc_a
from hardware.ports import Clock
from hardware.twin.air import Bits, decode, superpose
from hardware.twin.crypto import (
    CARD_PROOF_BYTES,
    KEY_BYTES,
    NONCE_BYTES,
    card_proof,
    reader_proof,
    session_of,
)
from hardware.twin.mfrc522_radio import TIMER_STOPS_BITS, Ask, Radio
from hardware.twin.mfrc522_registers import (
    MF_CRYPTO1_ON,
    T_AUTO,
    Command,
    Err,
    Reg,
)

ASKED_BYTES: Final = 12  # command, block, six of the key, four of the serial number
READER_DELAY_S: Final = 1172 / CARRIER_HZ
"""From a card's last bit to the reader's first (ISO/IEC 14443-3, 6.2.1.2)."""


class Crypto(Radio):
    """Proves and is proved to; then ciphers.

    Attributes:
        cipher: the session that frames are sent in; 0: in none.
    """

    def __init__(self, clock: Clock, version: int, ask: Ask) -> None:
        super().__init__(clock, version, ask)
        self._asked = bytes(ASKED_BYTES)
        self._nonce = b""
        self._writers[Reg.STATUS2] = self._clear_cipher

    def fill(self, value: int) -> None:
        """Add a byte to the FIFO; it is blocked while MFAuthent runs (10.3.1.9)."""
        if self.command is Command.MF_AUTHENT:
            self.fail(Err.WR)
        else:
            super().fill(value)

    def authenticate(self, asked: bytes) -> None:
        """Begin MFAuthent: the first pass is sent in the clear, or in the session."""
        self._asked = asked[:ASKED_BYTES].ljust(ASKED_BYTES, b"\0")
        self._nonce = b""
        first = self._asked[:2]
        self.transmit(first + crc_a(first))

    def answered(self, answers: Sequence[Bits], begins: float) -> None:
        """Take up an answer; those to MFAuthent set no TxIRq and no RxIRq."""
        if self.command is not Command.MF_AUTHENT:
            super().answered(answers, begins)
        elif answers:
            self._listen_for_proof(answers, begins)
        # Nobody answered: the command goes on, the timer says so (10.3.1.9).

    def _listen_for_proof(self, answers: Sequence[Bits], begins: float) -> None:
        heard = superpose(answers)
        received = decode(heard)
        damaged = received.parity_error or received.collision is not None
        self.hears = True
        if self.registers[Reg.T_MODE] & T_AUTO:
            self.call_at(begins + TIMER_STOPS_BITS * ETU_S, self.timer.stop)
        end = begins + (1 + len(heard)) * ETU_S
        said = b"" if damaged else received.data
        self.call_at(end, lambda at: self._pass_on(said, at))

    def _pass_on(self, said: bytes, at: float) -> None:
        """Answer the card's nonce, or check its proof."""
        self.hears = False
        key, serial = self._asked[2 : 2 + KEY_BYTES], self._asked[2 + KEY_BYTES :]
        if not self._nonce and len(said) == NONCE_BYTES:
            self._nonce = said
            proof = reader_proof(key, serial, said)
            self.call_at(at + READER_DELAY_S, lambda _: self.transmit(proof))
            return
        proved = said == card_proof(key, serial, self._nonce)
        if len(said) != CARD_PROOF_BYTES or not proved:
            self._set_cipher(0)
            self.fail(Err.PROTOCOL)
            return
        self._set_cipher(session_of(self._nonce))
        self.end_command()

    def _set_cipher(self, session: int) -> None:
        self.cipher = session
        kept = self.registers[Reg.STATUS2] & ~MF_CRYPTO1_ON
        self.registers[Reg.STATUS2] = kept | (MF_CRYPTO1_ON if session else 0)

    def _clear_cipher(self, value: int) -> None:
        """Take a write to Status2Reg: MFCrypto1On can be cleared, never set."""
        kept = value & self.registers[Reg.STATUS2] & MF_CRYPTO1_ON
        self.registers[Reg.STATUS2] = value & 0xC0 | kept
        if not kept:
            self.cipher = 0
