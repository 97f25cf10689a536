"""DAY-10: the calendar is set on the page and journalled as plain values."""

from __future__ import annotations

import json
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controller.domain.calendar import (
    CalendarFaults,
    Closure,
    ClosureKind,
    DayTimes,
    SchoolCalendar,
    Term,
)
from controller.domain.calendar_plain import from_plain, to_plain

CALENDAR = SchoolCalendar(
    terms=(
        Term(date(2026, 9, 2), date(2026, 12, 18)),
        Term(date(2027, 1, 5), date(2027, 3, 25)),
    ),
    closures=(Closure(date(2026, 10, 26), date(2026, 10, 30), ClosureKind.HOLIDAY),),
    half_days={date(2026, 12, 18): time(13, 30)},
    classes={"nursery": {0: DayTimes(clubs_end=time(17)), 4: None}},
)


def test_day_10_a_calendar_survives_the_journal():
    """DAY-10: through JSON and back nothing is lost, nothing is added."""
    stored = json.loads(json.dumps(to_plain(CALENDAR)))

    assert from_plain(stored) == CALENDAR
    assert to_plain(from_plain(stored)) == stored


def test_day_10_plain_values_are_what_people_write():
    plain = to_plain(CALENDAR)

    assert plain["terms"][0] == {"first": "2026-09-02", "last": "2026-12-18"}
    assert plain["closures"][0]["kind"] == "holiday"
    assert plain["half_days"] == {"2026-12-18": "13:30"}
    assert plain["days"]["mon"]["home_time"] == "15:15"
    assert plain["classes"]["nursery"]["fri"] is None
    assert "sat" not in plain["days"]


def test_day_10_what_is_left_out_has_its_default():
    assert from_plain({}) == SchoolCalendar()
    assert from_plain({"days": {"sat": {}}}).days == {5: DayTimes()}


def test_day_10_every_fault_is_said_at_once_with_its_place():
    with pytest.raises(CalendarFaults) as caught:
        from_plain(
            {
                "timezone": 7,
                "terms": [{"first": "2026-02-30", "last": "2026-03-01"}, "autumn"],
                "closures": [
                    {"first": "2026-10-30", "last": "2026-10-26", "kind": "holiday"},
                ],
                "half_days": {"2026-12-18": "1.30pm", "soon": "13:30"},
                "days": {"mon": {"home_time": "07:00", "tea": "16:00"}, "tue": None},
                "classes": {"nursery": {"monday": {}}},
                "weather": "fine",
            }
        )

    assert [fault.split(":")[0] for fault in caught.value.faults] == [
        "calendar",
        "timezone",
        "terms[1].first",
        "terms[2]",
        "terms[2].first",
        "terms[2].last",
        "half_days[1].end",
        "half_days[2]",
        "days.mon",
        "days.tue",
        "classes.nursery",
        "closures[1]",
        "days.mon.home_time",
    ]


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        "x",
        {"terms": {}},
        {"terms": "2026"},
        {"closures": [{"first": "2026-10-26", "last": "2026-10-26"}]},
        {"closures": [{"first": "2026-10-26", "last": "2026-10-26", "kind": []}]},
        {"closures": [{"first": "x", "last": "2026-10-26", "kind": "inset"}]},
        {"terms": [{"first": "२०२६-०९-०२", "last": "2026-12-18"}]},
        {"terms": [{"first": "20260902", "last": "2026-12-18"}]},
        {"half_days": {"2026-12-18": "24:00"}},
        {"half_days": {f"{number}": "12:00" for number in range(1001)}},
        {"terms": [{}] * 1001},
        {3: 4},
    ],
)
def test_day_10_what_is_not_a_calendar_is_refused(plain):
    with pytest.raises(CalendarFaults):
        from_plain(plain)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["first", "last", "kind", "mon", "home_time", "2026-12-18"])
            | st.text(max_size=5),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
keys = st.sampled_from(
    ["timezone", "terms", "closures", "half_days", "days", "classes"]
)


@given(st.dictionaries(keys, values))
def test_day_10_law_anything_is_a_calendar_or_named_faults(plain):
    """DAY-10: whatever arrives, the answer is a calendar or a list of faults."""
    try:
        calendar = from_plain(plain)
    except CalendarFaults as faulty:
        calendar = None
        named = faulty.faults
    assert named if calendar is None else from_plain(to_plain(calendar)) == calendar
