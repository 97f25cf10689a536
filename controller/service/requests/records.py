"""Requests of the journal, the reports and the office's list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from controller.domain import orders as o
from controller.domain.facts import FACTS
from controller.journal.codec import Codec
from controller.journal.entry import Entry, Position
from controller.journal.reading import open_read_only
from controller.journal.searching import newest_first
from controller.people.tables.texts import Written
from controller.protocol import DayReport, Desk, JournalPage
from controller.service.calls import Call, Later, bad_input
from controller.service.core import WORDS_OF_NOBODY
from controller.service.handling import Handling, for_act
from controller.service.views.day_report import make_report
from controller.service.views.desk import make_desk
from controller.service.views.journal import Storyteller, make_page
from controller.service.views.search import Filter, sift

if TYPE_CHECKING:
    from controller.service.hub import Hub

MOST_LINES = 200
FIRST_YEAR, LAST_YEAR = 2000, 2999
"""No school day of ours is outside; days beside them can be counted."""
MOST_NOTE = 500
"""Characters of a note: a short paragraph."""


def _journal(hub: Hub, call: Call) -> JournalPage | Later:
    """Return a page: the newest at once, what is searched for from beside the loop."""
    before = call.wholes("before", 2)
    wanted = Filter(
        kind=call.text("kind", "", 40),
        person=call.text("person", "", 40),
        door=call.whole("door", 0),
        day=_day(call, "day"),
    )
    limit = max(1, min(MOST_LINES, call.whole("limit", 50)))
    position = Position(*before) if len(before) == 2 else None  # noqa: PLR2004  epoch, seq
    if wanted.is_open:
        return _newest(hub, call, position, limit)
    return _searched(hub, call, wanted, position, limit)


def _newest(hub: Hub, call: Call, before: Position | None, limit: int) -> JournalPage:
    journal = hub.core.journal
    entries = journal.entries(before=before, limit=limit + 1, newest_first=True)
    more = entries[limit - 1].position if len(entries) > limit else None
    return make_page(hub.core, _teller(hub, call), entries[:limit], more)


def _teller(hub: Hub, call: Call) -> Storyteller:
    return Storyteller(hub.directory, hub.core.state, call.actor)


def _searched(
    hub: Hub, call: Call, wanted: Filter, before: Position | None, limit: int
) -> Later:
    """Look through the whole journal beside the loop: no tap waits for it (REP-3)."""
    teller = _teller(hub, call)
    search = wanted.search(hub.core.state, hub.core.calendar)
    node, data = hub.core.journal.node, hub.measure().data
    codec = Codec(FACTS, exempt=WORDS_OF_NOBODY)

    def work() -> tuple[list[Entry], Position | None]:
        with open_read_only(data) as connection:
            found = newest_first(connection, node, search, before)
            return sift(found, wanted, teller, codec, limit)

    def tell(sifted: tuple[list[Entry], Position | None]) -> JournalPage:
        return make_page(hub.core, teller, *sifted, narrow=wanted.is_narrow)

    return Later(work, tell)


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
    "journal_file": for_act("journal.see", _journal, step_up=True),
    "day_report": for_act("reports.see", _report),
    "desk": for_act("desk.see", _desk),
    "question_close": for_act("desk.change", _close),
}
