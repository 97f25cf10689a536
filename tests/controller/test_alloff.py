"""Every coil off, whatever state the rest of the program is in (HW-2, HW-8)."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from gpiozero import BadPinFactory, Device, OutputDevice, PinFactoryFallback
from gpiozero.pins.mock import MockFactory, MockPin

from controller import alloff

EXAMPLE = Path(__file__).parent.parent.parent / "examples/header-bank.toml"

TWO_DOORS = """
[bank]
name = "front"

[[compartment]]
number = 1
coil = "header:17"  # the left one
contact = "header:22"

[[compartment]]
number = 2
coil = "header:27"
"""


@pytest.fixture
def pins(monkeypatch) -> MockFactory:
    """The header's pins, mock ones; what `all_off` does to them can be looked at."""
    factory = MockFactory()
    monkeypatch.setattr(Device, "pin_factory", factory)
    return factory


@pytest.fixture
def driven(mocker):
    """What was driven, as (pin, level), in order."""
    spy = mocker.spy(MockPin, "output_with_state")
    return lambda: [
        (call.args[0].info.name, call.args[1]) for call in spy.call_args_list
    ]


@pytest.fixture
def bank(tmp_path):
    """Write a configuration and give its path."""

    def write(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text)
        return path

    return write


def test_hw_8_every_coil_is_driven_low_and_no_other_line(pins, driven, bank):
    """HW-8: both coils of the bank, and not the door contact beside them."""
    assert alloff.all_off(bank(TWO_DOORS)) == []

    assert driven() == [("GPIO17", False), ("GPIO27", False)]


def test_hw_8_every_coil_of_the_example_bank_goes_off(pins, driven):
    """HW-8: what the example calls a coil is what is looked for."""
    assert alloff.all_off(EXAMPLE) == []

    assert driven() == [(f"GPIO{pin}", False) for pin in range(16, 24)]


@pytest.mark.parametrize("damage", ["", "[[compartment]\n"])
def test_hw_8_a_coil_that_is_powered_while_low_goes_high(pins, driven, bank, damage):
    """HW-8: off is the other level there, also where the file must be guessed at."""
    inverted = TWO_DOORS.replace("  # the left one", "\nactive_low = true")

    alloff.all_off(bank(damage + inverted))

    assert driven() == [("GPIO17", True), ("GPIO27", False)]


def test_a_byte_order_mark_is_no_damage(pins, bank):
    """The check takes it too: editors on Windows set one."""
    assert alloff.all_off(bank("\ufeff" + TWO_DOORS)) == []


def test_hw_2_a_coil_that_is_already_off_is_not_powered_for_an_instant(pins, bank):
    """HW-2: no level but low is ever seen on the line."""
    pin = pins.pin(17)

    alloff.all_off(bank(TWO_DOORS))

    assert {state.state for state in pin.states} == {False}


def test_the_lines_are_free_again_afterwards(pins, bank):
    """The controller that systemd starts next can claim them."""
    alloff.all_off(bank(TWO_DOORS))

    assert Device.pin_factory is None
    assert pins.pins == {}


def test_given_a_damaged_configuration_then_what_can_be_read_is_off(pins, driven, bank):
    """HW-8: half a file is no reason to leave a coil powered."""
    damaged = '[[compartment]\n# coil = "header:5"\n' + TWO_DOORS

    faults = alloff.all_off(bank(damaged))

    assert driven() == [("GPIO17", False), ("GPIO27", False)]
    assert len(faults) == 1
    assert "switched off what could be read" in faults[0]


def test_bytes_that_are_no_text_are_no_obstacle(pins, driven, tmp_path):
    config = tmp_path / "config.toml"
    config.write_bytes(b"\xff\xfe\n" + TWO_DOORS.encode())

    assert len(alloff.all_off(config)) == 1

    assert driven() == [("GPIO17", False), ("GPIO27", False)]


def test_given_no_configuration_then_it_says_so(pins, tmp_path):
    faults = alloff.all_off(tmp_path / "none.toml")

    assert faults == [
        f"{tmp_path}/none.toml: No such file or directory; name the file with --config"
    ]


def test_a_configuration_without_a_coil_is_not_taken_for_success(pins, bank):
    faults = alloff.all_off(bank("[bank]\n"))

    assert len(faults) == 1
    assert "no coil found" in faults[0]


def test_given_a_line_that_somebody_holds_then_the_others_are_off(pins, driven, bank):
    """HW-8: one coil that cannot be reached does not save the next from going off."""
    config = bank(TWO_DOORS)
    held = OutputDevice(17, pin_factory=pins)

    faults = alloff.all_off(config)

    assert ("GPIO27", False) in driven()
    assert len(faults) == 1
    assert faults[0].startswith("coil header:17: not switched off (GPIOPinInUse")
    held.close()


@pytest.mark.parametrize("line", ["i2c-1:0x20:3", "header:99", "header:17:1", ""])
def test_given_a_line_it_does_not_know_then_the_others_are_off(
    pins, driven, bank, line
):
    faults = alloff.all_off(bank(TWO_DOORS.replace("header:17", line)))

    assert driven() == [("GPIO27", False)]
    assert len(faults) == 1
    assert faults[0].startswith(f"coil {line}: not switched off")


def test_without_a_way_to_the_pins_it_ends_in_one_line(bank, mocker):
    mocker.patch.object(Device, "ensure_pin_factory", side_effect=OSError("no\nchip"))

    assert alloff.all_off(bank(TWO_DOORS)) == [
        "no way to the header's pins (OSError: no chip): no coil switched off"
    ]


def test_each_way_to_the_pins_that_fails_is_not_warned_of(bank, mocker, recwarn):
    """The library warns of each; stderr holds one line, and that says the last."""

    def nothing_there() -> None:
        warnings.warn("Falling back from lgpio", PinFactoryFallback, stacklevel=2)
        raise BadPinFactory("Unable to load any default pin factory!")

    mocker.patch("gpiozero.Device.ensure_pin_factory", nothing_there)
    warnings.simplefilter("always")

    (fault,) = alloff.all_off(bank(TWO_DOORS))

    assert "Unable to load" in fault
    assert [str(warning.message) for warning in recwarn] == []


# ------------------------------------------------------------------ as a command


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run it as systemd does, over mock pins, in a process of its own."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=os.environ | {"GPIOZERO_PIN_FACTORY": "mock"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("option", [("--config", "{}"), ("--config={}",)])
def test_the_command_switches_off_and_says_nothing(bank, option):
    config = str(bank(TWO_DOORS))

    done = run("-m", "controller.alloff", *(part.format(config) for part in option))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_command_fails_with_one_line(tmp_path):
    done = run("-m", "controller.alloff", "--config", tmp_path / "none.toml")

    assert done.returncode == 1
    assert done.stderr.startswith("all-off: ")
    assert done.stderr.count("\n") == 1


def test_wrong_usage_is_told_apart():
    done = run("-m", "controller.alloff", "--force")

    assert (done.returncode, done.stderr) == (
        2,
        "usage: hometime all-off [--config FILE]\n",
    )


def test_hw_8_nothing_of_ours_is_loaded_but_this_file(bank):
    """HW-8: what is broken elsewhere cannot keep a coil powered."""
    done = run(
        "-c",
        "import sys; from controller import alloff; from pathlib import Path\n"
        f"alloff.all_off(Path({str(bank(TWO_DOORS))!r}))\n"
        "roots = {'controller', 'hardware', 'web', 'click', 'flask', 'msgspec'}\n"
        "print(*sorted(m for m in sys.modules if m.split('.')[0] in roots))",
    )

    assert done.stdout == "controller controller.alloff\n"
