"""Serve the site over a fake controller: ``python -m tests.web.serve_fake``.

Sign in as ``teacher``, ``office``, ``leadership``, ``dsl`` or ``technician`` with the
password printed. Beats go out as from the real one, so that the page stays live.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from pathlib import Path

from tests.web.fake_controller import AT_US, PASSWORD, FakeController
from tests.web.staff.fake_data import FAKE
from web.config import WebConfig
from web.serve import serve

BEAT_S = 5.0


def _beat(controller: FakeController) -> None:
    began = time.monotonic()
    while True:
        at_us = AT_US + int((time.monotonic() - began) * 1e6)
        controller.push(beat=at_us)
        time.sleep(BEAT_S)


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8090)
    port = parser.parse_args().port
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        controller = FakeController(path / "controller.sock", FAKE).start()
        threading.Thread(target=_beat, args=(controller,), daemon=True).start()
        config = WebConfig(
            socket=controller.path,
            data_dir=path,
            secret_key_path=path / "web.key",
            demo=True,
            room_socket=path / "room.sock",
            port=port,
        )
        print(f"http://127.0.0.1:{port}  password: {PASSWORD}", flush=True)  # noqa: T201  says where to look
        serve(config, threading.Event())


if __name__ == "__main__":
    main()
