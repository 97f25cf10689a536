"""The paper sheet by e-mail: letters of the outbox, and what became of them (DAY-13).

The newest sheet is the only one that counts: what waits of an older one is dropped, so
that it cannot arrive after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from controller.errors import SheetNotSent
from controller.people.records import SHEET, Letter
from controller.people.tables.outbox import Outbox
from controller.protocol.today import Sheet
from controller.service.mail import mark_of
from controller.service.views.sheet import as_text, counted

_ID = re.compile(r"(sheet-[0-9]+-([0-9]+)-([0-9]+))\.[0-9a-f]+")
"""Of a letter: when, how many in, how many doors not to be opened, which address."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the newest sheet.

    Attributes:
        batch: what its letters have in common.
        inside, held: what stands on it.
        waits: a server has not taken it for each address yet.
        why: a code of ``controller.service.mail.WHY``, where it was tried in vain.
    """

    batch: str
    inside: int
    held: int
    waits: bool
    why: str


@dataclass(frozen=True, slots=True)
class SheetPost:
    """Hands sheets to the outbox.

    Attributes:
        outbox: where letters wait.
        addresses: who gets it.
        now_us: the machine's own time.
        wake: tells the postman; ``None``: the configuration names no mail server.
    """

    outbox: Outbox
    addresses: tuple[str, ...]
    now_us: Callable[[], int]
    wake: Callable[[], None] | None

    def send(self, sheet: Sheet) -> None:
        """Write a letter for each address, in place of those of the sheet before.

        Raises:
            SheetNotSent: there is no server.
        """
        if self.wake is None:
            raise SheetNotSent("mail", "no-mail")
        at_us, (inside, held) = self.now_us(), counted(sheet.rows)
        subject = f"Hometime: paper sheet of {sheet.day}"
        text = as_text(sheet)
        batch = f"sheet-{at_us}-{inside}-{held}"
        letters = [
            Letter(f"{batch}.{mark_of(to)}", SHEET, to, subject, text, at_us)
            for to in self.addresses
        ]
        self.outbox.replace(SHEET, letters)
        self.wake()

    def fate(self) -> Fate | None:
        """Return what became of the newest sheet; ``None`` before there was one."""
        letters = self.outbox.about(SHEET)
        known = _ID.fullmatch(letters[-1].id) if letters else None
        if known is None:
            return None
        batch, inside, held = known.groups()
        waiting = [letter for letter in letters if letter.sent is None]
        why = next((letter.failed for letter in waiting if letter.failed), "")
        return Fate(batch, int(inside), int(held), bool(waiting), why)
