"""Where the room's state outlives its process: one JSON file, replaced whole."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hardware.errors import RoomRefused


class Store:
    """The file. Safe to use from several threads.

    A kill of the process at any instant leaves the old state or the new one. Nothing
    is synced to the disk: the room is a simulation, not a record.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def save(self, state: Mapping[str, Any]) -> None:
        """Replace what was saved."""
        fresh = self._path.with_name(f"{self._path.name}.new")
        with self._lock:
            fresh.write_text(json.dumps(state), encoding="utf-8")
            fresh.replace(self._path)

    def load(self) -> dict[str, Any] | None:
        """Return what was saved last, None if nothing ever was.

        Raises:
            RoomRefused: ``bad-state``; the file is not ours or is damaged. It stays.
        """
        try:
            state = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except ValueError:
            state = None
        if not isinstance(state, dict) or state.get("v") != 1:
            raise RoomRefused(
                "bad-state", f"{self._path}: not a saved room; move it away and restart"
            )
        return state
