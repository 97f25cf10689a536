"""A controller that was killed, and what it leaves in its data directory."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

from tests.controller.processes import TREE, kill_group, start, wait_for

EXAMPLE = TREE / "examples" / "header-bank.toml"
NODE = "kestrels-bank"
MOCK = {"GPIOZERO_PIN_FACTORY": "mock"}


def config_of(folder: Path) -> Path:
    """Write the example bank's configuration for a folder of the test's own."""
    own = f'columns = 4\ndata = "{folder}/data"\nsocket = "{folder}/c.sock"\n'
    path = folder / "config.toml"
    path.write_text(EXAMPLE.read_text().replace("columns = 4\n", own))
    return path


def run_and_kill(folder: Path) -> None:
    """Let a controller begin its day, and kill it."""
    (folder / "c.sock").unlink(missing_ok=True)
    process = start(
        "controller",
        "--config",
        config_of(folder),
        env=MOCK,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for((folder / "c.sock").exists)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    finally:
        kill_group(process)
