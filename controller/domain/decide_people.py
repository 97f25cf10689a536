"""Orders about pupils, cards, clubs and rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from controller.domain import day_facts as d
from controller.domain import orders as o
from controller.domain import people_facts as f
from controller.domain.context import Context
from controller.domain.custody import held_behind
from controller.domain.day import club_release
from controller.domain.facts import Fact
from controller.domain.refusals import Refusal
from controller.domain.rules import RULE_SETTINGS
from controller.domain.state import Pupil, State

Decision = Refusal | tuple[Fact, ...]

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "cy": "Welsh",
        "pl": "Polish",
        "uk": "Ukrainian",
        "ar": "Arabic",
        "ro": "Romanian",
        "ur": "Urdu",
    }
)
"""Languages of the kiosk (WEB-3), as staff call them."""

KINDS = ("phone", "watch", "tablet", "e-reader", "console", "tracker")
"""Kinds of device (DAY-2)."""

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
HH_MM = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
MAX_LABEL = 40
"""Longest name of a club in characters."""


def _set_pupil(state: State, order: o.SetPupil, context: Context) -> Decision:
    pupil = state.pupils.get(order.pupil)
    if pupil is None or not pupil.on_roll:
        return Refusal("unknown")
    if not _acceptable(order, context):
        return Refusal("bad-value")
    n = pupil.compartment if order.compartment is None else order.compartment
    if refusal := check_compartment(state, pupil, n):
        return refusal
    return (_changed(pupil, order, context.actor.person),)


def _acceptable(order: o.SetPupil, context: Context) -> bool:
    known = order.kinds is None or set(order.kinds) <= set(KINDS)
    return all(
        (
            not order.compartment or is_for_pupils(order.compartment, context),
            order.language in (None, *LANGUAGES),
            known and order.kinds != (),
            not order.group or SLUG.fullmatch(order.group),
        )
    )


def is_for_pupils(n: int, context: Context) -> bool:
    """Return whether ``n`` is a door of this bank behind which pupils' devices lie."""
    place = context.layout.places.get(n)
    return place is not None and place.purpose == "pupil"


def check_compartment(state: State, pupil: Pupil, n: int) -> Refusal | None:
    """Return why ``pupil`` cannot have compartment ``n`` (0: none), or ``None``.

    A device that is inside stays where it is: the compartment is not changed under it.
    """
    if n == pupil.compartment:
        return None
    if pupil.pupil in state.custody:
        return Refusal("device-inside")
    others = (p for p in state.pupils.values() if p.pupil != pupil.pupil and p.on_roll)
    inside = (c for c in state.custody.values() if c.pupil != pupil.pupil)
    if n and any(p.compartment == n for p in others):
        return Refusal("taken")
    if n and (any(c.compartment == n for c in inside) or held_behind(state, n)):
        return Refusal("taken")
    return None


def _changed(pupil: Pupil, order: o.SetPupil, by: str) -> f.PupilSet:
    return f.PupilSet(
        pupil.pupil,
        pupil.klass,
        pupil.group if order.group is None else order.group,
        pupil.compartment if order.compartment is None else order.compartment,
        order.language or pupil.language,
        pupil.kinds if order.kinds is None else order.kinds,
        pupil.provisional,
        by,
    )


def _card_lost(state: State, order: o.ReportCardLost, context: Context) -> Decision:
    return tuple(
        f.CardRevoked(card.credential, "lost", context.actor.person)
        for card in state.credentials.values()
        if card.person == order.person and not card.revoked
    ) or Refusal("unknown")


def _set_rule(_state: State, order: o.SetRule, context: Context) -> Decision:
    rule = RULE_SETTINGS.get(order.key)
    if rule is None:
        return Refusal("unknown")
    if not rule.accepts(order.value):
        return Refusal("bad-value", *rule.refused(order.value))
    return (f.SettingSet(order.key, order.value, context.actor.person),)


def _set_club(state: State, order: o.SetClub, context: Context) -> Decision:
    leader = state.staff.get(order.leader)
    if leader is None or not leader.active:
        return Refusal("unknown")
    named = 0 < len(order.name) <= MAX_LABEL and order.name.isprintable()
    if not (SLUG.fullmatch(order.club) and named and HH_MM.fullmatch(order.ends)):
        return Refusal("bad-value")
    by = context.actor.person
    return (f.ClubSet(order.club, order.name, order.ends, order.leader, by),)


def _remove_club(state: State, order: o.RemoveClub, context: Context) -> Decision:
    """Nobody's device is forgotten with the club.

    Its release ends and today's marks for it are taken back, so that each of its pupils
    goes with the class again; what is still inside after home time is the office's.
    """
    if order.club not in state.clubs:
        return Refusal("unknown")
    by = context.actor.person
    release = club_release(state, order.club)
    running = release is not None and release.state == "running"
    ended = [d.ReleaseEnded(release.release, by)] if release and running else []
    unmarked = [
        d.PupilUnmarked(mark.pupil, by)
        for mark in state.marks.values()
        if (mark.mark, mark.club) == ("club", order.club)
    ]
    return (*ended, *unmarked, f.ClubRemoved(order.club, by))


PEOPLE: Mapping[type, Callable[[State, Any, Context], Decision]] = {
    o.SetPupil: _set_pupil,
    o.ReportCardLost: _card_lost,
    o.SetRule: _set_rule,
    o.SetClub: _set_club,
    o.RemoveClub: _remove_club,
}
