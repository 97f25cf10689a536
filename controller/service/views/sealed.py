"""Which facts a reader of the journal may not know: safeguarding and police (CUS-6)."""

from __future__ import annotations

from controller.domain import custody_facts as f
from controller.domain.bases import SEALED
from controller.domain.context import Actor
from controller.domain.custody_records import Concern
from controller.domain.decide_concern import may_read
from controller.domain.facts import Fact
from controller.domain.record_facts import RecordFact, RecordFiled
from controller.domain.record_rights import may_do
from controller.domain.records import KINDS
from controller.domain.rights import may
from controller.domain.state import State

_OF_A_HOLD = (
    f.HoldMoved
    | f.HoldReclassified
    | f.OwnerNamed
    | f.ParentTold
    | f.TravelNoted
    | f.FetchAsked
    | f.FetchDropped
)
_OF_A_HANDOVER = (
    f.HandOverBegun | f.HandOverDoorOpened | f.HandedOver | f.HandOverUndone
)


def is_sealed(fact: Fact, state: State, actor: Actor) -> bool:
    """Return whether ``actor`` may not know what ``fact`` says.

    A hold that has become a safeguarding or police hold is sealed from its beginning:
    what was said of it before would point to it.
    """
    if isinstance(fact, RecordFact):
        return _is_sealed_record(fact, state, actor)
    if isinstance(fact, f.ConcernRaised):
        return not may_read(actor, _as_raised(fact))
    if isinstance(fact, f.ConcernSeen | f.AgencyTold | f.ConcernClosed):
        concern = state.concerns.get(fact.concern)
        return not (may_read(actor, concern) if concern else _may_know(actor))
    if _may_know(actor):
        return False
    return any(_basis(state, hold) in SEALED for hold in _holds(fact, state)) or (
        isinstance(fact, f.DeviceHeld) and fact.basis in SEALED
    )


def _is_sealed_record(fact: RecordFact, state: State, actor: Actor) -> bool:
    """Return whether a search or a breach is none of the actor's business (REC-9)."""
    filed = state.records.get(fact.record)
    if filed is None and not isinstance(fact, RecordFiled):
        return not _may_know(actor)
    of = fact if isinstance(fact, RecordFiled) else filed
    if of is None or not KINDS[of.kind].sealed:
        return False
    return not may_do(state, actor, KINDS[of.kind], "see", of.about)


def _may_know(actor: Actor) -> bool:
    return may(actor, "custody.reasons")


def _as_raised(fact: f.ConcernRaised) -> Concern:
    return Concern(fact.concern, fact.about, fact.person, fact.by, 0)


def _holds(fact: Fact, state: State) -> tuple[str, ...]:
    if isinstance(fact, f.DeviceHeld | _OF_A_HOLD):
        return (fact.hold,)
    if isinstance(fact, f.HandOverPrepared):
        return fact.holds
    if isinstance(fact, _OF_A_HANDOVER):
        now = state.handovers.get(fact.handover)
        past = (
            key for key, p in state.past_holds.items() if p.handover == fact.handover
        )
        return now.holds if now else tuple(past)
    return ()


def _basis(state: State, hold: str) -> str:
    if now := state.holds.get(hold):
        return now.basis
    past = state.past_holds.get(hold)
    return past.hold.basis if past else ""
