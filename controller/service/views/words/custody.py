"""Held devices, hand-overs and concerns as sentences.

Written for whoever may know all of it; what a reader may not know is sealed before it
comes here (``views.journal``). Words of people.db never stand in these sentences.
"""

from __future__ import annotations

from datetime import date
from typing import assert_never

from controller.domain import custody_facts as f
from controller.domain.bases import BASES
from controller.domain.custody_records import carrier_of, door_of
from controller.service.views.names import in_words
from controller.service.views.words.who import Who

_TO = {
    "adult": "an adult of the pupil's list",
    "unlisted": "an adult who is not on the list",
    "officer": "a police officer",
    "owner": "the owner",
}
_TOLD = {
    "phone": "by telephone",
    "in-person": "in person",
    "message": "by message",
    "letter": "by letter",
    "not-yet-safe": "not yet: it would not be safe",
}
_AGENCIES = {
    "lado": "the LADO",
    "police": "the police",
    "social-care": "social care",
    "chair-of-governors": "the chair of governors",
    "parents": "the parents",
}

HoldFact = (
    f.DeviceHeld
    | f.HoldMoved
    | f.HoldReclassified
    | f.OwnerNamed
    | f.ParentTold
    | f.TravelNoted
    | f.FetchAsked
    | f.FetchDropped
    | f.OwnDeviceIn
    | f.OwnDeviceOut
)
GivingFact = (
    f.HandOverPrepared
    | f.HandOverBegun
    | f.HandOverDoorOpened
    | f.HandedOver
    | f.HandOverUndone
)
ConcernFact = f.ConcernRaised | f.ConcernSeen | f.AgencyTold | f.ConcernClosed
ListFact = (
    f.ContactSet
    | f.ContactRemoved
    | f.ContactsImported
    | f.AuthorityGiven
    | f.AuthorityWithdrawn
    | f.ClauseSet
    | f.ClauseRemoved
)


def custody_words(fact: f.CustodyFact, who: Who) -> str:
    """Return what became of a device that somebody holds."""
    if isinstance(fact, HoldFact):
        return _hold(fact, who)
    if isinstance(fact, GivingFact):
        return _giving(fact, who)
    if isinstance(fact, ConcernFact):
        return _concern(fact, who)
    return _list(fact, who)


def _place(place: str, who: Who) -> str:
    if n := door_of(place):
        return f"door {n}"
    if carrier := carrier_of(place):
        return f"the hand of {who.staff(carrier)}"
    return "the office safe"


def _hold(fact: HoldFact, who: Who) -> str:  # noqa: PLR0911  one arm a fact
    match fact:
        case f.DeviceHeld():
            return _held(fact, who)
        case f.HoldMoved():
            seal = f", seal {fact.seal}" if fact.seal else ""
            origin, place = _place(fact.origin, who), _place(fact.place, who)
            return (
                f"{who.staff(fact.by)} moved a held device from {origin} to "
                f"{place}{seal}"
            )
        case f.HoldReclassified():
            witness = f", witness {who.staff(fact.witness)}" if fact.witness else ""
            basis = BASES[fact.basis].title.lower()
            return f"{who.staff(fact.by)} made it: {basis}{witness}"
        case f.OwnerNamed():
            owner = who.pupil(fact.person)
            return f"{who.staff(fact.by)} said that a found device is {owner}'s"
        case f.ParentTold():
            how = _TOLD[fact.how]
            return f"{who.staff(fact.by)}: home told of a held device, {how}"
        case f.TravelNoted():
            knows = "home knows" if fact.home_knows else "home does not know yet"
            how = in_words(fact.travels)
            return f"{who.staff(fact.by)} noted how the child travels: {how}; {knows}"
        case f.FetchAsked() | f.FetchDropped():
            asked = isinstance(fact, f.FetchAsked)
            words = (
                "asked for a held device to be fetched" if asked else "needs no fetch"
            )
            return f"{who.staff(fact.by)} {words}"
        case f.OwnDeviceIn() | f.OwnDeviceOut():
            return _own(fact, who)
        case _:
            assert_never(fact)


def _own(fact: f.OwnDeviceIn | f.OwnDeviceOut, who: Who) -> str:
    person, door = who.person(fact.person), f"door {fact.compartment}"
    if isinstance(fact, f.OwnDeviceIn):
        return f"{person} put the own device behind {door}"
    quick = ", but the door was shut again at once" if fact.quick else ""
    if fact.by:
        by = who.staff(fact.by)
        return f"{by} gave {person}'s own device back from {door}{quick}"
    return f"{person} took the own device from {door}{quick}"


def _day(date_: str) -> str:
    """Return a date in words.

    >>> _day("2026-11-23")
    'Monday 23 November'
    """
    return f"{date.fromisoformat(date_):%A %-d %B}"


def _held(fact: f.DeviceHeld, who: Who) -> str:
    owner = f"{who.pupil(fact.person)}'s " if fact.person else "a "
    kinds = " and ".join(fact.kinds)
    clause = f", clause {fact.clause}" if fact.clause else ""
    until = f", until {_day(fact.until)}" if fact.until else ""
    paper = ", from paper" if fact.paper else ""
    title = BASES[fact.basis].title.lower()
    return (
        f"{who.staff(fact.by)}: {owner}{kinds} is held, {title}, in "
        f"{_place(fact.place, who)}{clause}{until}{paper}"
    )


def _giving(fact: GivingFact, who: Who) -> str:
    match fact:
        case f.HandOverPrepared():
            override = ", by the head's word" if fact.override else ""
            return (
                f"{who.staff(fact.by)} prepared a hand-over to {_TO[fact.to]}{override}"
            )
        case f.HandOverBegun():
            witness = f", witness {who.staff(fact.witness)}" if fact.witness else ""
            return f"{who.staff(fact.by)} began a hand-over{witness}"
        case f.HandOverDoorOpened():
            return f"door {fact.compartment} was opened for a hand-over"
        case f.HandedOver():
            return f"{who.staff(fact.by)} handed over; signed: {in_words(fact.signed)}"
        case f.HandOverUndone():
            return f"{who.staff(fact.by)} undid a hand-over: {in_words(fact.why)}"
        case _:
            assert_never(fact)


def _concern(fact: ConcernFact, who: Who) -> str:
    match fact:
        case f.ConcernRaised():
            return f"{who.staff(fact.by)} raised a concern"
        case f.ConcernSeen():
            return f"{who.staff(fact.by)} read a concern"
        case f.AgencyTold():
            agency = _AGENCIES[fact.agency]
            return (
                f"{who.staff(fact.by)}: {agency} told of a concern on {_day(fact.date)}"
            )
        case f.ConcernClosed():
            return f"{who.staff(fact.by)} closed a concern"
        case _:
            assert_never(fact)


def _list(fact: ListFact, who: Who) -> str:  # noqa: PLR0911  one arm a fact
    match fact:
        case f.ContactSet():
            mark = " with the mark never release" if fact.never else ""
            pupil = who.pupil(fact.pupil)
            return f"{who.staff(fact.by)} put an adult on {pupil}'s list{mark}"
        case f.ContactRemoved():
            return (
                f"{who.staff(fact.by)} took an adult off {who.pupil(fact.pupil)}'s list"
            )
        case f.ContactsImported():
            return (
                f"{who.staff(fact.by)} imported adults of lists: {fact.added} added, "
                f"{fact.changed} changed, {fact.removed} taken off"
            )
        case f.AuthorityGiven():
            return (
                f"{who.staff(fact.by)} authorised {who.staff(fact.staff)} to confiscate"
            )
        case f.AuthorityWithdrawn():
            name = who.staff(fact.staff)
            return f"{who.staff(fact.by)} withdrew {name}'s authority to confiscate"
        case f.ClauseSet():
            return f"{who.staff(fact.by)} wrote clause {fact.clause} of the policy"
        case f.ClauseRemoved():
            return f"{who.staff(fact.by)} took clause {fact.clause} out of the policy"
        case _:
            assert_never(fact)
