"""Held devices in the proof of a day: taken away, handed over, overdue (CUS-10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from controller.domain import custody_facts as f
from controller.domain.bases import BASES
from controller.domain.context import Context
from controller.domain.custody import is_overdue
from controller.domain.custody_records import Hold
from controller.domain.state import State
from controller.protocol.reports import HeldLine
from controller.service.views.day_entries import Dated
from controller.service.views.journal import Storyteller

KINDS = ("DeviceHeld", "HandedOver")


def held_lines(
    state: State, teller: Storyteller, context: Context, facts: Iterable[Dated]
) -> list[HeldLine]:
    """Return what was held and handed over by ``facts`` of a day, as the reader may."""
    lines: list[HeldLine] = []
    for one in facts:
        if one.entry.kind not in KINDS or not teller.may_know(one.fact):
            continue
        at = context.local_hm(one.at_us)
        place = [*one.entry.position]
        match one.fact:
            case f.DeviceHeld():
                lines.append(_held(one.fact, teller, at, place))
            case f.HandedOver():
                lines += _given(state, one.fact, teller, at, place)
    return lines


def _held(
    fact: f.DeviceHeld, teller: Storyteller, at: str, place: list[int]
) -> HeldLine:
    kinds = " and ".join(fact.kinds).capitalize()
    clause = f", clause {fact.clause}" if fact.clause else ""
    words = f"{kinds}: {BASES[fact.basis].title.lower()}{clause}, by "
    return HeldLine(
        "held",
        fact.hold,
        _whose(fact.person, teller),
        words + teller.staff(fact.by),
        at,
        place,
    )


def _given(
    state: State, fact: f.HandedOver, teller: Storyteller, at: str, place: list[int]
) -> Iterator[HeldLine]:
    for hold, kinds in _holds_of(state, fact.handover).items():
        words = f"{kinds}: handed over by {teller.staff(fact.by)}"
        name = _whose(state.past_holds[hold].hold.person, teller)
        yield HeldLine("handed-over", hold, name, words, at, place)


def _holds_of(state: State, handover: str) -> Mapping[str, str]:
    return {
        key: " and ".join(past.hold.kinds).capitalize()
        for key, past in state.past_holds.items()
        if past.handover == handover
    }


def overdue_lines(
    state: State, teller: Storyteller, context: Context
) -> list[HeldLine]:
    """Return what nobody has come for, longest first; only what is confiscated can be.

    So nothing that is sealed is among it.
    """
    late = [h for h in state.holds.values() if is_overdue(state, h, context)]
    late.sort(key=lambda hold: hold.since_us)
    return [_overdue(hold, teller, context) for hold in late]


def _overdue(hold: Hold, teller: Storyteller, context: Context) -> HeldLine:
    since = context.calendar.local(hold.since_us)
    kinds = " and ".join(hold.kinds).capitalize()
    return HeldLine(
        "overdue",
        hold.hold,
        _whose(hold.person, teller),
        f"{kinds}: nobody has come for it yet",
        f"{since:%A %-d %B}",
    )


def _whose(person: str, teller: Storyteller) -> str:
    return teller.pupil(person) if person else "Nobody knows whose"
