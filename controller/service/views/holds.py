"""Held devices as lines: as much as the reader may know, and what can be done (CUS)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from controller.domain import custody as c
from controller.domain.bases import (
    BASES,
    CONFISCATED,
    FOUND,
    HAND_OVER_TO,
    RECLASSIFY,
    SEALED,
    verdict,
)
from controller.domain.context import Context
from controller.domain.custody_records import HandOver, Hold, carrier_of, door_of
from controller.domain.decide_handover import at_desk, needs_word
from controller.domain.rights import may
from controller.domain.state import State
from controller.people.store import PeopleStore
from controller.protocol.custody import HandOverView, HoldLine
from controller.service.views.names import Names, in_words

HOUR_US = 3_600_000_000

ASK = "Ask the safeguarding lead or the head."

STEP_WORDS = {
    "same-day": "Back at the end of the day",
    "parent": "An adult collects it",
}
_WHOM = {
    "adult": "an adult of the list",
    "unlisted": "an adult who is not on the list",
    "officer": "a police officer",
    "owner": "the owner",
}
_IDENTITY = {
    "known": "known to staff",
    "passport": "passport",
    "licence": "driving licence",
    "password": "the family's password",
    "warrant-card": "warrant card",
    "other": "another way",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and what the lines are made of."""

    state: State
    names: Names
    store: PeopleStore
    context: Context

    def knows(self, hold: Hold) -> bool:
        """Return whether this reader may know why a device is held."""
        actor = self.context.actor
        if hold.basis in SEALED:
            return may(actor, "custody.reasons")
        return may(actor, "custody.see") or hold.by == actor.person


def hold_line(reader: Reader, hold: Hold) -> HoldLine:
    """Return the line of a held device, sealed where the reader may not know why."""
    if not reader.knows(hold):
        return _sealed(reader, hold)
    state, context = reader.state, reader.context
    words = words_of(reader.store, hold.note)
    return HoldLine(
        id=hold.hold,
        person=hold.person,
        name=_name(reader, hold),
        class_name=class_name(state, hold.person),
        title=BASES[hold.basis].title,
        place=place_words(reader, hold.place),
        basis=hold.basis,
        kinds=list(hold.kinds),
        in_reach=c.is_in_sight(state, hold, context),
        since=since_words(hold.since_us, context),
        by=reader.names.full(hold.by),
        why=_why(state, hold),
        note=words.get("reason", ""),
        where=in_words(hold.where),
        considered=_considered(hold, words),
        remarks=words.get("remarks", ""),
        step=step_words(hold.step),
        until=until_words(hold.until, context),
        review_by=hold.review_by,
        ended=c.has_ended(state, hold, context),
        overdue=c.is_overdue(state, hold, context),
        occurrence=hold.occurrence,
        told=_told(reader, hold),
        travels=in_words(hold.travels),
        home_knows=hold.home_knows,
        fetch=reader.names.full(hold.fetch_by) if hold.fetch_by else "",
        seal=hold.seal,
        condition=in_words(hold.condition),
        handover=hold.handover,
        hours=max(0, context.at_us - hold.since_us) // HOUR_US,
        nights=_nights(hold, context),
        opening=_opening(state, hold),
        door=hold.door,
        carried=bool(carrier_of(hold.place)),
        told_times=hold.told_times,
        can=_can(reader, hold),
        two=[act for act in HAND_OVER_TO if verdict(hold.basis, act).witness],
    )


def _considered(hold: Hold, words: dict[str, str]) -> str:
    """Return the child's own circumstances that were considered, or "Yes" (REC-1)."""
    said = words.get("circumstances", "")
    return said or ("Yes" if hold.individual else "")


def since_words(at_us: int, context: Context) -> str:
    """Return a moment in words: "today, 11:42", "Friday 20 November, 11:42"."""
    local = context.calendar.local(at_us)
    if local.date() == context.today and not context.is_guessed:
        return f"today, {local:%H:%M}"
    return f"{local:%A %-d %B, %H:%M}"


def _nights(hold: Hold, context: Context) -> int:
    """Return for how many nights it has stayed since it might have gone back."""
    if not hold.until or context.is_guessed:
        return 0
    return max(0, (context.today - date.fromisoformat(hold.until)).days)


def _opening(state: State, hold: Hold) -> int:
    """Return the door that opens for it, or stands open: to put away or take out."""
    if hold.handover:
        return 0
    for order in state.orders.values():
        if order.hold == hold.hold:
            return order.compartment
    doors = state.compartments.values()
    return next((p.n for p in doors if p.hold == hold.hold and p.door.is_open), 0)


def _sealed(reader: Reader, hold: Hold) -> HoldLine:
    return HoldLine(
        id=hold.hold,
        person=hold.person,
        name=_name(reader, hold),
        class_name=class_name(reader.state, hold.person),
        title="Held",
        place="",
        ask=ASK,
    )


def _name(reader: Reader, hold: Hold) -> str:
    return reader.names.full(hold.person) if hold.person else "Owner not known"


def class_name(state: State, person: str) -> str:
    """Return the class of a pupil as its door sign says it."""
    pupil = state.pupils.get(person)
    sign = state.classes.get(pupil.klass) if pupil else None
    return sign.name if sign else ""


def place_words(reader: Reader, place: str) -> str:
    """Return where a device is: "Door 34, at the desk", "With Teresa Reed"."""
    if n := door_of(place):
        built = reader.context.layout.places.get(n)
        return f"Door {n}, at the desk" if built and built.at_desk else f"Door {n}"
    if carrier := carrier_of(place):
        return f"With {reader.names.full(carrier)}"
    return "Office safe"


def _why(state: State, hold: Hold) -> str:
    clause = state.clauses.get(hold.clause)
    if clause:
        return f"{clause.clause} {clause.name}"
    return hold.clause


def step_words(step: str) -> str:
    """Return a step of the ladder in words."""
    if step.startswith("days-"):
        days = step.removeprefix("days-")
        return f"Held for {days} school day{'' if days == '1' else 's'}"
    return STEP_WORDS.get(step, "")


def until_words(until: str, context: Context) -> str:
    """Return a planned end in words: "the end of today", "Tuesday 24 November"."""
    if not until:
        return ""
    day = date.fromisoformat(until)
    if day == context.today and not context.is_guessed:
        return "the end of today"
    return f"{day:%A %-d %B}"


def _told(reader: Reader, hold: Hold) -> str:
    if not hold.told:
        return ""
    local = reader.context.calendar.local(hold.told_us)
    who = reader.names.full(hold.told_by)
    return f"{in_words(hold.told)}, {local:%-d %B %H:%M}, {who}"


def _can(reader: Reader, hold: Hold) -> list[str]:
    """Return what this person may do with it now, as far as the table says.

    ``unlisted`` is among it for whoever may ask leadership for it.
    """
    actor = reader.context.actor
    acts = [
        act
        for act in ("move", *HAND_OVER_TO, *RECLASSIFY.values())
        if _allows(hold, act, reader)
    ]
    if may(actor, "custody.told"):
        acts += ["told"]
    if may(actor, "class.mark") and hold.person:
        acts += ["travel"]
    if "move" in acts and not c.is_in_sight(reader.state, hold, reader.context):
        acts += ["fetch"]
    if hold.basis == FOUND and not hold.person and may(actor, "custody.hand-over"):
        acts += ["name"]
    if may(actor, "custody.override") and hold.basis == CONFISCATED:
        acts += ["override"]
    return acts


def _allows(hold: Hold, act: str, reader: Reader) -> bool:
    found = at_desk(verdict(hold.basis, act), reader.context)
    if found.rule or not may(reader.context.actor, found.right):
        return False
    if found.when == "same-day" and hold.step != "same-day":
        return may(reader.context.actor, "custody.override")
    return bool(hold.person) or found.when != "owner-known"


def words_of(store: PeopleStore, note: str) -> dict[str, str]:
    """Return the words of a fact's text by field; empty where they were erased."""
    found = store.texts.get(note) if note else None
    if found is None:
        return {}
    try:
        plain = json.loads(found.text)
    except ValueError:
        return {"reason": found.text}
    return plain if isinstance(plain, dict) else {"reason": found.text}


# ----------------------------------------------------------------------- hand-overs


def handover_view(reader: Reader, handover: HandOver) -> HandOverView:
    """Return a hand-over under way."""
    state = reader.state
    holds = [state.holds[key] for key in handover.holds if key in state.holds]
    local = reader.context.calendar.local(handover.at_us)
    witness = reader.names.full(handover.witness) if handover.witness else ""
    return HandOverView(
        id=handover.handover,
        holds=[hold_line(reader, hold) for hold in holds],
        to=handover.to,
        whom=whom(reader, handover.to, handover.contact, handover.note, holds),
        state=_state_of(state, handover, holds),
        identity=_IDENTITY.get(handover.identity, ""),
        witness=witness,
        since=f"{local:%H:%M}",
        by=reader.names.full(handover.by),
        doors=[hold.door for hold in holds if hold.door],
        left=_left(handover, holds),
        can=_next(reader, handover, holds),
    )


def _left(handover: HandOver, holds: list[Hold]) -> list[int]:
    """Return the doors that have not been seen open for it."""
    return [h.door for h in holds if h.door and h.door not in handover.opened]


def _next(reader: Reader, handover: HandOver, holds: list[Hold]) -> list[str]:
    """Return what this reader may do with it now, as far as the tables say."""
    context = reader.context
    found = [verdict(hold.basis, handover.to) for hold in holds]
    witnessed = bool(handover.witness) or not any(each.witness for each in found)
    mine = all(
        may(context.actor, at_desk(each, context).right) for each in found if each.right
    )
    steps = ["undo"] if mine else []
    if not handover.has_begun:
        word = any(needs_word(each) for each in found)
        allowed = word and witnessed and may(context.actor, "custody.unlisted")
        return [*steps, "allow"] if allowed else steps
    if mine and not any(each.witness for each in found):
        steps.append("again")
    all_open = not _left(handover, holds)
    return [*steps, "finish"] if mine and witnessed and all_open else steps


def whom(reader: Reader, to: str, contact: str, note: str, holds: list[Hold]) -> str:
    """Return whom a hand-over is for, by name where that is written down."""
    if to == "adult" and holds:
        found = reader.store.contacts.get(contact, holds[0].person)
        return named(found.name, found.relationship) if found else _WHOM[to]
    if to == "owner" and holds and holds[0].person:
        return reader.names.full(holds[0].person)
    words = words_of(reader.store, note)
    said = ", ".join(words[key] for key in ("name", "relationship") if key in words)
    return said or _WHOM[to]


def named(name: str, relationship: str) -> str:
    """Return an adult as a receipt names one: "Helen Fennimore, mother"."""
    return f"{name}, {relationship}" if relationship else name


def identity_words(code: str) -> str:
    """Return how identity was checked."""
    return _IDENTITY.get(code, "")


def _state_of(state: State, handover: HandOver, holds: list[Hold]) -> str:
    if not handover.has_begun:
        found = [verdict(hold.basis, handover.to) for hold in holds]
        two = any(each.witness for each in found)
        return "needs-two" if two else "needs-head"
    doors = [hold.door for hold in holds if hold.door]
    if any(state.compartment(door).door.is_open for door in doors):
        return "open"
    left = _left(handover, holds)
    if not left:
        return "ready"
    waiting = {order.compartment for order in state.orders.values()}
    return "opening" if waiting & set(left) else "stuck"
