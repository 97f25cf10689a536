"""Requests of concerns: raise one, read, say who was told, close (CUS-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain import custody_facts as f
from controller.domain import custody_orders as c
from controller.domain.custody_records import Concern
from controller.domain.decide_concern import may_read
from controller.protocol.custody import ConcernLine
from controller.service.calls import Call
from controller.service.requests.custody import bind, keep_words, reader_of
from controller.service.views.holds import Reader, hold_line, words_of

if TYPE_CHECKING:
    from controller.service.hub import Hub

_AGENCIES = {
    "lado": "LADO",
    "police": "Police",
    "social-care": "Social care",
    "chair-of-governors": "Chair of governors",
    "parents": "Parents",
}


def raise_one(hub: Hub, call: Call) -> dict[str, object]:
    """Raise a concern; whoever does is told that it was, and no more."""
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
    facts = done.facts if done else ()
    held = any(isinstance(x, f.DeviceHeld | f.HoldReclassified) for x in facts)
    return {"held": held, "about": about}


def concerns(hub: Hub, call: Call) -> list[ConcernLine]:
    """Return the concerns that the reader may read, the newest first."""
    reader = reader_of(hub, call)
    known = [k for k in reader.state.concerns.values() if may_read(call.actor, k)]
    known.sort(key=lambda concern: -concern.at_us)
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
    written = keep_words(hub, call, found.person if found else "", ("remarks",))
    order = c.CloseConcern(key, written.id, written.digest)
    bind(hub, written, hub.order(order, call))
    return concerns(hub, call)
