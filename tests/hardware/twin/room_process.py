"""A room as a process of its own: started, waited for and ended by a test.

Run as a script it is the process: spec as JSON, socket, state file.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from hardware.twin.room import serve
from hardware.twin.room_client import RoomClient
from hardware.twin.spec import CompartmentSpec, ReaderSpec, WorldSpec

SPEC = WorldSpec(
    readers=(ReaderSpec("front", 0, 0), ReaderSpec("back", 0, 1)),
    compartments=(
        CompartmentSpec(7, "room:locks:7", "room:locks:107", max_on_s=0.1),
        CompartmentSpec(8, "header:17", "header:27", max_on_s=5.0),
    ),
)

ROOT = Path(__file__).parents[3]


class RoomProcess:
    """One room; :meth:`start` may be called again after an end or a kill."""

    def __init__(self, spec, folder):
        self._spec = spec
        self.socket = folder / "room.sock"
        self.state = folder / "room.json"
        self.client = RoomClient(self.socket)
        self.process = None

    def start(self):
        """Return once the room takes connections."""
        spec = json.dumps(self._spec.as_dict())
        self.process = subprocess.Popen(
            [sys.executable, __file__, spec, self.socket, self.state],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            text=True,
        )
        assert self.process.stdout.readline() == "ready\n"
        return self

    def end(self, how=signal.SIGTERM):
        """End it, wait for it, and return its exit code."""
        self.process.send_signal(how)
        self.process.stdout.close()
        return self.process.wait(timeout=10)

    def call(self, call, **arguments):
        return self.client.call(call, **arguments)


def main():
    spec, socket, state = sys.argv[1:]
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    serve(
        WorldSpec.from_dict(json.loads(spec)),
        Path(socket),
        Path(state),
        stop,
        ready=lambda: print("ready", flush=True),  # noqa: T201  the parent waits for it
    )


if __name__ == "__main__":
    main()
