"""Requests of the list of those who have access (REC-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain import orders as o
from controller.people.tables.texts import Written
from controller.protocol import AccessList
from controller.service.calls import Call
from controller.service.handling import Handling, for_act
from controller.service.views.access import access_list

if TYPE_CHECKING:
    from controller.service.hub import Hub

MOST_SIGNATURE = 120
"""Characters of a typed name: two names of an account at their longest."""


def _list(hub: Hub, call: Call) -> AccessList:
    return access_list(hub, call.actor)


def _review(hub: Hub, call: Call) -> AccessList:
    version, name = call.text("version"), call.text("name", "", MOST_SIGNATURE)
    written = Written("", "")
    texts = hub.directory.store.texts
    if name:
        # The words first, then the entry that names them (DAT-2).
        written = texts.put(name, hub.core.wall.now_us(), about=call.actor.person)
    order = o.ReviewAccess(version, written.id, written.digest)
    done = hub.order(order, call)
    if written.id and done:
        texts.bind(written.id, done.entries[-1].ref)
    return access_list(hub, call.actor)


ACCESS: dict[str, Handling] = {
    "access": for_act("accounts.see", _list),
    "access_review": for_act("accounts.change", _review, step_up=True),
}
