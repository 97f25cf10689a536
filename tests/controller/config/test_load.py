"""A sound file becomes one frozen configuration (HW-7)."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from controller.config import ConfigError, load
from hardware.ports import LockLimits
from tests.controller.config.conftest import SOUND


def test_hw_7_what_is_written_is_read_and_the_rest_has_its_default(write):
    config = load(write(SOUND))

    assert (config.bank.name, config.bank.class_slug) == ("kestrels-bank", "kestrels")
    assert config.bank.columns == 6
    assert config.bank.data == Path("/var/lib/hometime")
    assert config.bank.socket == Path("/run/hometime/controller.sock")
    assert (config.bank.timezone, config.bank.assignment) == ("Europe/London", "fixed")
    assert (config.web.host, config.web.port) == ("127.0.0.1", 8080)
    assert (config.supply.max_coils, config.supply.gap_s) == (1, 0.15)
    assert (config.contacts.debounce_ms, config.contacts.alarm) == (40, "")
    assert config.readers[0].poll_hz == 20
    assert (config.readers[0].reset, config.readers[0].buzzer) == ("header:25", "")
    assert [each.n for each in config.compartments] == [1, 2]
    assert not config.is_simulated


def test_hw_2_the_budget_is_the_supplys_current_less_its_headroom(write):
    assert load(write(SOUND)).budget_a == pytest.approx(4.0)


def test_compartments_come_in_the_order_of_their_numbers(write):
    swapped = SOUND.replace("n = 1", "n = 9").replace("n = 2", "n = 1")

    assert [each.n for each in load(write(swapped)).compartments] == [1, 9]


def test_a_compartment_has_the_limits_of_the_lock_it_names(write):
    heavy = """lock = "heavy"
[locks.heavy]
current_a = 2
release_time_s = 0.3
max_on_s = 0.8
min_off_s = 5
"""
    config = load(write(SOUND + heavy))

    assert config.limits == {
        1: LockLimits(0.65, release_time_s=0.5, max_on_s=1.0, min_off_s=2.0),
        2: LockLimits(2.0, release_time_s=0.3, max_on_s=0.8, min_off_s=5.0),
    }


def test_a_relative_path_counts_from_the_folder_of_the_file(write, tmp_path):
    text = SOUND.replace("[supply]", 'data = "state"\nsocket = "c.sock"\n[supply]')

    bank = load(write(text)).bank

    assert (bank.data, bank.socket) == (tmp_path / "state", tmp_path / "c.sock")


def test_sim_2_a_bank_is_simulated_only_where_the_twin_stands_in_the_file(write):
    """SIM-2: no silent fallback to the twin."""
    text = SOUND.replace('"header:16"', '"room:locks:0"')
    twin = '[twin]\nroom = "room.sock"\nstate = "room.json"\nsimulated = true\n'

    assert load(write(text + twin)).is_simulated
    with pytest.raises(ConfigError):
        load(write(text))


def test_a_line_is_kept_in_its_shortest_spelling(write):
    config = load(write(SOUND.replace('"header:2"', '"header:02"')))

    assert config.compartments[0].contact == "header:2"


def test_a_configuration_cannot_be_changed(write):
    config = load(write(SOUND))

    with pytest.raises(FrozenInstanceError):
        config.bank.columns = 4
    with pytest.raises(TypeError):
        config.locks["heavy"] = config.lock


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(write):
    text = SOUND.replace("\n", "\r\n").encode("utf-8-sig")

    assert load(write(text)).bank.name == "kestrels-bank"


def test_hw_7_nothing_is_loaded_from_a_file_with_faults_and_all_are_told(write):
    text = SOUND.replace("amps = 5", "amps = -5").replace("bus = 0", 'bus = "0"')
    path = write(text)

    with pytest.raises(ConfigError) as caught:
        load(path)

    assert [fault.place for fault in caught.value.faults] == [
        "supply, amps",
        "reader front, bus",
    ]
    assert str(caught.value).splitlines()[0] == f"{path}: 2 faults"
    assert len(str(caught.value).splitlines()) == 3
    assert (caught.value.code, bool(caught.value.remedy)) == ("config-wrong", True)


def test_warnings_keep_nothing_from_being_loaded(write):
    assert load(write(SOUND.replace("n = 2", "n = 3"))).compartments[1].n == 3
