"""Proving who somebody is: passwords, PINs, codes, throttled before they are tried.

Hashing is slow on purpose, so it runs beside the control loop: each method returns a
``Later``. An attempt is charged, durably, before its secret is tried (ACC-5).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from typing import Any

from controller.domain.people_facts import SecretsRefused
from controller.people.directory import Directory
from controller.people.passwords import verify_nobody, verify_secret
from controller.people.records import Throttle
from controller.people.throttle import (
    PERSON,
    PLACE,
    Charge,
    Ladder,
    charged,
    rebased,
    taken_back,
    wait_s,
)
from controller.people.totp import looks_like_code
from controller.protocol import Fault
from controller.service.calls import Later, Refused
from controller.service.core import Core
from controller.service.second_factor import SecondFactors, Try

FOLD_S = 60.0
"""Wrong secrets of one kind and person are one entry a minute at most."""

PROOF = "step-up:"
"""Beginning of the place of a proof by somebody who is signed in already."""

Key = tuple[str, Ladder]


class SecretsBook:
    """Verifies secrets.

    Args:
        core: where wrong ones are written.
        directory: hashes and throttles.
        factors: everybody's second factor.
        now_us: real time, UTC microseconds since 1970, not the record's wall clock.
    """

    def __init__(
        self,
        core: Core,
        directory: Directory,
        factors: SecondFactors,
        now_us: Callable[[], int],
    ) -> None:
        self._factors = factors
        self._core = core
        self._store = directory.store
        self._now_us = now_us
        self._wrong: dict[tuple[str, str], int] = {}
        self._told_at: dict[tuple[str, str], float] = {}

    def password(
        self, person: str | None, secret: str, place: str, then: Callable[[], Any]
    ) -> Later:
        """Check a password; ``then`` gives the answer if it is right.

        Args:
            person: whose; ``None`` where the username is nobody's: takes as long.
            secret: as typed.
            place: the remote address, throttled as well.
            then: called in the control loop.

        Raises:
            Refused: throttled; nothing was tried.
        """
        keys = [(f"password:{person or 'nobody'}", PERSON)] if person else []
        stored = self._store.secrets.get(person) if person else None
        digest = stored.password_hash if stored else None
        keys.append((f"remote:{_digest(place)}", PLACE))
        about = (person or "", "password")
        is_proof = place.startswith(PROOF)
        wrong = None if is_proof else wrong_sign_in
        return self._check(keys, _hashed(digest, secret), about, then, wrong)

    def pin(self, person: str, secret: str, then: Callable[[], Any]) -> Later:
        """Check a PIN at the bank or on the page."""
        stored = self._store.secrets.get(person)
        digest = stored.pin_hash if stored else None
        keys: list[Key] = [(f"pin:{person}", PERSON), ("pin:bank", PLACE)]
        return self._check(keys, _hashed(digest, secret), (person, "PIN"), then)

    def code(
        self, person: str, typed: str, place: str, then: Callable[[], Any]
    ) -> Later:
        """Check a code of the app, or a recovery code, after a right password."""
        keys = [
            (f"code:{person}", PERSON),
            (f"remote:{_digest(place)}", PLACE),
        ]
        attempt = self._factors.code(person, typed)
        return self._check(keys, attempt, (person, "code"), then, self._wrong_code)

    def first_code(self, person: str, typed: str, then: Callable[[], Any]) -> Later:
        """Check the code that ends the setting up of an app."""
        keys: list[Key] = [(f"code:{person}", PERSON)]
        attempt = self._factors.first_code(person, typed)
        return self._check(keys, attempt, (person, "code"), then)

    def either(self, person: str, secret: str, then: Callable[[], Any]) -> Later:
        """Check a PIN or a code where it can be one, else the password (step-up)."""
        stored = self._store.secrets.get(person)
        if looks_like_code(secret) and self._factors.has(person):
            return self._pin_or_code(person, secret, then)
        if stored and stored.pin_hash and secret.isdigit():
            return self.pin(person, secret, then)
        return self.password(person, secret, f"{PROOF}{person}", then)

    def _pin_or_code(self, person: str, secret: str, then: Callable[[], Any]) -> Later:
        """Six digits may be either, and are charged as a PIN.

        Not as a code: whoever knows the password alone could then keep its owner, who
        is signed in, from every second proof.
        """
        stored = self._store.secrets.get(person)
        pin = _hashed(stored.pin_hash if stored else None, secret)
        keys: list[Key] = [(f"pin:{person}", PERSON), ("pin:bank", PLACE)]
        attempt = Try(
            pin.work,
            lambda right: right is True or self._factors.spend(person, secret),
        )
        return self._check(
            keys, attempt, (person, "PIN"), then, lambda: wrong_secret("PIN or code")
        )

    def step(self, now: float) -> None:
        """Write folded refusals whose minute is over."""
        for key, count in list(self._wrong.items()):
            if now - self._told_at.get(key, -FOLD_S) >= FOLD_S:
                del self._wrong[key]
                self._told_at[key] = now
                self._core.commit([SecretsRefused(key[0], key[1], count)])

    # ----------------------------------------------------------------------- inside

    def _check(
        self,
        keys: list[Key],
        attempt: Try,
        about: tuple[str, str],
        then: Callable[[], Any],
        wrong: Callable[[], Refused] | None = None,
    ) -> Later:
        charges = self._charge(keys)

        def finish(found: Any) -> Any:  # noqa: ANN401  a Later's result
            if not attempt.accepts(found):
                self._note_wrong(about)
                raise wrong() if wrong else wrong_secret(about[1])
            for ladder, charge in charges:
                row = self._row(charge.before.key, ladder)
                self._keep(taken_back(row, charge, ladder))
            return then()

        return Later(attempt.work, finish)

    def _charge(self, keys: list[Key]) -> list[tuple[Ladder, Charge]]:
        now_us = self._now_us()
        rows = [(ladder, self._row(key, ladder)) for key, ladder in keys]
        longest = max(wait_s(row, now_us, ladder) for ladder, row in rows)
        if longest > 0:
            raise throttled(longest)
        made = [
            (ladder, Charge(row, charged(row, now_us, ladder))) for ladder, row in rows
        ]
        with self._store.transaction():
            for _, charge in made:
                self._keep(charge.after)
        return made

    def _row(self, key: str, ladder: Ladder) -> Throttle:
        return rebased(self._store.throttles.get(key), self._now_us(), ladder)

    def _keep(self, row: Throttle) -> None:
        if row.failures:
            self._store.throttles.put(row)
        else:
            self._store.throttles.clear(row.key)

    def _note_wrong(self, about: tuple[str, str]) -> None:
        self._wrong[about] = self._wrong.get(about, 0) + 1
        self.step(self._core.clock.monotonic())

    def _wrong_code(self) -> Refused:
        """Return the fault of a wrong code; a clock that is not set may be why."""
        remedy = "Wait for the next code and type that, or use a recovery code."
        if self._factors.clock_is_guessed:
            remedy = (
                "The clock here is not set, so codes do not match: use a recovery code."
            )
        words = "That code is not right, or it was used already."
        return Refused(Fault("wrong-second-factor", words, remedy, 401))


def _hashed(digest: str | None, secret: str) -> Try:
    """Try ``secret`` against a hash; where there is none it takes as long."""

    def work() -> bool:
        if digest is None:
            verify_nobody(secret)  # as long as a real one: nobody learns who exists
            return False
        return verify_secret(digest, secret)

    return Try(work, lambda right: right is True)


def wrong_sign_in() -> Refused:
    """Return the fault of a wrong sign-in; which of name and password stays open."""
    return Refused(
        Fault(
            "wrong-sign-in",
            "Name and password do not belong together.",
            "Try again, or ask leadership for a new password.",
            401,
        )
    )


def wrong_secret(what: str) -> Refused:
    """Return the fault of a wrong proof by somebody who is signed in, or at the bank.

    Not 401, which would say that the session is over.
    """
    words = f"That {what} is not right."
    return Refused(Fault("wrong-secret", words, "Try again.", 403))


def throttled(seconds: float) -> Refused:
    """Return the fault of somebody who has to wait."""
    whole = math.ceil(seconds)
    words = f"{whole} seconds" if whole < 90 else f"{math.ceil(whole / 60)} minutes"  # noqa: PLR2004  words for people
    return Refused(
        Fault(
            "throttled",
            f"Too many wrong tries. The next one counts in {words}.",
            "Wait, then try again.",
            429,
            [str(whole)],
        )
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
