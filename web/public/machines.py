"""For machines: whether the controller answers, and figures without a person."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify

from controller.protocol import Board
from web.asking import feed
from web.public.stream import places

blueprint = Blueprint("machines", __name__)

STATES = ("shut", "open", "broken")
CLOCKS = ("synced", "rtc", "guessed")


def _iso(at_us: int) -> str | None:
    return datetime.fromtimestamp(at_us / 1e6, UTC).isoformat() if at_us else None


@blueprint.get("/healthz")
def healthz() -> tuple[Response, int]:
    """Say whether the controller is up; 503 where it is not, for simple watchers."""
    link = feed().link()
    silent_s = round(link.silent_s, 1) if math.isfinite(link.silent_s) else None
    state: dict[str, Any] = {
        "controller": "up" if link.up else "down",
        "since": _iso(link.since_us),
        "silent_s": silent_s,
        "site": "up",
    }
    if not link.up:
        state |= {
            "error": "controller-down",
            "message": "The controller does not answer.",
            "remedy": "Look at its service and its log; the site follows by itself.",
        }
    return jsonify(state), 200 if link.up else 503


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give figures in Prometheus' text format; nothing personal (SEC-2)."""
    follow = feed()
    lines = [*_of_site(), *(_of_board(follow.board) if follow.board else ())]
    return Response(
        "\n".join([*lines, ""]), content_type="text/plain; version=0.0.4; charset=utf-8"
    )


def _of_site() -> Iterator[str]:
    link = feed().link()
    yield from _gauge("hometime_controller_up", "Whether the controller answers.")
    yield f"hometime_controller_up {int(link.up)}"
    yield from _gauge("hometime_streams", "Live streams that run now.")
    yield f"hometime_streams {places().taken}"
    yield "# HELP hometime_feed_events_total Events taken from the controller's feed."
    yield "# TYPE hometime_feed_events_total counter"
    yield f"hometime_feed_events_total {feed().position()}"


def _of_board(board: Board) -> Iterator[str]:
    yield from _gauge("hometime_doors", "Doors by the state that passers-by see.")
    for state in STATES:
        count = sum(door.state == state for door in board.doors)
        yield f'hometime_doors{{state="{state}"}} {count}'
    yield from _gauge("hometime_evacuated", "Whether an evacuation holds.")
    yield f"hometime_evacuated {int(board.evacuated)}"
    yield from _gauge("hometime_readers_out", "Readers that do not work.")
    yield f"hometime_readers_out {len(board.readers_out)}"
    yield from _gauge("hometime_clock", "How far the wall clock can be believed.")
    for clock in CLOCKS:
        yield f'hometime_clock{{state="{clock}"}} {int(board.clock == clock)}'


def _gauge(name: str, about: str) -> Iterator[str]:
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} gauge"
