"""The person behind a token, and where else they are signed in."""

from __future__ import annotations

import msgspec


class Me(msgspec.Struct):
    """The person behind a token.

    Attributes:
        id: the person's id.
        name: for the corner of the page.
        username: what they sign in with.
        roles: of ``teacher``, ``cover``, ``office``, ``leadership``, ``dsl``,
            ``technician``.
        rights: names of the acts open to these roles (``controller.domain.rights``).
        classes: slugs this person may open.
        stepped_up_until_us: 0, or until when step-up holds.
        must_change: whether the password has to be changed before anything else.
        has_pin: whether a PIN is set.
        has_card: whether a card is enrolled.
        records_due: how many records this person has something to look at.
        concerns_due: how many concerns this person may read and nobody has.
        has_second_factor: whether a code of an app is asked for at sign-in.
        needs_second_factor: whether one of the roles may not do without.
        must_set_up: whether a second factor has to be set up before anything else.
        recovery_codes: how many are left.
        review_due: whether the list of those with access waits for a signature, for
            whoever may sign it.
        idle_lock_s: after how long without a touch the page locks itself.
    """

    id: str
    name: str
    username: str
    roles: list[str]
    rights: list[str]
    classes: list[str]
    stepped_up_until_us: int
    must_change: bool
    has_pin: bool
    has_card: bool
    has_second_factor: bool = False
    needs_second_factor: bool = False
    must_set_up: bool = False
    recovery_codes: int = 0
    review_due: bool = False
    records_due: int = 0
    concerns_due: int = 0
    idle_lock_s: int = 600


class SignedIn(msgspec.Struct):
    """Answer to ``sign_in`` and ``first_start``: the token exists only here."""

    token: str
    me: Me


class SettingUp(msgspec.Struct):
    """A second factor that is being set up.

    Attributes:
        secret: base32, to type where no picture can be read.
        uri: what the picture holds.
    """

    secret: str
    uri: str


class RecoveryCodes(msgspec.Struct):
    """Fresh recovery codes: shown now and never again."""

    codes: list[str]


class SessionLine(msgspec.Struct, omit_defaults=True):
    """One of a person's own sessions."""

    id: str
    since: str
    last_seen: str
    browser: str
    this_one: bool = False
