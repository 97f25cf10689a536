"""Requests of the machine's operator, from the command line beside the controller."""

from __future__ import annotations

from controller.service.handling import Handling, by_operator, lazily

OPERATOR: dict[str, Handling] = {
    "operator_roll": by_operator(
        lazily("controller.service.requests.roll", "operator_roll")
    )
}
