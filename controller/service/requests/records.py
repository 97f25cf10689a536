"""Requests of the journal, the reports and the office's list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from controller.domain import orders as o
from controller.journal.entry import Position
from controller.people.tables.texts import Written
from controller.protocol import DayReport, Desk, JournalPage
from controller.service.calls import Call, bad_input
from controller.service.handling import Handling, for_act
from controller.service.views.day_report import make_report
from controller.service.views.desk import make_desk
from controller.service.views.journal import Filter, Storyteller, make_page

if TYPE_CHECKING:
    from controller.service.hub import Hub

MOST_LINES = 200
FIRST_YEAR, LAST_YEAR = 2000, 2999
"""No school day of ours is outside; days beside them can be counted."""
MOST_NOTE = 500
"""Characters of a note: a short paragraph."""


def _journal(hub: Hub, call: Call) -> JournalPage:
    before = call.wholes("before", 2)
    teller = Storyteller(hub.directory, hub.core.state, call.actor)
    wanted = Filter(
        kind=call.text("kind", "", 40),
        person=call.text("person", "", 40),
        door=call.whole("door", 0),
        day=_day(call, "day"),
    )
    limit = max(1, min(MOST_LINES, call.whole("limit", 50)))
    position = Position(*before) if len(before) == 2 else None  # noqa: PLR2004  epoch, seq
    return make_page(hub.core, teller, wanted, position, limit)


def _day(call: Call, name: str) -> date | None:
    text = call.text(name, "", 10)
    if not text:
        return None
    try:
        wanted = date.fromisoformat(text)
    except ValueError:
        wanted = date.min
    if not FIRST_YEAR <= wanted.year <= LAST_YEAR:
        raise bad_input(name, "no date", "a date such as 2026-11-23")
    return wanted


def _report(hub: Hub, call: Call) -> DayReport:
    wanted = _day(call, "day") or hub.core.context().today
    return make_report(hub.core, hub.directory, wanted)


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


RECORDS: dict[str, Handling] = {
    "journal": for_act("journal.see", _journal),
    "day_report": for_act("reports.see", _report),
    "desk": for_act("desk.see", _desk),
    "question_close": for_act("desk.change", _close),
}
