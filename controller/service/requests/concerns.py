"""Requests of concerns: raise one, read, say who was told, close (CUS-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain import custody_facts as f
from controller.domain import custody_orders as c
from controller.domain.custody_records import Concern, carrier_of
from controller.domain.decide_concern import may_read
from controller.domain.rights import may
from controller.domain.state import Pupil
from controller.journal.quoted import quotation
from controller.protocol.custody import ConcernForm, ConcernLine, Raised
from controller.service.calls import Call
from controller.service.requests.custody import (
    MOST_FOUND,
    MOST_QUERY,
    bind,
    keep_words,
    matches,
    plain_words,
    reader_of,
)
from controller.service.views.holds import Reader, class_name, hold_line, words_of

if TYPE_CHECKING:
    from controller.service.core import Committed
    from controller.service.hub import Hub

_AGENCIES = {
    "lado": "LADO",
    "police": "Police",
    "social-care": "Social care",
    "chair-of-governors": "Chair of governors",
    "parents": "Parents",
}


def form(hub: Hub, call: Call) -> ConcernForm:
    """Return whom a concern can be about: pupils by name, colleagues.

    Who sees no names, or looks for a child of another class, gives the number of the
    door or says it in words: nobody is kept from raising one.
    """
    asked, wanted = call.text("pupil", "", 40), call.text("q", "", MOST_QUERY)
    state = hub.core.state
    seen = [p for p in state.pupils.values() if may(call.actor, "class.see", p.klass)]
    found = [p for p in seen if p.pupil == asked] if asked else []
    if not asked and (words := plain_words(wanted)):
        found = [p for p in seen if matches(hub.directory.full(p.pupil), words)]
    staff = [s.staff for s in state.staff.values() if s.active]
    return ConcernForm(
        sorted((_named(hub, p) for p in found[:MOST_FOUND]), key=lambda line: line[1]),
        sorted(
            ((s, hub.directory.full(s)) for s in staff if s != call.actor.person),
            key=lambda line: line[1],
        ),
        hub.mail.tells("head"),
    )


def _named(hub: Hub, pupil: Pupil) -> tuple[str, str, str]:
    name = hub.directory.full(pupil.pupil)
    return pupil.pupil, name, class_name(hub.core.state, pupil.pupil)


def raise_one(hub: Hub, call: Call) -> Raised:
    """Raise a concern; whoever does is told that it was passed on, and no more."""
    person = call.text("person", "", 40)
    about = call.text("about", "pupil", 20)
    written = keep_words(hub, call, person, ("reason",))
    order = c.RaiseConcern(
        about,
        person,
        call.whole("compartment", 0),
        call.flag("taken", default=False),
        written.id,
        written.digest,
    )
    done = hub.order(order, call)
    bind(hub, written, done)
    return _raised(hub, call, done)


def _raised(hub: Hub, call: Call, done: Committed | None) -> Raised:
    facts = done.facts if done else ()
    entries = done.entries if done else ()
    raised = next(fact for fact in facts if isinstance(fact, f.ConcernRaised))
    held = [x for x in facts if isinstance(x, f.DeviceHeld)]
    return Raised(
        raised.about,
        bool(held) or any(isinstance(x, f.HoldReclassified) for x in facts),
        any(carrier_of(each.place) for each in held),
        f"{hub.core.calendar.local(hub.core.wall.now_us()):%A %-d %B %Y, %H:%M}",
        quotation(entries[facts.index(raised)]),
        hub.directory.full(call.actor.person),
        hub.bank,
    )


def concerns(hub: Hub, call: Call) -> list[ConcernLine]:
    """Return the concerns that the reader may read: the unread first, then the open."""
    reader = reader_of(hub, call)
    known = [k for k in reader.state.concerns.values() if may_read(call.actor, k)]
    known.sort(key=lambda k: (bool(k.closed_us), bool(k.seen_by), -k.at_us))
    return [_line(hub, reader, concern) for concern in known]


def _line(hub: Hub, reader: Reader, concern: Concern) -> ConcernLine:
    def at(us: int) -> str:
        return f"{hub.core.calendar.local(us):%A %-d %B, %H:%M}"

    holds = [h for h in reader.state.holds.values() if h.concern == concern.concern]
    return ConcernLine(
        concern.concern,
        concern.about,
        hub.directory.full(concern.person) if concern.person else "",
        at(concern.at_us),
        hub.directory.full(concern.by),
        words_of(reader.store, concern.note).get("reason", ""),
        hub.directory.full(concern.seen_by) if concern.seen_by else "",
        at(concern.closed_us) if concern.closed_us else "",
        [(_AGENCIES[agency], day) for agency, day in concern.told],
        [hold_line(reader, hold) for hold in holds],
        hub.mail.words_of(concern.concern),
        due=not (concern.seen_by or concern.closed_us),
    )


def seen(hub: Hub, call: Call) -> list[ConcernLine]:
    """Say that a concern has been read."""
    hub.order(c.SeeConcern(call.text("id")), call)
    return concerns(hub, call)


def agency(hub: Hub, call: Call) -> list[ConcernLine]:
    """Say that somebody outside was told, on a date."""
    order = c.TellAgency(
        call.text("id"), call.text("agency", most=30), call.text("date", most=10)
    )
    hub.order(order, call)
    return concerns(hub, call)


def close(hub: Hub, call: Call) -> list[ConcernLine]:
    """Close a concern."""
    key = call.text("id")
    found = hub.core.state.concerns.get(key)
    about = found.person if found and may_read(call.actor, found) else ""
    written = keep_words(hub, call, about, ("remarks",))
    order = c.CloseConcern(key, written.id, written.digest)
    bind(hub, written, hub.order(order, call))
    return concerns(hub, call)
