"""Requests of the settings page: rules, the calendar, clubs."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from controller.domain import orders as o
from controller.domain import people_facts as p
from controller.domain.calendar import CalendarFaults, SchoolCalendar
from controller.domain.calendar_plain import from_plain, to_plain
from controller.domain.closure import close_early
from controller.domain.day import club_release, is_on
from controller.domain.refusals import Refusal
from controller.domain.release import club_plan
from controller.domain.rules import RULE_SETTINGS
from controller.domain.state import CalendarRecord, Club, Setting
from controller.domain.tap_facts import OrderRefused
from controller.protocol import (
    CalendarPreview,
    CalendarView,
    Fault,
    Settings,
    SettingView,
)
from controller.service.calls import Call, Refused, bad_input, by_rule
from controller.service.handling import Handling, for_act, ordering

if TYPE_CHECKING:
    from controller.service.hub import Hub

DAYS_SHOWN = 10
"""Days of the calendar that the page spells out: two weeks of school."""


def _settings(hub: Hub, call: Call) -> Settings:
    state = hub.core.state
    context = hub.core.context(call.actor)
    groups = list(dict.fromkeys(rule.group for rule in RULE_SETTINGS.values()))
    return Settings(
        groups=groups,
        settings=[_setting(hub, key) for key in RULE_SETTINGS],
        calendar=calendar_view(hub),
        classes=hub.class_views.lines(state, context),
        kiosks=[
            [kiosk.kiosk, hub.directory.full(kiosk.by), _when(hub, kiosk.at_us)]
            for kiosk in state.kiosks.values()
        ],
    )


def _setting(hub: Hub, key: str) -> SettingView:
    rule = RULE_SETTINGS[key]
    found = hub.core.state.settings.get(key)
    return SettingView(
        key=key,
        title=rule.title,
        help=rule.help,
        kind=rule.kind,
        value=found.value if found else rule.default,
        choices=[[value, title] for value, title in rule.choices.items()],
        version=found.version if found else 0,
        changed=_changed(hub, found),
        group=rule.group,
        bounds=list(rule.bounds) if rule.kind == "number" else [],
        unit=rule.unit,
    )


def _changed(hub: Hub, found: Setting | CalendarRecord | None) -> str:
    if found is None:
        return ""
    by = hub.directory.full(found.by) if found.by else "the program"
    return f"{_when(hub, found.at_us)}, by {by}"


def _when(hub: Hub, at_us: int) -> str:
    return f"{hub.core.calendar.local(at_us):%-d %B %Y}"


def _set(hub: Hub, call: Call) -> SettingView:
    key = call.text("key")
    hub.order(o.SetRule(key, call.text("value")), call)
    return _setting(hub, key)


# ------------------------------------------------------------------------- calendar


def calendar_view(hub: Hub) -> CalendarView:
    """Return the calendar as it is set, and what it makes of the coming days."""
    record = hub.core.state.calendar.get("calendar")
    context = hub.core.context()
    calendar = hub.core.calendar
    return CalendarView(
        plain=to_plain(calendar),
        version=record.version if record else 0,
        changed=_changed(hub, record),
        today=context.today.isoformat(),
        next_days=[
            _day_words(calendar, context.today + timedelta(days=k))
            for k in range(DAYS_SHOWN)
        ],
    )


def _day_words(calendar: SchoolCalendar, day: date) -> list[str]:
    times = calendar.times_for("", day)
    if times is not None:
        words = f"{times.drop_off_from:%H:%M} to {times.home_time:%H:%M}"
    else:
        closure = calendar.closure_on(day)
        weekend = day.weekday() not in calendar.days
        kind = closure.kind.value if closure else ""
        words = "weekend" if weekend else kind or "no term"
    return [day.isoformat(), words]


def _calendar_set(hub: Hub, call: Call) -> CalendarView:
    plain = call.args.get("plain")
    try:
        calendar = from_plain(plain)
    except CalendarFaults as faults:
        raise _calendar_fault(faults) from None
    return set_calendar(hub, call, calendar)


def _calendar_fault(faults: CalendarFaults) -> Refused:
    return Refused(
        Fault(
            "bad-input",
            "The calendar has mistakes; nothing was changed.",
            "Correct them and save again.",
            422,
            list(faults.faults),
        )
    )


def set_calendar(hub: Hub, call: Call, calendar: SchoolCalendar) -> CalendarView:
    """Write ``calendar`` and return the page's view of it."""
    fact = p.CalendarSet(to_plain(calendar), call.actor.person)
    hub.core.commit([fact])
    return calendar_view(hub)


def _early(hub: Hub, call: Call) -> CalendarView:
    """Close early today: one act, for snow or a boiler."""
    text = call.text("home_time", most=5)
    try:
        end = time.fromisoformat(text)
    except ValueError:
        raise bad_input("home_time", text, "a time such as 13:15") from None
    decided = close_early(end, hub.core.context(call.actor))
    if isinstance(decided, Refusal):
        hub.core.commit([OrderRefused("CloseEarly", call.actor.person, decided.rule)])
        raise by_rule(decided)
    return set_calendar(hub, call, decided)


def _import(hub: Hub, call: Call) -> CalendarPreview:
    from controller.calendar_import import propose  # noqa: PLC0415  see handling.lazily

    read = propose(
        call.file(),
        hub.core.calendar,
        today=hub.core.context().today,
        filename=call.text("filename", "", 200),
    )
    return CalendarPreview(
        hub.tickets.keep(read.calendar),
        understood=[
            [
                _span(one.occurrence.first, one.occurrence.last),
                one.occurrence.summary,
                one.says,
            ]
            for one in read.understood
        ],
        not_understood=[
            f"{_span(one.first, one.first)}: {one.summary} ({one.why})"
            for one in read.not_understood
        ],
    )


def _span(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "without a day"
    if first == last:
        return f"{first:%-d %B %Y}"
    return f"{first:%-d %B} to {last:%-d %B %Y}"


def _apply(hub: Hub, call: Call) -> CalendarView:
    calendar = hub.tickets.take(call.text("ticket"))
    if not isinstance(calendar, SchoolCalendar):
        raise bad_input("ticket", "an old preview", "the preview on the page")
    return set_calendar(hub, call, calendar)


# ---------------------------------------------------------------------------- clubs


def _clubs(hub: Hub, call: Call) -> list[dict[str, Any]]:
    """Return the clubs, with how many devices wait for each and since when they may go.

    Counts only: who leads a club need not teach the classes its pupils are in.
    """
    return [_club_line(hub, club, call) for club in hub.core.state.clubs.values()]


def _club_line(hub: Hub, club: Club, call: Call) -> dict[str, Any]:
    state, context = hub.core.state, hub.core.context(call.actor)
    marks = [m for m in state.marks.values() if (m.mark, m.club) == ("club", club.club)]
    release = club_release(state, club.club)
    return {
        "club": club.club,
        "name": club.name,
        "ends": club.ends,
        "leader": club.leader,
        "leader_name": hub.directory.full(club.leader),
        "pupils": len(marks),
        "inside": sum(len(wave.pupils) for wave in club_plan(state, club.club)),
        "released": context.local_hm(release.at_us)
        if release is not None and is_on(release, context)
        else "",
    }


def _club_leaders(hub: Hub, _call: Call) -> list[list[str]]:
    """Return id and name of everybody who may be given a club, for its form."""
    people = [one.staff for one in hub.core.state.staff.values() if one.active]
    lines = [[person, hub.directory.full(person)] for person in people]
    return sorted(lines, key=lambda line: line[1])


def _club_set(call: Call) -> o.Order:
    return o.SetClub(
        call.text("club"), call.text("name"), call.text("ends"), call.text("leader")
    )


def _club_remove(call: Call) -> o.Order:
    return o.RemoveClub(call.text("club"))


RULES: dict[str, Handling] = {
    "settings": for_act("settings.see", _settings),
    "setting_set": for_act("settings.change", _set, step_up=True),
    "calendar_set": for_act("calendar.change", _calendar_set),
    "calendar_import": for_act("calendar.change", _import),
    "calendar_apply": for_act("calendar.change", _apply),
    "early_closure": for_act("calendar.change", _early),
    "clubs": for_act("class.see", _clubs),
    "club_leaders": for_act("calendar.change", _club_leaders),
    "club_set": for_act("calendar.change", ordering(_club_set, _clubs)),
    "club_remove": for_act("calendar.change", ordering(_club_remove, _clubs)),
}
