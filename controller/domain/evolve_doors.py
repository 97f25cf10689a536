"""How facts about doors change the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from controller.domain import door_facts as f
from controller.domain.compartment import DoorMove, DoorState, move
from controller.domain.facts import When
from controller.domain.state import Compartment, OpenOrder, State, drop, put


def _set(state: State, compartment: Compartment) -> State:
    return put(state, "compartments", str(compartment.n), compartment)


def _moved(state: State, fact: DoorMove, when: When, **changes: Any) -> State:  # noqa: ANN401  fields of a record
    now = state.compartment(fact.compartment)
    door = move(now.door, fact)
    since = when.at_us if door is not now.door else now.since_us
    return _set(state, replace(now, door=door, since_us=since, **changes))


def _ordered(state: State, fact: f.ReleaseOrdered, when: When) -> State:
    order = OpenOrder(
        fact.order,
        fact.compartment,
        fact.purpose,
        fact.cause,
        fact.pupil,
        when.at_us,
        hold=fact.hold,
        by=fact.by,
    )
    state = put(state, "orders", fact.order, order)
    return _moved(
        state,
        fact,
        when,
        order=fact.order,
        purpose=fact.purpose,
        pupil=fact.pupil,
        hold=fact.hold,
        by=fact.by,
    )


def _pulsed(state: State, fact: f.BoltPulsed, when: When) -> State:
    if order := state.orders.get(fact.order):
        state = put(state, "orders", fact.order, replace(order, pulsed=True))
    return _moved(state, fact, when)


Outcome = f.ReleaseGivenUp | f.NeverOpened | f.OutcomeUnknown

_NOBODYS: Mapping[str, Any] = dict.fromkeys(
    ("purpose", "pupil", "order", "hold", "by"), ""
)
"""A door that waits for nobody."""


def _waiting(state: State, n: int) -> list[str]:
    return [o.order for o in state.orders.values() if o.compartment == n]


def _order_over(state: State, fact: Outcome, when: When) -> State:
    """A door that another order is for, of a second tap, waits on."""
    state = drop(state, "orders", fact.order)
    now = state.compartment(fact.compartment)
    if now.door is not DoorState.ORDERED:
        return _moved(state, fact, when)
    return state if _waiting(state, now.n) else _moved(state, fact, when, **_NOBODYS)


def _never_opened(state: State, fact: f.NeverOpened, when: When) -> State:
    """Several taps that one child did not follow up count as one miss."""
    over = _order_over(state, fact, when)
    now = over.compartment(fact.compartment)
    if now.door.is_open or _waiting(over, now.n):
        return over
    return _set(over, replace(now, missed=now.missed + 1))


def _opened(state: State, fact: f.DoorOpened, when: When) -> State:
    """Whose door it is says the order that explains the opening, not the newest one."""
    order = state.orders.get(fact.order)
    whose = (
        {
            "order": order.order,
            "purpose": order.purpose,
            "pupil": order.pupil,
            "hold": order.hold,
            "by": order.by,
        }
        if order
        else {}
    )
    over = drop(state, "orders", *_waiting(state, fact.compartment))
    return _moved(over, fact, when, missed=0, **whose)


def _forced(state: State, fact: f.DoorForced, when: When) -> State:
    # Who pulled too early was let in all the same: the door is still that pupil's.
    return _moved(state, fact, when, **({} if fact.early else _NOBODYS))


def _shut(state: State, fact: f.DoorShut, when: When) -> State:
    # A door that was ordered but has not moved keeps what the order was for.
    waits = state.compartment(fact.compartment).door is DoorState.ORDERED
    return _moved(state, fact, when, left_open=False, **({} if waits else _NOBODYS))


def _left_open(state: State, fact: f.DoorLeftOpen, _when: When) -> State:
    return _set(state, replace(state.compartment(fact.compartment), left_open=True))


def _found(state: State, fact: f.DoorFound, when: When) -> State:
    door = DoorState.FORCED if fact.is_open else DoorState.SHUT
    now = state.compartment(fact.compartment)
    return _set(
        state,
        replace(
            now,
            door=door,
            since_us=when.at_us,
            left_open=False,
            **_NOBODYS,
        ),
    )


def _by_key(state: State, fact: f.OpenedByKey, _when: When) -> State:
    now = state.compartment(fact.compartment)
    faults = tuple(code for code in now.faults if code != "forced")
    return _set(state, replace(now, faults=faults))


def _latched(state: State, fact: f.FaultLatched, _when: When) -> State:
    kind, _, name = fact.part.partition(":")
    if kind != "door":
        return state
    now = state.compartment(int(name))
    return _set(state, replace(now, faults=tuple(sorted({*now.faults, fact.code}))))


def _cleared(state: State, fact: f.FaultCleared, _when: When) -> State:
    kind, _, name = fact.part.partition(":")
    if kind != "door":
        return state
    now = state.compartment(int(name))
    faults = tuple(code for code in now.faults if code != fact.code)
    return _set(state, replace(now, faults=faults, missed=0))


def _out_of_use(state: State, fact: f.TakenOutOfUse, _when: When) -> State:
    return _set(state, replace(state.compartment(fact.compartment), in_use=False))


def _in_use(state: State, fact: f.PutBackInUse, _when: When) -> State:
    return _set(state, replace(state.compartment(fact.compartment), in_use=True))


DOORS: Mapping[type, Callable[[State, Any, When], State]] = {
    f.ReleaseOrdered: _ordered,
    f.BoltPulsed: _pulsed,
    f.ReleaseGivenUp: _order_over,
    f.NeverOpened: _never_opened,
    f.OutcomeUnknown: _order_over,
    f.DoorOpened: _opened,
    f.DoorForced: _forced,
    f.DoorShut: _shut,
    f.DoorLeftOpen: _left_open,
    f.DoorFound: _found,
    f.OpenedByKey: _by_key,
    f.FaultLatched: _latched,
    f.FaultCleared: _cleared,
    f.TakenOutOfUse: _out_of_use,
    f.PutBackInUse: _in_use,
}
