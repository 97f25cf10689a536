"""Requests of the machine's operator, from the command line beside the controller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.service.calls import Call, not_found
from controller.service.handling import Handling, by_operator, lazily

if TYPE_CHECKING:
    from controller.service.hub import Hub


def _second_factor(hub: Hub, call: Call) -> bool:
    """Reset a second factor where nobody of leadership is left who could."""
    person = hub.directory.store.persons.by_username(call.text("username", "", 40))
    if person is None or person.id not in hub.core.state.staff:
        raise not_found("account")
    return hub.accounts.reset_second_factor(person.id, "")


OPERATOR: dict[str, Handling] = {
    "operator_roll": by_operator(
        lazily("controller.service.requests.roll", "operator_roll")
    ),
    "operator_second_factor": by_operator(_second_factor),
}
