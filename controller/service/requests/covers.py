"""Requests of cover teachers: a day card and a PIN in three touches (DAY-12)."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time
from itertools import count
from typing import TYPE_CHECKING, Any

from controller.domain import people_facts as p
from controller.domain import today_orders as o
from controller.domain.refusals import Refusal
from controller.people.directory import new_id
from controller.people.passwords import hash_secret
from controller.people.pins import MIN_DIGITS, check_pin
from controller.people.records import Person
from controller.protocol import Fault
from controller.protocol.today import CoverIssued, CoverLine, Covers
from controller.service.calls import (
    Call,
    Later,
    Refused,
    bad_input,
    by_rule,
    not_found,
)
from controller.service.requests.accounts import one_time_password

if TYPE_CHECKING:
    from controller.service.hub import Hub

MAX_NAME = 60
NAMELESS = "Cover teacher"
LATEST = time(17, 0)
"""When a cover ends where the calendar has no day: nobody teaches later."""


def page(hub: Hub, call: Call) -> Covers:
    """Return the covers that run, soonest end first."""
    context = hub.core.context(call.actor)
    covers = sorted(hub.core.state.covers.values(), key=lambda c: c.until_us)
    waiting = [c.staff for c in covers if hub.enrolment.waits_for(c.staff)]
    return Covers(
        [_line(hub, cover.staff) for cover in covers],
        [(k.klass, k.name) for k in hub.core.state.classes.values()],
        context.today.isoformat(),
        f"{_end_of(hub, context.today):%H:%M}",
        waiting[0] if waiting else "",
        hub.enrolment.view().last if waiting else "",
        hub.readers[0] if hub.readers else "",
        context.is_guessed,
    )


def _line(hub: Hub, staff: str) -> CoverLine:
    state = hub.core.state
    cover, person = state.covers[staff], hub.directory.person(staff)
    until = hub.core.calendar.local(cover.until_us)
    today = hub.core.calendar.local(hub.core.wall.now_us()).date()
    same = until.date() == today
    return CoverLine(
        staff,
        hub.directory.full(staff),
        (person.username or "") if person else "",
        [state.classes[k].name for k in cover.classes if k in state.classes],
        f"today, {until:%H:%M}" if same else f"{until:%A %-d %B, %H:%M}",
        hub.directory.full(cover.by),
        hub.directory.card_of(staff) is not None,
    )


def _end_of(hub: Hub, day: date) -> time:
    """Return when the last class's day ends, by default the end of a cover."""
    ends = [times.clubs_end for times in hub.core.calendar.times_on(day)]
    return max(ends, default=LATEST)


# --------------------------------------------------------------------------------- give


def give(hub: Hub, call: Call) -> Later:
    """Make a cover: an account, a PIN, and the reader waits for its day card."""
    classes = call.texts("classes", 12)
    until_us = _until(hub, call)
    name = call.text("name", "", MAX_NAME) or NAMELESS
    pin, password = _fresh_pin(), one_time_password()
    staff = new_id("s")
    _check(hub, call, o.GiveCover(staff, classes, until_us))

    def finish(hashes: tuple[str, str]) -> Any:  # noqa: ANN401  a Later's result
        person = Person(
            staff, "staff", name, "", hub.core.wall.now_us(), username=_username(hub)
        )
        hub.directory.put(person)
        now = hub.accounts.real_us()
        book = hub.directory.store.secrets
        book.set_password(staff, hashes[0], now)
        book.set_pin(staff, hashes[1], now)
        hub.order(o.GiveCover(staff, classes, until_us), call)
        by = call.actor.person
        changed = [p.SecretChanged(staff, what, by) for what in ("password", "pin")]
        hub.core.commit(changed)
        if not hub.enrolment.is_running:
            hub.enrolment.start_person(staff, hub.readers[0], by)
        return CoverIssued(_line(hub, staff), pin, password)

    return Later(lambda: (hash_secret(password), hash_secret(pin)), finish)


def _check(hub: Hub, call: Call, order: o.GiveCover) -> None:
    """Turn away what would be refused anyway before a name is written for it."""
    from controller.domain.policy import decide  # noqa: PLC0415  see handling.lazily

    decision = decide(hub.core.state, order, hub.core.context(call.actor))
    if isinstance(decision, Refusal):
        raise by_rule(decision)


def _until(hub: Hub, call: Call) -> int:
    today = hub.core.context(call.actor).today
    day, at = call.text("day", "", 10), call.text("time", "", 5)
    try:
        wanted = date.fromisoformat(day) if day else today
    except ValueError:
        raise bad_input("day", "no date", "a date such as 2026-11-23") from None
    try:
        end = datetime.strptime(at, "%H:%M").time() if at else _end_of(hub, wanted)  # noqa: DTZ007  a time of day alone
    except ValueError:
        raise bad_input("time", "no time", "a time such as 15:45") from None
    try:
        return hub.core.calendar.instant(wanted, end)
    except (ValueError, OverflowError):
        raise bad_input("day", "no day of ours", "a day of this month") from None


def _fresh_pin() -> str:
    """Return a PIN that nobody would try first (ACC-5)."""
    while True:
        pin = f"{secrets.randbelow(10**MIN_DIGITS):0{MIN_DIGITS}d}"
        if not check_pin(pin):
            return pin


def _username(hub: Hub) -> str:
    persons = hub.directory.store.persons
    names = (f"cover-{n}" for n in count(1))
    return next(name for name in names if persons.by_username(name) is None)


def card(hub: Hub, call: Call) -> Covers:
    """Let the reader wait for the day card of a cover that has none."""
    staff = call.text("id", most=40)
    if staff not in hub.core.state.covers:
        raise not_found("cover")
    if hub.enrolment.is_running and not hub.enrolment.waits_for(staff):
        raise Refused(
            Fault(
                "enrolment-running",
                "Somebody is enrolling cards at this reader.",
                "Wait until that is done, or stop it under People.",
                409,
            )
        )
    hub.enrolment.start_person(staff, hub.readers[0], call.actor.person)
    return page(hub, call)


def end(hub: Hub, call: Call) -> Covers:
    """End a cover before its time; its card and its sessions are dead at once."""
    staff = call.text("id", most=40)
    hub.order(o.EndCover(staff), call)
    if hub.enrolment.waits_for(staff):
        hub.enrolment.stop()
    return page(hub, call)
