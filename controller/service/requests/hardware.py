"""Requests of the health page: what is well, and what the technician does about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain import orders as o
from controller.protocol import Health
from controller.service.calls import Call
from controller.service.handling import Handling, for_act
from controller.service.views.health import make_health

if TYPE_CHECKING:
    from controller.service.hub import Hub


def _health(hub: Hub, call: Call) -> Health:
    context = hub.core.context(call.actor)
    return make_health(hub.core.state, context, hub.measure())


def _clear(hub: Hub, call: Call) -> Health:
    hub.order(o.ClearFault(call.whole("n")), call)
    return _health(hub, call)


def _out_of_use(hub: Hub, call: Call) -> Health:
    order = o.SetInUse(call.whole("n"), in_use=not call.flag("on"))
    hub.order(order, call)
    return _health(hub, call)


def _open(hub: Hub, call: Call) -> Health:
    hub.order(o.OpenForCheck(call.whole("n"), call.text("reason")), call)
    return _health(hub, call)


def _by_key(hub: Hub, call: Call) -> Health:
    hub.order(o.ExplainByKey(call.whole("n")), call)
    return _health(hub, call)


HARDWARE: dict[str, Handling] = {
    "health": for_act("health.see", _health),
    "fault_clear": for_act("fault.clear", _clear),
    "out_of_use": for_act("fault.clear", _out_of_use),
    "door_open": for_act("door.open", _open, step_up=True),
    "opened_by_key": for_act("fault.clear", _by_key),
}
