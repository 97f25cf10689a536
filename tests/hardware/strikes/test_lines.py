"""Names of lines, and the devices that open on them."""

from __future__ import annotations

import pytest
from gpiozero import Device
from gpiozero.pins.mock import MockFactory

from hardware.errors import LineNameWrong, LineUnfit, LineWithoutBoard
from hardware.lines import LineName
from hardware.pi.lines import Lines
from tests.hardware.strikes.bank import COILS


@pytest.mark.parametrize(
    ("text", "board", "bit"),
    [
        ("header:17", "header", 17),
        ("header:0", "header", 0),
        ("i2c-1:0x20:3", "i2c-1:0x20", 3),
        ("i2c-22:0x27:15", "i2c-22:0x27", 15),
        ("room:locks:255", "room:locks", 255),
    ],
)
def test_a_name_says_board_and_bit(text, board, bit):
    line = LineName.parse(text)

    assert (line.board, line.bit, str(line)) == (board, bit, text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("17", "wanted header:17, i2c-1:0x20:3 or room:locks:12"),
        ("header:28", "wanted bit 0 to 27"),
        ("header:-1", "wanted header:17"),
        (" header:17", "wanted header:17"),
        ("i2c-1:0x19:3", "wanted an expander at 0x20 to 0x27"),
        ("i2c-1:0x20:16", "wanted bit 0 to 15"),
        ("room:locks:256", "wanted bit 0 to 255"),
        ("room:Locks:1", "wanted header:17"),
        ("gpiochip0:17", "wanted header:17"),
        ("header:\u0661\u0667", "wanted header:17"),
        ("", "wanted header:17"),
    ],
)
def test_hw_7_a_wrong_name_is_refused_with_its_place(text, wanted):
    """HW-7: and with what would be right."""
    with pytest.raises(LineNameWrong) as refused:
        LineName.parse(text, where="compartments[3].coil")

    assert str(refused.value).startswith("compartments[3].coil: ")
    assert wanted in str(refused.value)
    assert refused.value.remedy


@pytest.mark.parametrize("bit", [0, 7, 8, 14, 15])
def test_hw_2_no_lock_on_a_line_that_is_driven_at_boot(bit):
    """HW-2: none at boot."""
    line = LineName.parse(f"header:{bit}")

    with pytest.raises(LineUnfit, match=f"compartment 3: header:{bit} may be driven"):
        line.require_fit_for_lock(where="compartment 3")


@pytest.mark.parametrize("text", ["header:9", "header:16", "i2c-1:0x20:7", "room:a:7"])
def test_other_lines_are_fit_for_locks(text):
    LineName.parse(text).require_fit_for_lock()


def test_two_bits_of_an_expander_are_fit_for_no_contact():
    with pytest.raises(LineUnfit, match="is an output only"):
        LineName.parse("i2c-1:0x20:7").require_fit_for_contact()

    LineName.parse("i2c-1:0x20:6").require_fit_for_contact()
    LineName.parse("header:7").require_fit_for_contact()


def test_an_output_opens_off_and_reaches_the_room(lines, world):
    world.set_output("room:locks:1", True)  # as a killed program leaves it

    output = lines.output(LineName.parse("room:locks:1"))
    assert not world.compartments[1].coil.is_on

    output.on()
    assert world.compartments[1].coil.is_on


def test_lines_of_one_number_on_two_boards_are_two_lines(lines, world):
    """The libraries' own local factories share one table of pins (gpiozero 2.0.1)."""
    lines.output(LineName.parse("room:locks:17")).on()

    assert world.output("room:locks:17")
    assert not world.output("header:17")


def test_a_line_opens_once(lines):
    lines.output(LineName.parse("header:17"))

    with pytest.raises(LineWithoutBoard, match=r"line header:17: .*already in use"):
        lines.input(LineName.parse("header:17"))


def test_a_bus_without_back_end_is_said(lines):
    with pytest.raises(LineWithoutBoard, match=r"line i2c-1:0x20:3: no bus i2c-1 here"):
        lines.output(LineName.parse("i2c-1:0x20:3"))


def test_a_new_kind_of_board_is_a_new_maker_and_no_more():
    made = []

    def expander(board):
        made.append(board)
        return MockFactory()

    lines = Lines({"i2c-1": expander})
    for text in ("i2c-1:0x20:3", "i2c-1:0x20:4", "i2c-1:0x21:3"):
        lines.output(LineName.parse(text))

    assert made == ["i2c-1:0x20", "i2c-1:0x21"]
    lines.close()


def test_a_board_that_does_not_start_is_said():
    def broken(board):
        raise OSError("no such device")

    with pytest.raises(LineWithoutBoard, match="no such device"):
        Lines({"i2c-1": broken}).output(LineName.parse("i2c-1:0x20:3"))


def test_hw_2_closing_switches_everything_off_and_gives_the_lines_back(lines, world):
    """HW-2: off at stop."""
    for line in COILS.values():
        lines.output(LineName.parse(line)).on()

    lines.close()

    assert not any(each.coil.is_on for each in world.compartments.values())
    assert Device.pin_factory is None
    lines.output(LineName.parse("header:17"))


def test_gpiozeros_own_factory_drives_the_header_where_nothing_else_is_said(
    monkeypatch,
):
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "mock")
    monkeypatch.delenv("LG_WD", raising=False)
    lines = Lines()

    output = lines.output(LineName.parse("header:17"))

    output.on()
    factory, pin = Device.pin_factory, output.pin
    assert pin.state

    lines.close()
    assert not pin.state  # a bare mock pin keeps its level: it was switched off
    assert factory.pins == {}


def test_a_closed_output_floats_and_the_pull_down_makes_that_low(lines, world):
    output = lines.output(LineName.parse("room:locks:1"))
    output.on()
    output.close()

    assert not world.output("room:locks:1")
