"""Requests of the accounts page: who has one, with which roles (ACC-1, ACC-4)."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from controller.domain import people_facts as p
from controller.domain.custody_facts import HandOverUndone
from controller.domain.rights import ROLES
from controller.people.passwords import hash_secret
from controller.protocol import EnrolmentView, Fault, StaffLine
from controller.service.calls import Call, Later, Refused, bad_input, not_found
from controller.service.handling import Handling, by_person, for_act
from controller.service.requests.signing import keep_account, new_person
from controller.service.views.people import staff_line

if TYPE_CHECKING:
    from controller.service.hub import Hub

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike on a slip of paper: i, l, o, 0, 1."""

ONE_TIME_GROUPS = 4
"""Four groups of four of 31 letters: 79 bits, and readable over a desk."""


def one_time_password() -> str:
    """Return a password that is shown once and must be changed."""
    groups = (
        "".join(secrets.choice(_LETTERS) for _ in range(4))
        for _ in range(ONE_TIME_GROUPS)
    )
    return "-".join(groups)


def _accounts(hub: Hub, _call: Call) -> list[StaffLine]:
    return [staff_line(hub, staff) for staff in hub.core.state.staff.values()]


def _roles(call: Call) -> tuple[str, ...]:
    roles = call.texts("roles", len(ROLES))
    if not roles or not set(roles) <= set(ROLES):
        raise bad_input(
            "roles", "none or an unknown one", f"some of {', '.join(ROLES)}"
        )
    return tuple(dict.fromkeys(roles))


def _classes(hub: Hub, call: Call) -> tuple[str, ...]:
    classes = call.texts("classes")
    if not set(classes) <= set(hub.core.state.classes):
        raise bad_input("classes", "an unknown class", "classes of the school")
    return tuple(dict.fromkeys(classes))


def _add(hub: Hub, call: Call) -> Later:
    person = new_person(hub, call)
    roles, classes = _roles(call), _classes(hub, call)
    password = one_time_password()

    def finish(digest: Any) -> dict[str, Any]:  # noqa: ANN401  a Later's result
        keep_account(
            hub,
            person,
            digest,
            roles,
            classes,
            must_change=True,
            by=call.actor.person,
        )
        staff = hub.core.state.staff[person.id]
        return {"line": staff_line(hub, staff), "password": password}

    return Later(lambda: hash_secret(password), finish)


def _change(hub: Hub, call: Call) -> StaffLine:
    staff = hub.core.state.staff.get(call.text("id"))
    if staff is None:
        raise not_found("account")
    if call.flag("left", default=False):
        _check_not_last(hub, staff.staff, ())
        _leave(hub, staff.staff, call.actor.person)
    else:
        roles = _roles(call) if "roles" in call.args else staff.roles
        classes = _classes(hub, call) if "classes" in call.args else staff.classes
        _check_not_last(hub, staff.staff, roles)
        fact = p.StaffSet(staff.staff, roles, classes, call.actor.person)
        hub.core.commit([fact])
    return staff_line(hub, hub.core.state.staff[staff.staff])


def _check_not_last(hub: Hub, person: str, roles: tuple[str, ...]) -> None:
    """Somebody of leadership must stay, or nobody could make an account again."""
    others = (
        s
        for s in hub.core.state.staff.values()
        if s.active and s.staff != person and "leadership" in s.roles
    )
    if "leadership" not in roles and not any(others):
        raise Refused(
            Fault(
                "last-leadership",
                "This is the last account of leadership.",
                "Give the role to somebody else first.",
                409,
            )
        )


def _leave(hub: Hub, person: str, by: str) -> None:
    """End an account: card, PIN, password, app, and what waits for a second person.

    Sessions end as the fact is written (``Accounts.on_commit``).
    """
    at_us = hub.core.wall.now_us()
    cards = [
        card.credential
        for card in hub.core.state.credentials.values()
        if card.person == person and not card.revoked
    ]
    revoked = [p.CardRevoked(card, "left", by) for card in cards]
    undone = [
        HandOverUndone(prepared.handover, by, "other")
        for prepared in hub.core.state.handovers.values()
        if prepared.by == person and not prepared.has_begun
    ]
    hub.core.commit([p.StaffLeft(person, by), *revoked, *undone])
    for card in cards:
        hub.directory.revoke(card, at_us)
    # Nobody signs in with them any more; whoever comes back is given new ones.
    hub.directory.store.secrets.forget(person)
    hub.directory.store.second_factors.remove(person)


def _reset(hub: Hub, call: Call) -> Later:
    person = call.text("id")
    staff = hub.core.state.staff.get(person)
    if staff is None or not staff.active:
        raise not_found("account")
    password = one_time_password()

    def finish(digest: Any) -> dict[str, str]:  # noqa: ANN401  a Later's result
        now = hub.accounts.real_us()
        store = hub.directory.store.secrets
        store.set_password(person, digest, now, must_change=True)
        hub.accounts.end_everywhere(person)
        hub.core.commit([p.SecretChanged(person, "password", call.actor.person)])
        return {"password": password}

    return Later(lambda: hash_secret(password), finish)


def _second_factor_reset(hub: Hub, call: Call) -> StaffLine:
    """Somebody else's telephone is lost: they set up another at the next sign-in."""
    person = call.text("id")
    staff = hub.core.state.staff.get(person)
    if staff is None or not staff.active:
        raise not_found("account")
    if person == call.actor.person:
        raise Refused(
            Fault(
                "own-second-factor",
                "Nobody resets their own.",
                "Ask another account of leadership, or use a recovery code.",
                409,
            )
        )
    hub.accounts.reset_second_factor(person, call.actor.person)
    return staff_line(hub, staff)


def _card(hub: Hub, call: Call) -> EnrolmentView:
    person = call.text("id")
    staff = hub.core.state.staff.get(person)
    if staff is None or not staff.active:
        raise not_found("account")
    hub.enrolment.start_person(person, hub.readers[0], call.actor.person)
    return hub.enrolment.view()


def _my_card_lost(hub: Hub, call: Call) -> None:
    """Whoever misses the own card says so without asking anybody."""
    _kill_cards(hub, call.actor.person, call.actor.person)


def _card_lost(hub: Hub, call: Call) -> StaffLine:
    person = call.text("id")
    staff = hub.core.state.staff.get(person)
    if staff is None:
        raise not_found("account")
    _kill_cards(hub, person, call.actor.person)
    return staff_line(hub, staff)


def _kill_cards(hub: Hub, person: str, by: str) -> None:
    """End a person's cards at once (DAY-9); the own device waits for another one."""
    cards = hub.core.state.credentials.values()
    lost = [c.credential for c in cards if c.person == person and not c.revoked]
    hub.core.commit([p.CardRevoked(each, "lost", by) for each in lost])
    for each in lost:
        hub.directory.revoke(each, hub.core.wall.now_us())


ACCOUNTS: dict[str, Handling] = {
    "accounts": for_act("accounts.see", _accounts),
    "account_add": for_act("accounts.change", _add, step_up=True),
    "account_change": for_act("accounts.change", _change, step_up=True),
    "account_reset": for_act("accounts.change", _reset, step_up=True),
    "account_second_factor_reset": for_act(
        "accounts.change", _second_factor_reset, step_up=True
    ),
    "account_card": for_act("accounts.change", _card, step_up=True),
    "account_card_lost": for_act("accounts.change", _card_lost, step_up=True),
    "my_card_lost": by_person(_my_card_lost),
}
