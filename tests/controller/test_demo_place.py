"""Folder and port of a demo: what somebody types when they are taken."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pytest

from controller.demo.place import PortTaken, taken

ROOT = Path(__file__).parents[2]


@pytest.fixture
def port():
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_web_6_a_taken_port_says_what_to_type_whichever_way_the_demo_was_begun(
    port, tmp_path
):
    """WEB-6: most people have typed ``make demo`` and never saw ``--port``."""
    with (
        pytest.raises(PortTaken, match=f"port {port}: address") as told,
        taken(tmp_path, port),
    ):
        pass

    assert "make demo PORT=N" in told.value.remedy
    assert "hometime demo --port N" in told.value.remedy


def test_make_demo_takes_the_port_that_its_remedy_names():
    """Nothing is begun: make prints what it would do."""
    told = subprocess.run(
        ["make", "--dry-run", "demo", "PORT=18123"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )

    assert told.stdout.splitlines()[-1].endswith("hometime demo --port 18123")
