"""The MFRC522's registers, from NXP's data sheet MFRC522 rev. 3.9, chapter 9.

Written from that sheet alone, so that a mistake in a driver or a library shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, IntFlag
from typing import Final


class Reg(IntEnum):
    """Addresses of the registers that the simulation gives a meaning (table 20)."""

    COMMAND = 0x01
    COM_I_EN = 0x02
    DIV_I_EN = 0x03
    COM_IRQ = 0x04
    DIV_IRQ = 0x05
    ERROR = 0x06
    STATUS1 = 0x07
    STATUS2 = 0x08
    FIFO_DATA = 0x09
    FIFO_LEVEL = 0x0A
    WATER_LEVEL = 0x0B
    CONTROL = 0x0C
    BIT_FRAMING = 0x0D
    COLL = 0x0E
    MODE = 0x11
    TX_MODE = 0x12
    RX_MODE = 0x13
    TX_CONTROL = 0x14
    DEMOD = 0x19
    MF_RX = 0x1D
    CRC_RESULT_H = 0x21
    CRC_RESULT_L = 0x22
    T_MODE = 0x2A
    T_PRESCALER = 0x2B
    T_RELOAD_H = 0x2C
    T_RELOAD_L = 0x2D
    T_COUNTER_H = 0x2E
    T_COUNTER_L = 0x2F
    VERSION = 0x37


class Command(IntEnum):
    """What CommandReg's low four bits ask for (table 149)."""

    IDLE = 0x0
    MEM = 0x1
    GENERATE_RANDOM_ID = 0x2
    CALC_CRC = 0x3
    TRANSMIT = 0x4
    NO_CMD_CHANGE = 0x7
    RECEIVE = 0x8
    TRANSCEIVE = 0xC
    MF_AUTHENT = 0xE
    SOFT_RESET = 0xF


class ComIrq(IntFlag):
    """ComIrqReg (table 30). In ``SET1`` a write says whether marked bits are set."""

    SET1 = 0x80
    TX = 0x40
    RX = 0x20
    IDLE = 0x10
    HI_ALERT = 0x08
    LO_ALERT = 0x04
    ERR = 0x02
    TIMER = 0x01


class Err(IntFlag):
    """ErrorReg (table 34)."""

    WR = 0x80
    TEMP = 0x40
    BUFFER_OVFL = 0x10
    COLL = 0x08
    CRC = 0x04
    PARITY = 0x02
    PROTOCOL = 0x01


SET2: Final = 0x80  # DivIrqReg, like SET1
CRC_IRQ: Final = 0x04  # DivIrqReg
RCV_OFF: Final = 0x20  # CommandReg
POWER_DOWN: Final = 0x10  # CommandReg
FLUSH_BUFFER: Final = 0x80  # FIFOLevelReg
T_STOP_NOW: Final = 0x80  # ControlReg
T_START_NOW: Final = 0x40  # ControlReg
START_SEND: Final = 0x80  # BitFramingReg
VALUES_AFTER_COLL: Final = 0x80  # CollReg
COLL_POS_NOT_VALID: Final = 0x20  # CollReg
CRC_EN: Final = 0x80  # TxModeReg, RxModeReg
RX_NO_ERR: Final = 0x08  # RxModeReg
RX_MULTIPLE: Final = 0x04  # RxModeReg
TX_RF_EN: Final = 0x03  # TxControlReg: either antenna driver
MF_CRYPTO1_ON: Final = 0x08  # Status2Reg
T_PRESCAL_EVEN: Final = 0x10  # DemodReg
PARITY_DISABLE: Final = 0x10  # MfRxReg
MSB_FIRST: Final = 0x80  # ModeReg, for the CRC coprocessor
T_AUTO: Final = 0x80  # TModeReg
T_AUTO_RESTART: Final = 0x10  # TModeReg

CRC_PRESETS: Final = (0x0000, 0x6363, 0xA671, 0xFFFF)  # ModeReg, CRCPreset (table 55)

RESET_VALUES: Final[Mapping[int, int]] = {
    Reg.COMMAND: 0x20,
    Reg.COM_I_EN: 0x80,
    Reg.COM_IRQ: 0x14,
    Reg.STATUS1: 0x21,
    Reg.WATER_LEVEL: 0x08,
    Reg.CONTROL: 0x10,
    Reg.COLL: 0xA0,
    Reg.MODE: 0x3F,
    Reg.TX_CONTROL: 0x80,
    0x16: 0x10,  # TxSelReg
    0x17: 0x84,  # RxSelReg
    0x18: 0x84,  # RxThresholdReg
    Reg.DEMOD: 0x4D,
    0x1C: 0x62,  # MfTxReg
    0x1F: 0xEB,  # SerialSpeedReg
    Reg.CRC_RESULT_H: 0xFF,
    Reg.CRC_RESULT_L: 0xFF,
    0x24: 0x26,  # ModWidthReg
    0x26: 0x48,  # RFCfgReg
    0x27: 0x88,  # GsNReg
    0x28: 0x20,  # CWGsPReg
    0x29: 0x20,  # ModGsPReg
    0x33: 0x80,  # TestPinEnReg
    0x36: 0x40,  # AutoTestReg
}
"""Where a register is not named here it is 00 after a reset."""

WRITABLE: Final[Mapping[int, int]] = {
    Reg.COM_I_EN: 0xFF,
    Reg.DIV_I_EN: 0x94,
    Reg.WATER_LEVEL: 0x3F,
    Reg.BIT_FRAMING: 0xF7,
    Reg.MODE: 0xAB,
    Reg.TX_MODE: 0xF8,
    Reg.RX_MODE: 0xFC,
    Reg.TX_CONTROL: 0xFB,
    0x15: 0x40,  # TxASKReg
    0x16: 0x3F,
    0x17: 0xFF,
    0x18: 0xF7,
    Reg.DEMOD: 0xFF,
    0x1C: 0x03,
    Reg.MF_RX: 0x10,
    0x1F: 0xFF,
    0x24: 0xFF,
    0x26: 0x70,
    0x27: 0xFF,
    0x28: 0x3F,
    0x29: 0x3F,
    Reg.T_MODE: 0xFF,
    Reg.T_PRESCALER: 0xFF,
    Reg.T_RELOAD_H: 0xFF,
    Reg.T_RELOAD_L: 0xFF,
    0x31: 0x07,
    0x32: 0xFF,
    0x33: 0xFF,
    0x34: 0xFE,
    0x36: 0x4F,
    0x38: 0xFF,
    0x39: 0x3F,
    0x3A: 0x3F,
}
"""Bits that a plain write changes; the others keep their reset value. Registers with
a behaviour (commands, interrupts, FIFO, control, collisions) are not here."""
