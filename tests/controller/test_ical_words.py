"""DAY-10: what titles of events mean, in the words of British schools."""

from __future__ import annotations

from datetime import date, time

import pytest

from controller.calendar_events import Occurrence
from controller.calendar_words import Meaning, Unclear, understand

M = Meaning
MONDAY = date(2026, 11, 23)


def one_day(title: str, starts: time | None = None, ends: time | None = None):
    """Return an event on one day."""
    return Occurrence(title, MONDAY, MONDAY, starts, ends)


def meanings(event: Occurrence):
    """Return meanings and times of an event."""
    return [(one.meaning, one.at) for one in understand(event)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("INSET Day", [M.INSET]),
        ("Inset day 3 (school closed to pupils)", [M.INSET]),
        ("IN-SET day", [M.INSET]),
        ("Staff Training Day", [M.INSET]),
        ("School closed: staff training", [M.INSET]),
        ("Non-pupil day", [M.INSET]),
        ("CPD Day", [M.INSET]),
        ("INSET day – no after school clubs", [M.INSET]),
        ("Bank Holiday", [M.HOLIDAY]),
        ("Early May bank holiday", [M.HOLIDAY]),
        ("Good Friday", [M.HOLIDAY]),
        ("New Year’s Day", [M.HOLIDAY]),
        ("Half Term", [M.HOLIDAY]),
        ("School closed - polling day", [M.CLOSURE]),
        ("Polling Station", [M.CLOSURE]),
        ("Closed to pupils", [M.CLOSURE]),
        ("Snow day!", [M.CLOSURE]),
        ("Occasional Day", [M.CLOSURE]),
        ("Autumn Term starts", [M.TERM_STARTS]),
        ("First day of term", [M.TERM_STARTS]),
        ("Term 3 begins", [M.TERM_STARTS]),
        ("Start of the Spring Term", [M.TERM_STARTS]),
        ("School reopens", [M.TERM_STARTS]),
        ("Children return to school", [M.TERM_STARTS]),
        ("Pupils return after INSET", [M.TERM_STARTS]),
        ("First day of Autumn term - INSET", [M.TERM_STARTS, M.INSET]),
        ("End of Autumn Term", [M.TERM_ENDS]),
        ("Last day of term - Christmas party", [M.TERM_ENDS]),
        ("School closes for Christmas holidays", [M.TERM_ENDS]),
        ("Break up for Easter", [M.TERM_ENDS]),
        ("Last day before half term", [M.HALF_TERM_STARTS]),
        ("School closes for half-term", [M.HALF_TERM_STARTS]),
        ("Break up for half term", [M.HALF_TERM_STARTS]),
        ("Children return after half term", [M.HALF_TERM_ENDS]),
    ],
)
def test_day_10_a_plain_title_of_one_day_is_understood(title, expected):
    assert meanings(one_day(title)) == [(meaning, None) for meaning in expected]


@pytest.mark.parametrize(
    ("title", "at"),
    [
        ("Half day - school finishes at 12 noon", time(12)),
        ("Early closure 1.30pm", time(13, 30)),
        ("Early finish: 13:15", time(13, 15)),
        ("School closes at 2pm", time(14)),
        ("School closes 1.30 p.m", time(13, 30)),
        ("School ends at 1:30", time(13, 30)),
        ("Half day, pupils leave at midday", time(12)),
        ("Early finish 12.15pm", time(12, 15)),
    ],
)
def test_day_10_a_shortened_day_ends_when_its_title_says(title, at):
    assert meanings(one_day(title)) == [(M.HALF_DAY, at)]


def test_day_10_a_last_day_with_a_time_is_both():
    expected = [(M.TERM_ENDS, None), (M.HALF_DAY, time(13, 30))]

    assert meanings(one_day("Last day of term – 1.30pm finish")) == expected
    assert meanings(one_day("End of term (1.30pm)")) == expected


def test_day_10_a_shortened_day_without_a_time_in_its_title_has_its_own():
    """DAY-10: an entry at the moment of closing, or a morning."""
    closing = one_day("Early closure", time(13, 30), time(14, 0))
    morning = one_day("Half day", time(8, 50), time(12, 30))

    assert meanings(closing) == [(M.HALF_DAY, time(13, 30))]
    assert meanings(morning) == [(M.HALF_DAY, time(12, 30))]


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("Nativity play", "nothing about school days"),
        ("Half term holiday club", "nothing about school days"),
        ("School closed letter to parents", "nothing about school days"),
        ("Twilight INSET", "nothing about school days"),
        ("Polling day: school is open", "school is open"),
        ("Non-uniform day", "nothing about school days"),
        ("First day of spring", "nothing about school days"),
        ("Last day of half term", "school day or a free one"),
        ("First day of half-term", "school day or a free one"),
        ("Half term ends", "school day or a free one"),
        ("Last day of Easter holidays", "school day or a free one"),
        ("Year 6 return to school", "some classes only"),
        ("Nursery closed", "some classes only"),
        ("Early closure", "no time"),
        ("Half day: KS1 1.15pm", "no time"),
        ("Early closure 1.15pm or 1.30pm", "several times"),
        ("Early closure 9am", "wanted 10:00 to 16:30"),
        ("Early closure 25.99pm", "no time"),
        ("Early closure 25.30pm", "no time"),
        ("Early closure 2.75pm", "no time"),
        ("Term starts and term ends", "by hand"),
        ("", "nothing about school days"),
    ],
)
def test_day_10_a_title_that_is_not_plain_is_left_to_people(title, why):
    with pytest.raises(Unclear, match=why):
        understand(one_day(title))


@pytest.mark.parametrize("title", ["INSET", "Bank holiday", "School closed"])
def test_day_10_an_hour_after_school_is_no_closed_day(title):
    with pytest.raises(Unclear, match=r"lasts 1\.5 hours only"):
        understand(one_day(title, time(15, 30), time(17)))
    assert understand(one_day(title, time(9), time(15)))


@pytest.mark.parametrize(
    ("title", "days", "expected"),
    [
        ("October half term", 7, M.HOLIDAY),
        ("Christmas holidays", 14, M.HOLIDAY),
        ("Summer break", 42, M.HOLIDAY),
        ("INSET days", 2, M.INSET),
        ("School closed", 2, M.CLOSURE),
        ("Autumn Term", 100, M.TERM),
        ("Term 1", 50, M.TERM),
        ("Spring 2", 30, M.TERM),
        ("Half days finishing early at 12.30pm", 2, M.HALF_DAY),
    ],
)
def test_day_10_events_of_several_days(title, days, expected):
    last = date.fromordinal(MONDAY.toordinal() + days - 1)

    assert [one.meaning for one in understand(Occurrence(title, MONDAY, last))] == [
        expected
    ]


def test_day_10_a_week_is_no_term():
    with pytest.raises(Unclear):
        understand(Occurrence("Term 1", MONDAY, date(2026, 11, 27)))
