"""Requests around signing in: first start, sign-in, step-up, own account."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from controller.domain import people_facts as p
from controller.people.directory import new_id
from controller.people.passwords import check_password, hash_secret
from controller.people.pins import check_pin
from controller.people.records import Person
from controller.protocol import Fault, Me, SessionLine, SignedIn
from controller.service.calls import Call, Later, Refused, bad_input
from controller.service.handling import Handling, by_person, public

if TYPE_CHECKING:
    from controller.service.hub import Hub

FIRST_ROLES = ("leadership", "technician")
"""The first account makes all others; a school gives the technician's role away."""

MAX_NAME = 60
MAX_USERNAME = 40


def _needed(hub: Hub, _call: Call) -> bool:
    return first_start_needed(hub)


def first_start_needed(hub: Hub) -> bool:
    """Return whether nobody has an account yet (ACC-1)."""
    return not any(staff.active for staff in hub.core.state.staff.values())


def _first_start(hub: Hub, call: Call) -> Later:
    code = hub.first_start_code
    if not first_start_needed(hub) or code is None:
        raise Refused(
            Fault(
                "first-start-over",
                "The first account has been made already.",
                "Sign in, or ask whoever made it.",
                409,
            )
        )
    if not secrets.compare_digest(call.secret("code").strip().encode(), code.encode()):
        raise Refused(
            Fault(
                "wrong-code",
                "This is not the starting code.",
                "It stands in the controller's log and in secrets/first-start.",
                401,
            )
        )
    person = new_person(hub, call)
    password = call.secret("password")
    check_new_password(hub, password, person.username or "")

    def finish(digest: Any) -> SignedIn:  # noqa: ANN401  a Later's result
        if not first_start_needed(hub):
            raise bad_input("code", "an old one", "nothing: there is an account")
        keep_account(hub, person, digest, FIRST_ROLES, (), must_change=False)
        hub.first_start_done()
        return signed_in(hub, call, person.id)

    return Later(lambda: hash_secret(password), finish)


def new_person(hub: Hub, call: Call) -> Person:
    """Return a member of staff from a form's fields, not written yet."""
    username = call.text("username", most=MAX_USERNAME)
    first = call.text("first_name", most=MAX_NAME)
    last = call.text("last_name", "", MAX_NAME)
    if (
        not username.isascii()
        or not username.replace(".", "").replace("-", "").isalnum()
    ):
        raise bad_input(
            "username", "other characters", "letters, digits, dots and hyphens"
        )
    if not first:
        raise bad_input("first_name", "nothing", "a name")
    if hub.directory.store.persons.by_username(username) is not None:
        raise Refused(
            Fault("taken", "This user name is taken.", "Choose another one.", 422)
        )
    at_us = hub.core.wall.now_us()
    return Person(new_id("s"), "staff", first, last, at_us, username=username)


def check_new_password(
    hub: Hub, password: str, username: str, *, second_factor: bool = False
) -> None:
    """Refuse a password that is not good enough (ACC-2)."""
    words = hub.core.rule("school.name").split()
    reasons = check_password(
        password, username=username, words=words, second_factor=second_factor
    )
    if reasons:
        raise Refused(
            Fault(
                "bad-password",
                "This password cannot be used.",
                reasons[0].says,
                422,
                [reason.says for reason in reasons],
            )
        )


def keep_account(
    hub: Hub,
    person: Person,
    password_hash: str,
    roles: tuple[str, ...],
    classes: tuple[str, ...],
    *,
    must_change: bool,
    by: str = "",
) -> None:
    """Write a new account: the person first, the fact after that."""
    hub.directory.put(person)
    hub.directory.store.secrets.set_password(
        person.id, password_hash, hub.accounts.real_us(), must_change=must_change
    )
    hub.core.commit(
        [
            p.StaffSet(person.id, roles, classes, by or person.id),
            p.SecretChanged(person.id, "password", by or person.id),
        ]
    )


def signed_in(hub: Hub, call: Call, person: str) -> SignedIn:
    """Begin a session for ``person``, who has proved it."""
    remote, browser = call.text("remote", "", 100), call.text("browser", "", 200)
    call.token = hub.accounts.begin(person, remote, browser)
    call.actor = hub.accounts.actor(person)
    return SignedIn(call.token, hub.accounts.me(call))


def _sign_in(hub: Hub, call: Call) -> Later:
    username = call.text("username", most=MAX_USERNAME)
    found = hub.directory.store.persons.by_username(username)
    person = found.id if found and hub.accounts.actor(found.id).person else None
    remote = call.text("remote", "", 100)

    def right() -> Any:  # noqa: ANN401  as the request says
        return _after_password(hub, call, person or "", remote)

    return hub.accounts.book.password(person, call.secret("password"), remote, right)


def _after_password(hub: Hub, call: Call, person: str, remote: str) -> Any:  # noqa: ANN401  as above
    """Sign in, or ask for the code; one that came along is tried at once."""
    if not hub.accounts.factors.has(person):
        return signed_in(hub, call, person)
    if call.args.get("code"):
        return hub.accounts.book.code(
            person, call.secret("code"), remote, lambda: signed_in(hub, call, person)
        )
    ticket = hub.accounts.doorstep.wait(person)
    words = "Now the code of your app."
    remedy = "Open the app on your telephone, or use a recovery code."
    raise Refused(Fault("second-factor-needed", words, remedy, 401, [ticket]))


def _me(hub: Hub, call: Call) -> Me:
    return hub.accounts.me(call)


def _sign_out(hub: Hub, call: Call) -> None:
    hub.accounts.end(call)


def _sign_out_everywhere(hub: Hub, call: Call) -> None:
    hub.accounts.end_everywhere(call.actor.person)


def _sessions(hub: Hub, call: Call) -> list[SessionLine]:
    return hub.accounts.lines(call)


def _session_revoke(hub: Hub, call: Call) -> list[SessionLine]:
    hub.accounts.revoke(call, call.text("id"))
    return hub.accounts.lines(call)


def _step_up(hub: Hub, call: Call) -> Later:
    def finish() -> Me:
        hub.accounts.step_up(call)
        return hub.accounts.me(call)

    return hub.accounts.prove(call.actor.person, call.secret("secret"), finish)


def _change_password(hub: Hub, call: Call) -> Later:
    person, new = call.actor.person, call.secret("new")
    known = hub.directory.person(person)
    check_new_password(
        hub,
        new,
        (known.username or "") if known else "",
        second_factor=hub.accounts.factors.has(person),
    )

    def proved() -> Later:
        return Later(lambda: hash_secret(new), changed)

    def changed(digest: Any) -> Me:  # noqa: ANN401  a Later's result
        now = hub.accounts.real_us()
        hub.directory.store.secrets.set_password(person, digest, now)
        hub.core.commit([p.SecretChanged(person, "password", person)])
        hub.accounts.end_others(call)
        return hub.accounts.me(call)

    place = f"step-up:{person}"
    return hub.accounts.book.password(person, call.secret("old"), place, proved)


def _set_pin(hub: Hub, call: Call) -> Later:
    person, pin = call.actor.person, call.secret("pin")
    if reasons := check_pin(pin):
        says = [reason.says for reason in reasons]
        fault = Fault("bad-pin", "This PIN cannot be used.", says[0], 422, says)
        raise Refused(fault)

    def proved() -> Later:
        return Later(lambda: hash_secret(pin), changed)

    def changed(digest: Any) -> Me:  # noqa: ANN401  a Later's result
        hub.directory.store.secrets.set_pin(person, digest, hub.accounts.real_us())
        hub.core.commit([p.SecretChanged(person, "pin", person)])
        return hub.accounts.me(call)

    place = f"step-up:{person}"
    return hub.accounts.book.password(person, call.secret("secret"), place, proved)


SIGNING: dict[str, Handling] = {
    "first_start_needed": public(_needed),
    "first_start": public(_first_start),
    "sign_in": public(_sign_in),
    "me": by_person(_me),
    "sign_out": by_person(_sign_out),
    "lock": by_person(_sign_out),
    "sign_out_everywhere": by_person(_sign_out_everywhere),
    "sessions": by_person(_sessions),
    "session_revoke": by_person(_session_revoke),
    "step_up": by_person(_step_up),
    "change_password": by_person(_change_password),
    "set_pin": by_person(_set_pin),
}
