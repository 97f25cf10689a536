"""A record's form, prefilled: pupil, today, place and holder are never asked twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from controller.domain import record_fields as rf
from controller.domain import record_shape as s
from controller.domain.context import Actor
from controller.domain.decide_records import writable
from controller.domain.record_fields import Field
from controller.domain.record_rights import may_approve, may_do
from controller.domain.record_shape import Kind
from controller.domain.record_state import Record
from controller.domain.records import KINDS
from controller.domain.records_now import agreement_version, sitting
from controller.domain.rights import LEADERSHIP
from controller.domain.state import State
from controller.protocol.records import RecordField, RecordForm
from controller.service.views.records import Reader

TERM_AHEAD = timedelta(days=90)
"""How far ahead a review date is proposed where the calendar knows no term."""

Choices = list[list[str]]
"""Value, words, and the heading that it stands under."""

SETTLED_FIRST = (rf.PUPILS, rf.RECORD)
"""Sorts whose choices depend on whom the record is about."""

_SHOWN_AS = {
    rf.PUPIL: "pick",
    rf.STAFF: "pick",
    rf.CLASS: "pick",
    rf.RECORD: "pick",
    rf.PUPILS: "picks",
}


def make_form(
    reader: Reader, kind: Kind, about: str, given: dict[str, str]
) -> RecordForm:
    """Return the form of a new record.

    Args:
        reader: who will fill it in.
        kind: of which kind.
        about: whom it is about; empty where that is still to be chosen.
        given: values that the page it was asked from knows already.
    """
    actor = reader.context.actor
    return RecordForm(
        kind=kind.key,
        id=kind.id,
        title=kind.title,
        lead=kind.lead,
        fields=_fields(reader, kind, about, _defaults(reader, kind, about) | given),
        about=about,
        about_name=reader.name(about) if about else "",
        abouts=[] if about else _abouts(reader, kind),
        nobody=s.NOBODY in kind.about,
        can_approve=may_approve(actor, about),
        approval=kind.approve,
    )


def make_change(reader: Reader, record: Record) -> RecordForm:
    """Return the form of a record that is to be changed."""
    kind, about = KINDS[record.kind], record.about
    now = dict(record.values) | reader.words_of(record)
    # What was not asked before is prefilled, for when its flag is set now.
    values = {
        one.name: _default(reader, one, about)
        for one in kind.fields
        if one.when and now.get(one.when) != rf.YES
    }
    return RecordForm(
        kind=kind.key,
        id=kind.id,
        title=kind.title,
        lead=kind.lead,
        fields=_fields(reader, kind, about, values | now),
        record=record.record,
        about=about,
        about_name=reader.about(record),
        can_approve=may_approve(reader.context.actor, about),
        approval=kind.approve,
    )


def _fields(
    reader: Reader, kind: Kind, about: str, values: dict[str, str]
) -> list[RecordField]:
    mine = writable(kind, reader.context.actor)
    if not about and needs_about_first(kind):
        return []
    return [
        RecordField(
            name=one.name,
            label=one.label,
            sort=_SHOWN_AS.get(one.sort, one.sort),
            help=one.help,
            required=one.required,
            value=values.get(one.name, ""),
            choices=_choices(reader, one, about),
            when=one.when,
            most=one.most if one.sort == rf.TEXT else 0,
        )
        for one in kind.fields
        if one.name in mine
    ]


def needs_about_first(kind: Kind) -> bool:
    """Return whether the form cannot be shown before it is known whom it is about."""
    return any(one.sort in SETTLED_FIRST and one.required for one in kind.fields)


# --------------------------------------------------------------------------- defaults


def _defaults(reader: Reader, kind: Kind, about: str) -> dict[str, str]:
    return {one.name: _default(reader, one, about) for one in kind.fields}


def _default(reader: Reader, one: Field, about: str) -> str:
    context, state = reader.context, reader.state
    worked_out: Mapping[str, Callable[[], str]] = {
        "today": context.today.isoformat,
        "now": lambda: context.local_hm(context.at_us),
        "me": lambda: _me(context.actor, one),
        "term-end": lambda: _ahead(reader, "term-end"),
        "year-end": lambda: _ahead(reader, "year-end"),
        "version": lambda: str(agreement_version(state)),
        "everybody": lambda: ",".join(_class_list(state, about)),
    }
    found = worked_out.get(one.default)
    return found() if found else one.default


def _me(actor: Actor, one: Field) -> str:
    """Return who fills the form in, unless it must be somebody of leadership."""
    leads = one.name != "searched_by" or LEADERSHIP in actor.roles
    return actor.person if leads else ""


def _class_list(state: State, klass: str) -> list[str]:
    found = state.pupils.values()
    return [p.pupil for p in found if p.on_roll and p.klass == klass]


def _ahead(reader: Reader, what: str) -> str:
    """Return the end of the term, or of the last term that the calendar knows."""
    calendar, today = reader.context.calendar, reader.context.today
    term = calendar.term_of(today)
    to_come = [one.last for one in calendar.terms if one.last > today]
    if what == "year-end" and to_come:
        return max(to_come).isoformat()
    if term and term.last > today:
        return term.last.isoformat()
    return (today + TERM_AHEAD).isoformat()


# ---------------------------------------------------------------------------- choices


def _choices(reader: Reader, one: Field, about: str) -> Choices:
    match one.sort:
        case rf.CODE:
            return [[value, words, ""] for value, words in one.choices.items()]
        case rf.STAFF:
            return _staff(reader)
        case rf.PUPILS:
            found = reader.state.pupils.values()
            return _sorted(
                [p.pupil, reader.name(p.pupil), ""]
                for p in found
                if p.on_roll and p.klass == about
            )
        case rf.RECORD:
            return _records(reader, one.name, about)
        case _:
            return []


def _sorted(rows: Iterable[list[str]]) -> Choices:
    return sorted(rows, key=lambda row: (row[2].casefold(), row[1].casefold()))


def _staff(reader: Reader) -> Choices:
    found = (one for one in reader.state.staff.values() if one.active)
    return _sorted([one.staff, reader.name(one.staff), ""] for one in found)


def _records(reader: Reader, name: str, about: str) -> Choices:
    """Return the examinations that a pupil sat, or the visitors one may know of."""
    found = [one for one in reader.state.records.values() if reader.may_see(one)]
    if name == "visitor":
        return [
            [one.record, f"{reader.about(one)}, {reader.summary(one)}", ""]
            for one in found
            if one.kind == "visitor"
        ]
    return [
        [one.record, reader.summary(one), ""]
        for one in found
        if one.kind == "exam" and about in sitting(one)
    ]


def _abouts(reader: Reader, kind: Kind) -> Choices:
    """Return whom a record of this kind can be about, for whoever files it."""
    state, actor = reader.state, reader.context.actor
    rows: Choices = []
    if s.PUPIL in kind.about:
        rows += [
            [pupil.pupil, reader.name(pupil.pupil), reader.name(pupil.klass)]
            for pupil in state.pupils.values()
            if pupil.on_roll
        ]
    if s.CLASS in kind.about:
        rows += [[klass, reader.name(klass), ""] for klass in state.classes]
    if s.STAFF in kind.about:
        rows += [[key, name, "Staff"] for key, name, _ in _staff(reader)]
    allowed = (row for row in rows if may_do(state, actor, kind, "file", row[0]))
    return _sorted(allowed)
