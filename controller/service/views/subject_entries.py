"""The entries of the journal about one person, for that person (DAT-4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields

from controller.domain import record_facts as r
from controller.domain import record_fields as rf
from controller.domain.context import Actor
from controller.domain.facts import Fact
from controller.domain.records import KINDS
from controller.domain.state import State
from controller.domain.whose import ACTORS, FOLLOWS, SUBJECTS, Trail
from controller.journal.entry import Entry
from controller.service.views.names import in_words
from controller.service.views.sealed import is_sealed
from controller.service.views.search import Decoder, fact_of
from controller.service.views.words import in_plain_words
from controller.service.views.words.who import Who

SEES_NOTHING_SEALED = Actor("", ("office",))
"""As whom the record is read: what is sealed is given by the head's decision alone."""

NOT_TOLD = frozenset(
    {
        *(*SUBJECTS, *ACTORS, *FOLLOWS.values()),
        *("contact", "note", "digest", "worded", "until_us"),
    }
)
"""Fields whose values are ids, or point to words, or stand in the sentence."""

Read = Callable[[], Iterable[Entry]]
"""Reads the entries that may be somebody's, oldest first, as often as is asked."""

Moment = Callable[[int], str]
"""Says a moment, UTC microseconds, in local words."""


@dataclass(slots=True)
class Told:
    """What is told of somebody's entries, and what is not.

    Attributes:
        rows: when, what, details, place.
        refs: node, epoch and sequence of those that are told.
        notes: ids of the words that go with those about the person.
        kept: how many are kept back.
    """

    rows: list[list[str]] = field(default_factory=list)
    refs: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    kept: int = 0


def tell(
    read: Read, trail: Trail, state: State, codec: Decoder, who: Who, at: Moment
) -> Told:
    """Return the entries of somebody in words.

    They are read twice: whose a hold or a record is, an entry may say that comes after
    the first that names it.
    """
    for fact, _ in _facts(read, codec):
        trail.learn(fact, sealed=is_sealed(fact, state, SEES_NOTHING_SEALED))
    told = Told()
    for fact, entry in _facts(read, codec):
        if not trail.is_theirs(fact):
            continue
        if is_sealed(fact, state, SEES_NOTHING_SEALED) or trail.is_hidden(fact):
            told.kept += 1
            continue
        about = trail.is_subject(fact)
        said = ". ".join(details(fact, state)) if about else ""
        words, place = in_plain_words(fact, who), f"{entry.epoch}/{entry.seq}"
        told.rows.append([at(entry.at_us), words, said, place])
        told.refs.add("/".join(map(str, entry.ref)))
        if about and not _is_visit(fact, state):
            told.notes |= {getattr(fact, "note", "")} - {""}
    return told


def _is_visit(fact: Fact, state: State) -> bool:
    """Return whether a fact's words are a visitor's, who is found by the own name."""
    record = state.records.get(getattr(fact, "record", ""))
    return record is not None and record.kind == "visitor"


def _facts(read: Read, codec: Decoder) -> Iterator[tuple[Fact, Entry]]:
    for entry in read():
        if (fact := fact_of(entry, codec)) is not None:
            yield fact, entry


def details(fact: Fact, state: State) -> Iterator[str]:
    """Yield what a fact says beside ids, a field each.

    >>> from controller.domain.custody_facts import ParentTold
    >>> [*details(ParentTold("h1", "in-person", "s1"), State())]
    ['How: In person']
    """
    for one in fields(fact):
        value = getattr(fact, one.name)
        if one.name not in NOT_TOLD and value not in (one.default, "", ()):
            yield f"{_label(one.name)}: {_plain(value)}"
    if isinstance(fact, r.RecordFiled | r.RecordAmended):
        yield from _of_form(fact, state)


_LABELS = {"klass": "Class", "compartment": "Door"}


def _label(name: str) -> str:
    return _LABELS.get(name) or in_words(name.replace("_", "-"))


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        return ", ".join(map(_plain, value))
    text = str(value)
    return text if text[:1].isdigit() else in_words(text)


_TOLD_OF_FORMS = (rf.CODE, rf.FLAG, rf.DATE, rf.TIME, rf.NUMBER)


def _of_form(fact: r.RecordFiled | r.RecordAmended, state: State) -> Iterator[str]:
    """Yield the fields of a form that hold neither ids nor words."""
    record = state.records.get(fact.record)
    kind = KINDS[record.kind] if record else None
    for name, value in fact.values:
        one = kind.field(name) if kind else None
        if one and one.sort in _TOLD_OF_FORMS:
            yield f"{one.label}: {one.choices.get(value) or _plain(value)}"
