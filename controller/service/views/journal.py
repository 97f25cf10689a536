"""The journal as people read it: newest first, in plain words, with each place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from controller.domain.context import Actor
from controller.domain.facts import FACTS, Fact
from controller.domain.rights import may
from controller.domain.state import State
from controller.journal.entry import Entry, Position
from controller.protocol import JournalLine, JournalPage
from controller.service.core import Core
from controller.service.views.journal_icons import ICONS
from controller.service.views.names import Names, in_words
from controller.service.views.sealed import is_sealed
from controller.service.views.words import in_plain_words


class Storyteller:
    """Who the ids are, as far as one reader of the journal may know (ACC-6)."""

    def __init__(self, names: Names, state: State, actor: Actor) -> None:
        self._names = names
        self._state = state
        self._actor = actor
        self._sees_pupils = may(actor, "people.see")
        self._sees_staff = self._sees_pupils or may(actor, "accounts.see")

    def pupil(self, pupil: str) -> str:
        """Return a pupil's name, or "a pupil"."""
        return self._names.full(pupil) if pupil and self._sees_pupils else "a pupil"

    def staff(self, staff: str) -> str:
        """Return the name of a member of staff; nobody is "the program"."""
        if not staff:
            return "the program"
        return self._names.full(staff) if self._sees_staff else "a member of staff"

    def person(self, person: str) -> str:
        """Return the name of whoever it is."""
        if person in self._state.visitors:
            return self._names.full(person) if self._sees_pupils else "a visitor"
        is_staff = person in self._state.staff
        return self.staff(person) if is_staff else self.pupil(person)

    def may_know(self, fact: Fact | None) -> bool:
        """Return whether this reader may know what ``fact`` says (CUS-6)."""
        return fact is None or not is_sealed(fact, self._state, self._actor)

    def colleagues(self) -> list[list[str]]:
        """Return id and name of all staff, for a reader who may know them."""
        if not self._sees_staff:
            return []
        named = [[one, self._names.full(one)] for one in self._state.staff]
        return sorted(named, key=lambda pair: pair[1].casefold())

    def klass(self, klass: str) -> str:
        """Return the class as its door sign says it."""
        sign = self._state.classes.get(klass)
        return sign.name if sign else in_words(klass)


def make_page(
    core: Core,
    teller: Storyteller,
    entries: Sequence[Entry],
    older: Position | None,
    *,
    narrow: bool = False,
) -> JournalPage:
    """Return ``entries`` in plain words, newest first; what is sealed says so.

    Args:
        core: where facts and local times come from.
        teller: names people, as far as the reader may know.
        entries: to show.
        older: where older ones begin, if there are any.
        narrow: a person, a door or a kind was asked for; sealed ones are left out.
    """
    tail = core.journal.tail
    return JournalPage(
        [_line(core, teller, entry) for entry in entries],
        [*older] if older else [],
        tail.seq,
        tail.hash.hex(),
        narrow,
        teller.colleagues(),
    )


def _line(core: Core, teller: Storyteller, entry: Entry) -> JournalLine:
    local = core.calendar.local(entry.at_us)
    fact = core.journal.fact(entry) if entry.kind in FACTS else None
    if not teller.may_know(fact):
        return _sealed(entry, local)
    forgotten = entry.body is None
    return JournalLine(
        node=entry.node,
        epoch=entry.epoch,
        seq=entry.seq,
        day=f"{local:%Y-%m-%d}",
        at=f"{local:%H:%M:%S}",
        words=_words(entry, fact, teller),
        kind=entry.kind,
        clock=entry.clock,
        icon=ICONS.get(entry.kind, ""),
        forgotten=forgotten,
    )


def _sealed(entry: Entry, local: datetime) -> JournalLine:
    """Say that an entry is here, and nothing of what it says or whom it names."""
    return JournalLine(
        node=entry.node,
        epoch=entry.epoch,
        seq=entry.seq,
        day=f"{local:%Y-%m-%d}",
        at=f"{local:%H:%M:%S}",
        words="Sealed: only the safeguarding lead and the head read this entry.",
        kind="Sealed",
        clock=entry.clock,
    )


def _words(entry: Entry, fact: Fact | None, teller: Storyteller) -> str:
    if entry.body is None:
        return "Forgotten by the rule of retention; that it was here remains."
    if fact is None:
        return _OWN_WORDS.get(entry.kind, entry.kind)
    return in_plain_words(fact, teller)


_OWN_WORDS = {
    "Snapshot": "The program wrote down everything as it stood.",
    "Forgotten": "Older entries were forgotten by the rule of retention.",
    "EpochBegan": "A new life of this record began, after a repair.",
}
