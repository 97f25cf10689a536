"""What a door may do: one table.

Two rules. A contact's fact is never refused, so every state has a row for each of them.
An order may end after its door has moved on (two taps, one opening), so the outcomes of
our own orders have their rows too.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from controller.domain import door_facts as f


class DoorState(Enum):
    """What is known of one door and its bolt."""

    SHUT = "shut"
    ORDERED = "ordered"
    AJAR = "ajar"
    FORCED = "forced"

    @property
    def is_open(self) -> bool:
        """Whether the leaf stands open."""
        return self in (DoorState.AJAR, DoorState.FORCED)


S = DoorState

DoorMove = (
    f.ReleaseOrdered
    | f.BoltPulsed
    | f.ReleaseGivenUp
    | f.NeverOpened
    | f.OutcomeUnknown
    | f.DoorOpened
    | f.DoorForced
    | f.DoorShut
)
"""The facts that move a door from state to state."""

TRANSITIONS: Mapping[DoorState, Mapping[type[DoorMove], DoorState]] = MappingProxyType(
    {
        S.SHUT: {
            f.ReleaseOrdered: S.ORDERED,
            f.BoltPulsed: S.SHUT,  # the tail of an order that ended by itself
            f.ReleaseGivenUp: S.SHUT,  # ordered while the door stood open
            f.NeverOpened: S.SHUT,  # (as above)
            f.OutcomeUnknown: S.SHUT,
            f.DoorOpened: S.AJAR,
            f.DoorForced: S.FORCED,
            f.DoorShut: S.SHUT,  # a contact that was not believed has settled
        },
        S.ORDERED: {
            f.ReleaseOrdered: S.ORDERED,  # a second tap before the hand comes
            f.BoltPulsed: S.ORDERED,
            f.ReleaseGivenUp: S.SHUT,
            f.NeverOpened: S.SHUT,
            f.OutcomeUnknown: S.SHUT,
            f.DoorOpened: S.AJAR,
            f.DoorForced: S.FORCED,  # gave way before the bolt was back
            f.DoorShut: S.ORDERED,
        },
        S.AJAR: {
            f.ReleaseOrdered: S.AJAR,
            f.BoltPulsed: S.AJAR,
            f.ReleaseGivenUp: S.AJAR,
            f.NeverOpened: S.AJAR,  # a second order that an open door had no use for
            f.OutcomeUnknown: S.AJAR,
            f.DoorOpened: S.AJAR,
            f.DoorForced: S.AJAR,
            f.DoorShut: S.SHUT,
        },
        S.FORCED: {
            f.ReleaseOrdered: S.FORCED,
            f.BoltPulsed: S.FORCED,
            f.ReleaseGivenUp: S.FORCED,
            f.NeverOpened: S.FORCED,
            f.OutcomeUnknown: S.FORCED,
            f.DoorOpened: S.AJAR,
            f.DoorForced: S.FORCED,
            f.DoorShut: S.SHUT,
        },
    }
)
"""State and fact -> next state. A pair that is missing cannot happen."""


class ImpossibleMoveError(Exception):
    """The table has no such row: a bug of ours. State is unchanged."""


def move(state: DoorState, fact: DoorMove) -> DoorState:
    """Return the state after ``fact``.

    >>> move(DoorState.SHUT, f.ReleaseOrdered("o1", 7, "in", "tap"))
    <DoorState.ORDERED: 'ordered'>

    Raises:
        ImpossibleMoveError: the table has no such row.
    """
    try:
        return TRANSITIONS[state][type(fact)]
    except KeyError:
        message = f"compartment {fact.compartment}: {type(fact).__name__} in {state}"
        raise ImpossibleMoveError(message) from None
