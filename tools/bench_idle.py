"""What the services need when nothing happens: processor, memory, time to start."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final

from tools.bench_classroom import SPARE, Classroom
from tools.bench_process import MB, cpu_s
from tools.bench_table import Row

IDLE_S: Final = 6.0
LIBRARY_S: Final = 3.0
MOST_CPU: Final = 0.05  # of a core
MOST_CONTROLLER: Final = 45 * MB
MOST_WEB: Final = 60 * MB
STARTS: Final = 3
MOST_START_S: Final = 1.5

LIBRARYS_LOOP: Final = """
import sys, warnings
from pathlib import Path
from hardware.pi.rpi_gpio_shim import in_place_of_rpi_gpio
from hardware.twin import spidev_remote
warnings.simplefilter("ignore")
spidev_remote.install(Path(sys.argv[1]))
with in_place_of_rpi_gpio():
    from mfrc522 import MFRC522
reader = MFRC522(int(sys.argv[2]), int(sys.argv[3]), pin_rst=None)
print(flush=True)
while True:
    reader.MFRC522_Request(reader.PICC_REQIDL)
"""
"""What the package's ``SimpleMFRC522.read`` does while no card is there."""

BARE: Final = """
import contextlib, importlib, io, sys
with contextlib.redirect_stdout(io.StringIO()):
    for name in sys.stdin.read().split():
        with contextlib.suppress(Exception):
            importlib.import_module(name)
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmRSS")))
"""
"""An interpreter that imports what it is told, and does nothing."""


def rows(room: Classroom) -> list[Row]:
    """Return the rows about services that have worked, and that idle."""
    used = room.controller.resident_bytes(), room.web.resident_bytes()
    cpu = cpu_row(room)
    start = start_row(room)
    bare = bare_bytes(room, "controller"), bare_bytes(room, "web")
    return [
        cpu,
        memory_row("memory-controller", used[0], bare[0], MOST_CONTROLLER),
        memory_row("memory-web", used[1], bare[1], MOST_WEB),
        start,
    ]


def cpu_row(room: Classroom) -> Row:
    """Measure the controller while two readers poll, and the package's own loop."""
    looks = room.looks()
    ours = _share_of_a_core(room.controller.cpu_s, IDLE_S)
    polls = (room.looks() - looks) / IDLE_S
    theirs = _share_of_the_package(room)
    return Row(
        "idle-cpu",
        f"{ours:.1%} of a core, {polls:.0f} polls/s in all",
        f"the package's own loop, one reader: {theirs:.0%} of a core",
        ours <= MOST_CPU,
    )


def _share_of_the_package(room: Classroom) -> float:
    """Return what the package's loop takes of a core over the same room."""
    where = [str(room.room.socket_path), str(SPARE.bus), str(SPARE.device)]
    child = subprocess.Popen(
        [sys.executable, "-c", LIBRARYS_LOOP, *where], stdout=subprocess.PIPE
    )
    try:
        child.stdout.readline()  # type: ignore[union-attr]  # a pipe, as was asked
        proc = Path("/proc") / str(child.pid)
        return _share_of_a_core(lambda: cpu_s(proc), LIBRARY_S)
    finally:
        child.kill()
        child.communicate()


def _share_of_a_core(spent_s: Callable[[], float], wall_s: float) -> float:
    before, began = spent_s(), time.monotonic()
    time.sleep(wall_s)
    return (spent_s() - before) / (time.monotonic() - began)


def memory_row(figure: str, ours: int, bare: int, most: int) -> Row:
    """Judge what a service holds in memory after it has worked."""
    return Row(
        figure,
        f"{ours / MB:.1f} MB after all of the above",
        f"an interpreter with the same imports: {bare / MB:.1f} MB",
        ours <= most,
    )


def bare_bytes(room: Classroom, name: str) -> int:
    """Return what an interpreter holds that imports what a service does, no more."""
    said = room.folder / f"{name}.imports"
    room.restart(name, {"PYTHONPROFILEIMPORTTIME": "1"}, said)
    imports = re.findall(
        r"\| +([\w.]+)$", said.read_text(encoding="utf-8"), re.MULTILINE
    )
    done = subprocess.run(
        [sys.executable, "-c", BARE],
        input=" ".join(imports),
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout) * 1024


def start_row(room: Classroom) -> Row:
    """Measure the controller's start, with its bytecode there."""
    starts = [room.restart("controller") for _ in range(STARTS)]
    bare = median(_bare_start_s() for _ in range(STARTS))
    return Row(
        "start",
        f"{median(starts):.2f} s, median of {STARTS}",
        f"a bare interpreter: {bare:.2f} s",
        median(starts) <= MOST_START_S,
    )


def _bare_start_s() -> float:
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.monotonic() - began
