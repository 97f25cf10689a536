"""Stop signals that come close together: neither a hang nor a death by the second."""

import itertools
import os
import re
import signal
import socket
import subprocess
import threading
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from controller.stopping import SIGNALS, call_when_told, hear_no_more, leave_when_told
from tests.controller.processes import (
    ENOUGH_S,
    TREE,
    free_port,
    hometime,
    kill_group,
    start,
    wait_for,
)
from tests.rig_fixtures import quick_folder

SERVICE_ENDS_S = 5.0
DEMO_ENDS_S = 10.0
APART_S = (0.01, 0.05)
AT_ONCE_S = 0.0002
"""So close that one comes in the midst of the other's handler, and of the very end."""

MANY = 2_000
"""Signals; a service has ended long before."""

MOCK = {"GPIOZERO_PIN_FACTORY": "mock"}
_NEVER = threading.Event()


@pytest.fixture
def own_handlers():
    """The handlers of whoever runs the tests are back afterwards."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("own_handlers")
def test_a_signal_waits_for_no_lock_and_stops_once_however_many_come():
    """HW-2: the main thread may hold the lock that the stop takes."""
    lock, stopped = threading.Lock(), threading.Event()
    took = []

    def stop() -> None:
        took.append(lock.acquire(timeout=ENOUGH_S if _is_elsewhere() else 0))
        stopped.set()

    call_when_told(stop)

    with lock:
        for number in (*SIGNALS, *SIGNALS):
            signal.raise_signal(number)
        assert took == [], "nothing was waited for in the handler"

    assert stopped.wait(ENOUGH_S)
    assert took == [True]


def _is_elsewhere() -> bool:
    return threading.current_thread() is not threading.main_thread()


@pytest.mark.usefixtures("own_handlers")
@pytest.mark.parametrize("number", SIGNALS)
def test_a_command_leaves_through_its_finally_blocks(number):
    """What it holds is given back; shells count 128 and the signal's number."""
    leave_when_told()

    with pytest.raises(SystemExit) as left:
        signal.raise_signal(number)

    assert left.value.code == 128 + number


@pytest.mark.usefixtures("own_handlers")
@pytest.mark.parametrize("number", SIGNALS)
def test_an_end_under_way_hears_no_more(number):
    """The interpreter would die of a signal that comes while it ends."""
    leave_when_told()

    hear_no_more()
    signal.raise_signal(number)

    assert signal.getsignal(number) is signal.SIG_IGN


# ------------------------------------------------------------------- real processes


def told_again_and_again(tell, process, apart_s: float, times: int = MANY) -> None:
    """Send the stop signals in turn, until the process has ended."""
    for number in itertools.islice(itertools.cycle(SIGNALS), times):
        if process.poll() is not None:
            return
        tell(number)
        _NEVER.wait(apart_s)


@pytest.fixture
def folder():
    """A short path, for the sockets in it."""
    with quick_folder() as folder:
        yield folder


def _bank(folder: Path) -> tuple[Path, int]:
    """Write the example bank's configuration for ``folder``; return it and its port."""
    port = free_port()
    text = (TREE / "examples/header-bank.toml").read_text()
    ours = f'columns = 4\ndata = "{folder}/data"\nsocket = "{folder}/c.sock"\n'
    text = text.replace("columns = 4\n", ours) + f"\n[web]\nport = {port}\n"
    config = folder / "config.toml"
    config.write_text(text)
    return config, port


def _controller(folder: Path):
    config, _ = _bank(folder)
    process = start("controller", "--config", config, env=MOCK, **_silent())
    wait_for((folder / "c.sock").exists)
    return process


def _site(folder: Path):
    config, port = _bank(folder)
    process = start("web", "--config", config, **_silent())
    wait_for(lambda: _listens(port))
    return process


def _silent() -> dict[str, int]:
    return {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def _listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("begin", [_controller, _site])
@pytest.mark.parametrize("apart_s", APART_S)
def test_hw_2_two_stop_signals_close_together_end_a_service_in_order(
    folder, begin, apart_s
):
    """HW-2, HW-8: whoever stops it twice; it ends by itself, code 0, within 5 s."""
    process = begin(folder)
    try:
        told_again_and_again(process.send_signal, process, apart_s, times=2)
        assert process.wait(SERVICE_ENDS_S) == 0
    finally:
        kill_group(process)


@pytest.mark.parametrize("begin", [_controller, _site])
def test_hw_2_stop_signals_without_end_change_nothing_about_the_end(folder, begin):
    """HW-2, HW-8: one in the midst of another's handler, one in the very end."""
    process = begin(folder)
    try:
        told_again_and_again(process.send_signal, process, AT_ONCE_S)
        assert process.wait(SERVICE_ENDS_S) == 0
    finally:
        kill_group(process)


@pytest.mark.slow
@pytest.mark.parametrize("apart_s", [APART_S[0], AT_ONCE_S])
def test_rel_1_ctrl_c_again_and_again_ends_a_demo_in_order(folder, apart_s):
    """REL-1: demo and children are told twice or more; the record says: stopped."""
    demo = _demo(folder)
    try:
        with closing(demo.stdout):
            told_again_and_again(partial(os.killpg, demo.pid), demo, apart_s)
            assert demo.wait(DEMO_ENDS_S) == 0
    finally:
        kill_group(demo)
    last = hometime("journal", "export", "--data", folder / "demo").stdout
    assert '"Stopped"' in last.splitlines()[-1]


@pytest.mark.slow
def test_hw_2_each_part_of_a_demo_told_twice_ends_in_order(folder):
    """HW-2: room, site and controller, one after the other, each with code 0."""
    demo = _demo(folder)
    try:
        with closing(demo.stdout):
            pids = _pids(folder)
            for part in ("web", "controller", "room"):
                for number in SIGNALS:
                    os.kill(pids[part], number)
                    _NEVER.wait(APART_S[0])
                told = next(line for line in demo.stdout if "has ended" in line)
                assert told.startswith(f"{part} has ended (0).")
    finally:
        kill_group(demo)


def _demo(folder: Path):
    demo = start(
        *("demo", "--headless", "--port", free_port(), "--data", folder / "demo"),
        stdout=subprocess.PIPE,
        text=True,
    )
    wait_for((folder / "demo/demo.json").exists)
    return demo


def _pids(folder: Path) -> dict[str, int]:
    text = (folder / "demo/demo.json").read_text()
    return {name: int(pid) for name, pid in re.findall(r'"(\w+)": (\d+)', text)}
