"""What staff do at the bank with held devices: card and PIN, acts of two (CUS-8).

An act is a code of the kiosk's screen: a name, the id it is about, and the numbers of
the doors, so that the screen can say "door 34" and never a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from controller.domain import custody_orders as c
from controller.domain.bases import POLICE, SAFEGUARDING, verdict
from controller.domain.context import Actor, Context
from controller.domain.custody_records import HandOver, Hold, carrier_of
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.orders import Order
from controller.domain.refusals import Refusal
from controller.domain.rights import may
from controller.domain.state import State
from controller.domain.tap_facts import OrderRefused
from controller.service.calls import by_rule
from controller.service.kiosk import Pending

if TYPE_CHECKING:
    from controller.service.hub import Hub

Make = Callable[[str, str], Order]
"""Makes an order of an id and a witness."""

OF_TWO: dict[str, Make] = {
    "give": c.BeginHandOver,
    "to-safeguarding": lambda hold, who: c.Reclassify(hold, SAFEGUARDING, witness=who),
    "to-confiscated": lambda hold, who: c.Reclassify(hold, "confiscated", witness=who),
}
"""Acts that need a witness (CUS-8)."""

OF_ONE: dict[str, Make] = {
    "fetch": lambda hold, _who: c.MoveHold(hold, "carried", at_bank=True),
    "store": lambda hold, _who: c.MoveHold(hold, "door", at_bank=True),
}
"""Acts that open a door for one person with card and PIN."""

CHOOSE = ("hold", "concern")
"""Acts that are about a door which is chosen next."""

ACTS = frozenset({*OF_TWO, *OF_ONE, *CHOOSE})


def acts_here(state: State, actor: Actor, context: Context) -> Iterator[str]:
    """Yield what a member of staff may do with held devices at this bank now."""
    if _may_confiscate(state, actor):
        yield "hold"
    for hold in state.holds.values():
        if not hold.handover:
            yield from _with(hold, actor, context)
    for handover in state.handovers.values():
        if _needs_two(state, handover, actor):
            doors = (str(state.holds[h].door) for h in handover.holds)
            yield f"give:{handover.handover}:{'+'.join(doors)}"
    if may(actor, "custody.concern"):
        yield "concern"


def _may_confiscate(state: State, actor: Actor) -> bool:
    listed = actor.person in state.authorities or "leadership" in actor.roles
    return listed and may(actor, "custody.confiscate")


def _with(hold: Hold, actor: Actor, context: Context) -> Iterator[str]:
    """Carrying is shown to who carries, fetching where somebody has asked for it."""
    moves = may(actor, verdict(hold.basis, "move").right)
    if moves and carrier_of(hold.place) == actor.person:
        yield f"store:{hold.hold}"
    if moves and hold.door in context.layout.places and hold.fetch_by:
        yield f"fetch:{hold.hold}:{hold.door}"
    if may(actor, "custody.end-hold") and hold.basis == POLICE:
        yield f"to-safeguarding:{hold.hold}:{hold.door}"
    if may(actor, "custody.end-hold") and hold.basis == SAFEGUARDING:
        yield f"to-confiscated:{hold.hold}:{hold.door}"


def _needs_two(state: State, handover: HandOver, actor: Actor) -> bool:
    """Whether both must still come, or a door must be opened again by both."""
    holds = [state.holds[key] for key in handover.holds if key in state.holds]
    two = any(verdict(hold.basis, handover.to).witness for hold in holds)
    shut = [h for h in holds if h.door and h.door not in handover.opened]
    rights = [verdict(hold.basis, handover.to).right for hold in holds]
    open_to = all(right and may(actor, right) for right in rights)
    return two and open_to and bool(not handover.has_begun or shut)


# --------------------------------------------------------------------------------- do


def do_here(hub: Hub, act: str, actor: Actor) -> None:
    """Do an act of this module for a person who has given card and PIN.

    Raises:
        Refused: by right or rule; the refusal is in the journal.
    """
    name, _, rest = act.partition(":")
    about, _, more = rest.partition(":")
    if name in OF_TWO:
        _check_entitled(hub, name, about, actor)
        hub.kiosk.await_witness(actor.person, act)
    elif name in OF_ONE:
        _give(hub, OF_ONE[name](about, ""), actor)
    elif about and name == "hold":
        _hold(hub, about, more, actor)
    elif about:
        _give(hub, c.RaiseConcern("pupil", compartment=_number(about)), actor)
        hub.kiosk.say("concern")
    else:
        hub.kiosk.choose_door(name, _doors_with_devices(hub, name, actor))


def _check_entitled(hub: Hub, name: str, about: str, actor: Actor) -> None:
    """Refuse at once what no witness could make right."""
    order = OF_TWO[name](about, "")
    decision = _try(hub, order, actor)
    if decision.rule != "needs-witness":
        hub.core.commit(
            [OrderRefused(type(order).__name__, actor.person, decision.rule)]
        )
        raise by_rule(decision)


def _try(hub: Hub, order: Order, actor: Actor) -> Refusal:
    """Return why the order is turned away without a witness; each of ours is."""
    from controller.domain.policy import decide  # noqa: PLC0415  see handling.lazily

    decision = decide(hub.core.state, order, hub.core.context(actor))
    return decision if isinstance(decision, Refusal) else Refusal("needs-witness")


def _give(hub: Hub, order: Order, actor: Actor) -> None:
    done = hub.core.order(order, actor)
    if isinstance(done, Refusal):
        raise by_rule(done)
    facts = done.facts if done else ()
    doors = [fact.compartment for fact in facts if isinstance(fact, ReleaseOrdered)]
    if doors:
        hub.kiosk.opens(doors[0])


def _number(text: str) -> int:
    """Return the number of a door as the screen sends it; 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() else 0


def _hold(hub: Hub, door: str, clause: str, actor: Actor) -> None:
    """Hold what is behind a door, by a rule; which is asked where there are more."""
    known, n = list(hub.core.state.clauses), _number(door)
    if not clause and len(known) > 1:
        hub.kiosk.choose_rule([f"hold:{n}:{each}" for each in known])
        return
    inside = (k.pupil for k in hub.core.state.custody.values() if k.compartment == n)
    rule = clause or next(iter(known), "")
    _give(hub, c.HoldDevice(next(inside, ""), clause=rule), actor)
    hub.kiosk.say("held")


def _doors_with_devices(hub: Hub, name: str, actor: Actor) -> list[int]:
    """Return the doors that the act can be about, for this person's classes."""
    state, doors = hub.core.state, []
    for inside in state.custody.values():
        pupil = state.pupils.get(inside.pupil)
        klass = pupil.klass if pupil else ""
        if name == "concern" or may(actor, "custody.confiscate", klass):
            doors.append(inside.compartment)
    if name == "concern":
        doors += [hold.door for hold in state.holds.values() if hold.door]
    return sorted(set(doors))


# ---------------------------------------------------------------------- with a witness


def with_witness(hub: Hub, pending: Pending, witness: str) -> None:
    """Do what one person began, now that a second is here with card and PIN.

    The first person's right is asked anew: it may have ended within the minute.

    Raises:
        Refused: by right or rule, such as being one's own witness.
    """
    name, _, rest = pending.act.partition(":")
    about, _, _doors = rest.partition(":")
    order = OF_TWO[name](about, witness)
    hub.kiosk.done()
    _give(hub, order, hub.accounts.actor(pending.person))


def without_witness(hub: Hub, pending: Pending) -> None:
    """Write down that no witness came within the minute (CUS-8)."""
    name, _, _rest = pending.act.partition(":")
    order = type(OF_TWO[name]("", "")).__name__
    hub.core.commit([OrderRefused(order, pending.person, "witness-too-late")])
