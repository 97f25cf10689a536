"""Requests of the second factor: the code at sign-in, setting one up (ACC-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from controller.people.passwords import MIN_ALONE
from controller.protocol import Fault, Me, RecoveryCodes, SettingUp
from controller.service.calls import Call, Later, Refused
from controller.service.handling import Handling, by_person, public
from controller.service.requests.day import step_up_needed
from controller.service.requests.signing import signed_in
from controller.service.second_factor import hashed_codes

if TYPE_CHECKING:
    from controller.service.hub import Hub


def _sign_in_code(hub: Hub, call: Call) -> Later:
    """The second half of a sign-in; the ticket says that the first was right."""
    ticket = call.text("ticket", "", 100)
    person = hub.accounts.doorstep.who(ticket)
    if person is None or not hub.accounts.actor(person).person:
        raise _over()

    def right() -> Any:  # noqa: ANN401  as the request says
        if hub.accounts.doorstep.who(ticket) != person:
            raise _over()
        hub.accounts.doorstep.done(ticket)
        return signed_in(hub, call, person)

    remote = call.text("remote", "", 100)
    return hub.accounts.book.code(person, call.secret("code"), remote, right)


def _begin(hub: Hub, call: Call) -> SettingUp:
    _check_may_replace(hub, call)
    secret, uri = hub.accounts.factors.begin(call.actor.person)
    return SettingUp(secret, uri)


def _check_may_replace(hub: Hub, call: Call) -> None:
    """One that is there already is replaced only by whoever proves to own it."""
    if hub.accounts.factors.has(call.actor.person) and not call.stepped_up:
        raise step_up_needed()


def _confirm(hub: Hub, call: Call) -> Later:
    _check_may_replace(hub, call)
    person = call.actor.person

    def right() -> Later:
        hub.accounts.end_others(call)
        return _new_codes(hub, person)

    return hub.accounts.book.first_code(person, call.secret("code"), right)


def _codes_new(hub: Hub, call: Call) -> Later:
    person = call.actor.person
    if not hub.accounts.factors.has(person):
        raise _none_set_up()
    return _new_codes(hub, person)


def _new_codes(hub: Hub, person: str) -> Later:
    def made(found: Any) -> RecoveryCodes:  # noqa: ANN401  a Later's result
        codes, hashes = found
        hub.accounts.factors.keep_codes(person, hashes)
        return RecoveryCodes(codes)

    return Later(hashed_codes, made)


def _off(hub: Hub, call: Call) -> Later:
    """Give it up, where no role needs it and the password can stand alone."""
    person, password = call.actor.person, call.secret("password")
    factors = hub.accounts.factors
    if not factors.has(person):
        raise _none_set_up()
    if factors.needs(person):
        raise Refused(
            Fault(
                "second-factor-needed-here",
                "Your role signs in with a second factor.",
                "A new telephone? Set it up anew; that replaces the old one.",
                409,
            )
        )

    def right() -> Me:
        if len(password) < MIN_ALONE:
            raise _too_short_alone()
        factors.remove(person, person)
        return hub.accounts.me(call)

    place = f"step-up:{person}"
    return hub.accounts.book.password(person, password, place, right)


def _over() -> Refused:
    return Refused(
        Fault(
            "sign-in-over",
            "This took too long, or the account was changed meanwhile.",
            "Sign in again from the beginning.",
            401,
        )
    )


def _none_set_up() -> Refused:
    return Refused(
        Fault(
            "no-second-factor",
            "No second factor is set up.",
            "Set one up in your account first.",
            409,
        )
    )


def _too_short_alone() -> Refused:
    return Refused(
        Fault(
            "bad-password",
            f"Alone, a password needs {MIN_ALONE} characters.",
            "Change your password to a longer one first.",
            422,
        )
    )


SECOND_FACTOR: dict[str, Handling] = {
    "sign_in_code": public(_sign_in_code),
    "second_factor_begin": by_person(_begin),
    "second_factor_confirm": by_person(_confirm),
    "second_factor_off": by_person(_off),
    "recovery_codes_new": by_person(_codes_new, step_up=True),
}
