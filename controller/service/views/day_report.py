"""The proof of a day (DAY-6): for each door asked, pulsed, seen open, seen shut.

Folded from the day's entries each time it is asked for, so that it can be made of any
day that has not been forgotten, and never disagrees with the journal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from controller.domain import custody_facts as c
from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.domain.facts import Fact
from controller.domain.state import State
from controller.protocol import DayReport, ProofLine
from controller.service.views.names import Names

Told = tuple[Fact, datetime]
"""A fact, and when it was by the school's wall clock."""

KINDS = (
    "ReleaseOrdered",
    "BoltPulsed",
    "DoorOpened",
    "DoorShut",
    "NeverOpened",
    "OutcomeUnknown",
    "ReleaseGivenUp",
    "DeviceCollected",
    "DeviceSaidIn",
    "DeviceHeld",
    "QuestionRaised",
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
    inside: dict[str, int] = field(default_factory=dict)
    left_behind: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)


def make_report(
    state: State, names: Names, wanted: date, days: list[str], facts: Iterable[Told]
) -> DayReport:
    """Return the proof of ``wanted``, newest order of each pupil and door.

    Args:
        state: what is so now.
        names: of pupils.
        wanted: the day.
        days: that can be chosen.
        facts: of that day, in order, each with its local time.
    """
    day = _Day()
    for fact, local in facts:
        _fold(day, fact, f"{local:%H:%M:%S}")
    lines = [_line(state, names, proof, day) for proof in day.proofs.values()]
    lines += _never_asked(state, names, day)
    lines.sort(key=lambda line: (line.class_id, line.compartment, line.asked))
    return DayReport(wanted.isoformat(), days, lines, _summary(day, lines))


def _fold(day: _Day, fact: Fact, at: str) -> None:  # noqa: C901, PLR0912  one arm a fact
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
        case d.DeviceSaidIn():
            day.inside[fact.pupil] = fact.compartment
        case d.QuestionRaised() if fact.about == "left-behind":
            day.inside[fact.pupil] = fact.compartment
            day.left_behind.add(fact.pupil)
        case c.DeviceHeld() if fact.deposit:
            day.held.add(fact.person)
        case d.DeviceCollected():
            day.collected.add(fact.pupil)
            day.inside.pop(fact.pupil, None)
        case _:
            pass


def _never_asked(state: State, names: Names, day: _Day) -> list[ProofLine]:
    """Return a line for each device that nobody asked for: it is inside, or stayed."""
    asked = {proof.order.pupil for proof in day.proofs.values()}
    return [
        ProofLine(
            n,
            pupil,
            names.full(pupil),
            _class_of(state, pupil),
            result=_stays(pupil, day),
        )
        for pupil, n in day.inside.items()
        if pupil not in asked
    ]


def _stays(pupil: str, day: _Day) -> str:
    """Say why a device that nobody asked for is where it is; never why it is held."""
    if pupil in day.held:
        return "held"
    return "not collected" if pupil in day.left_behind else "still in"


def _class_of(state: State, pupil: str) -> str:
    found = state.pupils.get(pupil)
    return found.klass if found else ""


def _result(proof: _Proof, day: _Day) -> str:
    if proof.result:
        return proof.result
    if proof.order.pupil in day.collected and proof.shut:
        return "collected"
    if proof.opened and not proof.shut:
        return "not shut yet"
    stayed = proof.order.pupil in day.left_behind
    return "not collected" if stayed or proof.shut else "waiting"


def _line(state: State, names: Names, proof: _Proof, day: _Day) -> ProofLine:
    return ProofLine(
        compartment=proof.order.compartment,
        pupil=proof.order.pupil,
        name=names.full(proof.order.pupil),
        class_id=_class_of(state, proof.order.pupil),
        asked=proof.asked,
        pulsed=proof.pulsed,
        opened=proof.opened,
        shut=proof.shut,
        result=_result(proof, day),
    )


def _summary(day: _Day, lines: list[ProofLine]) -> list[str]:
    """Say what came of the day, the collected first; what nobody did is not counted."""
    results = Counter(line.result for line in lines)
    doors = {line.compartment for line in lines if line.result == "collected"}
    people = len(day.collected)
    told = [f"{people} collected from {count(len(doors), 'door')}."] if people else []
    return told + [f"{n} {word}." for word, n in results.items() if word != "collected"]


def count(n: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "door"), count(0, "door")
    ('1 door', '0 doors')
    """
    return f"{n} {noun}{'' if n == 1 else 's'}"
