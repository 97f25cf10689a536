"""What names, numbers, figures and paths must obey together (HW-2, HW-7)."""

import pytest

from controller.config import check
from tests.controller.config.conftest import SOUND

SECOND_READER = '[[reader]]\nname = "{}"\nbus = {}\ndevice = {}\n'
HEAVY = """
[locks.heavy]
current_a = {}
release_time_s = 0.5
max_on_s = 1.0
min_off_s = 2.0
"""


def test_two_doors_with_one_number_are_refused(only_fault):
    fault = only_fault(("n = 2", "n = 1"))

    assert (fault.place, fault.line) == ("compartment 1, n", 27)


def test_a_number_left_out_is_warned_of(only_warning):
    assert only_warning(("n = 2", "n = 4")).wanted == "2, 3 as well"


def test_two_readers_with_one_name_are_refused(only_fault):
    fault = only_fault(more=SECOND_READER.format("front", 0, 1))

    assert fault.place == "reader front, name"


def test_two_readers_on_one_chip_select_are_refused(only_fault):
    fault = only_fault(more=SECOND_READER.format("back", 0, 0))

    assert fault.place == "reader back, device"
    assert fault.remedy.startswith("reader front sits there already")


def test_a_second_reader_on_the_bus_is_fine(examine):
    assert examine(more=SECOND_READER.format("back", 0, 1)).lines == []


def test_bus_0_has_no_third_chip_select(only_fault):
    fault = only_fault(more=SECOND_READER.format("back", 0, 2))

    assert "bus 1" in fault.remedy


def test_hw_2_a_release_longer_than_the_lock_bears_is_refused(only_fault):
    """HW-2: max_on_s is the data sheet's."""
    fault = only_fault(("release_time_s = 0.5", "release_time_s = 1.1"))

    assert fault.wanted == "at most max_on_s, 1 s"


def test_a_release_just_as_long_as_the_lock_bears_is_fine(examine):
    assert examine(("release_time_s = 0.5", "release_time_s = 1.0")).lines == []


def test_a_lock_that_bears_unusually_much_is_warned_of(only_warning):
    assert only_warning(("max_on_s = 1.0", "max_on_s = 4")).place == "lock, max_on_s"


def test_a_kind_of_lock_that_nobody_wrote_is_refused(only_fault):
    fault = only_fault(more='lock = "heavy"\n')

    assert "Write a table [locks.heavy]" in fault.remedy


def test_a_misspelt_kind_of_lock_is_guessed(examine):
    report = examine(more='lock = "heavi"\n' + HEAVY.format(1))

    assert report.faults[0].remedy == 'Did you mean "heavy"?'


def test_a_kind_of_lock_that_no_door_has_is_warned_of(only_warning):
    assert only_warning(more=HEAVY.format(1)).place == "locks.heavy"


@pytest.mark.parametrize("current_a", [4.1, 20])
def test_hw_2_a_lock_beyond_the_supplys_budget_is_refused(only_fault, current_a):
    """HW-2: 5 A at 80 % give 4 A."""
    fault = only_fault(more='lock = "heavy"\n' + HEAVY.format(current_a))

    assert fault.place == "locks.heavy, current_a"
    assert fault.wanted.startswith("at most 4 A")


def test_hw_2_more_coils_than_the_supply_bears_are_warned_of(only_warning, examine):
    two = ("amps = 5", "amps = 5\nmax_coils = 2")

    warning = only_warning(two, more='lock = "heavy"\n' + HEAVY.format(3.5))

    assert "2 coils draw up to 4.15 A" in warning.remedy
    assert examine(two, more='lock = "heavy"\n' + HEAVY.format(3.3)).lines == []


@pytest.mark.parametrize(("length", "fits"), [(107, True), (108, False)])
def test_a_sockets_path_has_to_fit_its_address(write, length, fits):
    socket = "/" + "s" * (length - 1)
    text = SOUND.replace("[supply]", f'socket = "{socket}"\n[supply]')

    faults = check(write(text)).faults

    assert [fault.place for fault in faults] == ([] if fits else ["bank, socket"])


def test_a_sockets_path_is_counted_in_bytes_and_from_the_files_folder(write, tmp_path):
    room = "é" * ((108 - len(str(tmp_path))) // 2)
    twin = f'[twin]\nroom = "{room}"\nstate = "s"\nsimulated = true\n'

    (fault,) = check(write(SOUND + twin)).faults

    assert fault.place == "twin, room"


def test_a_folder_is_no_socket_and_a_file_no_folder(write, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    text = SOUND.replace("[supply]", 'socket = "folder"\ndata = "file"\n[supply]')

    places = [fault.place for fault in check(write(text)).faults]

    assert places == ["bank, socket", "bank, data"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "lockers"])  # noqa: S104  the very thing that is warned of
def test_a_site_beyond_the_pi_is_warned_of(only_warning, host):
    assert only_warning(more=f'[web]\nhost = "{host}"\n').place == "web, host"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_a_site_on_the_pi_alone_is_not_warned_of(examine, host):
    assert examine(more=f'[web]\nhost = "{host}"\n').lines == []
