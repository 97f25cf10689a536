"""What the class page says of an outing and of the morning; no name (WEB-8)."""

from __future__ import annotations

from controller.domain import outings
from controller.domain.context import Context
from controller.domain.day import phase_of
from controller.domain.morning import whom_to_ask
from controller.domain.school_day import Phase
from controller.domain.state import State

_WHY = {"trip": "Trip", "lesson": "Use in a lesson"}


_TAPS = {"taking": " Taps open now.", "returning": " Taps take in now."}


def taking(state: State, klass: str) -> list[str]:
    """Return who may take a device out for an outing now."""
    going = [one for one in outings.of_class(state, klass) if one.stage == "taking"]
    return [p for one in going for p in one.pupils if p in state.custody]


def under_way(state: State, klass: str, context: Context) -> str:
    """Return a sentence about a class's outings, or an empty text."""
    return " ".join(
        f"{_WHY[one.why]} since {context.local_hm(one.at_us)}: {len(one.out)} out, "
        f"{len(one.back)} back.{_TAPS.get(one.stage, '')}"
        for one in outings.of_class(state, klass)
    )


def unasked(state: State, klass: str, context: Context) -> int:
    """Return about how many the teacher is asked, once drop-off has closed (DAY-8)."""
    if phase_of(state, klass, context) not in (Phase.LATE, Phase.LESSONS):
        return 0
    return len(whom_to_ask(state, klass, context))
