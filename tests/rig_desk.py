"""A bank with an office's desk beside it: two holding doors in sight, lists, a policy.

with desk_rig(folder) as rig:
hold = take_away(rig, 1)
to_desk(rig, hold)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.rig import Rig, opened

DESK_DOORS = (10, 11)
"""The rig's two spare doors, with eight pupils of the class and one of another."""

_DOOR = 'n = {n}\ncoil = "room:locks:{bit}"\ncontact = "room:contacts:{bit}"\n'
_WAS, _IS = 'purpose = "pupil"', 'purpose = "holding"\nat_desk = true'

MOTHER, UNCLE, NEVER = "Marigold Fennimore", "Barnaby Thistlewood", "Casimir Dunnock"
"""Adults of the lists; in no word of ours, so that they are found where they leak."""


@contextmanager
def desk_rig(folder: Path) -> Iterator[Rig]:
    """Open a rig with the desk's doors, a policy, and adults for pupils 1 and 2."""
    with opened(folder / "rig", settings=_settings()) as rig:
        set_policy(rig)
        rig.mother = add_adult(rig, 1, MOTHER, "mother", phone="01632 960001")
        add_adult(rig, 2, MOTHER, "mother", id=rig.mother)
        rig.uncle = add_adult(rig, 1, UNCLE, "uncle")
        rig.never = add_adult(rig, 1, NEVER, "", never=True)
        yield rig


def _settings() -> dict[str, str]:
    doors = (_DOOR.format(n=n, bit=n - 1) for n in DESK_DOORS)
    return {door + _WAS: door + _IS for door in doors}


def set_policy(rig: Rig) -> None:
    """Write two clauses; the head lets teacher and office confiscate."""
    rig.step_up("leadership")
    rig.ask("leadership", "policy_clause", clause="4.2", name="Phones in lessons")
    rig.ask("leadership", "policy_clause", clause="4.3", name="Again", longer=True)
    for role in ("teacher", "office"):
        staff = rig.cast.adults[role].id
        rig.ask("leadership", "policy_authorise", staff=staff)


def add_adult(rig: Rig, pupil: int, name: str, what: str, **more: Any) -> str:
    """Put an adult on a pupil's list; return the adult's id."""
    args = {"pupil": pupil_id(pupil), "name": name, "relationship": what} | more
    lines = rig.ask("office", "contact_set", **args)
    return next(line["id"] for line in lines if line["name"] == name)


def pupil_id(pupil: int) -> str:
    """Return the id of the pupil with that door."""
    return f"p{pupil:04d}"


def take_away(rig: Rig, pupil: int, by: str = "teacher", **more: Any) -> str:
    """Confiscate a pupil's device out of a hand; return the hold's id."""
    args = {"taken": True, "clause": "4.2", "where": "corridor"} | more
    line = rig.ask(by, "hold_confiscate", pupil=pupil_id(pupil), **args)
    return str(line["id"])


def to_safe(rig: Rig, hold: str) -> None:
    """Put what somebody carries into the office safe."""
    rig.ask("office", "hold_move", id=hold, place="safe")


def to_desk(rig: Rig, hold: str) -> int:
    """Put what somebody carries behind a door at the desk; return the door."""
    line = rig.ask("office", "hold_move", id=hold, place="door")
    use(rig, line["opening"])
    return int(line["opening"])


def use(rig: Rig, n: int) -> None:
    """Open door ``n``, which was just ordered, and push it shut after a while."""
    rig.until(lambda: rig.pull(n))
    rig.run(2)
    assert rig.push(n)


def hand_over(rig: Rig, *holds: str, by: str = "office", **more: Any) -> dict[str, Any]:
    """Prepare a hand-over to the mother, whom the office knows."""
    args = {"to": "adult", "contact": rig.mother, "identity": "known"} | more
    return rig.ask(by, "handover_prepare", holds=list(holds), **args)


def at_home_time(rig: Rig) -> None:
    """Let it be the end of the school day."""
    rig.clock_to("15:20")
