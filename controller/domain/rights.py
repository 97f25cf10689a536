"""Who may do what: one table of acts and roles.

The controller checks it for every order and question; the site reads it only to leave
out links. Classes narrow it: see :data:`OWN_CLASSES_ONLY`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from controller.domain.context import Actor

TEACHER = "teacher"
COVER = "cover"
OFFICE = "office"
LEADERSHIP = "leadership"
DSL = "dsl"
TECHNICIAN = "technician"

ROLES = (TEACHER, COVER, OFFICE, LEADERSHIP, DSL, TECHNICIAN)

_CLASSROOM = (TEACHER, COVER, OFFICE, LEADERSHIP, DSL)
_OFFICE = (OFFICE, LEADERSHIP)
_SAFE = (LEADERSHIP, DSL)

RIGHTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # the class page and the bank
        "class.see": _CLASSROOM,
        "class.release": (TEACHER, COVER, LEADERSHIP),
        "class.confirm": (TEACHER, COVER, LEADERSHIP),
        "class.mark": _CLASSROOM,
        "class.vouch": _CLASSROOM,
        "class.drop-off": (TEACHER, COVER, OFFICE, LEADERSHIP),
        "class.early-leaver": _OFFICE,
        "class.outing": (TEACHER, COVER, OFFICE, LEADERSHIP),
        "cover.give": _OFFICE,
        "sheet.keep": _OFFICE,
        "stock.take": _OFFICE,
        "own.use": ROLES,
        "visitors.keep": _OFFICE,
        "evacuate": ROLES,
        "resume": (TEACHER, OFFICE, LEADERSHIP, DSL),
        # people
        "people.see": (TEACHER, OFFICE, LEADERSHIP, DSL),
        "people.change": _OFFICE,
        "cards.enrol": (TEACHER, OFFICE, LEADERSHIP),
        "roll.import": _OFFICE,
        "people.export": (LEADERSHIP,),
        "accounts.see": (LEADERSHIP,),
        "accounts.change": (LEADERSHIP,),
        # devices that are held; each basis narrows it further (bases.VERDICTS)
        "custody.see": (OFFICE, LEADERSHIP, DSL),
        "custody.reasons": _SAFE,
        "custody.confiscate": _CLASSROOM,
        "custody.concern": ROLES,
        "custody.hold": _SAFE,
        "custody.end-hold": _SAFE,
        "custody.hand-over": _OFFICE,
        "custody.unlisted": (LEADERSHIP,),
        "custody.override": (LEADERSHIP,),
        "custody.move": _CLASSROOM,
        "custody.open": (LEADERSHIP,),
        "custody.told": (OFFICE, LEADERSHIP, DSL),
        "contacts.see": (OFFICE, LEADERSHIP, DSL),
        "contacts.change": _OFFICE,
        "policy.change": (LEADERSHIP,),
        # what law or policy wants in writing; each kind narrows it (records.KINDS)
        "records.see": _CLASSROOM,
        "records.tell": _CLASSROOM,
        "records.keep": (TEACHER, OFFICE, LEADERSHIP),
        "records.exception": (OFFICE, LEADERSHIP, DSL),
        "records.search": (LEADERSHIP,),
        "records.sealed": _SAFE,
        "records.justify": (DSL,),
        "records.visitor": _OFFICE,
        "records.staff": (LEADERSHIP,),
        "records.approve": (LEADERSHIP,),
        # records
        "journal.see": (OFFICE, LEADERSHIP, DSL, TECHNICIAN),
        "desk.see": (OFFICE, LEADERSHIP, DSL),
        "desk.change": _OFFICE,
        "reports.see": (OFFICE, LEADERSHIP, DSL),
        # rules and hardware
        "settings.see": (OFFICE, LEADERSHIP, TECHNICIAN),
        "settings.change": (LEADERSHIP,),
        "calendar.change": _OFFICE,
        "kiosk.pair": (TECHNICIAN, LEADERSHIP),
        "health.see": (TECHNICIAN, OFFICE, LEADERSHIP),
        "fault.clear": (TECHNICIAN,),
        "door.open": (TECHNICIAN, LEADERSHIP),
    }
)
"""Act -> the roles that may do it."""

OWN_CLASSES_ONLY = frozenset({TEACHER, COVER})
"""Roles whose acts on pupils reach only as far as their own classes."""


def may(actor: Actor, act: str, klass: str | None = None) -> bool:
    """Return whether ``actor`` may do ``act``, for a class where one is given.

    >>> may(Actor("s1", ("teacher",), ("kestrels",)), "class.release", "kestrels")
    True
    >>> may(Actor("s1", ("teacher",), ("kestrels",)), "class.release", "wrens")
    False
    """
    roles = [role for role in actor.roles if role in RIGHTS[act]]
    if klass is None:
        return bool(roles)
    if any(role not in OWN_CLASSES_ONLY for role in roles):
        return True
    return bool(roles) and klass in actor.classes


def rights_of(roles: tuple[str, ...]) -> list[str]:
    """Return the acts that any of ``roles`` may do, in the table's order."""
    return [act for act, allowed in RIGHTS.items() if set(allowed) & set(roles)]
