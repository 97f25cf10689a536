"""Requests about held devices: the desk, moves, what was said of them (CUS)."""

from __future__ import annotations

import heapq
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from controller.domain import custody as cs
from controller.domain import custody_orders as c
from controller.domain.bases import FOUND
from controller.domain.custody_records import HandOver, Hold
from controller.domain.decide_concern import unread
from controller.domain.state import Pupil
from controller.people.tables.texts import Written
from controller.protocol.custody import (
    Child,
    ContactLine,
    CustodyDesk,
    Found,
    HoldLine,
    PastLine,
    Visit,
)
from controller.service.calls import Call, bad_input, not_found
from controller.service.core import Committed
from controller.service.views.holds import (
    Reader,
    class_name,
    handover_view,
    hold_line,
    whom,
)

if TYPE_CHECKING:
    from controller.service.hub import Hub

MOST_WORDS = 500
"""Characters of one field: a short paragraph."""

MOST_PAST = 5
"""Hand-overs that are done and still shown: the last visits of a family."""

MOST_QUERY = 80
"""Characters of a search: a name."""

MOST_FOUND = 20
"""Pupils that a search shows: one screen; who wants another types one more letter."""


def reader_of(hub: Hub, call: Call) -> Reader:
    """Return who asks, with what their lines are made of."""
    context = hub.core.context(call.actor)
    return Reader(hub.core.state, hub.directory, hub.directory.store, context)


def keep_words(hub: Hub, call: Call, about: str, fields: tuple[str, ...]) -> Written:
    """Keep the texts of a form durably, as one; nothing where all are empty (DAT-2)."""
    words = {name: call.text(name, "", MOST_WORDS) for name in fields}
    filled = {name: text for name, text in words.items() if text}
    return keep_plain(hub, about, filled) if filled else Written("", "")


def keep_plain(hub: Hub, about: str, plain: object) -> Written:
    """Keep something plain as one text, before the entry that will name it."""
    known = about if hub.directory.person(about) else None
    text = json.dumps(plain, ensure_ascii=False)
    return hub.directory.store.texts.put(text, hub.core.wall.now_us(), about=known)


def bind(hub: Hub, written: Written, done: Committed | None) -> None:
    """Note which entry names the kept words; an order may become several."""
    for fact, entry in zip(done.facts, done.entries, strict=True) if done else ():
        if written.id and getattr(fact, "note", "") == written.id:
            hub.directory.store.texts.bind(written.id, entry.ref)


T = TypeVar("T")


def fact_of(done: Committed | None, kind: type[T]) -> T:
    """Return the fact of ``kind`` that an order became; each of ours becomes one."""
    facts = done.facts if done else ()
    return next(fact for fact in facts if isinstance(fact, kind))


# --------------------------------------------------------------------------- the desk


def desk(hub: Hub, call: Call) -> CustodyDesk:
    """Return everything that is held, as far as the reader may know."""
    reader = reader_of(hub, call)
    state, context = reader.state, reader.context
    holds = sorted(
        state.holds.values(),
        key=lambda h: (not cs.is_overdue(state, h, context), h.since_us),
    )
    lines = [hold_line(reader, hold) for hold in holds]
    known = [line for line in lines if line.basis]
    return CustodyDesk(
        held=lines,
        handovers=[
            handover_view(reader, g)
            for g in state.handovers.values()
            if all(reader.knows(state.holds[h]) for h in g.holds if h in state.holds)
        ],
        fetches=[line for line in known if line.fetch],
        not_told=[line for line in known if not line.told and line.basis != FOUND],
        concerns=len(unread(state, call.actor)),
    )


def find(hub: Hub, call: Call) -> list[Found]:
    """Return the pupils whose name begins as typed: each word of it counts."""
    wanted = plain_words(call.text("q", most=MOST_QUERY))
    if not wanted:
        return []
    state = hub.core.state
    held = Counter(hold.person for hold in state.holds.values())
    named = (
        (pupil, hub.directory.full(pupil.pupil))
        for pupil in state.pupils.values()
        if pupil.on_roll or pupil.pupil in held
    )
    found = [(pupil, name) for pupil, name in named if matches(name, wanted)]
    best = heapq.nsmallest(MOST_FOUND, found, lambda f: (-held[f[0].pupil], f[1]))
    return [_found(hub, pupil, name, held[pupil.pupil]) for pupil, name in best]


def plain_words(name: str) -> list[str]:
    """Return the words of a name as they are typed in a hurry: no accents, no case.

    >>> plain_words("Zoë Nowak-O'Brien")
    ['zoe', 'nowak', 'obrien']
    """
    if not name.isascii():
        apart = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in apart if not unicodedata.combining(c))
    for mark in "'’":
        name = name.replace(mark, "")
    return name.casefold().replace("-", " ").split()


def matches(name: str, wanted: list[str]) -> bool:
    """Return whether each word wanted begins a word of ``name``.

    Most names are told apart by the first look, which makes nothing new of them.
    """
    plain = name.isascii() and "'" not in name
    if plain and wanted[0] not in name.lower():
        return False
    words = plain_words(name)
    return all(any(word.startswith(each) for word in words) for each in wanted)


def _found(hub: Hub, pupil: Pupil, name: str, held: int) -> Found:
    inside = hub.core.state.custody.get(pupil.pupil)
    return Found(
        pupil.pupil,
        name,
        class_name(hub.core.state, pupil.pupil),
        held,
        inside.compartment if inside else 0,
    )


def visit(hub: Hub, call: Call) -> Visit:
    """Return a child at the desk, and the siblings that the list shows."""
    pupil = call.text("pupil")
    if pupil not in hub.core.state.pupils:
        raise not_found("pupil")
    reader = reader_of(hub, call)
    return Visit(
        _child(hub, reader, pupil),
        [_child(hub, reader, each) for each in siblings_of(hub, pupil)],
    )


def siblings_of(hub: Hub, pupil: str) -> list[str]:
    """Return pupils who share an adult with ``pupil`` and of whom something is held."""
    contacts = hub.core.state.contacts.values()
    adults = {c.contact for c in contacts if c.pupil == pupil}
    others = {c.pupil for c in contacts if c.contact in adults and c.pupil != pupil}
    held = {hold.person for hold in hub.core.state.holds.values()}
    return sorted(others & held, key=hub.directory.full)


def _child(hub: Hub, reader: Reader, pupil: str) -> Child:
    inside = hub.core.state.custody.get(pupil)
    return Child(
        pupil,
        hub.directory.full(pupil),
        class_name(hub.core.state, pupil),
        [hold_line(reader, hold) for hold in cs.holds_of(hub.core.state, pupil)],
        adults_of(hub, pupil),
        inside.compartment if inside else 0,
        [
            handover_view(reader, handover)
            for handover in hub.core.state.handovers.values()
            if _is_about(reader, handover, pupil)
        ],
        list(_past(reader, pupil)),
    )


def _is_about(reader: Reader, handover: HandOver, pupil: str) -> bool:
    """Return whether a hand-over is of this pupil's, and the reader may know of it."""
    holds = [reader.state.holds[key] for key in handover.holds]
    return any(h.person == pupil for h in holds) and all(map(reader.knows, holds))


def _past(reader: Reader, pupil: str) -> Iterator[PastLine]:
    """Yield what was given back lately, newest first."""
    over = [p for p in reader.state.past_holds.values() if p.hold.person == pupil]
    known = [p for p in over if reader.knows(p.hold)]
    for past in sorted(known, key=lambda p: -p.ended_us)[:MOST_PAST]:
        local = reader.context.calendar.local(past.ended_us)
        adult = whom(reader, past.to, past.contact, past.note, [past.hold])
        yield PastLine(
            past.handover,
            list(past.hold.kinds),
            adult,
            f"{local:%A %-d %B, %H:%M}",
            reader.names.full(past.by),
        )


def adults_of(hub: Hub, pupil: str) -> list[ContactLine]:
    """Return the adults of a pupil's list; those never released to come last."""
    state, lines = hub.core.state, []
    for contact in hub.directory.store.contacts.of(pupil):
        known = state.contacts.get(f"{contact.id}/{pupil}")
        if known:
            line = ContactLine(
                contact.id,
                contact.name,
                contact.relationship,
                contact.phone,
                known.never,
            )
            lines.append(line)
    return sorted(lines, key=lambda line: line.never)


# ------------------------------------------------------------------ one held device


def hold_of(hub: Hub, call: Call) -> Hold:
    """Return the hold that a call names, for somebody who may know that it is there."""
    hold = hub.core.state.holds.get(call.text("id"))
    if hold is None:
        raise not_found("hold")
    return hold


def line_of(hub: Hub, call: Call, key: str) -> HoldLine:
    """Return the line of a hold as it is now, for whoever asks."""
    hold = hub.core.state.holds.get(key)
    if hold is None:
        raise not_found("hold")
    return hold_line(reader_of(hub, call), hold)


def line(hub: Hub, call: Call) -> HoldLine:
    """Return one held device."""
    return hold_line(reader_of(hub, call), hold_of(hub, call))


def move(hub: Hub, call: Call) -> HoldLine:
    """Put a held device somewhere else, as far as the page may (CUS-3)."""
    key, seal = call.text("id"), call.text("seal", "", 20)
    hub.order(c.MoveHold(key, call.text("place", most=20), seal), call)
    return line_of(hub, call, key)


def reclassify(hub: Hub, call: Call) -> HoldLine:
    """Give a held device another basis (CUS-12)."""
    hold = hold_of(hub, call)
    written = keep_words(hub, call, hold.person, ("reason",))
    basis = call.text("basis", most=20)
    order = c.Reclassify(hold.hold, basis, written.id, written.digest)
    bind(hub, written, hub.order(order, call))
    return line_of(hub, call, hold.hold)


def name_owner(hub: Hub, call: Call) -> HoldLine:
    """Say whose a found device is."""
    key = call.text("id")
    hub.order(c.NameOwner(key, call.text("pupil")), call)
    return line_of(hub, call, key)


def told(hub: Hub, call: Call) -> HoldLine:
    """Say that home was told, and how (CUS-10)."""
    key = call.text("id")
    hub.order(c.TellParent(key, call.text("how", most=20)), call)
    return line_of(hub, call, key)


def travel(hub: Hub, call: Call) -> HoldLine:
    """Say how the child gets home (CUS-13)."""
    key = call.text("id")
    knows = call.flag("home_knows", default=False)
    hub.order(c.NoteTravel(key, call.text("travels", most=20), knows), call)
    return line_of(hub, call, key)


def fetch(hub: Hub, call: Call) -> HoldLine:
    """Ask for a device to be brought to the desk, or not any more (CUS-4)."""
    key = call.text("id")
    hub.order(c.AskFetch(key, call.flag("drop", default=False)), call)
    return line_of(hub, call, key)


def wanted_code(call: Call, name: str, codes: tuple[str, ...]) -> str:
    """Return a code of a list, or refuse the argument."""
    value = call.text(name, most=20)
    if value not in codes:
        raise bad_input(name, "something else", " or ".join(codes))
    return value
