"""Requests about one pupil's device: leaving early, a sibling, a mix-up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from controller.domain import today_orders as o
from controller.domain.custody import holds_of
from controller.domain.rights import may
from controller.domain.state import Pupil
from controller.people.tables.texts import Written
from controller.protocol.today import Companions, Leaving
from controller.service.calls import Call, no_right, not_found
from controller.service.requests.custody import adults_of

if TYPE_CHECKING:
    from controller.service.hub import Hub

MOST_WHO = 80
"""Characters of who collects a pupil, where it is nobody of the list."""


def _pupil(hub: Hub, call: Call, act: str) -> Pupil:
    pupil = hub.core.state.pupils.get(call.text("pupil", most=40))
    if pupil is None:
        raise not_found("pupil")
    if not may(call.actor, act, pupil.klass):
        raise no_right()
    return pupil


def leaving(hub: Hub, call: Call) -> Leaving:
    """Return with whom a pupil may leave, and what goes along."""
    pupil = _pupil(hub, call, "class.early-leaver")
    state, context = hub.core.state, hub.core.context(call.actor)
    inside = state.custody.get(pupil.pupil)
    mark = state.marks.get(pupil.pupil)
    left = mark is not None and mark.mark == "left-early"
    return Leaving(
        pupil.pupil,
        hub.directory.full(pupil.pupil),
        pupil.klass,
        inside.compartment if inside else 0,
        len(holds_of(state, pupil.pupil)),
        [
            (one.id, one.name, one.relationship, one.never)
            for one in adults_of(hub, pupil.pupil)
        ],
        context.local_hm(mark.at_us) if left and mark else "",
    )


def leave_early(hub: Hub, call: Call) -> Leaving:
    """Let a pupil leave: the mark, with whom, and the door."""
    pupil = _pupil(hub, call, "class.early-leaver")
    who = call.text("who", "", MOST_WHO)
    texts = hub.directory.store.texts
    written = Written("", "")
    if who:
        # The words first, then the entry that names them (DAT-2).
        words = json.dumps({"who": who}, ensure_ascii=False)
        written = texts.put(words, hub.core.wall.now_us(), about=pupil.pupil)
    order = o.LeaveEarly(
        pupil.pupil,
        call.text("whom", most=20),
        call.text("contact", "", 40),
        written.id,
        written.digest,
    )
    done = hub.order(order, call)
    if written.id and done:
        texts.bind(written.id, done.entries[0].ref)
    return leaving(hub, call)


# -------------------------------------------------------------------- sibling, mix-up


def companions(hub: Hub, call: Call) -> Companions:
    """Return whom a device can go with, or be mixed up with, as far as one may see."""
    pupil = _pupil(hub, call, "class.vouch")
    state = hub.core.state
    adults = {c.contact for c in state.contacts.values() if c.pupil == pupil.pupil}
    siblings = {
        c.pupil
        for c in state.contacts.values()
        if c.contact in adults and c.pupil != pupil.pupil
    }
    seen = [
        one.pupil
        for one in state.pupils.values()
        if one.on_roll
        and one.pupil != pupil.pupil
        and may(call.actor, "class.vouch", one.klass)
    ]
    inside = state.custody.get(pupil.pupil) or state.collected.get(pupil.pupil)
    return Companions(
        pupil.pupil,
        hub.directory.full(pupil.pupil),
        pupil.klass,
        inside.compartment if inside else 0,
        _named(hub, [p for p in siblings if _is_here(hub, p)]),
        _named(hub, [p for p in seen if p not in siblings]),
        _doors(hub, seen),
    )


def _is_here(hub: Hub, pupil: str) -> bool:
    known = hub.core.state.pupils.get(pupil)
    return known is not None and known.on_roll


def _named(hub: Hub, pupils: list[str]) -> list[tuple[str, str]]:
    named = [(pupil, hub.directory.full(pupil)) for pupil in pupils]
    return sorted(named, key=lambda pair: pair[1].casefold())


def _doors(hub: Hub, pupils: list[str]) -> list[tuple[str, str, int]]:
    state = hub.core.state
    found = []
    for pupil in pupils:
        inside = state.custody.get(pupil) or state.collected.get(pupil)
        if inside:
            found.append((pupil, hub.directory.full(pupil), inside.compartment))
    return sorted(found, key=lambda line: line[2])


def hand_to_sibling(hub: Hub, call: Call) -> Companions:
    """Open a pupil's door for a sibling, on an adult's word."""
    pupil = _pupil(hub, call, "class.vouch")
    hub.order(o.HandToSibling(pupil.pupil, call.text("sibling", most=40)), call)
    return companions(hub, call)


def swap(hub: Hub, call: Call) -> Companions:
    """Put a mix-up of two devices right."""
    pupil = _pupil(hub, call, "class.vouch")
    hub.order(o.SwapDevices(pupil.pupil, call.text("other", most=40)), call)
    return companions(hub, call)
