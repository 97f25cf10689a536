"""From an iCalendar file to a proposed school calendar (DAY-10).

Nothing is changed by reading: the proposal shows what each event was taken for and
lists those that nothing was made of; the calendar is set when a person has agreed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from controller.calendar_events import (
    NotUnderstood,
    Occurrence,
    read_events,
)
from controller.calendar_words import Meaning, Unclear, Understood, understand
from controller.domain.calendar import Closure, ClosureKind, SchoolCalendar, Term

BEFORE, AHEAD = timedelta(days=366), timedelta(days=3 * 366)
"""How far around today events count: this school year and those published ahead."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarProposal:
    """What an iCalendar file would make of the calendar.

    Attributes:
        calendar: as it would be; equal to the one before if nothing changes.
        understood: in order of days.
        not_understood: in order of days, each with why.
    """

    calendar: SchoolCalendar
    understood: tuple[Understood, ...]
    not_understood: tuple[NotUnderstood, ...]


def propose(
    data: bytes, calendar: SchoolCalendar, *, today: date, filename: str = ""
) -> CalendarProposal:
    """Return what the file would make of ``calendar``.

    Terms of the file replace those that they overlap; closures and half days are added.
    What the file does not speak of stays.

    Raises:
        CalendarFileError: no iCalendar file, or larger than a school's.
    """
    read = read_events(
        data,
        timezone=calendar.timezone,
        first=today - BEFORE,
        last=today + AHEAD,
        where=filename or "the file",
    )
    found: list[Understood] = []
    unclear: list[NotUnderstood] = []
    for one in read:
        if isinstance(one, NotUnderstood):
            unclear.append(one)
            continue
        try:
            found += understand(_bounded(one))
        except Unclear as why:
            unclear.append(NotUnderstood(one.summary, one.first, str(why)))
    marks = _Marks(found)
    odd = marks.alone
    understood = [one for one in found if one not in odd]
    unclear += [_alone(one) for one in odd]
    return CalendarProposal(
        calendar=_merged(calendar, understood, marks),
        understood=tuple(understood),
        not_understood=tuple(sorted(unclear, key=lambda one: one.first or date.min)),
    )


def _bounded(event: Occurrence) -> Occurrence:
    if event.last - event.first > BEFORE:
        raise Unclear("lasts longer than a year")
    return event


def _alone(mark: Understood) -> NotUnderstood:
    event = mark.occurrence
    wanted = {
        Meaning.TERM_STARTS: "no end of that term is in the file",
        Meaning.TERM_ENDS: "no start of that term is in the file",
        Meaning.HALF_TERM_STARTS: "no first day after half term is in the file",
        Meaning.HALF_TERM_ENDS: "no last day before half term is in the file",
    }
    return NotUnderstood(event.summary, event.first, wanted[mark.meaning])


_MARKS = (
    Meaning.TERM_STARTS,
    Meaning.HALF_TERM_ENDS,
    Meaning.HALF_TERM_STARTS,
    Meaning.TERM_ENDS,
)
"""The marks of a term; on one day they count in this order."""


class _Marks:
    """Terms and half terms of which only the first and last days are events.

    Attributes:
        terms: from a start to the next end.
        holidays: from after a last day before half term to before the next return.
        alone: marks without their other half.
    """

    def __init__(self, found: Iterable[Understood]) -> None:
        self.terms: list[Term] = []
        self.holidays: list[Closure] = []
        self.alone: list[Understood] = []
        self._start: Understood | None = None
        self._half: Understood | None = None
        marks = [one for one in found if one.meaning in _MARKS]
        seen: set[tuple[date, Meaning]] = set()
        for mark in sorted(marks, key=_mark_order):
            key = (mark.occurrence.first, mark.meaning)
            if key not in seen:  # written twice, for parents and for staff
                seen.add(key)
                self._take(mark)
        self._set_aside(self._start)
        self._set_aside(self._half)

    def _take(self, mark: Understood) -> None:
        match mark.meaning:
            case Meaning.HALF_TERM_STARTS:
                self._set_aside(self._half)
                self._half = mark
            case Meaning.HALF_TERM_ENDS:
                self._end_half_term(mark)
            case Meaning.TERM_STARTS if self._half is not None:
                self._end_half_term(mark)  # "pupils return", after half term
            case Meaning.TERM_STARTS:
                self._set_aside(self._start)
                self._start = mark
            case _:
                self._end_term(mark)

    def _end_half_term(self, mark: Understood) -> None:
        if self._half is None:
            self._set_aside(mark)
            return
        first = self._half.occurrence.first + _ONE_DAY
        last = mark.occurrence.first - _ONE_DAY
        self._half = None
        if first <= last:
            self.holidays.append(Closure(first, last, ClosureKind.HOLIDAY))

    def _end_term(self, mark: Understood) -> None:
        self._set_aside(self._half)
        self._half = None
        if self._start is None:
            self._set_aside(mark)
            return
        self.terms.append(Term(self._start.occurrence.first, mark.occurrence.first))
        self._start = None

    def _set_aside(self, mark: Understood | None) -> None:
        if mark is not None:
            self.alone.append(mark)


def _mark_order(mark: Understood) -> tuple[date, int]:
    return mark.occurrence.first, _MARKS.index(mark.meaning)


# --------------------------------------------------------------------------- merging

_CLOSURE_KINDS = {
    Meaning.HOLIDAY: ClosureKind.HOLIDAY,
    Meaning.INSET: ClosureKind.INSET,
    Meaning.CLOSURE: ClosureKind.CLOSURE,
}


def _merged(
    calendar: SchoolCalendar, understood: Sequence[Understood], marks: _Marks
) -> SchoolCalendar:
    spans = [
        Term(one.occurrence.first, one.occurrence.last)
        for one in understood
        if one.meaning is Meaning.TERM
    ]
    closures = [
        Closure(one.occurrence.first, one.occurrence.last, kind)
        for one in understood
        if (kind := _CLOSURE_KINDS.get(one.meaning))
    ]
    return replace(
        calendar,
        terms=_terms(calendar.terms, [*spans, *marks.terms]),
        closures=_closures(calendar.closures, [*closures, *marks.holidays]),
        half_days={**calendar.half_days, **_half_days(understood)},
    )


def _terms(old: Sequence[Term], found: Sequence[Term]) -> tuple[Term, ...]:
    """Return the terms of the file, the longest heard first, and old ones beside."""
    new: list[Term] = []
    for term in sorted(found, key=lambda one: one.first - one.last):
        if not any(_overlap(term, other) for other in new):
            new.append(term)
    kept = [term for term in old if not any(_overlap(term, other) for other in new)]
    if {*kept, *new} == {*old}:
        return tuple(old)
    return tuple(sorted((*kept, *new), key=lambda one: one.first))


def _overlap(one: Term, other: Term) -> bool:
    return one.first <= other.last and other.first <= one.last


def _closures(old: Sequence[Closure], found: Sequence[Closure]) -> tuple[Closure, ...]:
    """Return the old closures and those of the file that none of them holds already."""
    closures = [*old]
    for one in sorted(found, key=lambda span: (span.first, span.first - span.last)):
        if not any(
            other.kind is one.kind
            and other.first <= one.first
            and one.last <= other.last
            for other in closures
        ):
            closures.append(one)
    return tuple(closures)


def _half_days(understood: Iterable[Understood]) -> dict[date, time]:
    return {
        day: one.at
        for one in understood
        if one.meaning is Meaning.HALF_DAY and one.at is not None
        for day in _days(one.occurrence)
    }


def _days(event: Occurrence) -> list[date]:
    return [
        event.first + timedelta(days=number)
        for number in range((event.last - event.first).days + 1)
    ]
