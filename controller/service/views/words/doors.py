"""Bolts, doors and faults as sentences."""

from __future__ import annotations

from typing import assert_never

from controller.domain import door_facts as f
from controller.domain.faults import FAULTS
from controller.domain.own import IN, PURPOSES
from controller.service.views.words.who import Who, by_staff

_PURPOSE = {
    "in": "to hand in",
    "out": "to collect",
    "check": "for a look",
}

GIVEN_UP = {
    "too-old": "it had waited too long, whoever it was for has gone",
    "stopped": "it was stopped before its turn",
    "evacuated": "everybody had to leave the building",
    "failed": "its bolt could not be driven",
    "forced": "the door came open before its turn",
    "open": "the door stood open already",
}
"""``why`` of :class:`~controller.domain.door_facts.ReleaseGivenUp`."""


def _ordered(fact: f.ReleaseOrdered, who: Who) -> str:
    door = f"door {fact.compartment}"
    if fact.purpose in PURPOSES:
        return _own(fact, who)
    match fact.cause:
        case "tap":
            return (
                f"{door} ordered open for {who.pupil(fact.pupil)}'s own tap, "
                + (_PURPOSE[fact.purpose])
            )
        case "vouch":
            return (
                f"{door} ordered open for {who.pupil(fact.pupil)}: "
                f"{who.staff(fact.by)} vouched, {_PURPOSE[fact.purpose]}"
            )
        case "wave":
            return f"{door} ordered open for {who.pupil(fact.pupil)} in a wave"
        case "stock":
            by = who.staff(fact.by)
            return f"{door}, empty by the record, ordered open for {by}'s stock-take"
        case _:
            return (
                f"{door} ordered open by {who.staff(fact.by)} for a look "
                f"({fact.reason}); nothing changed hands"
            )


def _own(fact: f.ReleaseOrdered, who: Who) -> str:
    """Return whose own device a door is opened for, or who gives one back."""
    door, by = f"door {fact.compartment}", who.person(fact.by)
    if fact.cause != "tap":
        return f"{door} ordered open by {by}, to give a device back to its owner"
    way = "to put the own device away" if fact.purpose == IN else "for the own device"
    return f"{door} ordered open for {by}'s card, {way}"


def door_words(fact: f.DoorFact, who: Who) -> str:  # noqa: C901, PLR0911, PLR0912  one arm a fact
    """Return what happened at a door."""
    match fact:
        case f.ReleaseOrdered():
            return _ordered(fact, who)
        case f.BoltPulsed():
            cut = "when the door opened" if fact.cut_by == "opened" else "by its time"
            return f"door {fact.compartment}: bolt back {fact.on_ms} ms, let go {cut}"
        case f.ReleaseGivenUp():
            why = GIVEN_UP.get(fact.why, fact.why)
            return f"door {fact.compartment}: not opened for this order: {why}"
        case f.NeverOpened():
            return f"door {fact.compartment} was released and nobody opened it"
        case f.OutcomeUnknown():
            return (
                f"door {fact.compartment}: the program stopped before it knew whether "
                "the door opened. It was not tried again"
            )
        case f.DoorOpened():
            return f"door {fact.compartment} opened"
        case f.DoorForced():
            early = "before its bolt was back" if fact.early else "without an order"
            return f"door {fact.compartment} came open {early}"
        case f.DoorShut():
            after = f" after {fact.open_ms / 1000:.0f} s" if fact.open_ms else ""
            return f"door {fact.compartment} was shut{after}"
        case f.DoorLeftOpen():
            return f"door {fact.compartment} has stood open for {fact.open_s} s"
        case f.DoorFound():
            found = "open" if fact.is_open else "shut"
            return f"door {fact.compartment} was found {found} at the start"
        case f.OpenedByKey():
            return f"{who.staff(fact.by)} said: door {fact.compartment} was the key"
        case f.FaultLatched():
            return f"{_part(fact.part)}: {FAULTS[fact.code].words}"
        case f.FaultCleared():
            by = by_staff(fact.by, who) or " by itself"
            return f"{_part(fact.part)}: fault cleared{by} ({fact.code})"
        case f.TakenOutOfUse():
            return f"{who.staff(fact.by)} took door {fact.compartment} out of use"
        case f.PutBackInUse():
            return f"{who.staff(fact.by)} put door {fact.compartment} back in use"
        case _:
            assert_never(fact)


def _part(part: str) -> str:
    kind, _, name = part.partition(":")
    return f"{kind} {name}"
