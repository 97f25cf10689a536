"""What the title of an event says about the school's days, in British schools' words.

A title is only believed where it is plain. "Last day of half term" may be the last day
of lessons or of the holiday: such titles are listed for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from enum import Enum

from controller.calendar_events import Occurrence
from controller.roll.folding import folded


class Meaning(Enum):
    """What an event does to the calendar; the value is what a preview says."""

    TERM = "term"
    TERM_STARTS = "first school day of a term"
    TERM_ENDS = "last school day of a term"
    HALF_TERM_STARTS = "last school day before half term"
    HALF_TERM_ENDS = "first school day after half term"
    HOLIDAY = "holiday"
    INSET = "INSET day"
    CLOSURE = "school closed"
    HALF_DAY = "school ends early"


@dataclass(frozen=True, slots=True)
class Understood:
    """An event and one thing that it means.

    Attributes:
        occurrence: the event, on its days.
        meaning: what it does.
        at: when the day ends, for ``HALF_DAY``.
    """

    occurrence: Occurrence
    meaning: Meaning
    at: time | None = None

    @property
    def says(self) -> str:
        """The meaning in words, with its time."""
        said = self.meaning.value
        return said if self.at is None else f"{said}, at {self.at:%H:%M}"


class Unclear(ValueError):
    """A title is not about school days, or not plainly; the message says which."""


NOT_SCHOOL_DAYS = "says nothing about school days"
MIN_DAY_HOURS = 4.0
"""An INSET or a closure that is shorter is a meeting after school."""
MIN_TERM_DAYS = 15
"""Half a term is five weeks at least; a fortnight is no term."""
MAX_HALF_DAYS = 10
EARLIEST_END, LATEST_END = time(10, 0), time(16, 30)

_APART = re.compile(r"\s[-–—|]+\s|[–—;,()/]|:\s|\s&\s")
_NO_CLUBS = r"\bno (after school |breakfast |before school )?(clubs?|wrap ?around)\b"
_ELSE = (
    r"\b(clubs?|camps?|childcare|homework|trips?|visits?|fairs?|fetes?|concerts?|disco"
    r"|reminder|letters?|menus?|payments?|photos?|photographs?|twilight|deadline"
    r"|meeting|assembly|service|party|newsletter)\b"
)
_OPEN = r"\b(is|still|remains|school) open\b"
_PART = r"\b(years? (\d|r|n)|yr ?\d|y\d|reception|nursery|eyfs|ks ?[12]|residential)\b"
_INSET = (
    r"\b(inset|in set|(staff|teachers?|teacher) (training|development)|training day"
    r"|(cpd|pd|non pupil|baker|staff) day)\b"
)
_SEASON = (
    r"(christmas|xmas|easter|whitsun|spring|summer|winter|autumn|october|february|may)"
)
_HOLIDAY = (
    r"\b(half term|holidays?|good friday|easter monday|(christmas|boxing|may) day"
    rf"|new years day|{_SEASON} (break|vacation))\b"
)
_CLOSED = (
    r"\b(school (is |will be )?closed|closed (to|for) (all )?(pupils|children|students)"
    r"|(school|emergency|snow) closure|snow day|polling (day|station)|occasional day"
    r"|strike( day)?)\b"
)
_EARLY = (
    r"\b(half days?|early (closing|closure|finish\w*|home ?time|dismissal)"
    r"|(closes?|closing|finish\w*|ends?|out) early)\b"
)
_ENDING = r"\b(closes?|closing|finish(es)?|ends?)\b"
_WHICH = r"(the )?(\w+ ){0,2}(term|school year|academic year)( \d)?"
_ENDS = (
    rf"\b(end of {_WHICH}|last (school )?day (of|in) {_WHICH}|last (school )?day before"
    r"|last (school )?day(?= /|$)|last day at school|term( \d)? (ends|finishes)"
    r"|(autumn|spring|summer)( term)?( \d)? ends|break(s|ing)? up|school year ends"
    r"|(school|we|pupils|children) (close|closes|finish|finishes|ends?) (for|before))\b"
)
_STARTS = (
    rf"\b((start|beginning) of {_WHICH}|first (school )?day (of|in) {_WHICH}"
    r"|first (school )?day (back|after)|(term|school)( \d)? (starts|begins|commences"
    r"|opens|reopens|re opens|resumes|returns)|(autumn|spring|summer)( term)?( \d)?"
    r" (starts|begins)|back to school|(children|pupils|students|all) (return|back)"
    r"|(return|returns) to school|new term)\b"
)
_TERM = r"\b(term( [1-6])?|(autumn|spring|summer) [12])\b"
_AFTER_INSET = r"\b(after|following) (the |our |an )?(inset|training)\b"
_EITHER = (
    r"\b((last|first|final) day (of|in)|(end|start|beginning) of) (the )?"
    r"(\w+ ){0,2}(half term|holidays?|break|vacation)\b"
    r"|\b(half term|holidays?|break) (ends?|starts?|begins?|finish(es)?)\b"
)


def understand(event: Occurrence) -> tuple[Understood, ...]:
    """Return everything that ``event`` means, at least one thing.

    Raises:
        Unclear: nothing, or nothing that is plain.
    """
    parts = _relevant(event.summary)
    title = " / ".join(parts)
    text = " / ".join(map(_plain, parts))  # the stroke keeps patterns within a part
    if re.search(_OPEN, _plain(event.summary)):
        raise Unclear("says that school is open")
    if re.search(_EITHER, text):
        raise Unclear("may be a school day or a free one, enter it by hand")
    read = _of_one_day if event.first == event.last else _of_days
    found = tuple(read(event, title, text))
    if not found:
        raise Unclear(NOT_SCHOOL_DAYS)
    return found


def _relevant(summary: str) -> list[str]:
    """Return the parts of a title that may be about the whole school's days.

    >>> _relevant("Last day of term - Christmas party (Year 2), closes 1.30pm")
    ['Last day of term', 'closes 1.30pm']
    """
    parts = [part.strip() for part in _APART.split(summary) if part and part.strip()]
    whole = [part for part in parts if not re.search(_PART, _plain(part))]
    kept = [part for part in whole if not re.search(_ELSE, _plain(part))]
    if not kept:
        some = len(whole) < len(parts)
        raise Unclear("speaks of some classes only" if some else NOT_SCHOOL_DAYS)
    return kept


def _plain(part: str) -> str:
    return re.sub(_NO_CLUBS, " ", folded(part))


def _of_days(event: Occurrence, title: str, text: str) -> Iterator[Understood]:
    days = (event.last - event.first).days + 1
    if re.search(_EARLY, text) and days <= MAX_HALF_DAYS:
        yield Understood(event, Meaning.HALF_DAY, end_of_day(event, title))
    elif re.search(_INSET, text):
        yield Understood(event, Meaning.INSET)
    elif re.search(_HOLIDAY, text):
        yield Understood(event, Meaning.HOLIDAY)
    elif re.search(_CLOSED, text):
        yield Understood(event, Meaning.CLOSURE)
    elif re.search(_TERM, text) and days >= MIN_TERM_DAYS:
        yield Understood(event, Meaning.TERM)


def _of_one_day(event: Occurrence, title: str, text: str) -> Iterator[Understood]:
    marks = [*_marks(text)]
    if len(marks) > 1:
        raise Unclear("begins and ends on one day, enter it by hand")
    for mark in marks:
        yield Understood(event, mark)
    if re.search(_EARLY, text) or _ends_at_a_time(title, text, marks):
        yield Understood(event, Meaning.HALF_DAY, end_of_day(event, title))
    elif re.search(_INSET, text) and not re.search(_AFTER_INSET, text):
        yield _whole_day(event, Meaning.INSET)
    elif not marks and re.search(_HOLIDAY, text):
        yield _whole_day(event, Meaning.HOLIDAY)
    elif not marks and re.search(_CLOSED, text):
        yield _whole_day(event, Meaning.CLOSURE)


def _marks(text: str) -> Iterator[Meaning]:
    half = "half term" in text
    if re.search(_ENDS, text):
        yield Meaning.HALF_TERM_STARTS if half else Meaning.TERM_ENDS
    if re.search(_STARTS, text):
        yield Meaning.HALF_TERM_ENDS if half else Meaning.TERM_STARTS


def _ends_at_a_time(title: str, text: str, marks: Sequence[Meaning]) -> bool:
    """Return whether a title gives the hour at which the day ends."""
    ending = {Meaning.TERM_ENDS, Meaning.HALF_TERM_STARTS} & {*marks}
    said = bool(ending) or bool(re.search(_ENDING, text))
    return said and bool(_times_in(title))


def _whole_day(event: Occurrence, meaning: Meaning) -> Understood:
    if event.hours < MIN_DAY_HOURS:
        raise Unclear(f"lasts {event.hours:g} hours only, a whole day is wanted")
    return Understood(event, meaning)


# ----------------------------------------------------------------------------- times

_TIME = re.compile(
    r"\b(?P<noon>(12 ?)?(noon|midday))\b"
    r"|\b(?P<h>\d{1,2})([:.](?P<m>\d{2}))?\s?(?P<half>[ap])\.?m\b"
    r"|\b(?P<hh>\d{1,2})[:.](?P<mm>\d{2})\b",
    re.IGNORECASE,
)
_AFTERNOON = 7  # "finish at 1.30": no school ends at half past one at night


def end_of_day(event: Occurrence, title: str) -> time:
    """Return when a shortened day ends: by the title, else by the event's own times.

    Raises:
        Unclear: no time, several, or none at which a school day ends.
    """
    times = _times_in(title)
    if len(times) > 1:
        raise Unclear("names several times, enter the day by hand")
    at = next(iter(times), None) or _own_end(event)
    if at is None:
        raise Unclear("names no time at which the day ends")
    if not EARLIEST_END <= at <= LATEST_END:
        raise Unclear(
            f"ends at {at:%H:%M}, wanted {EARLIEST_END:%H:%M} to {LATEST_END:%H:%M}"
        )
    return at


def _own_end(event: Occurrence) -> time | None:
    """Return the start of an event that marks the end, else the end of a morning."""
    if event.starts is None:
        return None
    return event.starts if event.starts >= time(11) else event.ends


def _times_in(title: str) -> set[time]:
    return {at for found in _TIME.finditer(title) if (at := _time(found)) is not None}


def _time(found: re.Match[str]) -> time | None:
    if found["noon"]:
        return time(12)
    hour = int(found["h"] or found["hh"])
    minute = int(found["m"] or found["mm"] or 0)
    afternoon = (found["half"] or "").lower() == "p"
    if (afternoon and hour != 12) or (not found["half"] and hour < _AFTERNOON):  # noqa: PLR2004  noon is 12 pm
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004  a clock's
