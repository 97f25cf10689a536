"""Who is signed in, and what that lets them do (ACC-1, ACC-4).

The token exists at the browser and nowhere on disk; rows of its digest can be revoked.
Ages are taken from real time, not from the record's wall clock, which may jump.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from controller.domain import access_facts as a
from controller.domain import people_facts as p
from controller.domain.context import Actor
from controller.domain.decide_access import is_review_due
from controller.domain.decide_concern import unread
from controller.domain.records_now import how_many_due
from controller.domain.rights import OWN_CLASSES_ONLY, may, rights_of
from controller.domain.tap_facts import OrderRefused
from controller.people.directory import Directory
from controller.people.records import Session
from controller.protocol import Fault, Me, SessionLine
from controller.service.calls import Call, Later, Refused, not_found
from controller.service.core import Committed, Core
from controller.service.doorstep import Doorstep
from controller.service.second_factor import SecondFactors
from controller.service.secrets_book import SecretsBook

TOKEN_BYTES = 32
"""256 random bits: not guessed, whatever is tried."""

SESSION_S = 12 * 3_600
"""Longer than a school day, shorter than a night: nobody is signed in the next day."""

STEP_UP_S = 300
"""How long a second proof counts; our own judgement, ASVS 5.0 7.5.3 asks for one."""

ID_CHARS = 16


class Accounts:
    """Sessions, step-up, kiosks.

    Args:
        core: roles are folded from the journal; sign-ins are written there.
        directory: names, secrets, sessions.
        real_us: real time, UTC microseconds since 1970.
    """

    def __init__(
        self,
        core: Core,
        directory: Directory,
        real_us: Callable[[], int],
    ) -> None:
        self._core = core
        self._directory = directory
        self._sessions = directory.store.sessions
        self._real_us = real_us
        self.factors = SecondFactors(core, directory, real_us)
        self.book = SecretsBook(core, directory, self.factors, real_us)
        self.doorstep = Doorstep(real_us)

    def real_us(self) -> int:
        """Return real time, UTC microseconds since 1970."""
        return self._real_us()

    def wall_ahead_us(self) -> int:
        """Return by how much the clock on the wall is ahead of real time; may be < 0.

        Sessions go by real time and people by the wall: only the demo's is another one.
        """
        return self._core.wall.now_us() - self._real_us()

    def actor(self, person: str) -> Actor:
        """Return a member of staff with the roles of this moment."""
        staff = self._core.state.staff.get(person)
        if staff is None or not staff.active:
            return Actor()
        return Actor(person, staff.roles, staff.classes)

    # --------------------------------------------------------------------- sessions

    def begin(self, person: str, remote: str, browser: str) -> str:
        """Begin a session; return its token, which is kept nowhere here."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._real_us()
        self._sessions.begin(
            Session(
                token_hash=_digest(token),
                person=person,
                created=now,
                last_seen=now,
                expires=now + SESSION_S * 1_000_000,
                remote=f"{remote} {browser}"[:200],
            )
        )
        self._core.commit([p.SignedIn(person, "page")])
        return token

    def identify(self, call: Call) -> None:
        """Find the person behind a token.

        Raises:
            Refused: signed out: no session, ended, idle for too long, or has left.
        """
        session = self._live(call.token)
        call.actor = self.actor(session.person)
        if not call.actor.person:
            raise signed_out()
        now = self._real_us()
        self._sessions.seen(session, now)
        call.session = session.token_hash.hex()[:ID_CHARS]
        call.stepped_up = (session.stepped_up_until or 0) > now

    def _live(self, token: str) -> Session:
        session = self._sessions.get(_digest(token)) if token else None
        if session is None or session.revoked is not None:
            raise signed_out()
        now = self._real_us()
        idle_us = self._idle_lock_s() * 1_000_000
        if now >= session.expires or now - session.last_seen >= idle_us:
            raise signed_out("Nobody used this page for a while, so it was locked.")
        return session

    def end(self, call: Call) -> None:
        """Sign out here."""
        self._sessions.revoke(_digest(call.token), self._real_us())
        self._core.commit([p.SignedOut(call.actor.person)])

    def end_everywhere(self, person: str) -> None:
        """Sign a person out everywhere."""
        self._sessions.revoke_all(person, self._real_us())
        self._core.commit([p.SignedOut(person, everywhere=True)])

    def end_others(self, call: Call) -> None:
        """Sign a person out everywhere else: whoever knew an old password is out."""
        here = _digest(call.token)
        for each in self._sessions.of(call.actor.person):
            if each.token_hash != here:
                self._sessions.revoke(each.token_hash, self._real_us())

    def lines(self, call: Call) -> list[SessionLine]:
        """Return the live sessions of the person behind ``call``."""
        now = self._real_us()
        live = [
            s
            for s in self._sessions.of(call.actor.person)
            if s.revoked is None and s.expires > now
        ]
        ahead_us = self.wall_ahead_us()
        return [
            SessionLine(
                id=s.token_hash.hex()[:ID_CHARS],
                since=_when(self._core, s.created + ahead_us),
                last_seen=_when(self._core, s.last_seen + ahead_us),
                browser=s.remote or "",
                this_one=s.token_hash.hex()[:ID_CHARS] == call.session,
            )
            for s in live
        ]

    def revoke(self, call: Call, session: str) -> None:
        """End one of the person's own sessions.

        Raises:
            Refused: it is none of theirs.
        """
        for each in self._sessions.of(call.actor.person):
            if each.token_hash.hex()[:ID_CHARS] == session:
                self._sessions.revoke(each.token_hash, self._real_us())
                self._core.commit([p.SignedOut(call.actor.person)])
                return
        raise not_found("session")

    # ----------------------------------------------------------------------- proofs

    def prove(self, person: str, secret: str, then: Callable[[], Any]) -> Later:
        """Ask for password or PIN before ``then`` gives the answer."""
        return self.book.either(person, secret, then)

    def prove_pin(self, person: str, pin: str, then: Callable[[], Any]) -> Later:
        """Ask for the PIN before ``then`` gives the answer."""
        return self.book.pin(person, pin, then)

    def step_up(self, call: Call) -> None:
        """Let the second proof count for a while."""
        until = self._real_us() + STEP_UP_S * 1_000_000
        self._sessions.step_up(_digest(call.token), until)
        call.stepped_up = True

    def me(self, call: Call) -> Me:
        """Return the person behind ``call``, for the page."""
        return self.describe(call.actor, _digest(call.token))

    def describe(self, actor: Actor, token_hash: bytes) -> Me:
        """Return what a page needs to know of the person at it."""
        state = self._core.state
        person = self._directory.person(actor.person)
        secret = self._directory.store.secrets.get(actor.person)
        session = self._sessions.get(token_hash)
        return Me(
            id=actor.person,
            name=self._directory.full(actor.person),
            username=(person.username or "") if person else "",
            roles=list(actor.roles),
            rights=rights_of(actor.roles),
            classes=[
                line
                for line in state.classes
                if line in actor.classes or "class.see" in _whole_school(actor)
            ],
            stepped_up_until_us=(session.stepped_up_until or 0) if session else 0,
            must_change=self.must_change(actor.person),
            has_pin=bool(secret and secret.pin_hash),
            has_card=self._directory.card_of(actor.person) is not None,
            records_due=how_many_due(state, self._core.context(actor)),
            concerns_due=len(unread(state, actor)),
            has_second_factor=self.factors.has(actor.person),
            needs_second_factor=self.factors.needs(actor.person),
            must_set_up=self.factors.must_set_up(actor.person),
            recovery_codes=self.factors.codes_left(actor.person),
            review_due=may(actor, "accounts.change")
            and is_review_due(state, self._core.context(actor)),
            idle_lock_s=self._idle_lock_s(),
        )

    def _idle_lock_s(self) -> int:
        """How long a session may be unused; a rule of the school."""
        return int(self._core.rule("idle_lock_min")) * 60

    def reset_second_factor(self, person: str, by: str) -> bool:
        """Forget a lost second factor; whether there was one.

        Args:
            person: signed out everywhere, and sets up another at the next sign-in.
            by: who did it; empty from the machine's command line.
        """
        if not self.factors.remove(person, by):
            return False
        self.end_everywhere(person)
        if not self.factors.needs(person):
            # A password that was short beside a second factor does not stand alone.
            self._directory.store.secrets.let_change(person)
        return True

    def must_change(self, person: str) -> bool:
        """Return whether the password was given by somebody else, or is too old."""
        secret = self._directory.store.secrets.get(person)
        if secret is None or secret.must_change:
            return True
        days = int(self._core.rule("password_days"))
        age_us = self._real_us() - secret.changed_at
        return bool(days) and age_us > days * 86_400_000_000

    # ----------------------------------------------------------------------- kiosks

    def pair_kiosk(self, actor: Actor) -> str:
        """Make a browser the bank's kiosk; return its token."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._core.commit([p.KioskPaired(kiosk_id(token), actor.person)])
        return token

    def unpair_kiosk(self, kiosk: str, actor: Actor) -> None:
        """End a kiosk's pairing."""
        if kiosk not in self._core.state.kiosks:
            raise not_found("kiosk")
        self._core.commit([p.KioskUnpaired(kiosk, actor.person)])

    def kiosk_of(self, token: str) -> str:
        """Return which kiosk a token is.

        Raises:
            Refused: it is none.
        """
        kiosk = kiosk_id(token)
        if not token or kiosk not in self._core.state.kiosks:
            raise Refused(
                Fault(
                    "not-a-kiosk",
                    "This browser is not paired with the bank.",
                    "The technician pairs it under Settings, Kiosks.",
                    403,
                )
            )
        return kiosk

    # ------------------------------------------------------------------------ others

    def note_refused(self, do: str, actor: Actor) -> None:
        """Write that a role asked for what it has no need of."""
        self._core.commit([OrderRefused(do, actor.person, "no-right")])

    def on_commit(self, done: Committed) -> None:
        """Whoever left is signed out everywhere at once (ACC-4)."""
        for fact in done.facts:
            if isinstance(fact, p.StaffLeft):
                self._sessions.revoke_all(fact.staff, self._real_us())
                self.doorstep.turn_away(fact.staff)
            if isinstance(fact, p.SecretChanged | a.SecondFactorReset):
                self.doorstep.turn_away(fact.person)


def signed_out(why: str = "You are not signed in.") -> Refused:
    """Return the fault of a request without a live session."""
    return Refused(Fault("signed-out", why, "Sign in.", 401))


def kiosk_id(token: str) -> str:
    """Return the id of the kiosk with this token: a digest, so it may be journalled."""
    return "k" + hashlib.sha256(token.encode()).hexdigest()[:24]


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _when(core: Core, at_us: int) -> str:
    return f"{core.calendar.local(at_us):%-d %B, %H:%M}"


def _whole_school(actor: Actor) -> list[str]:
    return rights_of(tuple(r for r in actor.roles if r not in OWN_CLASSES_ONLY))
