"""Requests of the health page: what is well, and what the technician does about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain import orders as o
from controller.protocol import Health
from controller.service.calls import Call
from controller.service.handling import Handling, for_act, ordering

if TYPE_CHECKING:
    from controller.service.hub import Hub


def _health(hub: Hub, call: Call) -> Health:
    from controller.service.views.health import make_health  # noqa: PLC0415  lazily

    context = hub.core.context(call.actor)
    return make_health(hub.core.state, context, hub.measure())


def _clear(call: Call) -> o.Order:
    return o.ClearFault(call.whole("n"))


def _out_of_use(call: Call) -> o.Order:
    return o.SetInUse(call.whole("n"), in_use=not call.flag("on"))


def _open(call: Call) -> o.Order:
    return o.OpenForCheck(call.whole("n"), call.text("reason"))


def _by_key(call: Call) -> o.Order:
    return o.ExplainByKey(call.whole("n"))


HARDWARE: dict[str, Handling] = {
    "health": for_act("health.see", _health),
    "fault_clear": for_act("fault.clear", ordering(_clear, _health)),
    "out_of_use": for_act("fault.clear", ordering(_out_of_use, _health)),
    "door_open": for_act("door.open", ordering(_open, _health), step_up=True),
    "opened_by_key": for_act("fault.clear", ordering(_by_key, _health)),
}
