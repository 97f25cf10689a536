"""DAY-10: the school calendar decides which part of its day a class is in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.domain.calendar import (
    FRIDAY,
    MONDAY,
    SUNDAY,
    CalendarFaults,
    Change,
    Closure,
    ClosureKind,
    DayTimes,
    Phase,
    SchoolCalendar,
    Term,
)

AUTUMN = Term(date(2026, 9, 2), date(2026, 12, 18))
SPRING = Term(date(2027, 1, 5), date(2027, 3, 25))
HALF_TERM = Closure(date(2026, 10, 26), date(2026, 10, 30), ClosureKind.HOLIDAY)
INSET = Closure(date(2026, 9, 2), date(2026, 9, 2), ClosureKind.INSET)
LAST_DAY = date(2026, 12, 18)
A_MONDAY = date(2026, 11, 23)
SUMMER_TIME_BEGINS = date(2027, 3, 28)  # Sundays, Europe/London
SUMMER_TIME_ENDS = date(2026, 10, 25)
US_PER_HOUR = 3_600_000_000


@pytest.fixture
def calendar() -> SchoolCalendar:
    """Two terms, half term, one INSET day, a half day; the nursery goes at noon."""
    nursery = DayTimes(
        session_end=time(11, 45), home_time=time(11, 45), home_until=time(12, 0)
    )
    return SchoolCalendar(
        terms=(SPRING, AUTUMN),
        closures=(HALF_TERM, INSET),
        half_days={LAST_DAY: time(13, 30)},
        classes={
            "nursery": {MONDAY: nursery, FRIDAY: None},
        },
    )


@pytest.fixture
def all_week() -> SchoolCalendar:
    """School on every day of a year, so that Sundays of summer time count."""
    return SchoolCalendar(
        terms=(Term(date(2026, 9, 1), date(2027, 8, 31)),),
        days=dict.fromkeys(range(7), DayTimes()),
    )


def us(text: str) -> int:
    """Return the instant of a UTC time, microseconds since 1970."""
    moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return round(moment.timestamp()) * 1_000_000


# ------------------------------------------------------------------- school days


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 9, 1), "the day before term"),
        (date(2026, 9, 2), "INSET"),
        (date(2026, 10, 26), "first day of half term"),
        (date(2026, 10, 30), "last day of half term"),
        (date(2026, 11, 22), "a Sunday"),
        (date(2026, 12, 21), "between terms"),
        (date(2030, 1, 7), "after the last term"),
    ],
)
def test_day_10_on_a_day_that_is_no_school_day_nobody_has_times(calendar, day, why):
    """DAY-10: on a non-school day nothing opens for a pupil."""
    assert calendar.times_for("4-maple", day) is None, why
    assert calendar.school_hours(day) is None
    noon = calendar.instant(day, time(12))
    assert calendar.phase("4-maple", noon) is Phase.CLOSED_DAY


@pytest.mark.parametrize(
    "day", [date(2026, 9, 3), A_MONDAY, LAST_DAY, date(2027, 1, 5), date(2027, 3, 25)]
)
def test_day_10_the_first_and_the_last_day_of_a_term_are_school_days(calendar, day):
    assert calendar.times_for("4-maple", day) is not None


def test_day_10_every_weekday_of_the_demos_autumn_is_a_school_day(calendar):
    """DAY-10: the times of the contract's demo are the defaults."""
    times = calendar.times_for("4-maple", A_MONDAY)

    assert times.drop_off_from == time(8, 30)
    assert times.drop_off_until == time(9, 30)
    assert times.late_until == time(10, 0)
    assert times.home_time == time(15, 15)


def test_day_10_a_class_has_its_own_times_and_its_own_free_day(calendar):
    monday, friday = A_MONDAY, A_MONDAY + timedelta(days=4)

    assert calendar.times_for("nursery", monday).home_time == time(11, 45)
    assert calendar.times_for("4-maple", monday).home_time == time(15, 15)
    assert calendar.times_for("nursery", friday) is None
    assert calendar.times_for("4-maple", friday) is not None
    # A weekday that the class says nothing of is the whole school's.
    tuesday = monday + timedelta(days=1)
    assert calendar.times_for("nursery", tuesday) == DayTimes()


def test_day_10_the_shortest_closure_says_why_the_day_is_closed(calendar):
    both = replace(
        calendar,
        closures=(
            *calendar.closures,
            Closure(date(2026, 10, 28), date(2026, 10, 28), ClosureKind.INSET),
        ),
    )

    assert both.closure_on(date(2026, 10, 28)).kind is ClosureKind.INSET
    assert both.closure_on(date(2026, 10, 27)).kind is ClosureKind.HOLIDAY
    assert both.closure_on(A_MONDAY) is None


def test_day_10_term_and_next_school_day_leap_over_holidays(calendar):
    assert calendar.term_of(A_MONDAY) == AUTUMN
    assert calendar.term_of(date(2026, 12, 25)) is None
    assert calendar.next_school_day(date(2026, 10, 23)) == date(2026, 11, 2)
    assert calendar.next_school_day(date(2026, 12, 18)) == date(2027, 1, 5)
    assert calendar.next_school_day(date(2020, 1, 1)) == date(2026, 9, 3)
    assert calendar.next_school_day(date(2027, 3, 25)) is None
    assert SchoolCalendar().next_school_day(A_MONDAY) is None


# ---------------------------------------------------------------------- half days


def test_day_10_a_half_day_ends_for_everybody_and_clubs_with_it(calendar):
    times = calendar.times_for("4-maple", LAST_DAY)

    assert times == replace(
        DayTimes(),
        home_time=time(13, 30),
        home_until=time(14, 0),
        session_end=time(13, 30),
        clubs_end=time(14, 0),
    )
    assert calendar.school_hours(LAST_DAY) == (time(8, 50), time(13, 30))


def test_day_10_a_class_that_goes_before_the_half_day_ends_keeps_its_times(calendar):
    early_monday = calendar.closing_early(A_MONDAY, time(13, 30))

    times = early_monday.times_for("nursery", A_MONDAY)

    assert times.home_time == time(11, 45)
    assert times.home_until == time(12, 0)
    assert times.session_end == time(11, 45)


def test_day_10_an_early_closure_in_the_morning_cuts_the_windows_too(calendar):
    """DAY-10: the boiler fails at 09:10: no drop-off after that, home time at once."""
    times = calendar.closing_early(A_MONDAY, time(9, 10)).times_for("4-maple", A_MONDAY)

    assert times.drop_off_until == times.late_until == times.home_time == time(9, 10)
    assert times.home_until == time(9, 40)
    assert not list(times.faults())


@pytest.mark.parametrize("end", [time(8, 0), time(8, 30), time(8, 50)])
def test_day_10_a_day_that_ends_before_lessons_begin_is_no_day(calendar, end):
    closed = calendar.closing_early(A_MONDAY, end)

    assert closed.times_for("4-maple", A_MONDAY) is None


def test_day_10_closing_for_one_day_leaves_the_others(calendar):
    snow = calendar.closed_on(A_MONDAY, ClosureKind.CLOSURE)

    assert not snow.is_school_day(A_MONDAY)
    assert snow.is_school_day(A_MONDAY + timedelta(days=1))
    assert calendar.is_school_day(A_MONDAY), "the calendar itself is a value"


# ------------------------------------------------------------------------- phases


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        ("2026-11-23T00:00:00", Phase.BEFORE),
        ("2026-11-23T08:29:59", Phase.BEFORE),
        ("2026-11-23T08:30:00", Phase.DROP_OFF),
        ("2026-11-23T09:29:59", Phase.DROP_OFF),
        ("2026-11-23T09:30:00", Phase.LATE),
        ("2026-11-23T10:00:00", Phase.LESSONS),
        ("2026-11-23T15:14:59", Phase.LESSONS),
        ("2026-11-23T15:15:00", Phase.HOME_TIME),
        ("2026-11-23T15:45:00", Phase.AFTER),
        ("2026-11-23T23:59:59", Phase.AFTER),
    ],
)
def test_day_10_each_part_of_the_day_begins_on_the_minute(calendar, at, phase):
    assert calendar.phase("4-maple", us(at)) is phase


def test_day_10_one_microsecond_before_drop_off_is_before(calendar):
    assert calendar.phase("x", us("2026-11-23T08:30:00") - 1) is Phase.BEFORE


def test_day_10_the_next_change_leaps_over_the_weekend(calendar):
    friday_evening = us("2026-11-20T18:00:00")

    saturday = calendar.next_change("4-maple", friday_evening)
    monday = calendar.next_change("4-maple", saturday.at_us)

    assert saturday == Change(us("2026-11-21T00:00:00"), Phase.CLOSED_DAY)
    assert monday == Change(us("2026-11-23T00:00:00"), Phase.BEFORE)


def test_day_10_before_the_first_term_the_next_change_is_its_first_day(calendar):
    change = calendar.next_change("4-maple", us("2001-01-01T00:00:00"))

    # 2 September is INSET; midnight of the 3rd is 23:00 UTC in summer.
    assert change == Change(us("2026-09-02T23:00:00"), Phase.BEFORE)


def test_day_10_after_the_last_term_nothing_changes_any_more(calendar):
    evening = calendar.instant(SPRING.last, time(20))

    last = calendar.next_change("4-maple", evening)

    assert last.phase is Phase.CLOSED_DAY
    assert calendar.next_change("4-maple", last.at_us) is None
    assert SchoolCalendar().next_change("4-maple", 0) is None


# --------------------------------------------------------------------- summer time


@pytest.mark.parametrize(
    ("day", "drop_off_utc"),
    [
        (date(2027, 3, 27), "2027-03-27T08:30:00"),  # winter: London is UTC
        (SUMMER_TIME_BEGINS, "2027-03-28T07:30:00"),
        (SUMMER_TIME_BEGINS + timedelta(days=1), "2027-03-29T07:30:00"),
        (date(2026, 10, 24), "2026-10-24T07:30:00"),
        (SUMMER_TIME_ENDS, "2026-10-25T08:30:00"),
        (SUMMER_TIME_ENDS + timedelta(days=1), "2026-10-26T08:30:00"),
    ],
)
def test_day_10_drop_off_is_at_half_past_eight_on_the_wall(all_week, day, drop_off_utc):
    """DAY-10: both Sundays of the clock change, and the days around them."""
    start = us(drop_off_utc)

    assert all_week.instant(day, time(8, 30)) == start
    assert all_week.phase("4-maple", start - 1) is Phase.BEFORE
    assert all_week.phase("4-maple", start) is Phase.DROP_OFF


@pytest.mark.parametrize(
    ("sunday", "hours"), [(SUMMER_TIME_BEGINS, 23), (SUMMER_TIME_ENDS, 25)]
)
def test_day_10_the_sundays_have_23_and_25_hours_and_the_mondays_24(
    all_week, sunday, hours
):
    monday, tuesday = sunday + timedelta(days=1), sunday + timedelta(days=2)
    begins = [all_week.instant(day, time.min) for day in (sunday, monday, tuesday)]

    assert begins[1] - begins[0] == hours * US_PER_HOUR
    assert begins[2] - begins[1] == 24 * US_PER_HOUR


@pytest.mark.parametrize("sunday", [SUMMER_TIME_BEGINS, SUMMER_TIME_ENDS])
def test_day_10_windows_inside_the_missing_and_the_doubled_hour_stay_in_order(sunday):
    """DAY-10: 01:00 to 02:00 is missing on one Sunday and doubled on the other."""
    night = DayTimes(
        drop_off_from=time(0, 50),
        session_start=time(1, 0),
        drop_off_until=time(1, 10),
        late_until=time(1, 30),
        home_time=time(2, 0),
        session_end=time(2, 5),
        home_until=time(2, 10),
        clubs_end=time(2, 10),
    )
    calendar = SchoolCalendar(terms=(Term(sunday, sunday),), days={SUNDAY: night})
    midnight = calendar.instant(sunday, time.min)

    seen = [
        calendar.phase("owls", midnight + minute * 60_000_000)
        for minute in range(0, 4 * 60, 5)
    ]

    order = list(Phase)
    assert [order.index(phase) for phase in seen] == sorted(map(order.index, seen))
    assert {Phase.BEFORE, Phase.DROP_OFF, Phase.HOME_TIME, Phase.AFTER} <= set(seen)


def test_day_10_a_time_that_the_clocks_leap_over_is_the_moment_of_the_leap(all_week):
    leap = us("2027-03-28T01:00:00")

    for missing in (time(1, 0), time(1, 1), time(1, 59)):
        assert all_week.instant(SUMMER_TIME_BEGINS, missing) == leap
    assert all_week.instant(SUMMER_TIME_BEGINS, time(2, 0)) == leap


def test_day_10_a_time_that_happens_twice_is_the_first(all_week):
    assert all_week.instant(SUMMER_TIME_ENDS, time(1, 30)) == us("2026-10-25T00:30:00")


# ---------------------------------------------------------------------------- laws

minutes_of_day = st.integers(0, 24 * 60 - 1)


@st.composite
def day_times(draw: st.DrawFn) -> DayTimes:
    """Any times that are in order."""
    gaps = draw(st.tuples(*[st.integers(1, 179)] * 8))  # minutes; 8 × 179 < 24 hours
    cuts = list(accumulate(gaps))
    names = (
        "drop_off_from",
        "session_start",
        "drop_off_until",
        "late_until",
        "session_end",
        "home_time",
        "home_until",
        "clubs_end",
    )
    values = {n: time(m // 60, m % 60) for n, m in zip(names, cuts, strict=True)}
    return DayTimes(**values)


year = st.dates(date(2026, 9, 1), date(2027, 8, 31))


@st.composite
def calendars(draw: st.DrawFn) -> SchoolCalendar:
    """Calendars of one year with every feature, in zones with odd midnights."""
    zones = ("Europe/London", "UTC", "America/Sao_Paulo", "Asia/Beirut", "Asia/Kolkata")
    first, second, third, fourth = sorted(
        draw(st.sets(year, min_size=4, max_size=4)),
    )
    closed = draw(year)
    usual, other = draw(day_times()), draw(day_times())
    week = dict.fromkeys(draw(st.sets(st.integers(0, 6), min_size=1)), usual)
    return SchoolCalendar(
        timezone=draw(st.sampled_from(zones)),
        terms=(Term(first, second), Term(third, fourth)),
        closures=(
            Closure(
                closed, closed + timedelta(days=6), draw(st.sampled_from(ClosureKind))
            ),
        ),
        half_days=draw(
            st.dictionaries(
                year, minutes_of_day.map(lambda m: time(m // 60, m % 60)), max_size=3
            )
        ),
        days=week,
        classes={
            "own": draw(
                st.dictionaries(
                    st.integers(0, 6), st.sampled_from([None, other]), max_size=3
                )
            )
        },
    )


instants = st.integers(us("2026-08-20T00:00:00"), us("2027-09-10T00:00:00"))
slugs = st.sampled_from(["own", "4-maple"])


@given(calendars(), slugs, instants)
def test_day_10_law_the_next_change_is_later_and_true(calendar, slug, at_us):
    """DAY-10: strictly later; the phase is the old one until then, the new one then."""
    change = calendar.next_change(slug, at_us)

    if change is None:
        assert calendar.phase(slug, at_us) is Phase.CLOSED_DAY
    else:
        assert change.at_us > at_us
        assert calendar.phase(slug, change.at_us) is change.phase
        assert calendar.phase(slug, change.at_us - 1) is calendar.phase(slug, at_us)
        assert change.phase is not calendar.phase(slug, at_us)


@given(calendars(), slugs, year)
def test_day_10_law_the_phases_partition_the_day(calendar, slug, day):
    """DAY-10: walking from change to change meets each phase once, in order."""
    tomorrow = calendar.instant(day + timedelta(days=1), time.min)
    at = calendar.instant(day, time.min)
    walked = [calendar.phase(slug, at)]
    while (change := calendar.next_change(slug, at)) and change.at_us < tomorrow:
        walked.append(change.phase)
        at = change.at_us

    if calendar.times_for(slug, day) is None:
        assert walked == [Phase.CLOSED_DAY]
    else:
        order = [list(Phase).index(phase) for phase in walked]
        assert order == sorted(set(order))
        assert walked[-1] is Phase.AFTER
        assert Phase.CLOSED_DAY not in walked


@given(calendars(), slugs, year)
def test_day_10_law_a_shortened_day_is_a_sound_day(calendar, slug, day):
    times = calendar.times_for(slug, day)

    if times is not None:
        assert not list(times.faults())
        if day in calendar.half_days:
            assert times.home_time <= calendar.half_days[day]
            assert times.session_end <= calendar.half_days[day]


@given(calendars(), year)
def test_day_10_law_school_hours_hold_every_class(calendar, day):
    hours = calendar.school_hours(day)
    everybody = [calendar.times_for(slug, day) for slug in ("own", "4-maple")]
    present = [times for times in everybody if times is not None]

    assert (hours is None) == (not present)
    for times in present:
        assert hours[0] <= times.session_start < times.session_end <= hours[1]


# -------------------------------------------------------------------------- faults


def test_day_10_every_fault_of_a_calendar_is_said_at_once():
    with pytest.raises(CalendarFaults) as caught:
        SchoolCalendar(
            timezone="Mars/Olympus",
            terms=(AUTUMN, Term(LAST_DAY, date(2027, 1, 8))),
            closures=(
                Closure(date(2026, 2, 3), date(2026, 2, 1), ClosureKind.HOLIDAY),
            ),
            half_days={date(1066, 10, 14): time(12)},
            days={MONDAY: DayTimes(home_time=time(8, 0)), 9: DayTimes()},
            classes={"": {}},
        )

    assert [fault.split(":")[0] for fault in caught.value.faults] == [
        "timezone",
        "closures[1]",
        "terms",
        "half_days",
        "days.mon.home_time",
        "days",
        "classes",
    ]
    assert caught.value.remedy


@pytest.mark.parametrize(
    "wrong",
    [
        {"drop_off_until": time(8, 30)},
        {"late_until": time(9, 0)},
        {"home_time": time(9, 59)},
        {"home_until": time(15, 15)},
        {"clubs_end": time(15, 44)},
        {"session_start": time(8, 0)},
        {"session_end": time(8, 50)},
        {"session_end": time(15, 46)},
        {"home_time": time(15, 15, 1)},
        {"home_time": time(15, 15, tzinfo=UTC)},
    ],
)
def test_day_10_times_out_of_order_are_faults(wrong):
    faulty = replace(DayTimes(), **wrong)

    with pytest.raises(CalendarFaults):
        SchoolCalendar(days={MONDAY: faulty})


@pytest.mark.parametrize("name", ["", "..", "../etc/passwd", "Europe", "\0", "x" * 300])
def test_day_10_a_timezone_that_is_no_timezone_is_a_fault(name):
    with pytest.raises(CalendarFaults, match="timezone"):
        SchoolCalendar(timezone=name)
