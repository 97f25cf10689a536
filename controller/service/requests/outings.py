"""Requests of outings, and of the morning's question (DAY-7, DAY-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain import today_orders as o
from controller.domain.rights import may
from controller.protocol.today import OutingPage, Reconciliation
from controller.service.calls import Call, no_right, not_found
from controller.service.views.outings import outing_page, reconcile

if TYPE_CHECKING:
    from controller.service.hub import Hub


def _class(hub: Hub, call: Call, act: str) -> str:
    klass = call.text("class_id", most=80)
    if klass not in hub.core.state.classes:
        raise not_found("class")
    if not may(call.actor, act, klass):
        raise no_right()
    return klass


def page(hub: Hub, call: Call) -> OutingPage:
    """Return a class's outings of today, and who could go on one now."""
    klass = _class(hub, call, "class.outing")
    return outing_page(
        hub.core.state, hub.directory, hub.core.context(call.actor), klass
    )


def begin(hub: Hub, call: Call) -> OutingPage:
    """Let a class, or part of it, take its devices out."""
    klass = call.text("class_id", most=80)
    order = o.BeginOuting(klass, call.text("why", most=20), call.texts("pupils"))
    hub.order(order, call)
    return page(hub, call)


def move(hub: Hub, call: Call) -> OutingPage:
    """Take an outing to its next stage."""
    outing = hub.core.state.outings.get(call.text("id", most=60))
    if outing is None:
        raise not_found("outing")
    hub.order(o.MoveOuting(outing.outing, call.text("stage", most=20)), call)
    return outing_page(
        hub.core.state, hub.directory, hub.core.context(call.actor), outing.klass
    )


def reconciliation(hub: Hub, call: Call) -> Reconciliation:
    """Return who usually hands in and has not, among those who are there."""
    klass = _class(hub, call, "class.mark")
    context = hub.core.context(call.actor)
    return reconcile(hub.core.state, hub.directory, context, klass)
