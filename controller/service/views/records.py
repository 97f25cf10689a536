"""Records in words, as far as whoever reads them may know (REC-2 to REC-11)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from controller.domain import record_fields as rf
from controller.domain.context import Context
from controller.domain.record_checks import is_asked
from controller.domain.record_fields import Field
from controller.domain.record_rights import may_approve, may_do, may_see, must_read
from controller.domain.record_shape import Kind
from controller.domain.record_state import Record
from controller.domain.records import KINDS, RETENTION
from controller.domain.records_now import (
    DUE,
    due,
    holds,
    is_unapproved,
    not_handed_in,
    sitting,
)
from controller.domain.rights import may
from controller.domain.state import State
from controller.people.store import PeopleStore
from controller.protocol.records import RecordKind, RecordLine, RecordPage, RecordsPage
from controller.service.views.names import Names

MOST_LINES = 200
"""Records on one page of the list; who looks for an older one filters."""

ENDED = {
    "over": "It is over",
    "withdrawn": "Withdrawn",
    "mistake": "Filed by mistake",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and what the words are made of."""

    state: State
    names: Names
    store: PeopleStore
    context: Context

    def may_see(self, record: Record) -> bool:
        """Return whether this reader may know of a record."""
        return may_see(self.state, self.context.actor, record)

    def fields(self, kind: Kind) -> list[Field]:
        """Return the fields of a kind that this reader may see."""
        actor = self.context.actor
        return [one for one in kind.fields if not one.sees or may(actor, one.sees)]

    def name(self, key: str) -> str:
        """Return a person by name, a class by its sign."""
        sign = self.state.classes.get(key)
        return sign.name if sign else self.names.full(key)

    def day(self, iso: str) -> str:
        """Return a date as people say it.

        >>> Reader.day(None, "2026-11-03")
        '3 November 2026'
        """
        found = rf.as_date(iso)
        return f"{found.day} {found:%B %Y}" if found else iso

    def moment(self, at_us: int) -> str:
        """Return a local date and time."""
        local = self.context.calendar.local(at_us)
        return f"{local.day} {local:%B %Y, %H:%M}"

    def words_of(self, record: Record) -> dict[str, str]:
        """Return the words of a record; none once they are erased."""
        found = self.store.texts.get(record.note) if record.note else None
        return json.loads(found.text) if found else {}

    def value(self, one: Field, value: str) -> str:
        """Return the value of a field in words."""
        if one.sort == rf.CODE:
            return one.choices.get(value, value)
        if one.sort == rf.DATE:
            return self.day(value)
        if one.sort == rf.FLAG:
            return "Yes"
        if one.sort == rf.RECORD:
            return self.summary(self.state.records[value])
        if one.sort in (rf.PUPIL, rf.PUPILS, rf.STAFF, rf.CLASS):
            return ", ".join(self.name(each) for each in value.split(","))
        return value

    def about(self, record: Record) -> str:
        """Return whom a record is about: a visitor's name is among its words."""
        if record.about:
            return self.name(record.about)
        if visitor := self.state.records.get(record.get("visitor")):
            return self.about(visitor) if self.may_see(visitor) else "A visitor"
        return self.words_of(record).get("name", "Somebody")

    def summary(self, record: Record) -> str:
        """Return what a record says in short: a choice for any eye, and when."""
        kind = KINDS[record.kind]
        codes = [one for one in kind.fields if one.sort == rf.CODE and not one.sees]
        first = next((one for one in codes if record.get(one.name)), None)
        parts = [self.value(first, record.get(first.name))] if first else []
        if kind.spans_days:
            parts.append(f"until {self.day(record.get('last'))}")
        days = () if kind.spans_days else ("agreed_on", "day")
        parts += [self.day(record.get(name)) for name in days if record.get(name)]
        if kind.spans_hours:
            parts.append(f"{record.get('starts')} to {record.get('ends')}")
        return ", ".join(parts)


def standing(record: Record, context: Context) -> str:
    """Return how a record stands: a word of :class:`RecordLine`."""
    kind = KINDS[record.kind]
    if record.ended_us:
        return "ended"
    if is_unapproved(record):
        return "waits"
    if not kind.spans_days and not kind.spans_hours:
        return "filed"
    if holds(record, context):
        return "holds"
    first = record.get("first") or record.get("day")
    now = context.today.isoformat()
    early = first == now and record.get("starts") > context.local_hm(context.at_us)
    return "to-come" if first > now or early else "lapsed"


def line_of(reader: Reader, record: Record, open_: tuple[str, ...] = ()) -> RecordLine:
    """Return the line of a record in the list."""
    return RecordLine(
        id=record.record,
        kind=record.kind,
        title=KINDS[record.kind].title,
        about=reader.about(record),
        words=reader.summary(record),
        standing=standing(record, reader.context),
        filed=reader.day(record.date) or "by a clock that was not set",
        due=[f"{DUE[why][:1].upper()}{DUE[why][1:]}." for why in open_],
    )


def make_list(
    reader: Reader, kind: str, query: str, *, everything: bool
) -> RecordsPage:
    """Return the list of records, newest first.

    Args:
        reader: who reads.
        kind: key, or empty for all.
        query: part of the name of whom it is about.
        everything: those too that have been ended or have lapsed.
    """
    wanted = query.casefold()
    open_: dict[str, list[str]] = {}
    for record, why in due(reader.state, reader.context):
        open_.setdefault(record.record, []).append(why)
    lines: list[RecordLine] = []
    found = [
        record
        for record in reversed(list(reader.state.records.values()))
        if kind in ("", record.kind) and reader.may_see(record)
    ]
    for record in found:
        line = line_of(reader, record, tuple(open_.get(record.record, ())))
        over = line.standing in ("ended", "lapsed") and not everything
        if not over and wanted in line.about.casefold():
            lines.append(line)
        if len(lines) > MOST_LINES:
            break
    waiting = (reader.state.records[key] for key in open_)
    return RecordsPage(
        lines[:MOST_LINES],
        [line_of(reader, each, tuple(open_[each.record])) for each in waiting],
        kinds_of(reader),
        more=len(lines) > MOST_LINES,
    )


def kinds_of(reader: Reader) -> list[RecordKind]:
    """Return the kinds that the reader may see, or file at least."""
    actor = reader.context.actor
    found = []
    for kind in KINDS.values():
        own = kind.own and may(actor, "records.tell")
        files, sees = (own or may(actor, right) for right in (kind.file, kind.see))
        if files or sees:
            about = list(kind.about)
            found.append(
                RecordKind(kind.key, kind.id, kind.title, kind.lead, files, sees, about)
            )
    return found


def make_record(reader: Reader, record: Record) -> RecordPage:
    """Return one record, whole, as far as the reader may know."""
    kind, context = KINDS[record.kind], reader.context
    open_ = tuple(why for one, why in due(reader.state, context) if one is record)
    sits = sitting(record) if record.kind == "exam" else ()
    away = not_handed_in(reader.state, record, context) if sits else []
    return RecordPage(
        line=line_of(reader, record, open_),
        id=kind.id,
        lead=kind.lead,
        source=kind.source,
        keep=RETENTION[kind.keep][0],
        rows=_rows(reader, kind, record),
        story=_story(reader, record),
        can=_can(reader, kind, record),
        not_in=[[pupil, reader.name(pupil)] for pupil in away],
        sitting=[[pupil, reader.name(pupil)] for pupil in sits],
    )


def _rows(reader: Reader, kind: Kind, record: Record) -> list[list[str]]:
    words = reader.words_of(record)
    values = dict(record.values)
    rows = []
    for one in reader.fields(kind):
        if not is_asked(one, values):
            continue
        if one.sort == rf.TEXT:
            kept = "Erased" if one.name in record.worded else "–"
            rows.append([one.label, words.get(one.name, kept)])
        else:
            value = values.get(one.name, "")
            none = "No" if one.sort == rf.FLAG else "–"
            rows.append([one.label, reader.value(one, value) if value else none])
    return rows


def _story(reader: Reader, record: Record) -> list[list[str]]:
    epoch, seq = record.ref
    told = [
        (record.at_us, "Filed", record.by),
        (record.changed_us, f"Changed, version {record.version}", record.changed_by),
        (record.approved_us, "Approved", record.approved_by),
        (record.read_us, "Read by whom it is for", record.read_by),
        (record.ended_us, ENDED.get(record.why, ""), record.ended_by),
    ]
    rows = [
        [reader.moment(at_us), f"{what}, {reader.name(by)}", ""]
        for at_us, what, by in sorted(told)
        if at_us
    ]
    rows[0][2] = f"{epoch}.{seq}"
    return rows


def _can(reader: Reader, kind: Kind, record: Record) -> list[str]:
    if record.ended_us:
        return []
    state, actor, about = reader.state, reader.context.actor, record.about
    offers = {
        "change": may_do(state, actor, kind, "change", about),
        "approve": is_unapproved(record) and may_approve(actor, about),
        "read": not record.read_us and must_read(state, actor, record),
        "end": may_do(state, actor, kind, "end", about),
    }
    return [act for act, yes in offers.items() if yes]
