"""A healthy reader with nothing on it."""

from __future__ import annotations

import pytest

from tests.hardware.reader.rig import Bench


@pytest.fixture
def bench():
    with Bench() as bench:
        yield bench


@pytest.fixture
def clock(bench):
    return bench.clock


@pytest.fixture
def chip(bench):
    return bench.chip


@pytest.fixture
def reader(bench):
    return bench.reader


@pytest.fixture
def library(bench):
    """The unmodified package's own object, on the same chip."""
    from hardware.pi.rpi_gpio_shim import in_place_of_rpi_gpio  # noqa: PLC0415

    with in_place_of_rpi_gpio():
        from mfrc522 import MFRC522  # noqa: PLC0415  needs the bench's spidev

    return MFRC522(pin_rst=None)
