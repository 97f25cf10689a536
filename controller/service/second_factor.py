"""Second factors: who needs one, setting one up, and what counts as one (ACC-3).

A code of an app is tried in the control loop: that is a few microseconds, and the
step is spent in the same moment, so that no code counts twice. A recovery code is a
slow hash, tried beside the loop like a password. Charging an attempt before it is tried
is the :class:`controller.service.secrets_book.SecretsBook`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from controller.domain import access_facts as a
from controller.domain.rights import DSL, LEADERSHIP, OFFICE, ROLES, TECHNICIAN
from controller.people import recovery, totp
from controller.people.directory import Directory
from controller.people.passwords import hash_secret, verify_secret
from controller.people.records import RecoveryCode, SecondFactor
from controller.service.core import Core

ALWAYS = (LEADERSHIP, DSL, TECHNICIAN)
"""Roles that always sign in with a second factor (ACC-3)."""

REQUIRED = {"least": ALWAYS, "office": (*ALWAYS, OFFICE), "all": ROLES}
"""Value of the rule ``second_factor`` -> roles that need one."""

SETTING_UP_S = 900
"""How long a secret that is being set up waits for its first code: time to find the
telephone and install an app."""

ISSUER = "Hometime"
"""What an app writes over the code."""


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt: ``work`` runs beside the control loop, ``accepts`` in it.

    Attributes:
        work: slow; its result is handed on.
        accepts: spends the code and says whether it was right.
    """

    work: Callable[[], Any]
    accepts: Callable[[Any], bool]


class SecondFactors:
    """Everybody's second factor.

    Args:
        core: roles, the rule, where facts are written.
        directory: secrets of apps, hashes of recovery codes.
        now_us: real time, UTC microseconds since 1970: an app goes by it.
    """

    def __init__(
        self, core: Core, directory: Directory, now_us: Callable[[], int]
    ) -> None:
        self._core = core
        self._store = directory.store
        self._directory = directory
        self._now_us = now_us
        self._begun: dict[str, tuple[str, int]] = {}

    # ------------------------------------------------------------------- who has one

    def has(self, person: str) -> bool:
        """Return whether the person signs in with a second factor."""
        return self._store.second_factors.get(person) is not None

    def needs(self, person: str) -> bool:
        """Return whether one of the person's roles needs one."""
        staff = self._core.state.staff.get(person)
        needing = REQUIRED[self._core.rule("second_factor")]
        return staff is not None and bool(set(staff.roles) & set(needing))

    def must_set_up(self, person: str) -> bool:
        """Return whether nothing else is open until one is set up."""
        return self.needs(person) and not self.has(person)

    def codes_left(self, person: str) -> int:
        """Return how many recovery codes are good."""
        return len(self._store.second_factors.codes(person))

    # --------------------------------------------------------------- setting one up

    def begin(self, person: str) -> tuple[str, str]:
        """Return a secret to set up, and its URI; the same one for a while."""
        now = self._now_us()
        secret, until = self._begun.get(person, ("", 0))
        if now >= until:
            secret = totp.new_secret()
            self._begun[person] = secret, now + SETTING_UP_S * 1_000_000
        known = self._directory.person(person)
        account = (known.username or "") if known else ""
        return secret, totp.provisioning_uri(secret, account, ISSUER)

    def first_code(self, person: str, typed: str) -> Try:
        """Try the code that proves that the app has the secret."""
        return Try(lambda: None, lambda _: self._set(person, typed))

    def _set(self, person: str, typed: str) -> bool:
        now = self._now_us()
        secret, until = self._begun.get(person, ("", 0))
        step = totp.matching_step(secret, typed, now) if now < until else None
        if step is None:
            return False
        self._store.second_factors.put(SecondFactor(person, secret, now, (step,)))
        del self._begun[person]
        self._core.commit([a.SecondFactorSet(person)])
        return True

    def keep_codes(self, person: str, hashes: list[str]) -> None:
        """Keep new recovery codes in place of any others."""
        self._store.second_factors.set_codes(person, hashes)
        self._core.commit([a.RecoveryCodesMade(person)])

    def remove(self, person: str, by: str) -> bool:
        """Forget a second factor and its recovery codes; whether there was one."""
        if not self._store.second_factors.remove(person):
            return False
        self._core.commit([a.SecondFactorReset(person, by)])
        return True

    # -------------------------------------------------------------- proving with one

    def code(self, person: str, typed: str) -> Try:
        """Try what was typed: a code of the app, or a recovery code."""
        slot = recovery.slot_of(typed)
        if slot is None:
            return Try(lambda: None, lambda _: self.spend(person, typed))
        kept = self._store.second_factors.codes(person).get(slot)
        code = recovery.normal(typed)
        return Try(
            lambda: kept is not None and verify_secret(kept.code_hash, code),
            lambda right: right is True and self._spend_recovery(person, kept),
        )

    def spend(self, person: str, typed: str) -> bool:
        """Return whether ``typed`` is a fresh code of the person's app; now it is not.

        The step is durable before the answer: after a restart it is still spent.
        """
        factor = self._store.second_factors.get(person)
        if factor is None or not totp.looks_like_code(typed):
            return False
        step = totp.matching_step(factor.secret, typed, self._now_us())
        believed = not self.clock_is_guessed
        if step is None or totp.is_spent(step, factor.used, believed=believed):
            return False
        spent = replace(factor, used=totp.remembered(factor.used, step))
        self._store.second_factors.put(spent)
        return True

    def _spend_recovery(self, person: str, code: RecoveryCode | None) -> bool:
        if code is None or not self._store.second_factors.spend(person, code):
            return False
        self._core.commit([a.RecoveryUsed(person, self.codes_left(person))])
        return True

    @property
    def clock_is_guessed(self) -> bool:
        """Whether codes of an app cannot be expected to match (DAY-11)."""
        return self._core.wall.state().value == "guessed"


def hashed_codes() -> tuple[list[str], list[str]]:
    """Return fresh recovery codes and their hashes; takes ten times a password's."""
    codes = recovery.new_codes()
    return codes, [hash_secret(recovery.normal(code)) for code in codes]
