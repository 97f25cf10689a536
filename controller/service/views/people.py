"""Lines of the people and accounts pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from controller.domain.card_tokens import token_of
from controller.domain.context import setting
from controller.domain.state import Pupil, Staff, State
from controller.domain.taps import first_free
from controller.protocol import PupilLine, StaffLine
from controller.service.views.names import in_words

if TYPE_CHECKING:
    from controller.service.hub import Hub

NoDoor = Literal["", "free", "full", "elsewhere"]
CardWord = Literal["enrolled", "lost", "none"]
TokenWord = Literal["", "carried", "cannot", "doubted"]


def card_word(state: State, person: str) -> tuple[CardWord, int]:
    """Return whether a person has a card, and since when (0: never had one)."""
    cards = [card for card in state.credentials.values() if card.person == person]
    for card in cards:
        if not card.revoked:
            return "enrolled", card.since_us
    lost = any(card.revoked == "lost" for card in cards)
    return ("lost" if lost else "none"), 0


def token_word(state: State, person: str) -> TokenWord:
    """Return what is known of the token on a person's card (ACC-8)."""
    cards = [card for card in state.credentials.values() if card.person == person]
    for card in cards:
        token = token_of(state, card.credential)
        if card.revoked or setting(state, "card.token", "off") != "on":
            continue
        if token.doubted_us:
            return "doubted"
        return "cannot" if token.unwritable else "carried" if token.marked else ""
    return ""


def no_door(hub: Hub, pupil: Pupil) -> NoDoor:
    """Return why a pupil has no door of the own; empty where none is wanted."""
    context = hub.core.context()
    if pupil.compartment or context.layout.assignment != "fixed":
        return ""
    if hub.klass not in ("", pupil.klass):
        return "elsewhere"
    return "free" if first_free(hub.core.state, pupil.pupil, context) else "full"


def pupil_line(hub: Hub, pupil: Pupil) -> PupilLine:
    """Return a pupil's line for roles that may see names."""
    word, since_us = card_word(hub.core.state, pupil.pupil)
    on_roll = hub.directory.pupil(pupil.pupil)
    since = f"{hub.core.calendar.local(since_us):%-d %B %Y}" if since_us else ""
    return PupilLine(
        id=pupil.pupil,
        name=hub.directory.full(pupil.pupil),
        class_id=pupil.klass,
        group=in_words(pupil.group),
        compartment=pupil.compartment,
        language=pupil.language,
        card=word,
        card_since=since,
        kinds=list(pupil.kinds),
        provisional=pupil.provisional,
        year=(on_roll.year or "") if on_roll else "",
        no_door=no_door(hub, pupil),
        token=token_word(hub.core.state, pupil.pupil),
    )


def staff_line(hub: Hub, staff: Staff) -> StaffLine:
    """Return an account's line."""
    word, _ = card_word(hub.core.state, staff.staff)
    person = hub.directory.person(staff.staff)
    secret = hub.directory.store.secrets.get(staff.staff)
    seen = [s.last_seen for s in hub.directory.store.sessions.of(staff.staff)]
    last_us = max(seen, default=0) + hub.accounts.wall_ahead_us()
    last = f"{hub.core.calendar.local(last_us):%-d %B %Y}" if seen else ""
    return StaffLine(
        id=staff.staff,
        name=hub.directory.full(staff.staff),
        username=(person.username or "") if person else "",
        roles=list(staff.roles),
        classes=list(staff.classes),
        card=word,
        has_pin=bool(secret and secret.pin_hash),
        last_seen=last,
        left=not staff.active,
        second_factor=hub.accounts.factors.has(staff.staff),
    )
