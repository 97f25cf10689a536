"""Canned rules and the autumn term of 2026."""

from __future__ import annotations

from typing import Any

from controller import protocol as p
from tests.web.staff.fake_class import classes


def _setting(
    key: str, group: str, title: str, kind: str, value: str, **over: Any
) -> p.SettingView:
    over = {"help": "", "version": 2, "changed": "4 September, by Ms Okoro"} | over
    return p.SettingView(
        key=key, title=title, kind=kind, value=value, group=group, **over
    )


def calendar() -> p.CalendarView:
    """Return the autumn term of 2026."""
    return p.CalendarView(
        plain=CALENDAR,
        version=3,
        changed="2 September, by Ms Okoro",
        today="School day, home time 15:15",
        next_days=[
            ["2026-11-24", "School day, home time 15:15"],
            ["2026-11-25", "Half day, home time 12:00"],
            ["2026-11-26", "INSET day: no pupils"],
        ],
    )


_TIMES = {
    "session_start": "08:50",
    "drop_off_from": "08:30",
    "drop_off_until": "09:30",
    "late_until": "10:00",
    "home_time": "15:15",
    "home_until": "15:45",
    "session_end": "15:15",
    "clubs_end": "16:15",
}
CALENDAR: dict[str, Any] = {
    "timezone": "Europe/London",
    "terms": [{"first": "2026-09-02", "last": "2026-12-18"}],
    "closures": [
        {"first": "2026-10-26", "last": "2026-10-30", "kind": "holiday"},
        {"first": "2026-11-26", "last": "2026-11-26", "kind": "inset"},
    ],
    "half_days": {"2026-11-25": "12:00"},
    "days": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), _TIMES),
    "classes": {"merlins": {"fri": None, "mon": {**_TIMES, "home_time": "15:00"}}},
}


def settings() -> p.Settings:
    """Answer ``settings``."""
    return p.Settings(
        groups=["Morning", "Home time", "Doors"],
        settings=[
            _setting(
                "late-rule",
                "Morning",
                "Late arrivals",
                "choice",
                "until-late",
                help="What a tap does after drop-off.",
                choices=[
                    ["until-late", "May hand in until late ends"],
                    ["office", "Go to the office"],
                ],
            ),
            _setting(
                "ask-off",
                "Morning",
                "Ask \u201cSwitched off?\u201d",
                "flag",
                "yes",
                help="The screen asks once, and waits for no answer.",
            ),
            _setting(
                "wave-wait",
                "Home time",
                "Between tables",
                "choice",
                "doors",
                choices=[
                    ["doors", "Wait until the doors are shut"],
                    ["go", "Wait for the teacher's Next"],
                ],
            ),
            _setting(
                "left-open-s",
                "Doors",
                "Say that a door was left open after",
                "number",
                "60",
                help="Then the class page says so.",
                bounds=[60, 600],
                unit="seconds",
            ),
            _setting(
                "latest",
                "Home time",
                "Home time ends by itself at",
                "time",
                "16:00",
                help="What is still behind a door then goes on the office's list.",
            ),
        ],
        calendar=calendar(),
        classes=classes(),
        kiosks=[["k1", "front", "Paired 4 September"]],
    )


def setting_set(key: str, value: str) -> Any:
    """Answer ``setting_set``: 0 seconds is out of bounds."""
    view = next(one for one in settings().settings if one.key == key)
    if value == "0":
        return p.Fault(
            "refused",
            "60 seconds is the least.",
            "Choose 60 or more.",
            422,
            ["left-open-s: found 0, wanted at least 60"],
        )
    view.value, view.version, view.changed = value, 3, "today at 15:16, by you"
    return view


def calendar_preview(**_: Any) -> p.CalendarPreview:
    """Answer ``calendar_import``."""
    return p.CalendarPreview(
        ticket="c1",
        understood=[
            ["Autumn term", "2 September to 18 December 2026"],
            ["Half-term holiday", "26 to 30 October 2026"],
            ["INSET day", "26 November 2026"],
        ],
        not_understood=[
            "Nativity rehearsal, 4 December: not a term, holiday, INSET or half day"
        ],
    )


LEADERS = [["s-teacher", "Ms Example"], ["s2", "Mr Webb"]]


def clubs(**_: Any) -> list[dict[str, Any]]:
    """Answer ``clubs``: chess waits for its teacher, choir has gone, judo is empty."""
    line = {"leader": "s2", "leader_name": "Mr Webb", "ends": "16:15", "released": ""}
    chess = {"leader": "s-teacher", "leader_name": "Ms Example", "ends": "16:00"}
    return [
        line | chess | {"club": "chess", "name": "Chess", "pupils": 3, "inside": 2},
        line | {"club": "choir", "name": "Choir", "pupils": 4, "released": "16:12"},
        line | {"club": "judo", "name": "Judo", "pupils": 1, "inside": 1},
    ]
