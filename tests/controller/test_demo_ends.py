"""Ctrl+C at a demo: what a terminal does to it, and that it ends in order."""

import os
import signal

import pytest

from controller.demo.run import STOP_S, Stop
from tests.controller.processes import free_port, hometime, kill_group, start, wait_for


@pytest.mark.slow
def test_ctrl_c_ends_every_part_in_order_and_kills_none(tmp_path):
    """REL-1: the terminal tells all at once; the record says that it was stopped."""
    demo = start(
        *("demo", "--headless", "--port", free_port(), "--data", tmp_path / "demo")
    )
    try:
        wait_for((tmp_path / "demo/demo.json").exists)

        os.killpg(demo.pid, signal.SIGINT)

        assert demo.wait(STOP_S - 1) == 0
    finally:
        kill_group(demo)
    last = hometime("journal", "export", "--data", tmp_path / "demo").stdout
    assert '"Stopped"' in last.splitlines()[-1]


def test_a_signal_in_the_midst_of_a_wait_ends_it():
    """The handler takes no lock; a second signal changes nothing."""
    stop = Stop()
    previous = signal.signal(signal.SIGALRM, stop.tell)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        assert stop.wait(10)
    finally:
        signal.signal(signal.SIGALRM, previous)
    stop.tell(signal.SIGTERM, None)

    assert stop.is_set()
    assert stop.by == signal.SIGALRM


def test_without_a_signal_a_wait_takes_its_time_and_no_longer():
    assert Stop().wait(0.01) is False
