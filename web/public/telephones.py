"""The staff's telephones, in the demo only: what their authenticator apps show now.

A code alone signs nobody in; passwords stay on the terminal.
"""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, render_template

blueprint = Blueprint("telephones", __name__)


@dataclass(frozen=True, slots=True)
class Telephone:
    """One app: whose, the code, for how many more seconds."""

    username: str
    code: str
    seconds: int


@blueprint.get("/twin/telephones")
def part() -> str:
    """Give the codes of this moment, by the machine's own clock."""
    demo = demo_of(current_app.extensions["hometime-config"].data_dir)
    return render_template("parts/telephones.html", telephones=telephones(demo))


def demo_of(data_dir: Path) -> dict[str, Any]:
    """Return what the demo wrote down about itself; nothing while it is not ready."""
    with contextlib.suppress(FileNotFoundError):
        found: dict[str, Any] = json.loads((data_dir / "demo.json").read_text("utf-8"))
        return found
    return {}


def telephones(demo: dict[str, Any]) -> list[Telephone]:
    """Return the apps of the accounts that have one."""
    now = time.time()
    return [
        _telephone(one["username"], one["totp"], now)
        for one in demo.get("accounts", [])
        if one.get("totp")
    ]


def _telephone(username: str, secret: str, now: float) -> Telephone:
    from pyotp import TOTP  # noqa: PLC0415  a site without the demo never needs it

    app = TOTP(secret)
    return Telephone(username, app.at(now), app.interval - int(now) % app.interval)
