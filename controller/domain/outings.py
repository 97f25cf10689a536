"""Questions about outings: who is on one, what a tap does then, what is due (DAY-7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from controller.domain.context import Context
from controller.domain.state import State, put
from controller.domain.today_facts import OutingMoved, OutingOver
from controller.domain.today_records import Outing

STAGE_US = 60 * 60 * 1_000_000
"""How long devices may be taken out, or brought back, unless staff end it sooner: as
long as a drop-off by hand. Our own judgement: a forgotten one must not stay all day."""

NEXT = {
    "taking": ("away", "returning", "over"),
    "away": ("taking", "returning", "over"),
    "returning": ("over",),
    "over": (),
}
"""Stage of an outing -> where staff may take it."""

KEPT_BACK = ("absent", "left-early", "office")
"""Marks that keep a pupil out of an outing."""


def outing_of(state: State, pupil: str, context: Context) -> Outing | None:
    """Return the outing that a pupil is on now."""
    for outing in state.outings.values():
        if pupil in outing.pupils and is_on(outing, context):
            return outing
    return None


def is_on(outing: Outing, context: Context) -> bool:
    """Return whether an outing is under way, and none that an earlier day left over."""
    if outing.stage == "over":
        return False
    return context.is_guessed or outing.date in ("", context.today.isoformat())


def over(outing: Outing, by: str = "") -> OutingOver:
    """Return the fact that ends an outing, with its count."""
    return OutingOver(
        outing.outing, len(outing.out), len(outing.back), outing.missing, by
    )


def due(state: State, context: Context) -> Iterator[OutingMoved | OutingOver]:
    """Yield the ends of stages whose hour is up; asked only by a believed clock."""
    for outing in state.outings.values():
        if context.at_us - outing.stage_us < STAGE_US:
            continue
        if outing.stage == "taking":
            yield OutingMoved(outing.outing, "away")
        elif outing.stage == "returning":
            yield over(outing)


def of_class(state: State, klass: str) -> list[Outing]:
    """Return the outings of a class that are not over."""
    return [o for o in state.outings.values() if o.klass == klass and o.stage != "over"]


# ------------------------------------------------------------------------- the counting


def taken(state: State, pupil: str) -> State:
    """Count a device that was taken out."""
    for outing in state.outings.values():
        meant = pupil in outing.pupils and pupil not in outing.out
        if outing.stage in ("taking", "away") and meant:
            counted = replace(outing, out=(*outing.out, pupil))
            return put(state, "outings", outing.outing, counted)
    return state


def returned(state: State, pupil: str) -> State:
    """Count a device that was handed in again."""
    for outing in state.outings.values():
        meant = pupil in outing.missing
        if outing.stage in ("away", "returning") and meant:
            counted = replace(outing, back=(*outing.back, pupil))
            return put(state, "outings", outing.outing, counted)
    return state
