"""``decide``: an order becomes facts to write, or a refusal. Pure.

Rights come first, then the rule of the order. What is written here has been decided; it
is not done until it is durable, and coils are powered after that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from controller.domain import orders as o
from controller.domain.context import Context
from controller.domain.decide_access import ACCESS
from controller.domain.decide_class import CLASS
from controller.domain.decide_concern import CONCERNS
from controller.domain.decide_cover import COVERS
from controller.domain.decide_handover import HANDOVERS
from controller.domain.decide_hardware import HARDWARE
from controller.domain.decide_holds import HOLDS
from controller.domain.decide_leaving import LEAVING
from controller.domain.decide_lists import LISTS
from controller.domain.decide_moves import MOVES
from controller.domain.decide_outing import OUTINGS
from controller.domain.decide_own import OWN
from controller.domain.decide_paper import PAPER
from controller.domain.decide_people import PEOPLE
from controller.domain.decide_records import RECORDS
from controller.domain.decide_stock import STOCK
from controller.domain.facts import Fact
from controller.domain.refusals import Refusal
from controller.domain.rights import OWN_CLASSES_ONLY, may
from controller.domain.state import State

Decision = Refusal | tuple[Fact, ...]

DECISIONS: Mapping[type, Callable[[State, Any, Context], Decision]] = MappingProxyType(
    {
        **CLASS,
        **HARDWARE,
        **PEOPLE,
        **ACCESS,
        **HOLDS,
        **MOVES,
        **LISTS,
        **HANDOVERS,
        **CONCERNS,
        **RECORDS,
        **OUTINGS,
        **LEAVING,
        **COVERS,
        **PAPER,
        **STOCK,
        **OWN,
    }
)
"""Order -> its rule; a test holds it against ``Order``."""


def decide(state: State, order: o.Order, context: Context) -> Decision:
    """Return the facts that ``order`` becomes, or why it is turned away."""
    if refusal := check_right(state, order, context):
        return refusal
    return DECISIONS[type(order)](state, order, context)


def check_right(state: State, order: o.Order, context: Context) -> Refusal | None:
    """Return why the actor may not give this order, or ``None``."""
    need = o.ORDERS[type(order)]
    klass = need.klass(state, order)
    if klass == "":
        return Refusal("unknown")
    if may(context.actor, need.act, klass):
        return None
    mine = set(context.actor.roles) & OWN_CLASSES_ONLY
    wrong_class = klass is not None and mine and may(context.actor, need.act)
    return Refusal("not-your-class" if wrong_class else "no-right")
