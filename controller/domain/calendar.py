"""When the school's day has which part: terms, closures, half days, times (DAY-10).

Everything here is a pure function of the calendar and an instant. Two rules:

1. A school day is a day of a term, not in a closure, on a weekday that has times.
   On every other day there is no drop-off and no home time.
2. People write local times, the record holds instants. The parts of a day are compared
   as instants, so that each is one unbroken stretch on the days of the year that have
   23 or 25 hours.

Instants are ``at_us``, UTC microseconds since 1970; dates and times are the school's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from zoneinfo import ZoneInfo

from controller.domain.school_day import DayTimes, Phase

__all__ = [
    "CalendarFaults",
    "Change",
    "Closure",
    "ClosureKind",
    "DayTimes",
    "Phase",
    "SchoolCalendar",
    "Term",
    "WeekTimes",
    "is_timezone",
]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 2000, 2199
"""Dates outside are slips of the pen; inside, sums of dates cannot overflow."""

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
"""Weekdays as :meth:`datetime.date.weekday` counts them."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Their names in messages and in plain values."""


class ClosureKind(Enum):
    """Why a day of a term is not a school day."""

    HOLIDAY = "holiday"
    INSET = "inset"
    CLOSURE = "closure"


class CalendarFaults(ValueError):
    """A calendar contradicts itself; every fault at once, none applied.

    Attributes:
        faults: each "place: found, wanted".
    """

    code = "calendar-faults"
    remedy = "Correct each place that is named; nothing was changed."

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Term:
    """A term: first and last school day, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which no pupil comes, both ends included."""

    first: date
    last: date
    kind: ClosureKind

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Change:
    """The next instant at which a class's phase is another one."""

    at_us: int
    phase: Phase


WeekTimes = Mapping[int, DayTimes]
"""Times for each weekday on which there is school; a weekday left out has none."""


def _default_week() -> WeekTimes:
    return MappingProxyType(dict.fromkeys(range(MONDAY, SATURDAY), DayTimes()))


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The school's calendar.

    Attributes:
        timezone: a name of the IANA tables, "Europe/London".
        terms: do not overlap; any order.
        closures: within a term or outside of one; they may overlap.
        half_days: date to the local time at which the day ends for everybody. Early
            closure of one day (snow, a boiler) is the same thing, see
            :meth:`closing_early`.
        days: the whole school's times for each weekday.
        classes: by class slug, times that differ on some weekdays; ``None`` where the
            class does not come on a day on which others do (a nursery's free Friday).

    Raises:
        CalendarFaults: the parts contradict each other.
    """

    timezone: str = "Europe/London"
    terms: tuple[Term, ...] = ()
    closures: tuple[Closure, ...] = ()
    half_days: Mapping[date, time] = field(default_factory=dict)
    days: WeekTimes = field(default_factory=_default_week)
    classes: Mapping[str, Mapping[int, DayTimes | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a calendar that contradicts itself."""
        if faults := tuple(_faults(self)):
            raise CalendarFaults(faults)

    # -------------------------------------------------------------------- questions

    def is_school_day(self, day: date) -> bool:
        """Return whether pupils come on ``day``; a class may still be free."""
        return (
            day.weekday() in self.days
            and any(day in term for term in self.terms)
            and not any(day in closure for closure in self.closures)
        )

    def closure_on(self, day: date) -> Closure | None:
        """Return the closure that ``day`` falls into, the shortest if in several."""
        holding = [closure for closure in self.closures if day in closure]
        return min(holding, key=lambda one: one.last - one.first, default=None)

    def times_for(self, class_slug: str, day: date) -> DayTimes | None:
        """Return the class's times on ``day``; ``None`` when it has no school.

        >>> autumn = Term(date(2026, 9, 2), date(2026, 12, 18))
        >>> calendar = SchoolCalendar(terms=(autumn,))
        >>> calendar.times_for("4-maple", date(2026, 11, 23)).home_time
        datetime.time(15, 15)
        >>> calendar.times_for("4-maple", date(2026, 11, 22)) is None  # a Sunday
        True
        """
        if not self.is_school_day(day):
            return None
        weekday = day.weekday()
        own = self.classes.get(class_slug, {})
        times = own[weekday] if weekday in own else self.days[weekday]
        if times is not None and (end := self.half_days.get(day)) is not None:
            return times.ending_at(end)
        return times

    def phase(self, class_slug: str, at_us: int) -> Phase:
        """Return the part of its day that the class is in at ``at_us``."""
        day = self.local(at_us).date()
        starts, phases = self._starts(class_slug, day)
        return phases[max(0, bisect_right(starts, at_us) - 1)]

    def next_change(self, class_slug: str, at_us: int) -> Change | None:
        """Return when the class's phase changes next, strictly after ``at_us``.

        ``None`` when it never does, after the last term.
        """
        now = self.phase(class_slug, at_us)
        day = self.local(at_us).date()
        last = max((term.last for term in self.terms), default=day) + ONE_DAY
        # Before the first term nothing changes: begin with its first day.
        first = min((term.first for term in self.terms), default=day)
        for ahead in _days(max(day, first), last):
            for start in self._starts(class_slug, ahead)[0]:
                if start > at_us and self.phase(class_slug, start) is not now:
                    return Change(start, self.phase(class_slug, start))
        return None

    def school_hours(self, day: date) -> tuple[time, time] | None:
        """Return first session start and last session end over all classes.

        ``None`` when nobody has school on ``day``.
        """
        present = self.times_on(day)
        if not present:
            return None
        return (
            min(times.session_start for times in present),
            max(times.session_end for times in present),
        )

    def first_drop_off(self, day: date) -> time | None:
        """Return when the first class may hand in; ``None`` when nobody has school."""
        return min((one.drop_off_from for one in self.times_on(day)), default=None)

    def times_on(self, day: date) -> list[DayTimes]:
        """Return the times on ``day`` of the school and of each class of its own."""
        whole_school = ""  # no slug is empty: the times of classes without their own
        everybody = [
            self.times_for(slug, day) for slug in (whole_school, *self.classes)
        ]
        return [times for times in everybody if times is not None]

    def term_of(self, day: date) -> Term | None:
        """Return the term that ``day`` falls into; ``None`` between terms."""
        return next((term for term in self.terms if day in term), None)

    def next_school_day(self, day: date) -> date | None:
        """Return the first school day after ``day``; ``None`` after the last term."""
        last = max((term.last for term in self.terms), default=day)
        first = min((term.first for term in self.terms), default=day)
        ahead = _days(max(day + ONE_DAY, first), last)
        return next((one for one in ahead if self.is_school_day(one)), None)

    # ---------------------------------------------------------------------- changes

    def closing_early(self, day: date, end: time) -> SchoolCalendar:
        """Return the calendar with ``day`` ending at ``end`` for everybody."""
        return replace(self, half_days={**self.half_days, day: end})

    def closed_on(self, day: date, kind: ClosureKind) -> SchoolCalendar:
        """Return the calendar with ``day`` not a school day."""
        return replace(self, closures=(*self.closures, Closure(day, day, kind)))

    # ------------------------------------------------------------- instants and dates

    def local(self, at_us: int) -> datetime:
        """Return the school's wall clock at ``at_us``."""
        return (EPOCH + timedelta(microseconds=at_us)).astimezone(_zone(self.timezone))

    def instant(self, day: date, at: time) -> int:
        """Return the instant of a local time on ``day``, microseconds since 1970.

        A time that happens twice is the first of the two; one that the clocks leap over
        is the moment of the leap. So a later time is never an earlier instant.
        """
        zone = _zone(self.timezone)
        wall = datetime.combine(day, at, tzinfo=zone)
        early, late = _us(wall.replace(fold=1)), _us(wall)
        if early >= late:
            return late
        offset = wall.utcoffset()
        return (
            bisect_left(
                range(early, late),
                True,
                key=lambda us: self.local(us).utcoffset() != offset,
            )
            + early
        )

    def _starts(self, class_slug: str, day: date) -> tuple[list[int], list[Phase]]:
        """Return the day's phases and the instants at which they begin, in order."""
        times = self.times_for(class_slug, day)
        plan = ((time.min, Phase.CLOSED_DAY),) if times is None else times.phases()
        starts = [self.instant(day, at) for at, _ in plan]
        return starts, [phase for _, phase in plan]


def _us(moment: datetime) -> int:
    return (moment.astimezone(UTC) - EPOCH) // timedelta(microseconds=1)


# --------------------------------------------------------------------------- faults


def _faults(calendar: SchoolCalendar) -> Iterator[str]:
    if not is_timezone(calendar.timezone):
        yield "timezone: not in the IANA tables, wanted a name such as Europe/London"
    yield from _span_faults("terms", calendar.terms)
    yield from _span_faults("closures", calendar.closures)
    ordered = sorted(calendar.terms, key=lambda term: term.first)
    for before, after in pairwise(ordered):
        if after.first <= before.last:
            yield (
                f"terms: {after.first} is before the end of another term, "
                f"wanted after {before.last}"
            )
    for day in calendar.half_days:
        yield from _year_fault("half_days", day)
    yield from _week_faults("days", calendar.days)
    for slug, week in calendar.classes.items():
        if not slug:
            yield "classes: an empty name, wanted a class"
        yield from _week_faults(f"classes.{slug}", week)


def _span_faults(place: str, spans: tuple[Term | Closure, ...]) -> Iterator[str]:
    for number, span in enumerate(spans, start=1):
        where = f"{place}[{number}]"
        yield from _year_fault(where, span.first)
        yield from _year_fault(where, span.last)
        if span.last < span.first:
            yield f"{where}: last {span.last}, wanted not before first {span.first}"


def _year_fault(place: str, day: date) -> Iterator[str]:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        yield f"{place}: {day}, wanted a year from {FIRST_YEAR} to {LAST_YEAR}"


def _week_faults(place: str, week: Mapping[int, DayTimes | None]) -> Iterator[str]:
    for weekday, times in week.items():
        if weekday not in range(7):
            yield f"{place}: weekday {weekday}, wanted 0 for Monday to 6 for Sunday"
        elif times is not None:
            yield from (f"{place}.{WEEKDAYS[weekday]}.{one}" for one in times.faults())


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def is_timezone(name: str) -> bool:
    """Return whether the IANA tables of this machine know ``name``."""
    try:
        _zone(name)
    except (KeyError, ValueError, OSError):  # unknown; a path; a folder of the tables
        return False
    return True


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
