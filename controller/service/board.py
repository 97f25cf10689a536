"""The public state: what every passer-by may see, and nothing else (DAT-8)."""

from __future__ import annotations

from datetime import date, time

import msgspec

from controller.domain.context import Context
from controller.domain.day import phase_of
from controller.domain.school_day import DayTimes
from controller.domain.state import State
from controller.protocol import Board, BoardDoor, Stop
from controller.service.core import Core
from controller.service.doorwords import door_word


class BoardMaker:
    """Makes the board of one bank.

    Args:
        core: whose state is shown.
        bank: the bank's name.
        klass: the class whose day the board shows; empty: the first there is.
    """

    def __init__(self, core: Core, bank: str, klass: str) -> None:
        self._core = core
        self._bank = bank
        self._klass = klass

    def make(self) -> Board:
        """Return the board as it is at this moment."""
        context = self._core.context()
        state = self._core.state
        klass = self._klass or next(iter(state.classes), "")
        sign = state.classes.get(klass)
        times = _times(context, klass)
        stops = _stops(context, times) if times else []
        label, at_us = _next(context, times)
        return Board(
            bank=self._bank,
            class_name=sign.name if sign else self._bank,
            year=sign.year if sign else "",
            columns=context.layout.columns,
            at_us=context.at_us,
            clock=context.clock,
            timezone=context.calendar.timezone,
            school_day=times is not None,
            phase=phase_of(state, klass, context).value,
            stops=stops,
            next_label=label,
            next_at_us=at_us,
            doors=[
                BoardDoor(n, door_word(state.compartment(n)))
                for n in context.layout.places
            ],
            evacuated=bool(state.the_bank.evacuated_us),
            readers_out=_readers_out(state),
            blocks=list(context.layout.blocks),
        )


def _readers_out(state: State) -> list[str]:
    return [r.reader for r in state.readers.values() if r.lost_since_us]


def _times(context: Context, klass: str) -> DayTimes | None:
    if context.is_guessed:
        return None
    return context.calendar.times_for(klass, context.today)


def day_stops(times: DayTimes) -> list[tuple[str, time]]:
    """Return the stops of a school day as the board draws them."""
    stops = [
        ("phones-in", times.drop_off_from),
        ("lessons", times.late_until),
        ("home-time", times.home_time),
    ]
    if times.clubs_end > times.home_until:
        stops.append(("clubs-end", times.clubs_end))
    return stops


def _stops(context: Context, times: DayTimes) -> list[Stop]:
    made: list[Stop] = []
    plan = day_stops(times)
    instants = [_instant(context, at) for _, at in plan]
    for index, (label, at) in enumerate(plan):
        begun = context.at_us >= instants[index]
        over = index + 1 < len(plan) and context.at_us >= instants[index + 1]
        state = "done" if over else "now" if begun else "todo"
        made.append(
            msgspec.convert({"at": f"{at:%H:%M}", "label": label, "state": state}, Stop)
        )
    return made


def _instant(context: Context, at: time, day: date | None = None) -> int:
    return context.calendar.instant(day or context.today, at)


def _next(context: Context, times: DayTimes | None) -> tuple[str, int]:
    """Return the next stop of today, else the next school day's first one."""
    if times is not None:
        for label, at in day_stops(times):
            if _instant(context, at) > context.at_us:
                return label, _instant(context, at)
    if context.is_guessed:
        return "", 0
    day = context.calendar.next_school_day(context.today)
    coming = context.calendar.times_for("", day) if day else None
    if day is None or coming is None:
        return "", 0
    return "phones-in", _instant(context, coming.drop_off_from, day)


def home_time_of(context: Context, klass: str) -> str:
    """Return today's home time of a class as local ``HH:MM``, or empty."""
    times = _times(context, klass)
    return f"{times.home_time:%H:%M}" if times else ""
