"""Requests of records that law or policy asks for: list, form, file, change, end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from controller.domain import record_fields as rf
from controller.domain import record_orders as o
from controller.domain.decide_records import check_act, filled, kept_words, writable
from controller.domain.record_checks import faults, is_asked
from controller.domain.record_facts import RecordFiled
from controller.domain.record_rights import fits
from controller.domain.record_shape import Kind
from controller.domain.record_state import Record
from controller.domain.records import KINDS
from controller.domain.rights import may
from controller.people.tables.texts import Written
from controller.protocol import Fault
from controller.protocol.records import RecordDone, RecordForm, RecordPage, RecordsPage
from controller.service.calls import (
    Call,
    Refused,
    bad_input,
    by_rule,
    no_right,
    not_found,
)
from controller.service.core import Committed
from controller.service.views.record_form import make_change, make_form
from controller.service.views.records import Reader, make_list, make_record

if TYPE_CHECKING:
    from controller.service.hub import Hub

MOST_ID = 80


def reader_of(hub: Hub, call: Call) -> Reader:
    """Return whoever asks, as a reader of records."""
    context = hub.core.context(call.actor)
    return Reader(hub.core.state, hub.directory, hub.directory.store, context)


def _kind(call: Call) -> Kind:
    kind = KINDS.get(call.text("kind", most=40))
    if kind is None:
        raise not_found("record")
    return kind


def _record(hub: Hub, call: Call) -> Record:
    """Return the record a request is about, if whoever asks may know of it."""
    found = hub.core.state.records.get(call.text("record", most=MOST_ID))
    if found is None or not reader_of(hub, call).may_see(found):
        raise not_found("record")
    return found


def listed(hub: Hub, call: Call) -> RecordsPage:
    """Return the records that the reader may see, filtered."""
    kind = call.text("kind", "", 40)
    everything = call.flag("everything", default=False)
    query = call.text("query", "", 80)
    return make_list(reader_of(hub, call), kind, query, everything=everything)


def page(hub: Hub, call: Call) -> RecordPage:
    """Return one record, and what became of the letters about it."""
    record = _record(hub, call)
    made = make_record(reader_of(hub, call), record)
    made.mail = hub.mail.words_of(record.record)
    return made


# ------------------------------------------------------------------------------ forms


def form(hub: Hub, call: Call) -> RecordForm:
    """Return the form of a new record, prefilled from where it was asked."""
    kind, about = _kind(call), call.text("about", "", MOST_ID)
    reader = reader_of(hub, call)
    state = hub.core.state
    if about and not fits(state, kind, about):
        raise not_found("pupil")
    if about and (
        refusal := check_act(state, kind, "file", about, reader.context.actor)
    ):
        raise by_rule(refusal)
    given = _texts(call, "given", kind, {one.name for one in kind.fields})
    form = make_form(reader, kind, about, given)
    if not (about or form.abouts or may(call.actor, kind.file)):
        raise no_right()
    return form


def change_form(hub: Hub, call: Call) -> RecordForm:
    """Return the form of a record, filled in with what it says now."""
    record = _record(hub, call)
    reader = reader_of(hub, call)
    kind = KINDS[record.kind]
    actor = reader.context.actor
    if refusal := check_act(hub.core.state, kind, "change", record.about, actor):
        raise by_rule(refusal)
    return make_change(reader, record)


def _texts(call: Call, name: str, kind: Kind, known: set[str]) -> dict[str, str]:
    """Return the fields of a form that ``call`` sends under ``name``, each a text."""
    sent = call.args.get(name, {})
    if not isinstance(sent, dict) or not set(sent) <= known:
        raise bad_input(name, "something else", f"fields of the form: {kind.title}")
    fields = Call(call.do, "", sent)
    most = {one.name: one.most for one in kind.texts}
    return {
        field: fields.text(field, most=most.get(field, MOST_VALUE)) for field in sent
    }


MOST_VALUE = 2_000
"""Longest value in characters: the ids of a hundred and more pupils."""


# -------------------------------------------------------------------------- filing


def filled_in(
    hub: Hub, call: Call, kind: Kind, about: str, before: Record | None
) -> tuple[rf.Values, dict[str, str]]:
    """Return values and words of a form that can be filed.

    Raises:
        Refused: with each field that is wrong, and why.
    """
    words = {one.name for one in kind.texts}
    values = _texts(call, "values", kind, {one.name for one in kind.fields} - words)
    said = _texts(call, "words", kind, words)
    actor = call.actor
    after = filled(values)
    mine = writable(kind, actor)
    old = reader_of(hub, call).words_of(before) if before else {}
    kept = {name: old[name] for name in kept_words(kind, before, actor) if name in old}
    fresh = {name: text for name, text in said.items() if text and name in mine}
    asked = {one.name for one in kind.texts if is_asked(one, after)}
    texts = {name: text for name, text in (kept | fresh).items() if name in asked}
    wrong = faults(
        hub.core.state, kind, about, after, tuple(texts), hub.core.context(actor)
    )
    if wrong:
        raise _bad(kind, wrong)
    return tuple(after.items()), texts


def _bad(kind: Kind, wrong: tuple[tuple[str, str], ...]) -> Refused:
    labels = {one.name: one.label for one in kind.fields}
    details = [f"{name}: {labels.get(name, name)} {words}" for name, words in wrong]
    return Refused(
        Fault(
            "bad-record",
            "This form is not complete yet. Nothing has been filed.",
            "Mend the fields that are named and send it again.",
            422,
            details,
        )
    )


def keep(hub: Hub, texts: dict[str, str], about: str) -> Written:
    """Keep the words durably, before the entry that will name them (DAT-2)."""
    if not texts:
        return Written("", "")
    known = about if hub.directory.person(about) else None
    text = json.dumps(texts, ensure_ascii=False)
    return hub.directory.store.texts.put(text, hub.core.wall.now_us(), about=known)


def bind(hub: Hub, written: Written, done: Committed | None) -> None:
    """Note the entry that names the words."""
    if written.id and done:
        hub.directory.store.texts.bind(written.id, done.entries[0].ref)


def _done(hub: Hub, call: Call, record: str) -> RecordDone:
    """Return the way to a record, unless whoever filed it may not see it."""
    found = hub.core.state.records[record]
    return RecordDone(record if reader_of(hub, call).may_see(found) else "")


def file(hub: Hub, call: Call) -> RecordDone:
    """File a record."""
    kind, about = _kind(call), call.text("about", "", MOST_ID)
    if not fits(hub.core.state, kind, about):
        raise not_found("pupil")
    approve = call.flag("approve", default=False)
    if check_act(hub.core.state, kind, "file", about, call.actor):
        hub.order(o.FileRecord(kind.key, about), call)  # refused, and written down
    values, texts = filled_in(hub, call, kind, about, None)
    written = keep(hub, texts, about)
    order = o.FileRecord(
        kind.key, about, values, tuple(texts), written.id, written.digest, approve
    )
    done = hub.order(order, call)
    bind(hub, written, done)
    filed = next(f for f in (done.facts if done else ()) if isinstance(f, RecordFiled))
    return _done(hub, call, filed.record)


def amend(hub: Hub, call: Call) -> RecordDone:
    """Change what a record says; what it said stays in the journal."""
    record = _record(hub, call)
    kind = KINDS[record.kind]
    approve = call.flag("approve", default=False)
    if check_act(hub.core.state, kind, "change", record.about, call.actor):
        hub.order(o.AmendRecord(record.record), call)  # refused, and written down
    values, texts = filled_in(hub, call, kind, record.about, record)
    written = keep(hub, texts, record.about)
    order = o.AmendRecord(
        record.record, values, tuple(texts), written.id, written.digest, approve
    )
    bind(hub, written, hub.order(order, call))
    return _done(hub, call, record.record)


def approve(hub: Hub, call: Call) -> RecordPage:
    """Approve a record."""
    hub.order(o.ApproveRecord(_record(hub, call).record), call)
    return page(hub, call)


def read(hub: Hub, call: Call) -> RecordPage:
    """Say that a record has been read."""
    hub.order(o.ReadRecord(_record(hub, call).record), call)
    return page(hub, call)


def end(hub: Hub, call: Call) -> RecordPage:
    """End a record."""
    hub.order(o.EndRecord(_record(hub, call).record, call.text("why", most=20)), call)
    return page(hub, call)
