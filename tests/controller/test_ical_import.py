"""DAY-10: an iCalendar file becomes a proposed calendar, and nothing else happens."""

from __future__ import annotations

import random
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.calendar_events import CalendarFileError, NotUnderstood, read_events
from controller.calendar_import import propose
from controller.domain.calendar import (
    Closure,
    ClosureKind,
    Phase,
    SchoolCalendar,
    Term,
)
from controller.domain.calendar_plain import from_plain, to_plain

TODAY = date(2026, 7, 20)
AUTUMN = Term(date(2026, 9, 2), date(2026, 12, 18))
EMPTY = SchoolCalendar()


def event(title: str, start: str, end: str = "", *more: str) -> str:
    """Return one event; ``start`` and ``end`` as DTSTART and DTEND have them."""
    lines = [f"SUMMARY:{title}", f"DTSTART{start}", *more]
    if end:
        lines.append(f"DTEND{end}")
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{title}", *lines, "END:VEVENT"])


def day(title: str, start: str, after: str = "", *more: str) -> str:
    """Return an all-day event; ``after`` is the day after its last."""
    return event(
        title, f";VALUE=DATE:{start}", f";VALUE=DATE:{after}" if after else "", *more
    )


def ics(*events: str) -> bytes:
    """Return a calendar of ``events``."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN")
    return "\r\n".join([*head, *events, "END:VCALENDAR", ""]).encode()


def proposed(*events: str, calendar: SchoolCalendar = EMPTY):
    """Return what the events would make of ``calendar``."""
    return propose(ics(*events), calendar, today=TODAY)


def occurrences(*events: str):
    """Return title and days of everything that falls in the year around today."""
    read = read_events(
        ics(*events),
        timezone="Europe/London",
        first=date(2026, 1, 1),
        last=date(2027, 12, 31),
    )
    return [
        (one.first, one.why)
        if isinstance(one, NotUnderstood)
        else (one.first, one.last, one.starts, one.ends)
        for one in read
    ]


# ------------------------------------------------------------------- a school's year


def test_day_10_a_schools_published_dates_become_its_calendar():
    """DAY-10: starts, ends, half term, INSET and a half day in one file."""
    found = proposed(
        day("INSET Day - school closed to pupils", "20260901"),
        day("Autumn term starts", "20260902"),
        day("October half term", "20261026", "20261031"),
        day("Nativity play", "20261210"),
        day("Last day of term - 1.30pm finish", "20261218"),
        day("Spring term starts", "20270105"),
        day("School closes for half term", "20270212"),
        day("Children return to school", "20270222"),
        day("End of spring term", "20270325"),
    )

    assert found.calendar.terms == (AUTUMN, Term(date(2027, 1, 5), date(2027, 3, 25)))
    assert found.calendar.closures == (
        Closure(date(2026, 9, 1), date(2026, 9, 1), ClosureKind.INSET),
        Closure(date(2026, 10, 26), date(2026, 10, 30), ClosureKind.HOLIDAY),
        Closure(date(2027, 2, 13), date(2027, 2, 21), ClosureKind.HOLIDAY),
    )
    assert found.calendar.half_days == {date(2026, 12, 18): time(13, 30)}
    assert [(one.first, one.summary) for one in found.not_understood] == [
        (date(2026, 12, 10), "Nativity play")
    ]
    assert len(found.understood) == 9
    assert from_plain(to_plain(found.calendar)) == found.calendar
    noon = found.calendar.instant(date(2026, 10, 28), time(12))
    assert found.calendar.phase("4-maple", noon) is Phase.CLOSED_DAY


def test_day_10_terms_as_long_events_are_the_same_terms():
    found = proposed(day("Autumn Term", "20260902", "20261219"))

    assert found.calendar.terms == (AUTUMN,)


def test_day_10_a_term_said_twice_is_one_term():
    """DAY-10: as a bar, as its halves, and as first and last day."""
    found = proposed(
        day("Autumn Term", "20260902", "20261219"),
        day("Autumn 1", "20260902", "20261024"),
        day("Autumn 2", "20261102", "20261219"),
        day("Autumn term starts", "20260902"),
        day("End of autumn term", "20261218"),
        day("Autumn term begins", "20260902"),
    )

    assert found.calendar.terms == (AUTUMN,)
    assert not found.not_understood


def test_day_10_a_start_without_an_end_is_told_not_guessed():
    found = proposed(
        day("Autumn term starts", "20260902"), day("End of term", "20270325")
    )
    alone = proposed(
        day("End of term", "20260720"),
        day("Autumn term starts", "20260902"),
        day("School closes for half term", "20261023"),
    )

    assert found.calendar.terms == (Term(date(2026, 9, 2), date(2027, 3, 25)),)
    assert not alone.calendar.terms
    assert not alone.understood
    assert [one.why for one in alone.not_understood] == [
        "no start of that term is in the file",
        "no end of that term is in the file",
        "no first day after half term is in the file",
    ]


def test_day_10_terms_of_the_file_replace_those_they_overlap_and_no_others():
    spring = Term(date(2027, 1, 5), date(2027, 3, 25))
    before = SchoolCalendar(terms=(Term(date(2026, 9, 7), date(2026, 12, 11)), spring))

    found = proposed(day("Autumn Term", "20260902", "20261219"), calendar=before)

    assert found.calendar.terms == (AUTUMN, spring)


def test_day_10_the_same_file_twice_changes_nothing():
    events = (
        day("Autumn Term", "20260902", "20261219"),
        day("October half term", "20261026", "20261031"),
        day("Half day finishing 12 noon early", "20261218"),
    )
    once = proposed(*events).calendar

    assert proposed(*events, calendar=once).calendar == once


def test_day_10_what_the_file_does_not_say_stays():
    before = EMPTY.closing_early(date(2026, 11, 5), time(13)).closed_on(
        date(2026, 11, 6), ClosureKind.CLOSURE
    )

    after = proposed(day("INSET", "20261109"), calendar=before).calendar

    assert after.half_days == before.half_days
    assert after.closures[0] == before.closures[0]
    assert len(after.closures) == 2


# ------------------------------------------------------------------------ the dates


def test_day_10_the_end_of_an_all_day_event_is_the_day_after_its_last():
    assert occurrences(day("x", "20261026", "20261031")) == [
        (date(2026, 10, 26), date(2026, 10, 30), None, None)
    ]


@pytest.mark.parametrize(
    ("end", "more"),
    [("", ()), ("20261026", ()), ("20261027", ()), ("", ("DURATION:P1D",))],
)
def test_day_10_one_day_however_it_is_written(end, more):
    """DAY-10: no end, an end on the day itself, the standard's end, a duration."""
    assert occurrences(day("x", "20261026", end, *more)) == [
        (date(2026, 10, 26), date(2026, 10, 26), None, None)
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (":20261026T000000", ":20261027T000000"),
        (";TZID=Europe/London:20261026T000000", ";TZID=Europe/London:20261027T000000"),
        (":20261026T000000Z", ":20261027T000000Z"),
    ],
)
def test_day_10_midnight_to_midnight_is_all_day(start, end):
    """DAY-10: Outlook writes so; in winter London's midnight is UTC's."""
    assert occurrences(event("x", start, end)) == [
        (date(2026, 10, 26), date(2026, 10, 26), None, None)
    ]


def test_day_10_midnight_of_summer_time_is_eleven_at_night_in_utc():
    assert occurrences(event("x", ":20260706T230000Z", ":20260707T230000Z")) == [
        (date(2026, 7, 7), date(2026, 7, 7), None, None)
    ]


@pytest.mark.parametrize(
    ("start", "local"),
    [
        (":20260707T123000Z", time(13, 30)),
        (":20261218T133000Z", time(13, 30)),
        (":20260707T133000", time(13, 30)),
        (";TZID=Europe/Paris:20260707T143000", time(13, 30)),
        (";TZID=GMT Standard Time:20260707T133000", time(13, 30)),
    ],
)
def test_day_10_times_of_any_zone_are_the_schools_own(start, local):
    ((_, _, starts, _),) = occurrences(event("x", start))

    assert starts == local


def test_day_10_an_evening_until_midnight_is_one_day():
    assert occurrences(event("x", ":20260707T180000", ":20260708T000000")) == [
        (date(2026, 7, 7), date(2026, 7, 7), time(18), time(0))
    ]


def test_day_10_long_gone_and_far_away_events_are_left_out():
    found = proposed(day("INSET", "20240902"), day("INSET", "20350903"))

    assert found.calendar == EMPTY
    assert not found.not_understood


def test_day_10_a_cancelled_event_is_listed_and_does_nothing():
    found = proposed(day("INSET", "20261026", "", "STATUS:CANCELLED"))

    assert found.calendar == EMPTY
    assert [one.why for one in found.not_understood] == ["is cancelled"]


# ---------------------------------------------------------------------- repetitions


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;COUNT=3", ["0907", "0908", "0909"]),
        ("FREQ=DAILY;INTERVAL=2;UNTIL=20260912", ["0907", "0909", "0911"]),
        ("FREQ=WEEKLY;COUNT=2", ["0907", "0914"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=2", ["0907", "0921"]),
        ("FREQ=WEEKLY;BYDAY=MO,FR;COUNT=3", ["0907", "0911", "0914"]),
        ("FREQ=MONTHLY;COUNT=2", ["0907", "1007"]),
        ("FREQ=MONTHLY;INTERVAL=3;COUNT=3", ["0907", "1207"]),
        ("FREQ=MONTHLY;BYDAY=1MO;COUNT=3", ["0907", "1005", "1102"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261031", ["0907", "0925", "1030"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20261031", ["0907", "0930", "1031"]),
        ("FREQ=YEARLY;UNTIL=20270101T000000Z", ["0907"]),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", ["0907"]),
        (
            "FREQ=DAILY;BYMONTH=9;BYDAY=TU;UNTIL=20261231",
            ["0907", "0908", "0915", "0922", "0929"],
        ),
    ],
)
def test_day_10_repeating_events_fall_on_each_of_their_days(rule, days):
    found = occurrences(day("x", "20260907", "", f"RRULE:{rule}"))

    assert [f"{first:%m%d}" for first, *_ in found if first.year == 2026] == days


def test_day_10_every_second_month_goes_on_over_the_new_year():
    found = occurrences(
        day("x", "20261107", "", "RRULE:FREQ=MONTHLY;INTERVAL=3;COUNT=2")
    )

    assert [first for first, *_ in found] == [date(2026, 11, 7), date(2027, 2, 7)]


def test_day_10_a_bank_holiday_since_long_ago_is_found_in_these_years():
    found = occurrences(
        day("May day", "19780501", "", "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=1MO")
    )

    assert [first for first, *_ in found] == [date(2026, 5, 4), date(2027, 5, 3)]


def test_day_10_days_taken_out_added_and_moved():
    found = occurrences(
        day(
            "x",
            "20260907",
            "",
            "RRULE:FREQ=WEEKLY;COUNT=4",
            "EXDATE;VALUE=DATE:20260914",
            "RDATE;VALUE=DATE:20261224",
        ),
        day("x", "20260922", "", "RECURRENCE-ID;VALUE=DATE:20260921"),
    )

    assert [f"{first:%m%d}" for first, *_ in found] == ["0907", "0922", "0928", "1224"]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("FREQ=SECONDLY", "more often than daily"),
        ("FREQ=HOURLY;COUNT=2", "more often than daily"),
        ("FREQ=DAILY;INTERVAL=0", "number outside"),
        ("FREQ=DAILY;COUNT=0", "number outside"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1", "BYSETPOS"),
        ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO"),
        ("FREQ=YEARLY;BYDAY=20MO", "numbered weekdays"),
        ("FREQ=WEEKLY;BYDAY=1MO", "numbered weekdays"),
    ],
)
def test_day_10_a_rule_no_school_has_is_told_and_costs_nothing(rule, why):
    ((first, told),) = occurrences(day("x", "20260907", "", f"RRULE:{rule}"))

    assert first == date(2026, 9, 7)
    assert why in told


def test_day_10_a_count_that_began_too_long_ago_is_told():
    found = read_events(
        ics(day("x", "19000101", "", "RRULE:FREQ=DAILY;COUNT=99999")),
        timezone="UTC",
        first=date(1900, 1, 1),
        last=date(2027, 1, 1),
    )
    assert [one.why for one in found] == ["began too long ago"]


# --------------------------------------------------------------------- broken files


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "not an iCalendar file"),
        (b"Adno,Forename\n", "not an iCalendar file"),
        (b"\x89PNG\r\n", "not an iCalendar file"),
        (b"BEGIN:VCALENDAR\r\n" + b"x" * 2_000_001, "wanted at most 2,000,000 bytes"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 5001, "not whole"),
        (ics(*["BEGIN:VEVENT\r\nEND:VEVENT"] * 5001), "5,001 events, wanted"),
        (ics(), "0 events, wanted"),
        (ics(day("INSET", "20261026"))[:120], "not whole"),
        (b"BEGIN:VCALENDAR\n", "not whole"),
        (ics("BEGIN:VEVENT\r\nBEGIN:X\r\nEND:VEVENT"), "broken"),
        (ics("no colon", "BEGIN:VEVENT\r\nEND:VEVENT"), "broken"),
    ],
)
def test_day_10_what_is_no_calendar_is_refused_with_what_was_found(data, found):
    with pytest.raises(CalendarFileError, match=found) as caught:
        propose(data, EMPTY, today=TODAY, filename="dates.ics")

    assert str(caught.value).startswith("dates.ics: ")
    assert caught.value.remedy


def test_day_10_a_broken_event_leaves_the_others():
    found = proposed(event("INSET", ":soon"), day("INSET", "20261026"))

    assert len(found.calendar.closures) == 1
    assert [one.why for one in found.not_understood] == ["its dates are broken"]


def test_day_10_an_event_without_a_date_is_listed():
    bare = "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:INSET\r\nEND:VEVENT"

    assert [one.why for one in proposed(bare).not_understood] == [
        "its dates are broken"
    ]


def test_day_10_an_event_of_centuries_is_listed():
    found = proposed(day("School closed", "19990101", "23000101"))

    assert [one.why for one in found.not_understood] == ["lasts longer than a year"]
    assert found.calendar == EMPTY


def test_day_10_old_windows_letters_are_read():
    data = ics(day("Diwrnod HMS – INSET", "20261026")).decode().encode("cp1252")

    assert propose(data, EMPTY, today=TODAY).understood


def test_day_10_a_damaged_file_never_breaks_the_reader():
    """DAY-10: a few bytes changed, 300 times, always the same ones."""
    chance = random.Random(10)
    sound = ics(
        day("Autumn term", "20260902", "20261219"),
        event("Early closure", ";TZID=Europe/London:20261218T133000"),
        day(
            "INSET",
            "20260907",
            "",
            "RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=3",
            "EXDATE;VALUE=DATE:20261005",
        ),
    )
    for _ in range(300):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 5)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            propose(bytes(data), EMPTY, today=TODAY)
        except CalendarFileError:
            continue


titles = st.one_of(
    st.sampled_from(
        ["Autumn term", "Term starts", "End of term", "Half term", "INSET"]
    ),
    st.sampled_from(["School closes for half term", "Children return", "Fair"]),
    st.sampled_from(["School closed", "Early closure 1pm"]),
)


@given(
    st.lists(
        st.tuples(titles, st.dates(TODAY, date(2027, 7, 31)), st.integers(1, 90)),
        min_size=1,
        max_size=8,
    )
)
def test_day_10_law_any_events_make_a_sound_calendar_once(events):
    """DAY-10: nothing is lost: each event is understood or listed; twice is once."""
    lines = [
        day(
            f"{title}",
            f"{first:%Y%m%d}",
            f"{date.fromordinal(first.toordinal() + n):%Y%m%d}",
        )
        for title, first, n in events
    ]
    found = proposed(*lines)

    known = [one.occurrence for one in found.understood]
    told = len({id(one) for one in known}) + len(found.not_understood)
    assert told >= len(events)
    assert from_plain(to_plain(found.calendar)) == found.calendar
    assert proposed(*lines, calendar=found.calendar).calendar == found.calendar
