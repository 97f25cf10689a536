"""SIM-1: the unmodified ``mfrc522`` package runs over the simulated chip, bugs and all.

If one of these turns red the simulation has drifted from the chip, or the package has
changed: either way look before leaning on it.
"""

from __future__ import annotations

import warnings

import pytest

from hardware.twin.cards import Card
from tests.hardware.reader.rig import FOUR, SEVEN

OK, ERROR = 0, 2


@pytest.fixture(autouse=True)
def _bool_inversion():
    """The package says ~bool in its loop, which warns from Python 3.12 on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def put(bench, uid, **more):
    bench.chip.put(Card(uid, **more))
    bench.clock.sleep(0.01)


def test_sim_1_no_card_costs_the_package_2013_transfers(bench, library):
    """SIM-1: its loop looks 2000 times, whatever the chip's timer says."""
    before = bench.wires.transfers

    assert library.MFRC522_Request(library.PICC_REQIDL) == (ERROR, 0)
    assert bench.wires.transfers - before == 2013


def test_sim_1_the_package_reads_a_4_byte_card(bench, library):
    put(bench, FOUR, sak=0x08)

    assert library.MFRC522_Request(library.PICC_REQIDL) == (OK, 16)
    status, uid = library.MFRC522_Anticoll()
    assert (status, bytes(uid[:4])) == (OK, FOUR)
    assert library.MFRC522_SelectTag(uid) == 0x08


def test_sim_1_the_package_cuts_a_7_byte_uid_off(bench, library):
    """SIM-1: 88, three bytes and the check byte; SAK says that more would follow."""
    put(bench, SEVEN)

    library.MFRC522_Request(library.PICC_REQIDL)
    status, uid = library.MFRC522_Anticoll()
    assert (status, bytes(uid).hex()) == (OK, "8804a1b29f")
    assert library.MFRC522_SelectTag(uid) == 0x04


def test_sim_1_the_package_misses_every_second_time(bench, library):
    """SIM-1: it never halts a card."""
    put(bench, FOUR)

    def sees():
        return library.MFRC522_Request(library.PICC_REQIDL)[0] == OK

    assert [sees() for _ in range(4)] == [True, False, True, False]


def test_sim_1_two_cards_look_to_the_package_like_a_failure(bench, library):
    """SIM-1: what it says of two cards is what it says of none."""
    put(bench, FOUR)
    put(bench, bytes(reversed(FOUR)))

    library.MFRC522_Request(library.PICC_REQIDL)
    assert library.MFRC522_Anticoll()[0] == ERROR


def test_sim_1_the_packages_crc_is_the_coprocessors(library):
    assert library.CalulateCRC([0x12, 0x34]) == [0x26, 0xCF]
