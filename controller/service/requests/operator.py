"""Requests of the machine's operator, from the command line beside the controller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from controller.service.calls import Call
from controller.service.handling import Handling, by_operator
from controller.service.rolling import import_roll

if TYPE_CHECKING:
    from controller.service.hub import Hub


def _roll(hub: Hub, call: Call) -> dict[str, Any]:
    wishes = {
        name: call.flag(name, default=False)
        for name in ("dry_run", "leave_out_bad", "accept_leavers")
    }
    return import_roll(hub.roll, call.file(), call.text("filename", "", 200), wishes)


OPERATOR: dict[str, Handling] = {"operator_roll": by_operator(_roll)}
