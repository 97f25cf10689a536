"""Everything that is kept about one person, in plain words (DAT-4).

Nobody else's name is in it: other pupils are "another pupil", staff "a member of
staff", adults of the list what they are to the child. Free words are searched for the
names of everybody else who is known here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from controller.domain.calendar import SchoolCalendar
from controller.domain.decide_people import LANGUAGES
from controller.domain.rights import ROLES
from controller.domain.state import State
from controller.domain.whose import Trail
from controller.journal.codec import Codec
from controller.people.records import SORTS
from controller.people.store import PeopleStore
from controller.protocol.subject import SubjectPart
from controller.service.views.names import Names, in_words
from controller.service.views.subject_entries import Read, Told, tell

SOMEBODY = "[name left out]"
SHORTEST = 3
"""Letters of a name that is looked for in free words; shorter ones are words too."""

MONTH = "%-d %B %Y"
MINUTE = "%-d %B %Y, %H:%M"


class Alone:
    """Who the ids are, for the reader of one's own record: oneself, and nobody else."""

    def __init__(self, names: Names, state: State, person: str) -> None:
        self._names = names
        self._state = state
        self._person = person

    def pupil(self, pupil: str) -> str:
        """Return the own name, or "another pupil"."""
        return self._own(pupil, "another pupil")

    def staff(self, staff: str) -> str:
        """Return the own name, "a member of staff" or "the program"."""
        return self._own(staff, "a member of staff") if staff else "the program"

    def person(self, person: str) -> str:
        """Return the name of either."""
        if person in self._state.visitors:
            return self._own(person, "a visitor")
        is_staff = person in self._state.staff
        return self.staff(person) if is_staff else self.pupil(person)

    def klass(self, klass: str) -> str:
        """Return the class as its door sign says it."""
        sign = self._state.classes.get(klass)
        return sign.name if sign else in_words(klass)

    def _own(self, person: str, other: str) -> str:
        return self._names.full(person) if person == self._person else other


@dataclass(frozen=True, slots=True)
class Source:
    """What a record is made of; nothing in it changes while it is made.

    Attributes:
        ahead_us: by how much the clock on the wall is ahead of real time, by which
            sessions go.
    """

    state: State
    names: Names
    store: PeopleStore
    calendar: SchoolCalendar
    codec: Codec
    ahead_us: int = 0

    def at(self, us: int, how: str = MINUTE) -> str:
        """Return a moment in local words."""
        return f"{self.calendar.local(us):{how}}" if us else ""

    def at_real(self, us: int) -> str:
        """Return a moment of real time as the clock on the wall had it."""
        return self.at(us + self.ahead_us) if us else ""


def make_parts(
    source: Source, person: str, read: Read
) -> tuple[list[SubjectPart], int]:
    """Return the parts about ``person``, and how many entries were kept back."""
    who = Alone(source.names, source.state, person)
    told = tell(read, Trail(person), source.state, source.codec, who, source.at)
    parts = [
        SubjectPart(
            "Who this is", ["What", "Is"], list(_identity(source, person, who))
        ),
        SubjectPart("Cards", ["Number", "From", "Until"], list(_cards(source, person))),
        SubjectPart(
            "Adults of the list", ["Who", "Mark"], list(_adults(source, person))
        ),
        SubjectPart(
            "Sign-ins",
            ["Began", "Last used", "Ended", "From"],
            list(_sessions(source, person)),
        ),
        SubjectPart("Words", ["Written", "Words"], list(_texts(source, person, told))),
        SubjectPart(
            "Entries of the journal", ["When", "What", "Details", "Place"], told.rows
        ),
    ]
    return [part for part in parts if part.rows], told.kept


def _identity(source: Source, person: str, who: Alone) -> Iterator[list[str]]:
    known = source.store.persons.get(person)
    if known is None:
        return
    yield ["First name", known.first_name]
    yield ["Last name", known.last_name]
    yield ["Called", known.preferred_name or ""]
    yield ["User name", known.username or ""]
    yield ["Language", LANGUAGES.get(known.language or "", "")]
    yield ["Known since", source.at(known.created, MONTH)]
    pupil, staff = source.store.persons.pupil(person), source.state.staff.get(person)
    if pupil:
        yield ["Class", who.klass(pupil.class_slug)]
        yield ["Year", pupil.year or ""]
        yield ["UPN", pupil.upn or ""]
        yield ["Admission number", pupil.external_id or ""]
    if staff:
        yield ["Roles", ", ".join(role for role in ROLES if role in staff.roles)]
        yield ["Classes", ", ".join(map(who.klass, staff.classes))]


def _cards(source: Source, person: str) -> Iterator[list[str]]:
    for card in source.store.credentials.of(person):
        until = source.at(card.revoked_at or 0, MONTH)
        yield [card.uid.hex().upper(), source.at(card.enrolled_at, MONTH), until]


def _adults(source: Source, person: str) -> Iterator[list[str]]:
    for contact in source.store.contacts.of(person):
        known = source.state.contacts.get(f"{contact.id}/{person}")
        never = "never release" if known and known.never else ""
        yield [contact.relationship or "an adult", never]


def _sessions(source: Source, person: str) -> Iterator[list[str]]:
    for session in source.store.sessions.of(person):
        yield [
            source.at_real(session.created),
            source.at_real(session.last_seen),
            source.at_real(session.revoked or 0),
            session.remote or "",
        ]


def _texts(source: Source, person: str, told: Told) -> Iterator[list[str]]:
    """Yield the words that go with entries which are told: the person's, or nobody's.

    What is about somebody else is theirs, though an entry of both names it.
    """
    texts = source.store.texts
    found = {
        text.id: text
        for text in texts.about(person)
        if text.entry_ref in told.refs or text.id in told.notes
    }
    for note in told.notes - found.keys():
        if (text := texts.get(note)) and text.about is None:
            found[note] = text
    others = names_of_others(source, person)
    hidden = () if person in source.state.visitors else NAMES_IN
    for text in sorted(found.values(), key=lambda one: (one.created, one.id)):
        words = _plain(text.text, hidden)
        yield [source.at(text.created), without_names(words, others)]


NAMES_IN = ("name", "who", "number")
"""Fields of forms with somebody's name, or what an officer is known by; a visitor's are
the visitor's own."""


def _plain(text: str, hidden: tuple[str, ...] = NAMES_IN) -> str:
    """Return the fields of a form as sentences; a signature is only named.

    >>> _plain('{"reason": "In class", "who": "Ada", "strokes": [[[1, 2]]]}')
    'Reason: In class. Who: [name left out]. Signature: drawn on the screen'
    """
    try:
        fields = json.loads(text)
    except ValueError:
        return text
    if not isinstance(fields, dict):
        return text
    parts = []
    for name, value in fields.items():
        if name == "strokes":
            parts.append("Signature: drawn on the screen")
        else:
            parts.append(f"{in_words(name)}: {SOMEBODY if name in hidden else value}")
    return ". ".join(parts)


def names_of_others(source: Source, person: str) -> frozenset[str]:
    """Return every name of everybody else that could stand in free words."""
    people = [p for sort in SORTS for p in source.store.persons.of_sort(sort)]
    own = source.store.persons.get(person)
    mine = _words_of(own.first_name, own.last_name) if own else frozenset()
    found: set[str] = set()
    for other in people:
        if other.id != person:
            called = other.preferred_name or ""
            found |= _words_of(other.first_name, other.last_name, called)
    for contact in source.store.contacts.of(person):
        found |= _words_of(contact.name)
    return frozenset(found - mine)


def _words_of(*names: str) -> frozenset[str]:
    words = (word for name in names for word in re.findall(r"[^\W\d_]+", name))
    return frozenset(word.casefold() for word in words if len(word) >= SHORTEST)


def without_names(text: str, others: frozenset[str]) -> str:
    """Return ``text`` with each of the names taken out, whatever their case.

    >>> without_names("Told Amira's aunt", frozenset({"amira"}))
    "Told [name left out]'s aunt"
    """

    def left(word: re.Match[str]) -> str:
        return SOMEBODY if word[0].casefold() in others else word[0]

    return re.sub(r"[^\W\d_]+", left, text)
