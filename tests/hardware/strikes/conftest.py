"""The small bank of ``bank.py`` in the in-process twin, on virtual time."""

from __future__ import annotations

import pytest

from hardware.pi.lines import Lines
from hardware.twin.clock import VirtualClock
from hardware.twin.pins import twin_makers
from hardware.twin.world import World
from tests.hardware.strikes.bank import SPEC


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture
def world(clock):
    return World(SPEC, clock)


@pytest.fixture
def lines(world, clock):
    lines = Lines(twin_makers(world, clock))
    yield lines
    lines.close()
