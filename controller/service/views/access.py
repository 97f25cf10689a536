"""The list of those who have access, role by role (REC-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain.access_records import Grant
from controller.domain.decide_access import DAY_US, REVIEW_DAYS, is_review_due
from controller.domain.rights import OWN_CLASSES_ONLY
from controller.domain.state import Staff
from controller.protocol import AccessLine, AccessList

if TYPE_CHECKING:
    from controller.domain.context import Actor
    from controller.service.hub import Hub


def access_list(hub: Hub, actor: Actor) -> AccessList:
    """Return the list as it stands."""
    state, context = hub.core.state, hub.core.context(actor)
    access = state.the_access
    written = hub.directory.store.texts.get(access.note) if access.note else None
    return AccessList(
        lines=_lines(hub),
        screens=[
            (_day(hub, one.at_us), hub.directory.full(one.by))
            for one in state.kiosks.values()
        ],
        version=access.version,
        school=hub.core.rule("school.name"),
        today=_day(hub, context.at_us),
        reviewed=_day(hub, access.reviewed_us),
        reviewed_by=_name(hub, access.reviewed_by),
        signature=written.text if written else "",
        due=is_review_due(state, context),
    )


def _lines(hub: Hub) -> list[AccessLine]:
    everybody = hub.core.state.staff.values()
    active = [
        _line(hub, staff, grant)
        for staff in everybody
        if staff.active
        for grant in staff.grants
    ]
    return [
        *sorted(active, key=lambda line: (line.name, line.id)),
        *(_ended(hub, staff) for staff in everybody if _is_told_as_ended(hub, staff)),
    ]


def _line(hub: Hub, staff: Staff, grant: Grant) -> AccessLine:
    now_us = hub.core.wall.now_us()
    person = hub.directory.person(staff.staff)
    last_us = staff.used_us or grant.since_us
    return AccessLine(
        id=staff.staff,
        name=hub.directory.full(staff.staff),
        username=(person.username or "") if person else "",
        role=grant.role,
        since=_day(hub, grant.since_us),
        by=_name(hub, grant.by),
        classes=list(staff.classes) if grant.role in OWN_CLASSES_ONLY else [],
        used=_day(hub, staff.used_us),
        idle=now_us - last_us > REVIEW_DAYS * DAY_US,
        second_factor=hub.accounts.factors.has(staff.staff),
        card=hub.directory.card_of(staff.staff) is not None,
        is_new=_is_new(hub, grant.since_us),
    )


def _ended(hub: Hub, staff: Staff) -> AccessLine:
    return AccessLine(
        id=staff.staff,
        name=hub.directory.full(staff.staff),
        username="",
        role="",
        since=_day(hub, staff.ended_us),
        by=_name(hub, staff.ended_by),
        used=_day(hub, staff.used_us),
    )


def _is_told_as_ended(hub: Hub, staff: Staff) -> bool:
    reviewed_us = hub.core.state.the_access.reviewed_us
    return not staff.active and staff.ended_us > reviewed_us


def _is_new(hub: Hub, since_us: int) -> bool:
    """Whether that came after a signature; before the first, nothing is news."""
    reviewed_us = hub.core.state.the_access.reviewed_us
    return bool(reviewed_us) and since_us > reviewed_us


def _name(hub: Hub, person: str) -> str:
    return hub.directory.full(person) if person else ""


def _day(hub: Hub, at_us: int) -> str:
    return f"{hub.core.calendar.local(at_us):%-d %B %Y}" if at_us else ""
