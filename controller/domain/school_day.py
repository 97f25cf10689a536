"""The parts of one school day: hand in, late, lessons, home time (DAY-1, DAY-2, DAY-4).

Local times only; :mod:`controller.domain.calendar` says on which days they hold and to
which instants they belong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import time
from enum import Enum


class Phase(Enum):
    """What part of its day a class is in."""

    CLOSED_DAY = "closed-day"
    BEFORE = "before"
    DROP_OFF = "drop-off"
    LATE = "late"
    LESSONS = "lessons"
    HOME_TIME = "home-time"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class DayTimes:
    """The times of one class on one school day, local.

    The defaults are a primary school's: the register closes half an hour after drop-off
    does, and clubs end an hour after lessons.

    Attributes:
        session_start, session_end: the lessons proper; "school hours" are made of them.
        drop_off_from, drop_off_until: devices are handed in.
        late_until: latecomers may still hand in.
        home_time, home_until: devices are collected once released.
        clubs_end: the last pupils go.
    """

    session_start: time = time(8, 50)
    drop_off_from: time = time(8, 30)
    drop_off_until: time = time(9, 30)
    late_until: time = time(10, 0)
    home_time: time = time(15, 15)
    home_until: time = time(15, 45)
    session_end: time = time(15, 15)
    clubs_end: time = time(16, 15)

    def ending_at(self, end: time) -> DayTimes | None:
        """Return these times on a day that ends at ``end``, without clubs.

        Home time stays as long as it was. A class that goes earlier anyway keeps its
        own times, but for clubs; one that comes no sooner than ``end`` has no day.
        """
        if end <= max(self.drop_off_from, self.session_start):
            return None
        home = min(self.home_time, end)
        home_until = self._home_until(home)
        return replace(
            self,
            drop_off_until=min(self.drop_off_until, home),
            late_until=min(self.late_until, home),
            home_time=home,
            home_until=home_until,
            session_end=min(self.session_end, end),
            clubs_end=home_until,
        )

    def _home_until(self, home: time) -> time:
        earlier_by = _minutes(self.home_time) - _minutes(home)
        left = _minutes(self.home_until) - earlier_by
        return time(left // 60, left % 60)

    def phases(self) -> tuple[tuple[time, Phase], ...]:
        """Return each phase with the time at which it begins."""
        return (
            (time.min, Phase.BEFORE),
            (self.drop_off_from, Phase.DROP_OFF),
            (self.drop_off_until, Phase.LATE),
            (self.late_until, Phase.LESSONS),
            (self.home_time, Phase.HOME_TIME),
            (self.home_until, Phase.AFTER),
        )

    def faults(self) -> Iterator[str]:
        """Yield what is out of order, each "name: found, wanted"."""
        for one in fields(self):
            value: time = getattr(self, one.name)
            if value.second or value.microsecond or value.tzinfo is not None:
                yield f"{one.name}: {value}, wanted whole minutes of local time"
        for sooner, later, may_equal in _ORDER:
            a: time = getattr(self, sooner)
            b: time = getattr(self, later)
            gap = _minutes(b) - _minutes(a)
            if gap < 0 or (gap == 0 and not may_equal):
                relation = "not before" if may_equal else "after"
                yield f"{later}: {b:%H:%M}, wanted {relation} {sooner} {a:%H:%M}"


_ORDER = (
    # sooner, later, whether they may be equal
    ("drop_off_from", "drop_off_until", False),
    ("drop_off_until", "late_until", True),
    ("late_until", "home_time", True),
    ("home_time", "home_until", False),
    ("home_until", "clubs_end", True),
    ("drop_off_from", "session_start", True),
    ("session_start", "session_end", False),
    ("session_end", "home_until", True),
)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
