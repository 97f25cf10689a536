"""Requests of the paper sheet: see it, send it, type it back in (DAY-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain import today_orders as o
from controller.domain.decide_paper import MOST_LINES
from controller.protocol.today import Sheet
from controller.service.calls import Call, bad_input
from controller.service.views.sheet import make_sheet

if TYPE_CHECKING:
    from controller.service.hub import Hub

PARTS = 4
"""Of a line: pupil, ``in`` or ``out``, ``HH:MM``, door."""


def page(hub: Hub, call: Call) -> Sheet:
    """Return the sheet of this moment, and when it last left."""
    context = hub.core.context(call.actor)
    return make_sheet(
        hub.core.state,
        hub.directory,
        context,
        hub.bank,
        hub.sheets.told() if hub.sheets else (),
    )


def leave_now(hub: Hub, call: Call) -> Sheet:
    """Send it every way that is configured."""
    if hub.sheets:
        hub.sheets.send_now()
    return page(hub, call)


def enter(hub: Hub, call: Call) -> Sheet:
    """Type it back in: ``lines`` of pupil, what, time and door, commas between."""
    lines = tuple(_line(text) for text in call.texts("lines", MOST_LINES))
    hub.order(o.EnterFromPaper(call.text("day", most=10), lines), call)
    return page(hub, call)


def _line(text: str) -> o.PaperLine:
    parts = text.split(",")
    if len(parts) != PARTS or not (parts[3].isascii() and parts[3].isdigit()):
        raise bad_input("lines", "something else", "pupil, in or out, time, door")
    pupil, what, at, door = parts
    return o.PaperLine(pupil, what, at, int(door[:6]))
