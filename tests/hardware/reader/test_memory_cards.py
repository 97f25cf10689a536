"""SIM-1: cards with memory behind the simulated chip, as the data sheets have them.

The unmodified ``mfrc522`` package speaks to them here: what it can and cannot do is why
the driver has a conversation of its own.
"""

from __future__ import annotations

import warnings

import pytest

from hardware.twin.classic import AUTH_B, TRANSPORT_KEY, ClassicCard
from hardware.twin.mfrc522_registers import Command, Reg
from hardware.twin.type2 import VERSION_NTAG213, Type2Card
from tests.hardware.reader.rig import FOUR, SEVEN

OK, ERROR = 0, 2
CRYPTO_ON = 0x08
DATA = list(range(16))


@pytest.fixture(autouse=True)
def _bool_inversion():
    """The package says ~bool in its loop, which warns from Python 3.12 on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


@pytest.fixture
def classic(bench, library):
    """A MIFARE Classic as it is sold, selected."""
    return selected(bench, library, ClassicCard(FOUR))


@pytest.fixture
def ntag(bench, library):
    """An NTAG213, selected by the package as far as it can, the rest by hand."""
    card = selected(bench, library, Type2Card(SEVEN, pages=45, version=VERSION_NTAG213))
    library.MFRC522_ToCard(library.PCD_TRANSCEIVE, [0x95, 0x20])
    part = [*SEVEN[3:], SEVEN[3] ^ SEVEN[4] ^ SEVEN[5] ^ SEVEN[6]]
    command = [0x95, 0x70, *part]
    library.MFRC522_ToCard(
        library.PCD_TRANSCEIVE, command + library.CalulateCRC(command)
    )
    return card


def selected(bench, library, card):
    bench.chip.put(card)
    bench.clock.sleep(0.01)
    assert library.MFRC522_Request(library.PICC_REQIDL)[0] == OK
    _, uid = library.MFRC522_Anticoll()
    library.MFRC522_SelectTag(uid)
    return card


def ask(library, *command):
    """Send a command with its CRC; return bits and bytes of the answer."""
    data = [*command, *library.CalulateCRC(list(command))]
    _, answer, bits = library.MFRC522_ToCard(library.PCD_TRANSCEIVE, data)
    return bits, answer


def auth(library, key=TRANSPORT_KEY, block=60, uid=FOUR, mode=0x60):
    return library.MFRC522_Auth(mode, block, list(key), list(uid))


def is_ciphered(library):
    return bool(library.Read_MFRC522(library.Status2Reg) & CRYPTO_ON)


# ---------------------------------------------------------------- the key and the bit


def test_sim_1_the_packages_authentication_opens_a_sector(library, classic):
    """SIM-1: MFAuthent ends by itself, IdleIRq and MFCrypto1On are set (10.3.1.9)."""
    library.Write_MFRC522(library.CommIrqReg, 0x7F)

    assert auth(library) == OK
    assert is_ciphered(library)
    flags = library.Read_MFRC522(library.CommIrqReg)
    assert (flags & 0x10, flags & 0x60) == (0x10, 0)  # no TxIRq, no RxIRq


def test_sim_1_a_wrong_key_is_met_with_silence(bench, library, classic):
    """SIM-1: the command does not end, and the package looks 2000 times."""
    before = bench.wires.transfers

    assert auth(library, key=b"\x01" * 6) == ERROR
    assert not is_ciphered(library)
    assert library.Read_MFRC522(library.CommandReg) & 0x0F == Command.MF_AUTHENT
    assert bench.wires.transfers - before > 2000


def test_sim_1_a_key_is_bound_to_the_cards_serial_number(library, classic):
    """SIM-1: the key alone does not do."""
    assert auth(library, uid=bytes(4)) == ERROR


def test_sim_1_the_fifo_is_blocked_while_a_card_is_authenticated(bench, library):
    """SIM-1: access is a WrErr (10.3.1.9); nobody is there, so it goes on."""
    library.Write_MFRC522(library.CommandReg, Command.MF_AUTHENT)
    library.Write_MFRC522(library.FIFODataReg, 1)

    assert library.Read_MFRC522(library.ErrorReg) & 0x80


def test_sim_1_who_forgets_to_stop_the_cipher_finds_no_card_any_more(library, classic):
    """SIM-1: WUPA under a cipher is noise to every card."""
    auth(library)
    bits, _ = ask(library, 0x50, 0x00)  # HLTA

    assert bits == 0
    assert library.MFRC522_Request(library.PICC_REQALL)[0] == ERROR
    library.MFRC522_StopCrypto1()
    assert not is_ciphered(library)
    assert library.MFRC522_Request(library.PICC_REQALL)[0] == OK


def test_sim_1_the_crypto_bit_cannot_be_set_from_outside(library):
    """SIM-1: table 38."""
    library.Write_MFRC522(library.Status2Reg, 0xFF)

    assert library.Read_MFRC522(library.Status2Reg) & 0xC8 == 0xC0


# ------------------------------------------------------------------- MIFARE Classic


def test_sim_1_the_package_writes_a_block_and_reads_it(library, classic):
    """SIM-1: it returns nothing when it writes, and 16 bytes without their CRC."""
    auth(library)

    assert library.MFRC522_Write(60, DATA) is None
    assert library.MFRC522_Read(60) == DATA


def test_sim_1_the_package_does_not_say_that_a_write_was_refused(library, classic):
    """SIM-1: block 0 is the maker's; what it returns is what a success returns."""
    auth(library, block=0)

    assert library.MFRC522_Write(0, DATA) is None
    assert classic.memory[:4] == FOUR


def test_a_sector_that_is_not_open_is_refused(library, classic):
    """MF1S50YYX 8.2.3: each sector is for itself; four bits, and back to sleep."""
    auth(library, block=60)

    assert ask(library, 0x30, 4) == (4, [0x00])
    assert library.MFRC522_Read(60) is None


def test_a_damaged_command_is_refused_as_such(library, classic):
    """NAK 1: parity or CRC."""
    auth(library)
    _, answer, bits = library.MFRC522_ToCard(library.PCD_TRANSCEIVE, [0x30, 60, 0, 0])

    assert (bits, answer) == (4, [0x01])


def test_key_a_never_shows_and_a_legible_key_b_opens_nothing(library, classic):
    """MF1S50YYX 8.7.2: under the conditions a card is sold with."""
    auth(library)

    _, trailer = ask(library, 0x30, 63)
    assert bytes(trailer[:6]) == bytes(6)
    assert bytes(trailer[6:]) == bytes.fromhex("FF078069") + TRANSPORT_KEY
    assert auth(library, mode=AUTH_B) == ERROR


def test_a_trailer_whose_access_bits_are_torn_shuts_its_sector(library, classic):
    """MF1S50YYX 8.7.1: bits and their inverse disagree."""
    auth(library)
    classic.tears = True
    library.MFRC522_Write(63, [7] * 16)
    classic.tears = False
    library.MFRC522_StopCrypto1()
    classic.power(on=True, at=library.spi.wires.clock.monotonic() - 1)

    library.MFRC522_Request(library.PICC_REQALL)
    _, uid = library.MFRC522_Anticoll()
    library.MFRC522_SelectTag(uid)
    assert auth(library, key=b"\x07" * 6) == ERROR


# -------------------------------------------------------------------- Ultralight, NTAG


def test_sim_1_the_packages_write_does_for_a_page_too(library, ntag):
    """SIM-1: COMPATIBILITY_WRITE, of which four bytes are taken (NTAG213, 10.5)."""
    assert library.MFRC522_Write(12, DATA) is None

    assert library.MFRC522_Read(12) == [0, 1, 2, 3, *[0] * 12]


def test_a_read_behind_the_last_page_begins_again(library, ntag):
    """NTAG213, 10.2."""
    _, answer = ask(library, 0x30, 44)

    assert bytes(answer[4:8]) == SEVEN[:3] + bytes([0x88 ^ 0x04 ^ 0xA1 ^ 0xB2])


@pytest.mark.parametrize(("page", "bits"), [(45, 4), (0, 4), (12, 4)])
def test_pages_that_are_not_there_or_not_for_us(library, ntag, page, bits):
    """Four bits either way: NAK 0 or ACK."""
    got = ask(library, 0xA2, page, 1, 2, 3, 4)

    assert got == (bits, [0xA if page == 12 else 0x0])


def test_the_capability_page_can_only_gain_bits(bench, library, ntag):
    """NTAG213, 8.5.3: written, it is or-ed."""
    ask(library, 0xA2, 3, 0, 0, 0, 0x0F)
    bench.clock.sleep(0.01)
    _, answer = ask(library, 0x30, 3)

    assert bytes(answer[:4]) == bytes.fromhex("E110120F")


def test_get_version_says_what_it_is(library, ntag):
    assert bytes(ask(library, 0x60)[1][:8]) == VERSION_NTAG213


def test_status_registers_after_a_reset_know_no_session(chip):
    chip.brown_out()

    assert chip.transfer([0x80 | Reg.STATUS2 << 1, 0])[1] & CRYPTO_ON == 0
