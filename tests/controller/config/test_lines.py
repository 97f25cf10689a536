"""Which electric line may do what (HW-2, HW-7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.config.lines import parse_line, spi_claims
from hardware.errors import HardwareFault
from hardware.lines import LineName

TWIN = '[twin]\nroom = "room.sock"\nstate = "room.json"\nsimulated = true\n'

names = st.from_regex(
    r"(header|room|i2c-1|i2c)(:(0x2[0-9]|locks|7)?)?:[0-9]{1,3}", fullmatch=True
) | st.text(st.characters(codec="ascii"))


@given(names | st.integers(0, 40).map("header:{}".format))
def test_the_configuration_spells_lines_as_the_hardware_does(text):
    """Two readers of one spelling: what one takes the other takes, and the same."""
    ours = parse_line(text)
    try:
        theirs = LineName.parse(text)
    except HardwareFault:
        theirs = None

    assert (ours and str(ours)) == (theirs and str(theirs))


@pytest.mark.parametrize("bit", [*range(7), 14, 15])
def test_hw_2_no_coil_on_a_line_that_may_be_high_at_boot(only_fault, bit):
    """HW-2: GPIO 0 to 8, 14 and 15 could fire a lock while the Pi boots."""
    free = ('contact = "header:2"\n', 'contact = "header:26"\n')
    free2 = ('contact = "header:3"', 'contact = "header:27"')

    fault = only_fault(('"header:16"', f'"header:{bit}"'), free, free2)

    assert fault.place == "compartment 1, coil"
    assert f"GPIO{bit} is" in fault.remedy


@pytest.mark.parametrize("bit", [7, 8])
def test_hw_2_nor_on_the_other_chip_selects_where_no_reader_takes_them(examine, bit):
    report = examine(("bus = 0", "bus = 1"), ('"header:16"', f'"header:{bit}"'))

    assert [fault.place for fault in report.faults] == ["compartment 1, coil"]


@pytest.mark.parametrize("bit", [12, 13, *range(18, 25), 26, 27])
def test_hw_2_every_other_free_line_may_drive_a_coil(examine, bit):
    assert examine(('"header:16"', f'"header:{bit}"')).lines == []


@pytest.mark.parametrize("bit", range(7, 12))
def test_hw_7_no_line_of_the_readers_bus(only_fault, bit):
    fault = only_fault(('"header:3"', f'"header:{bit}"'))

    assert fault.place == "compartment 2, contact"
    assert f"SPI bus 0 takes GPIO{bit}" in fault.remedy


def test_the_second_bus_takes_as_many_chip_selects_as_are_used(examine):
    gate = '[[reader]]\nname = "gate"\nbus = 1\ndevice = {}\nreset = "header:24"\n'

    assert sorted(spi_claims(1, {0})) == [18, 19, 20, 21]
    assert examine(more=gate.format(0)).faults == ()
    taken = examine(more=gate.format(1)).faults
    assert [fault.place for fault in taken] == ["compartment 2, coil"]
    assert "SPI bus 1 takes GPIO17" in taken[0].remedy


@pytest.mark.parametrize("spelling", ["header:2", "header:02"])
def test_hw_7_a_line_is_used_twice_however_it_is_spelt(only_fault, spelling):
    fault = only_fault(('"header:3"', f'"{spelling}"'))

    assert fault.place == "compartment 2, contact"
    assert fault.remedy.startswith("compartment 1, contact has it already")


@pytest.mark.parametrize("bit", [14, 15])
def test_a_readers_reset_keeps_off_the_serial_line(only_fault, bit):
    fault = only_fault(('"header:25"', f'"header:{bit}"'))

    assert fault.place == "reader front, reset"


def test_lines_of_an_expander_are_refused_as_long_as_nothing_drives_them(only_fault):
    fault = only_fault(('"header:3"', '"i2c-1:0x20:3"'))

    assert fault.remedy.startswith("No back end drives I2C lines yet")


def test_sim_2_lines_of_the_room_belong_to_the_twin_alone(only_fault, examine):
    """SIM-2: a real bank cannot be given a simulated lock by mistake."""
    simulated = ('"header:16"', '"room:locks:0"')

    assert only_fault(simulated).place == "compartment 1, coil"
    assert examine(simulated, more=TWIN).lines == []


def test_a_twin_that_says_it_is_not_simulated_is_refused(only_fault):
    fault = only_fault(more=TWIN.replace("true", "false"))

    assert (fault.place, fault.wanted) == ("twin, simulated", "true")


def test_hw_2_a_coil_that_is_active_low_is_warned_of(only_warning):
    """HW-2: it is powered for an instant at every start."""
    warning = only_warning(more="active_low = true\n")

    assert (warning.place, warning.found) == ("compartment 2, active_low", "true")
    assert "instant at every start" in warning.remedy


@pytest.mark.parametrize("bit", [0, 1, 14, 15])
def test_a_contact_where_the_pi_speaks_at_boot_is_warned_of(only_warning, bit):
    warning = only_warning(('"header:3"', f'"header:{bit}"'))

    assert (warning.place, warning.line) == ("compartment 2, contact", 29)


def test_a_buzzer_that_would_sound_at_boot_is_warned_of(only_warning, examine):
    reset = 'reset = "header:25"'

    assert only_warning((reset, f'{reset}\nbuzzer = "header:5"')).line == 20
    assert examine((reset, f'{reset}\nbuzzer = "header:22"')).lines == []
