"""What staff do at the bank with own devices: with the card alone, or with the PIN.

A card alone opens the door of its owner's own device, or a free one set aside for such,
and nothing else (ACC-5): whoever finds a card finds one telephone behind it at most. A
school that wants the PIN for this too says so by the rule ``own.pin``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from controller.domain import own
from controller.domain import own_orders as o
from controller.domain.context import Actor, Context
from controller.domain.custody import rule
from controller.domain.refusals import Refusal
from controller.domain.rights import may
from controller.domain.state import State
from controller.service.calls import by_rule

if TYPE_CHECKING:
    from controller.service.hub import Hub

MINE, BACK = "own", "give-back"
ACTS = frozenset({MINE, BACK})
"""Acts of the kiosk: the own device; one that stayed behind, to its owner."""


def is_offered(state: State, person: str, context: Context) -> bool:
    """Return whether the own device can be put away, or be had back, at this bank."""
    return person in state.own or own.is_offered(context)


def by_card_alone(state: State, person: str, context: Context) -> bool:
    """Return whether the screen that asks for the PIN offers it too."""
    wants_pin = rule(state, "own.pin") == "on"
    return not wants_pin and is_offered(state, person, context)


def own_acts(state: State, actor: Actor, context: Context) -> Iterator[str]:
    """Yield what a member of staff may do with own devices, once the PIN was right."""
    if is_offered(state, actor.person, context):
        yield MINE
    if may(actor, "custody.hand-over"):
        for one in state.own.values():
            if own.has_gone(state, one.person):
                yield f"{BACK}:{one.person}:{one.compartment}"


def do_own(hub: Hub, act: str, actor: Actor) -> None:
    """Do an act of this module for who has given card and PIN.

    Raises:
        Refused: by right or rule; the refusal is in the journal.
    """
    name, _, rest = act.partition(":")
    if name == MINE:
        open_own(hub, actor)
        return
    person, _, _door = rest.partition(":")
    done = hub.core.order(o.GiveBackOwn(person, at_bank=True), actor)
    if isinstance(done, Refusal):
        raise by_rule(done)
    hub.kiosk.opens(hub.core.state.own[person].compartment)


def open_own(hub: Hub, actor: Actor) -> None:
    """Open a person's own door; a kind screen where there is none (CUS)."""
    done = hub.core.order(o.OpenOwnDoor(), actor)
    if isinstance(done, Refusal):
        hub.kiosk.turns_away(done.rule)
        return
    door = own.door_for(hub.core.state, actor.person, hub.core.context(actor))
    if isinstance(door, own.Door):
        hub.kiosk.opens(door.n)
