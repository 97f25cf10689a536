"""The proof of a day (DAY-6): for each door asked, pulsed, seen open, seen shut.

Folded from the day's entries each time it is asked for, so that it can be made of any
day that has not been forgotten, and never disagrees with the journal.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.domain.facts import Fact
from controller.domain.state import State
from controller.journal.entry import Entry
from controller.protocol import DayReport, ProofLine
from controller.service.core import Core
from controller.service.views.names import Names

SCANNED = 20_000
"""Entries looked at for one report: more than a class makes in a month."""

KINDS = (
    "ReleaseOrdered",
    "BoltPulsed",
    "DoorOpened",
    "DoorShut",
    "NeverOpened",
    "OutcomeUnknown",
    "ReleaseGivenUp",
    "DeviceCollected",
    "DayBegan",
)


@dataclass(slots=True)
class _Proof:
    """One order and what became of it."""

    order: f.ReleaseOrdered
    asked: str
    pulsed: str = ""
    opened: str = ""
    shut: str = ""
    result: str = ""


@dataclass(slots=True)
class _Day:
    proofs: dict[str, _Proof] = field(default_factory=dict)
    last_of_door: dict[int, str] = field(default_factory=dict)
    collected: set[str] = field(default_factory=set)


def make_report(core: Core, names: Names, wanted: date) -> DayReport:
    """Return the proof of ``wanted``, newest order of each pupil and door."""
    entries, days = _entries_of(core, wanted)
    day = _Day()
    for entry, local in entries:
        fact = core.journal.fact(entry)
        if fact is not None:
            _fold(day, fact, f"{local:%H:%M:%S}")
    lines = [_line(core.state, names, proof, day) for proof in day.proofs.values()]
    out = [line for line in lines if line is not None]
    return DayReport(wanted.isoformat(), days, out, _summary(core.state, day, out))


def _entries_of(
    core: Core, wanted: date
) -> tuple[list[tuple[Entry, datetime]], list[str]]:
    page = core.journal.entries(kinds=KINDS, limit=SCANNED, newest_first=True)
    dated = [(entry, core.calendar.local(entry.at_us)) for entry in reversed(page)]
    days = sorted({f"{local:%Y-%m-%d}" for _, local in dated}, reverse=True)
    return [pair for pair in dated if pair[1].date() == wanted], days[:60]


def _fold(day: _Day, fact: Fact, at: str) -> None:  # noqa: C901  one arm a fact
    match fact:
        case f.ReleaseOrdered():
            if fact.purpose == "out":
                day.proofs[fact.order] = _Proof(fact, at)
                day.last_of_door[fact.compartment] = fact.order
        case f.BoltPulsed(order, _, _, _) if order in day.proofs:
            day.proofs[order].pulsed = at
        case f.DoorOpened(_, order) if order in day.proofs:
            day.proofs[order].opened = at
        case f.DoorShut(n, _):
            proof = day.proofs.get(day.last_of_door.get(n, ""))
            if proof and proof.opened and not proof.shut:
                proof.shut = at
        case f.NeverOpened(order, _) if order in day.proofs:
            day.proofs[order].result = "never opened"
        case f.OutcomeUnknown(order, _) if order in day.proofs:
            day.proofs[order].result = "outcome unknown"
        case f.ReleaseGivenUp(order, _, _) if order in day.proofs:
            day.proofs[order].result = "given up"
        case d.DeviceCollected():
            day.collected.add(fact.pupil)
        case _:
            pass


def _line(state: State, names: Names, proof: _Proof, day: _Day) -> ProofLine | None:
    pupil = state.pupils.get(proof.order.pupil)
    result = proof.result
    if not result:
        gone = proof.order.pupil in day.collected
        still = "not shut yet" if proof.opened else "waiting"
        result = "collected" if gone and proof.shut else still
    return ProofLine(
        compartment=proof.order.compartment,
        pupil=proof.order.pupil,
        name=names.full(proof.order.pupil),
        class_id=pupil.klass if pupil else "",
        asked=proof.asked,
        pulsed=proof.pulsed,
        opened=proof.opened,
        shut=proof.shut,
        result=result,
    )


def _summary(state: State, day: _Day, lines: list[ProofLine]) -> list[str]:
    results = Counter(line.result for line in lines)
    doors = {line.compartment for line in lines}
    told = [f"{len(day.collected)} collected from {len(doors)} doors."]
    told += [f"{n} {word}." for word, n in results.items() if word != "collected"]
    left = [q for q in state.questions.values() if q.about == "left-behind"]
    if left:
        stayed = "device is" if len(left) == 1 else "devices are"
        told.append(f"{len(left)} {stayed} still behind a door.")
    return told
