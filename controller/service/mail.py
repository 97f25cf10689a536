"""Letters of what somebody is told by e-mail, and what the pages say of them (CUS-6).

A letter is written for each address as soon as a concern, a search or a breach is in
the journal, and again at each start for what lost its letter to a power cut. Whom it is
for, and its words, are those of a notice. Sending is the postman's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from controller.config.schema import Mail
from controller.people.records import Letter
from controller.people.tables.outbox import Outbox
from controller.service.core import Committed, Core
from controller.service.notices import (
    WHOM_OF_CONCERN,
    Notice,
    addresses,
    of_facts,
    unread,
)

if TYPE_CHECKING:
    from controller.service.postman import Postman

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
        to = self._settings
        return bool(to.host and addresses(to, *WHOM_OF_CONCERN[about]))

    def on_commit(self, done: Committed) -> None:
        """Write the letters of what has just been written down."""
        for notice in of_facts(done.facts, done.after, self._settings):
            self._write(notice)

    def catch_up(self) -> None:
        """Write letters that a power cut kept from being written; none comes twice."""
        if not self._settings.host:
            return
        for notice in unread(self._core.state, self._settings):
            self._write(notice)

    def _write(self, notice: Notice) -> None:
        written = [self._put(notice, to) for to in notice.to]
        if any(written):
            self.on_letter()

    def _put(self, notice: Notice, to: str) -> bool:
        local = self._core.calendar.local(notice.at_us)
        at = f"{local:%A %-d %B %Y, %H:%M}"
        words = notice.words.format(at=at, bank=self._bank)
        return self._outbox.put(
            Letter(
                f"{notice.about}.{mark_of(to)}",
                notice.about,
                to,
                notice.subject,
                words,
                self._real_us(),
            )
        )

    # ------------------------------------------------------------------- what is said

    def words_of(self, about: str) -> str:
        """Return what became of the letters about it; empty where there are none."""
        letters = self._outbox.about(about) if self._settings.host else []
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


def mark_of(address: str) -> str:
    """Return what tells one address from another in a letter's id, without naming it.

    >>> mark_of("office@school.example")
    'f536bb912e2e'
    """
    return hashlib.sha256(address.encode()).hexdigest()[:12]
