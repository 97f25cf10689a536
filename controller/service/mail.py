"""Who is told of a concern by e-mail, and what the pages say of it (CUS-6).

A letter is written for each address as soon as a concern is in the journal, and again
at each start for a concern that lost its letter to a power cut. It holds no name and no
word of the concern: whoever may read it signs in. Sending is the postman's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from controller.config.schema import Mail
from controller.domain.custody_facts import ConcernRaised
from controller.domain.custody_records import Concern
from controller.people.records import Letter
from controller.people.tables.outbox import Outbox
from controller.service.core import Committed, Core

if TYPE_CHECKING:
    from controller.service.postman import Postman

SUBJECT = "Hometime: a concern has been raised"

TO_READERS = """\
A concern has been raised on {at}, at the lockers "{bank}".

Sign in to Hometime and open Safeguarding to read it. This message holds no name and
no word of it, on purpose: please do not ask for them by e-mail.

Is somebody in danger now? Call 999. A crime, not urgent: 101.
"""

TO_CHAIR = """\
A member of staff has raised a concern about the head on {at}, at the lockers "{bank}".

Nobody at the school can read it in Hometime. Whoever raised it was asked to print it
and to give it to you, and to nobody else. If nothing has reached you by tomorrow,
please ask the local authority's designated officer (LADO) what to do.

Is somebody in danger now? Call 999. A crime, not urgent: 101.
"""

WHY = {
    "unreachable": "the mail server cannot be reached",
    "slow": "the mail server does not answer in time",
    "no-encryption": "the way to the mail server cannot be encrypted as it is set",
    "sign-in": "the mail server does not take user name and password",
    "no-password": "the file of the password cannot be read",
    "refused": "the mail server turned it away",
    "later": "the mail server asks to try again later",
}
"""Codes of ``controller.service.postman`` in words."""


@dataclass(frozen=True, slots=True)
class MailHealth:
    """What the health page says of mail: letters that wait, and why they do."""

    waiting: int
    why: str


class MailDesk:
    """Writes letters, in the control loop.

    Args:
        core: state, clock and commits.
        outbox: where letters wait.
        settings: the server, and who is told; without a host nobody is.
        bank: the bank's name.
        real_us: the machine's own time, by which tries are spaced.

    Attributes:
        postman: who sends them, where there is a server.
        on_letter: called when a letter has been written.
    """

    def __init__(
        self,
        core: Core,
        outbox: Outbox,
        settings: Mail,
        *,
        bank: str,
        real_us: Callable[[], int],
    ) -> None:
        self._core = core
        self._outbox = outbox
        self._settings = settings
        self._bank = bank
        self._real_us = real_us
        self.postman: Postman | None = None
        self.on_letter: Callable[[], None] = lambda: None
        if settings.host:
            core.listeners.append(self.on_commit)

    def tells(self, about: str) -> bool:
        """Return whether somebody is told by e-mail of a concern about that."""
        return bool(self._settings.host and self._addresses(about))

    def _addresses(self, about: str) -> tuple[str, ...]:
        to = self._settings
        known = {
            "pupil": (*to.to_dsl, *to.to_head),
            "staff": to.to_head,
            "head": to.to_chair,
        }
        return tuple(dict.fromkeys(known[about]))

    def on_commit(self, done: Committed) -> None:
        """Write the letters of a concern that has just been raised."""
        for fact in done.facts:
            if isinstance(fact, ConcernRaised):
                self._write(done.after.concerns[fact.concern])

    def catch_up(self) -> None:
        """Write letters that a power cut kept from being written; none comes twice."""
        if not self._settings.host:
            return
        for concern in self._core.state.concerns.values():
            if not (concern.seen_by or concern.closed_us):
                self._write(concern)

    def _write(self, concern: Concern) -> None:
        written = [self._put(concern, to) for to in self._whom(concern)]
        if any(written):
            self.on_letter()

    def _whom(self, concern: Concern) -> tuple[str, ...]:
        """Return who is told; the head's address not of one about leadership.

        Whom the address belongs to is not known here, and its subject never learns of
        it: the others of leadership see it on the page.
        """
        subject = self._core.state.staff.get(concern.person)
        of_leadership = subject is not None and "leadership" in subject.roles
        if concern.about == "staff" and of_leadership:
            return ()
        return self._addresses(concern.about)

    def _put(self, concern: Concern, to: str) -> bool:
        local = self._core.calendar.local(concern.at_us)
        words = TO_CHAIR if concern.about == "head" else TO_READERS
        mark = hashlib.sha256(to.encode()).hexdigest()[:12]
        return self._outbox.put(
            Letter(
                f"{concern.concern}.{mark}",
                concern.concern,
                to,
                SUBJECT,
                words.format(at=f"{local:%A %-d %B %Y, %H:%M}", bank=self._bank),
                self._real_us(),
            )
        )

    # ------------------------------------------------------------------- what is said

    def words_of(self, concern: str) -> str:
        """Return what became of a concern's letters; empty where there are none."""
        letters = self._outbox.about(concern) if self._settings.host else []
        if not letters:
            return ""
        waiting = [letter for letter in letters if letter.sent is None]
        if not waiting:
            return "E-mail has gone out."
        why = next((WHY.get(w.failed, "") for w in waiting if w.failed), "")
        reason = f": {why}. It is tried again by itself" if why else ""
        return f"E-mail waits{reason}."

    def health(self) -> MailHealth | None:
        """Return how mail fares; ``None`` where none is sent."""
        if not self._settings.host:
            return None
        stuck = self._outbox.stuck()
        why = next((WHY.get(letter.failed or "", "") for letter in stuck), "")
        return MailHealth(len(stuck), why)
