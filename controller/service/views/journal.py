"""The journal as people read it: newest first, in plain words, with each place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import msgspec

from controller.domain.context import Actor
from controller.domain.facts import FACTS, Fact
from controller.domain.rights import may
from controller.domain.state import State
from controller.journal.entry import Entry, Position
from controller.protocol import JournalLine, JournalPage
from controller.service.core import Core
from controller.service.views.names import Names, in_words
from controller.service.views.sealed import is_sealed
from controller.service.views.words import in_plain_words

SCANNED = 5_000
"""Most entries looked at for one filtered page: about 50 ms, no tap waits long."""

BATCH = 200


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

    def klass(self, klass: str) -> str:
        """Return the class as its door sign says it."""
        sign = self._state.classes.get(klass)
        return sign.name if sign else in_words(klass)


class Filter(msgspec.Struct, frozen=True):
    """What a reader asked for; empty fields ask for everything.

    Attributes:
        kind: an entry's kind. person: an id that the body names. door: its number.
        day: a local date.
    """

    kind: str = ""
    person: str = ""
    door: int = 0
    day: date | None = None

    def is_open(self, local: datetime) -> bool:
        """Return whether everything, or everything of a day, was asked for.

        A sealed entry must not answer a question about a person, a door or a kind.
        """
        narrowed = self.kind or self.person or self.door
        return not narrowed and (not self.day or local.date() == self.day)

    def takes(self, entry: Entry, fact: Fact | None, local: datetime) -> bool:
        """Return whether an entry is one that was asked for."""
        if self.kind and entry.kind != self.kind:
            return False
        if self.day and local.date() != self.day:
            return False
        if self.door and getattr(fact, "compartment", None) != self.door:
            return False
        return not self.person or f'"{self.person}"' in (entry.body or "")


def make_page(
    core: Core, teller: Storyteller, wanted: Filter, before: Position | None, limit: int
) -> JournalPage:
    """Return up to ``limit`` entries older than ``before``, newest first."""
    lines: list[JournalLine] = []
    last: Entry | None = None
    older: list[int] = []
    for scanned, entry in enumerate(_backwards(core, wanted, before)):
        full = len(lines) >= limit or scanned >= SCANNED
        if full and last is not None:
            older = [last.epoch, last.seq]
            break
        last = entry
        if line := _line(core, teller, wanted, entry):
            lines.append(line)
    tail = core.journal.tail
    return JournalPage(lines, older, tail.seq, tail.hash.hex())


def _backwards(core: Core, wanted: Filter, before: Position | None) -> Iterator[Entry]:
    """Yield entries backwards; a day's filter stops once the clock is before it."""
    while True:
        batch = core.journal.entries(
            before=before,
            limit=BATCH,
            kinds=[wanted.kind] if wanted.kind else None,
            newest_first=True,
        )
        yield from batch
        if len(batch) < BATCH or _is_past(core, wanted, batch[-1]):
            return
        before = batch[-1].position


def _is_past(core: Core, wanted: Filter, entry: Entry) -> bool:
    if wanted.day is None:
        return False
    # Two days of grace, since the wall clock may have been moved within the journal.
    floor = datetime.combine(wanted.day - timedelta(days=2), time.min)
    return core.calendar.local(entry.at_us).replace(tzinfo=None) < floor


def _line(
    core: Core, teller: Storyteller, wanted: Filter, entry: Entry
) -> JournalLine | None:
    local = core.calendar.local(entry.at_us)
    fact = core.journal.fact(entry) if entry.kind in FACTS else None
    if not teller.may_know(fact):
        return _sealed(entry, local) if wanted.is_open(local) else None
    if not wanted.takes(entry, fact, local):
        return None
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


ICONS = {
    "CardTapped": "reader",
    "TapRefused": "reader",
    "OrderRefused": "never",
    "StrangeCardsSeen": "reader",
    "ReaderLost": "broken",
    "ReaderRestored": "reader",
    "ReleaseOrdered": "key",
    "BoltPulsed": "supply",
    "ReleaseGivenUp": "stop",
    "NeverOpened": "shut",
    "OutcomeUnknown": "look",
    "DoorOpened": "open",
    "DoorForced": "look",
    "DoorShut": "shut",
    "DoorLeftOpen": "look",
    "DoorFound": "look",
    "FaultLatched": "broken",
    "FaultCleared": "tick",
    "OpenedByKey": "key",
    "TakenOutOfUse": "broken",
    "PutBackInUse": "tick",
    "DeviceSaidIn": "said",
    "ClassConfirmed": "in",
    "DeviceCollected": "collected",
    "ReleaseStarted": "go",
    "WaveStarted": "go",
    "ReleaseStopped": "stop",
    "ReleaseEnded": "tick",
    "PupilMarked": "pen",
    "PupilUnmarked": "back",
    "SessionClosed": "clock",
    "RecordFiled": "pen",
    "RecordAmended": "pen",
    "RecordApproved": "tick",
    "RecordRead": "eye",
    "RecordEnded": "stop",
    "OwnDeviceIn": "in",
    "OwnDeviceOut": "collected",
    "VisitorCardGiven": "chip",
    "VisitorCardEnded": "stop",
    "DayBegan": "clock",
    "DropOffOpened": "tray",
    "DropOffClosed": "tray",
    "QuestionRaised": "office",
    "QuestionClosed": "tick",
    "Evacuated": "go",
    "Resumed": "again",
    "ClassSet": "grid",
    "PupilSet": "person",
    "PupilLeft": "left",
    "StaffSet": "staff",
    "StaffLeft": "left",
    "CardEnrolled": "chip",
    "CardRevoked": "never",
    "CardMarked": "chip",
    "CardUnwritable": "chip",
    "CardDoubted": "look",
    "CardTrusted": "tick",
    "TokensForgotten": "chip",
    "RollImported": "save",
    "SettingSet": "pen",
    "CalendarSet": "clock",
    "ClubSet": "club",
    "SignedIn": "person",
    "SignedOut": "left",
    "SecretsRefused": "never",
    "SecretChanged": "staff",
    "KioskPaired": "eye",
    "KioskUnpaired": "eye",
    "BankDescribed": "grid",
    "Started": "again",
    "Stopped": "stop",
    "ClockMoved": "clock",
    "Snapshot": "save",
    "Forgotten": "none",
    "EpochBegan": "again",
}
"""Kind of an entry -> the drawing beside it, of ``web/static``'s symbols (``i-…``)."""

_OWN_WORDS = {
    "Snapshot": "The program wrote down everything as it stood.",
    "Forgotten": "Older entries were forgotten by the rule of retention.",
    "EpochBegan": "A new life of this record began, after a repair.",
}
