"""How facts about held devices change the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from controller.domain import custody_facts as f
from controller.domain import custody_records as r
from controller.domain.bases import CONFISCATED
from controller.domain.facts import When
from controller.domain.state import State, drop, put

MAX_TALLY = 40
"""Dates kept for the ladder: more than any pupil collects in a year."""


def _date(state: State, when: When) -> str:
    return "" if when.clock == "guessed" else state.the_bank.date


def _held(state: State, fact: f.DeviceHeld, when: When) -> State:
    hold = r.Hold(
        fact.hold,
        fact.basis,
        fact.person,
        fact.kinds,
        fact.place,
        fact.by,
        when.at_us,
        _date(state, when),
        fact.clause,
        fact.where,
        fact.occurrence,
        fact.step,
        fact.until,
        fact.review_by,
        fact.individual,
        fact.seal,
        fact.condition,
        fact.note,
        fact.concern,
        ref=(when.epoch, when.seq),
    )
    state = put(state, "holds", fact.hold, hold)
    if fact.deposit:
        state = drop(state, "custody", fact.person)
    if fact.basis == CONFISCATED and fact.person:
        return _tallied(state, fact.person, hold.date)
    return state


def _tallied(state: State, pupil: str, date: str) -> State:
    before = state.tallies.get(pupil)
    dates = (*(before.dates if before else ()), date)[-MAX_TALLY:]
    return put(state, "tallies", pupil, r.Tally(pupil, dates))


def _change(state: State, hold: str, **changes: Any) -> State:  # noqa: ANN401  fields of a record
    now = state.holds.get(hold)
    return put(state, "holds", hold, replace(now, **changes)) if now else state


def _moved(state: State, fact: f.HoldMoved, _when: When) -> State:
    """Whoever asked for it to be fetched has it once it is where the desk can reach."""
    changes: dict[str, Any] = {"place": fact.place}
    if fact.seal:
        changes["seal"] = fact.seal
    if not r.carrier_of(fact.place):
        changes |= {"fetch_by": "", "fetch_us": 0}
    return _change(state, fact.hold, **changes)


def _reclassified(state: State, fact: f.HoldReclassified, _when: When) -> State:
    changes: dict[str, Any] = {"basis": fact.basis}
    if fact.basis != CONFISCATED:
        changes |= {"until": "", "step": ""}
    if fact.concern:
        changes["concern"] = fact.concern
    return _change(state, fact.hold, **changes)


def _owner(state: State, fact: f.OwnerNamed, _when: When) -> State:
    return _change(state, fact.hold, person=fact.person)


# ------------------------------------------------------------------------- handing over


def _prepared(state: State, fact: f.HandOverPrepared, when: When) -> State:
    record = r.HandOver(
        fact.handover,
        fact.holds,
        fact.to,
        fact.by,
        when.at_us,
        fact.contact,
        fact.identity,
        fact.override,
        fact.note,
    )
    for hold in fact.holds:
        state = _change(state, hold, handover=fact.handover)
    return put(state, "handovers", fact.handover, record)


def _handover(state: State, handover: str, **changes: Any) -> State:  # noqa: ANN401  fields of a record
    now = state.handovers.get(handover)
    if now is None:
        return state
    return put(state, "handovers", handover, replace(now, **changes))


def _begun(state: State, fact: f.HandOverBegun, when: When) -> State:
    return _handover(state, fact.handover, begun_us=when.at_us, witness=fact.witness)


def _door_opened(state: State, fact: f.HandOverDoorOpened, _when: When) -> State:
    now = state.handovers.get(fact.handover)
    doors = (*now.opened, fact.compartment) if now else ()
    return _handover(state, fact.handover, opened=doors)


def _handed_over(state: State, fact: f.HandedOver, when: When) -> State:
    now = state.handovers.get(fact.handover)
    if now is None:
        return state
    for key in now.holds:
        if hold := state.holds.get(key):
            past = r.PastHold(
                hold,
                now.to,
                now.contact,
                fact.by,
                now.witness,
                when.at_us,
                _date(state, when),
                fact.signed,
                fact.handover,
                now.note,
            )
            state = put(state, "past_holds", key, past)
    return drop(drop(state, "holds", *now.holds), "handovers", fact.handover)


def _undone(state: State, fact: f.HandOverUndone, _when: When) -> State:
    now = state.handovers.get(fact.handover)
    for hold in now.holds if now else ():
        state = _change(state, hold, handover="")
    return drop(state, "handovers", fact.handover)


# ------------------------------------------------------------------------- said of it


def _told(state: State, fact: f.ParentTold, when: When) -> State:
    now = state.holds.get(fact.hold)
    return _change(
        state,
        fact.hold,
        told=fact.how,
        told_by=fact.by,
        told_us=when.at_us,
        told_times=now.told_times + 1 if now else 1,
    )


def _travel(state: State, fact: f.TravelNoted, _when: When) -> State:
    return _change(state, fact.hold, travels=fact.travels, home_knows=fact.home_knows)


def _fetch(state: State, fact: f.FetchAsked, when: When) -> State:
    return _change(state, fact.hold, fetch_by=fact.by, fetch_us=when.at_us)


def _no_fetch(state: State, fact: f.FetchDropped, _when: When) -> State:
    return _change(state, fact.hold, fetch_by="", fetch_us=0)


# -------------------------------------------------------------- lists that holds need


def contact_key(contact: str, pupil: str) -> str:
    """Return the key of an adult on a pupil's list."""
    return f"{contact}/{pupil}"


def _contact(state: State, fact: f.ContactSet, _when: When) -> State:
    record = r.Contact(fact.contact, fact.pupil, fact.never)
    return put(state, "contacts", contact_key(fact.contact, fact.pupil), record)


def _no_contact(state: State, fact: f.ContactRemoved, _when: When) -> State:
    return drop(state, "contacts", contact_key(fact.contact, fact.pupil))


def _authority(state: State, fact: f.AuthorityGiven, when: When) -> State:
    record = r.Authority(fact.staff, fact.by, when.at_us)
    return put(state, "authorities", fact.staff, record)


def _no_authority(state: State, fact: f.AuthorityWithdrawn, _when: When) -> State:
    return drop(state, "authorities", fact.staff)


def _clause(state: State, fact: f.ClauseSet, _when: When) -> State:
    record = r.Clause(fact.clause, fact.name, fact.longer)
    return put(state, "clauses", fact.clause, record)


def _no_clause(state: State, fact: f.ClauseRemoved, _when: When) -> State:
    return drop(state, "clauses", fact.clause)


# ----------------------------------------------------------------------------- concerns


def _concern(state: State, fact: f.ConcernRaised, when: When) -> State:
    record = r.Concern(
        fact.concern, fact.about, fact.person, fact.by, when.at_us, fact.note
    )
    return put(state, "concerns", fact.concern, record)


def _concern_seen(state: State, fact: f.ConcernSeen, _when: When) -> State:
    return _concern_change(state, fact.concern, seen_by=fact.by)


def _agency(state: State, fact: f.AgencyTold, _when: When) -> State:
    now = state.concerns.get(fact.concern)
    told = (*now.told, (fact.agency, fact.date)) if now else ()
    return _concern_change(state, fact.concern, told=told)


def _concern_change(state: State, concern: str, **changes: Any) -> State:  # noqa: ANN401  fields of a record
    now = state.concerns.get(concern)
    return put(state, "concerns", concern, replace(now, **changes)) if now else state


def _concern_closed(state: State, fact: f.ConcernClosed, when: When) -> State:
    return _concern_change(state, fact.concern, closed_us=when.at_us)


# ------------------------------------------------------------------------- own devices


def _own_in(state: State, fact: f.OwnDeviceIn, when: When) -> State:
    record = r.Own(fact.person, fact.compartment, fact.basis, when.at_us)
    return put(state, "own", fact.person, record)


def _own_out(state: State, fact: f.OwnDeviceOut, when: When) -> State:
    inside = state.own.get(fact.person)
    if inside and fact.quick:
        unsure = replace(inside, quick_us=when.at_us)
        return put(state, "own", fact.person, unsure)
    return drop(state, "own", fact.person)


CUSTODY: Mapping[type, Callable[[State, Any, When], State]] = {
    f.DeviceHeld: _held,
    f.HoldMoved: _moved,
    f.HoldReclassified: _reclassified,
    f.OwnerNamed: _owner,
    f.HandOverPrepared: _prepared,
    f.HandOverBegun: _begun,
    f.HandOverDoorOpened: _door_opened,
    f.HandedOver: _handed_over,
    f.HandOverUndone: _undone,
    f.ParentTold: _told,
    f.TravelNoted: _travel,
    f.FetchAsked: _fetch,
    f.FetchDropped: _no_fetch,
    f.ContactSet: _contact,
    f.ContactRemoved: _no_contact,
    f.AuthorityGiven: _authority,
    f.AuthorityWithdrawn: _no_authority,
    f.ClauseSet: _clause,
    f.ClauseRemoved: _no_clause,
    f.ConcernRaised: _concern,
    f.ConcernSeen: _concern_seen,
    f.AgencyTold: _agency,
    f.ConcernClosed: _concern_closed,
    f.OwnDeviceIn: _own_in,
    f.OwnDeviceOut: _own_out,
}
