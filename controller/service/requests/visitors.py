"""Requests of visitors' day cards, and of own devices that stayed behind (REC-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain import own, visitors
from controller.domain import own_orders as o
from controller.domain.context import Context
from controller.domain.record_kinds import PURPOSES
from controller.domain.record_orders import FileRecord
from controller.domain.record_state import Record
from controller.domain.records import KINDS
from controller.domain.records_now import is_unapproved
from controller.domain.refusals import Refusal
from controller.domain.stock import is_empty
from controller.domain.visitor_records import Visitor
from controller.people.directory import new_id
from controller.people.records import Person
from controller.protocol import Fault
from controller.protocol.visitors import OwnLeft, VisitorLine, Visitors
from controller.service.calls import Call, Refused, by_rule, not_found
from controller.service.requests import filing
from controller.service.views.record_form import make_form
from controller.service.views.records import Reader

if TYPE_CHECKING:
    from controller.service.hub import Hub

KIND = KINDS["visitor"]
ORDER = ("tap", "no-card", "here", "expected", "ended")
"""Standings in the order of the page: whoever somebody must see to comes first."""


def page(hub: Hub, call: Call) -> Visitors:
    """Return who is here today, and what stayed behind."""
    reader = filing.reader_of(hub, call)
    context = reader.context
    lines = [_line(hub, reader, record) for record in _today(reader)]
    lines.sort(key=lambda line: (ORDER.index(line.standing), line.since, line.name))
    doors = [p.n for p in context.layout.places.values() if p.purpose == own.SET_ASIDE]
    waits = next((line.name for line in lines if line.standing == "tap"), "")
    return Visitors(
        lines,
        [
            _left(hub, one.person, context)
            for one in reader.state.own.values()
            if own.has_gone(reader.state, one.person)
        ],
        make_form(reader, KIND, "", {}),
        waits,
        hub.enrolment.view().last if waits else "",
        hub.readers[0] if hub.readers else "",
        len(doors),
        sum(is_empty(reader.state, n) for n in doors),
        context.is_guessed,
    )


def _today(reader: Reader) -> list[Record]:
    """Return the visits of today: agreed for it, or with a card given on it."""
    found = []
    for record in reader.state.records.values():
        if record.kind != KIND.key:
            continue
        visitor = visitors.visitor_of(reader.state, record.record)
        given = visitor is not None and _is_todays(visitor, reader.context)
        if given or visitors.is_of_today(record, reader.context):
            found.append(record)
    return found


def _is_todays(visitor: Visitor, context: Context) -> bool:
    return visitor.date in ("", context.today.isoformat())


def _line(hub: Hub, reader: Reader, record: Record) -> VisitorLine:
    state, context = reader.state, reader.context
    words = reader.words_of(record)
    visitor = visitors.visitor_of(state, record.record)
    inside = state.own.get(visitor.visitor) if visitor else None
    todays = visitor if visitor and _is_todays(visitor, context) else None
    return VisitorLine(
        visitor.visitor if visitor else "",
        record.record,
        words.get("name", "Somebody"),
        words.get("organisation", ""),
        PURPOSES.get(record.get("purpose"), ""),
        reader.name(record.get("sponsor")),
        _standing(hub, todays),
        context.local_hm(todays.at_us) if todays else "",
        inside.compartment if inside else 0,
        is_unapproved(record),
    )


def _standing(hub: Hub, visitor: Visitor | None) -> str:
    if visitor is None:
        return "expected"
    if visitor.ended_us:
        return "ended"
    if hub.enrolment.waits_for(visitor.visitor):
        return "tap"
    has_card = hub.directory.card_of(visitor.visitor) is not None
    return "here" if has_card else "no-card"


def _left(hub: Hub, person: str, context: Context) -> OwnLeft:
    inside = hub.core.state.own[person]
    place = context.layout.places.get(inside.compartment)
    since = context.calendar.local(inside.since_us)
    return OwnLeft(
        person,
        hub.directory.full(person),
        inside.compartment,
        f"{since:%A %-d %B, %H:%M}",
        place is not None and place.at_desk,
        hub.core.state.compartment(inside.compartment).door.is_open,
    )


# --------------------------------------------------------------------------------- give


def give(hub: Hub, call: Call) -> Visitors:
    """File a visit; the reader waits for the visitor's card (REC-6)."""
    values, texts = filing.filled_in(hub, call, KIND, "", None)
    approve = call.flag("approve", default=False)
    visitor = new_id("v")
    unfiled = FileRecord(KIND.key, "", values, tuple(texts), approve=approve)
    _check(hub, call, o.AdmitVisitor(visitor, unfiled))
    _put(hub, visitor, texts["name"])
    written = filing.keep(hub, texts, visitor)
    filed = FileRecord(
        KIND.key, "", values, tuple(texts), written.id, written.digest, approve
    )
    done = hub.order(o.AdmitVisitor(visitor, filed), call)
    filing.bind(hub, written, done)
    _wait_for_card(hub, call, visitor)
    return page(hub, call)


def card(hub: Hub, call: Call) -> Visitors:
    """Give a card for today to the visitor of a visit that is filed, or another one."""
    record = hub.core.state.records.get(call.text("record", most=filing.MOST_ID))
    if record is None or record.kind != KIND.key:
        raise not_found("visit")
    known = visitors.visitor_of(hub.core.state, record.record)
    visitor = known.visitor if known else new_id("v")
    _is_free(hub, visitor)
    order = o.GiveVisitorCard(visitor, record.record)
    _check(hub, call, order)
    if known is None:
        texts = filing.reader_of(hub, call).words_of(record)
        _put(hub, visitor, texts.get("name", "Visitor"))
        hub.directory.store.texts.belong(record.notes, visitor)
    hub.order(order, call)
    _wait_for_card(hub, call, visitor)
    return page(hub, call)


def _put(hub: Hub, visitor: str, name: str) -> None:
    """Write who it is, before the entry that knows the visitor (DAT-2)."""
    first, _, last = name.partition(" ")
    now = hub.core.wall.now_us()
    hub.directory.put(Person(visitor, "visitor", first, last.strip(), now))


def _check(hub: Hub, call: Call, order: o.AdmitVisitor | o.GiveVisitorCard) -> None:
    """Turn away what would be refused anyway before a name is written for it."""
    from controller.domain.policy import decide  # noqa: PLC0415  see handling.lazily

    decision = decide(hub.core.state, order, hub.core.context(call.actor))
    if isinstance(decision, Refusal):
        raise by_rule(decision)


def _is_free(hub: Hub, visitor: str) -> None:
    if hub.enrolment.is_running and not hub.enrolment.waits_for(visitor):
        raise Refused(
            Fault(
                "enrolment-running",
                "Somebody is enrolling cards at this reader.",
                "Wait until that is done, or stop it under People.",
                409,
            )
        )


def _wait_for_card(hub: Hub, call: Call, visitor: str) -> None:
    """Let the next tap be the visitor's card, unless others are being enrolled."""
    if not hub.enrolment.is_running and hub.readers:
        hub.enrolment.start_person(visitor, hub.readers[0], call.actor.person)


# ---------------------------------------------------------------------- end, give back


def end(hub: Hub, call: Call) -> Visitors:
    """End a visitor's card; what is still behind a door is the office's."""
    visitor = call.text("id", most=filing.MOST_ID)
    hub.order(o.EndVisitorCard(visitor), call)
    if hub.enrolment.waits_for(visitor):
        hub.enrolment.stop()
    return page(hub, call)


def give_back(hub: Hub, call: Call) -> Visitors:
    """Open the door of a device that stayed behind, in sight of the desk."""
    hub.order(o.GiveBackOwn(call.text("person", most=filing.MOST_ID)), call)
    return page(hub, call)
