"""Requests of the journal and of the proof of a day; loaded when somebody asks.

Both are looked for in the whole journal, over a connection of their own and beside the
control loop: no tap waits for them (REP-3).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from controller.domain.facts import FACTS
from controller.journal.codec import Codec
from controller.journal.entry import Entry, Position
from controller.journal.reading import open_read_only
from controller.journal.searching import newest_first
from controller.protocol import DayReport, JournalPage
from controller.service.calls import Call, Later, bad_input
from controller.service.core import WORDS_OF_NOBODY
from controller.service.views.day_entries import Dated, Days
from controller.service.views.day_held import KINDS as HELD_KINDS
from controller.service.views.day_held import held_lines, overdue_lines
from controller.service.views.day_report import KINDS, make_report
from controller.service.views.journal import Storyteller, make_page
from controller.service.views.search import Filter, sift

if TYPE_CHECKING:
    from controller.service.hub import Hub

MOST_LINES = 200
FIRST_YEAR, LAST_YEAR = 2000, 2999
"""No school day of ours is outside; days beside them can be counted."""


def journal(hub: Hub, call: Call) -> JournalPage | Later:
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
    entries = hub.core.journal.entries(
        before=before, limit=limit + 1, newest_first=True
    )
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


def day_report(hub: Hub, call: Call) -> Later:
    """Return the proof of a day; its entries are looked for beside the loop."""
    context = hub.core.context(call.actor)
    wanted = _day(call, "day") or context.today
    local = hub.core.calendar.local
    node, data = hub.core.journal.node, hub.measure().data
    codec = Codec(FACTS, exempt=WORDS_OF_NOBODY)

    def work() -> tuple[list[str], list[Dated]]:
        with open_read_only(data) as connection:
            days = Days(connection, node, codec, local)
            return days.newest, days.facts_of(wanted, {*KINDS, *HELD_KINDS})

    def tell(found: tuple[list[str], list[Dated]]) -> DayReport:
        state, teller, (days, facts) = hub.core.state, _teller(hub, call), found
        told = [(one.fact, local(one.at_us)) for one in facts]
        report = make_report(state, hub.directory, wanted, days, told)
        report.held = held_lines(state, teller, context, facts)
        if wanted == context.today:
            report.held += overdue_lines(state, teller, context)
        return report

    return Later(work, tell)
