"""Where the demo is kept."""

from __future__ import annotations

import os
from pathlib import Path


def default_data() -> Path:
    """Return where the demo is kept unless told otherwise: the user's own state."""
    state = os.environ.get("XDG_STATE_HOME")
    base = Path(state) if state else Path.home() / ".local" / "state"
    return base / "hometime" / "demo"
