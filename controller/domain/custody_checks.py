"""What orders about held devices ask first: the table, the witness, the door."""

from __future__ import annotations

import re

from controller.domain.bases import SEALED, Verdict
from controller.domain.context import Context
from controller.domain.refusals import Refusal
from controller.domain.rights import may
from controller.domain.state import State

SEAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]{0,19}")
"""A seal or bag number as printed on it."""


def check_verdict(
    basis: str, found: Verdict, context: Context, witness: str = ""
) -> Refusal | None:
    """Return why the table turns the actor away, conditions apart, or ``None``.

    Whoever may not know why a device is held meets a closed door, and no rule whose
    name would tell (CUS-6).
    """
    if basis in SEALED and not may(context.actor, "custody.reasons"):
        return Refusal("no-right")
    if found.rule:
        return Refusal(found.rule)
    if not may(context.actor, found.right):
        return Refusal("no-right")
    return Refusal("needs-witness") if found.witness and not witness else None


def check_witness(state: State, witness: str, context: Context) -> Refusal | None:
    """Return why ``witness`` cannot be one (CUS-8); nobody has been named if empty."""
    if not witness:
        return None
    if witness == context.actor.person:
        return Refusal("own-witness")
    staff = state.staff.get(witness)
    return None if staff and staff.active else Refusal("unknown")


def is_moving(state: State, n: int) -> bool:
    """Return whether door ``n`` is open, or about to be: what is behind it may go."""
    ordered = any(order.compartment == n for order in state.orders.values())
    return ordered or state.compartment(n).door.is_open


def may_override(context: Context) -> bool:
    """Return whether the actor's word stands against the planned end: the head's."""
    return may(context.actor, "custody.override")
