"""From a roll's changes to facts about pupils, with doors where they are due (DAT-1).

Pure: the same is asked for the preview, which writes nothing, and for the import.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from controller.domain import people_facts as p
from controller.domain.context import Context
from controller.domain.evolve import evolve
from controller.domain.facts import Fact, When
from controller.domain.state import Pupil, State
from controller.domain.taps import first_free
from controller.people.directory import new_id
from controller.roll.doors import BankDoors
from controller.roll.model import RollRow
from controller.roll.plan import Change, Join, Leave, RollChange

Former = Callable[[RollRow], str | None]


@dataclass(frozen=True, slots=True)
class Put:
    """One pupil as a row of the roll makes it; ``given``: the door was found here."""

    row: RollRow
    fact: p.PupilSet
    given: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What the changes of a roll come to.

    Attributes:
        leavers: ids of those who leave.
        puts: who joins or changes, in the order of the changes.
        others: who is on the roll as before, had no door and is given one now.
        full: those of them without a door, since no door of the bank is free, or it is
            not known how the bank is built.
        elsewhere: those without one here, since their class has another bank.
    """

    leavers: tuple[str, ...]
    puts: tuple[Put, ...]
    others: tuple[p.PupilSet, ...]
    full: tuple[Put, ...]
    elsewhere: tuple[Put, ...]

    @property
    def given(self) -> int:
        """How many are given the first free door."""
        return sum(put.given for put in self.puts) + len(self.others)


def settle(
    state: State,
    changes: Sequence[RollChange],
    by: str,
    context: Context,
    bank: BankDoors,
    former: Former = lambda _row: None,
) -> Settled:
    """Return the facts of ``changes``, with the first free door for whoever needs one.

    Doors that the file names come before those that are found: nobody is given a door
    that a later line asks for. A leaver's door is free unless the device is behind it.

    Args:
        state: what is so.
        changes: of a roll that was planned.
        by: who imports it, or empty.
        context: the moment.
        bank: the bank.
        former: gives the id of somebody who left and is back, by the row.
    """
    fixed = context.layout.assignment == "fixed"
    leavers = tuple(one.pupil for one in changes if isinstance(one, Leave))
    puts = [
        Put(one.row, _pupil_set(_known(state, one, former), state, one.row, by, bank))
        for one in changes
        if not isinstance(one, Leave)
    ]
    without = [put for put in puts if fixed and not put.fact.compartment]
    here = [put for put in without if bank.serves(put.fact.klass)]
    after = _after(state, leavers, [put.fact for put in puts], context)
    others = _others(after, puts, by, bank) if fixed else []
    found = _find(after, [*(put.fact for put in here), *others], context)
    return Settled(
        leavers,
        tuple(_with_door(put, found) for put in puts),
        tuple(
            replace(fact, compartment=found[fact.pupil])
            for fact in others
            if fact.pupil in found
        ),
        tuple(put for put in here if put.fact.pupil not in found),
        tuple(put for put in without if not bank.serves(put.fact.klass)),
    )


def _others(
    state: State, puts: Sequence[Put], by: str, bank: BankDoors
) -> list[p.PupilSet]:
    """Return who else on the roll waits for a door here: the bank was full before."""
    known = {put.fact.pupil for put in puts}
    facts = (
        p.PupilSet(
            one.pupil,
            one.klass,
            one.group,
            one.compartment,
            one.language,
            one.kinds,
            one.provisional,
            by,
        )
        for one in state.pupils.values()
        if one.on_roll and one.pupil not in known and bank.serves(one.klass)
    )
    return [fact for fact in facts if not fact.compartment]


def _known(state: State, change: Change | Join, former: Former) -> Pupil:
    """Return the pupil of a change as it is now; who left and is back is the same."""
    if isinstance(change, Change):
        return state.pupils[change.pupil]
    if back := state.pupils.get(former(change.row) or ""):
        return replace(back, on_roll=True)
    return Pupil(new_id("p"), change.row.class_slug)


def _pupil_set(
    known: Pupil, state: State, row: RollRow, by: str, bank: BankDoors
) -> p.PupilSet:
    """What the file does not say stays as it is."""
    return p.PupilSet(
        known.pupil,
        row.class_slug,
        row.group or known.group,
        _door(state, known, row, bank),
        row.language or known.language,
        known.kinds,
        provisional=False,
        by=by,
    )


def _door(state: State, pupil: Pupil, row: RollRow, bank: BankDoors) -> int:
    """Return the door of a pupil by file and roll; 0: none yet.

    A device that is inside keeps its pupil's door. Whoever moves to a class that has
    its doors elsewhere leaves the door here to others.
    """
    if pupil.pupil in state.custody:
        return pupil.compartment
    if row.compartment:
        return row.compartment
    moves_out = bank.serves(pupil.klass) and not bank.serves(row.class_slug)
    return 0 if moves_out else pupil.compartment


def _after(
    state: State,
    leavers: Sequence[str],
    facts: Sequence[p.PupilSet],
    context: Context,
) -> State:
    when = When(context.at_us, 0, 0, context.clock)
    left = [p.PupilLeft(pupil) for pupil in leavers]
    happened: list[Fact] = [*left, *facts]
    for fact in happened:
        state = evolve(state, fact, when)
    return state


def _find(
    state: State, facts: Sequence[p.PupilSet], context: Context
) -> dict[str, int]:
    """Return the doors that are found, by pupil, in the order of the facts."""
    found: dict[str, int] = {}
    for fact in facts:
        if n := _free_for(state, fact.pupil, context):
            found[fact.pupil] = n
            state = _after(state, (), [replace(fact, compartment=n)], context)
    return found


def _free_for(state: State, pupil: str, context: Context) -> int:
    """Return a door for a pupil: where the device is already, or the first free one."""
    if custody := state.custody.get(pupil):
        fixed = {one.compartment for one in state.pupils.values() if one.on_roll}
        return 0 if custody.compartment in fixed else custody.compartment
    place = first_free(state, pupil, context)
    return place.n if place else 0


def _with_door(put: Put, found: dict[str, int]) -> Put:
    n = found.get(put.fact.pupil)
    if n is None:
        return put
    return Put(put.row, replace(put.fact, compartment=n), given=True)
