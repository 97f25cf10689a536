"""Requests of the office's list, and where those of the record are served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain import orders as o
from controller.people.tables.texts import Written
from controller.protocol import Desk
from controller.service.calls import Call
from controller.service.handling import Handling, for_act, lazily
from controller.service.views.desk import make_desk

if TYPE_CHECKING:
    from controller.service.hub import Hub

MOST_NOTE = 500
"""Characters of a note: a short paragraph."""


def _desk(hub: Hub, call: Call) -> Desk:
    context = hub.core.context(call.actor)
    return make_desk(hub.core.state, hub.directory, context)


def _close(hub: Hub, call: Call) -> Desk:
    question, note = call.text("id"), call.text("note", "", MOST_NOTE)
    about = hub.core.state.questions.get(question)
    written = Written("", "")
    if note and about:
        # The words first, then the entry that names them (DAT-2).
        now = hub.core.wall.now_us()
        texts = hub.directory.store.texts
        written = texts.put(note, now, about=about.pupil or None)
    order = o.CloseQuestion(question, call.text("how"), written.id, written.digest)
    done = hub.order(order, call)
    if written.id and done:
        hub.directory.store.texts.bind(written.id, done.entries[-1].ref)
    return _desk(hub, call)


_AUDIT = "controller.service.requests.audit"

RECORDS: dict[str, Handling] = {
    "journal": for_act("journal.see", lazily(_AUDIT, "journal")),
    "journal_file": for_act("journal.see", lazily(_AUDIT, "journal"), step_up=True),
    "day_report": for_act("reports.see", lazily(_AUDIT, "day_report")),
    "desk": for_act("desk.see", _desk),
    "question_close": for_act("desk.change", _close),
}
