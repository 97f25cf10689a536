"""A room as a process, for what needs one."""

from __future__ import annotations

import pytest

from tests.hardware.twin.room_process import SPEC, RoomProcess


@pytest.fixture(scope="module")
def idle_room(tmp_path_factory):
    """One running room for all tests of a file that leave it as it is."""
    room = RoomProcess(SPEC, tmp_path_factory.mktemp("room")).start()
    yield room
    room.end()


@pytest.fixture
def room(tmp_path):
    """A running room; ended at the end, however the test left it."""
    room = RoomProcess(SPEC, tmp_path).start()
    yield room
    if room.process.poll() is None:
        room.end()
