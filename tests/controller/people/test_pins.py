"""ACC-5: which PINs are taken."""

from __future__ import annotations

import random

import pytest

from controller.people.pins import PinReason, check_pin


@pytest.mark.parametrize("pin", ["704915", "918274", "3857206", "902748361507"])
def test_acc_5_six_digits_or_more_without_a_pattern_are_good(pin):
    assert check_pin(pin) == []


@pytest.mark.parametrize(
    "pin",
    [
        "111111",
        "123456",
        "654321",
        "890123",
        "246802",
        "112233",
        "111222",
        "121212",
        "123123",
        "479479",
        "988888",
        "01234567",
        "00000000",
    ],
)
def test_acc_5_repeats_and_counting_are_refused(pin):
    assert PinReason.PREDICTABLE in check_pin(pin)


@pytest.mark.parametrize(
    "pin", ["251284", "122584", "841225", "290208", "25121984", "12251984", "19841225"]
)
def test_acc_5_a_date_in_any_order_is_refused(pin):
    """ACC-5: day first, month first, year first; the 29th of February exists."""
    assert check_pin(pin) == [PinReason.DATE]


@pytest.mark.parametrize("pin", ["159753", "147258", "789456"])
def test_acc_5_what_many_people_use_is_refused(pin):
    assert PinReason.COMMON in check_pin(pin)


@pytest.mark.parametrize(
    ("pin", "reasons"),
    [
        ("", [PinReason.TOO_SHORT]),
        ("70491", [PinReason.TOO_SHORT]),
        ("9027483615074", [PinReason.TOO_LONG]),
        ("70491a", [PinReason.NOT_DIGITS]),
        ("704 915", [PinReason.NOT_DIGITS]),
        ("٧٠٤٩١٥", [PinReason.NOT_DIGITS]),
        ("704915\n", [PinReason.NOT_DIGITS]),
    ],
)
def test_acc_5_a_pin_has_six_to_twelve_plain_digits(pin, reasons):
    assert check_pin(pin) == reasons


def test_acc_5_most_pins_are_left():
    """ACC-5: what is refused takes a fifth at most from whoever guesses."""
    chance = random.Random(1)
    pins = [f"{chance.randrange(10**6):06}" for _ in range(4000)]

    assert sum(not check_pin(pin) for pin in pins) / len(pins) > 0.8


def test_acc_5_every_reason_has_words():
    assert all(reason.says.endswith(".") for reason in PinReason)
