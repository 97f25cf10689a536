"""Requests of the lists that holds need: adults, clauses, who may confiscate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from controller.domain import custody_orders as c
from controller.domain.decide_lists import MOST_ADULTS
from controller.people.directory import new_id
from controller.people.records import Contact
from controller.protocol.custody import ContactLine, Policy
from controller.service.calls import Call, bad_input, not_found
from controller.service.requests.custody import adults_of

if TYPE_CHECKING:
    from controller.service.hub import Hub

MOST_NAME = 80
"""Characters of an adult's name or of what the adult is to the pupil."""

MOST_PHONE = 30


def contacts(hub: Hub, call: Call) -> list[ContactLine]:
    """Return the adults of a pupil's list."""
    return adults_of(hub, _pupil(hub, call))


def _pupil(hub: Hub, call: Call) -> str:
    pupil = call.text("pupil")
    if pupil not in hub.core.state.pupils:
        raise not_found("pupil")
    return pupil


def contact_set(hub: Hub, call: Call) -> list[ContactLine]:
    """Put an adult on a pupil's list, or change it; ``id`` of another's for siblings.

    The name is kept first, then the fact that the adult is on the list.
    """
    pupil = _pupil(hub, call)
    key = call.text("id", "", 40)
    known = {each.contact for each in hub.core.state.contacts.values()}
    if key and key not in known:
        raise not_found("contact")
    if not key and len(adults_of(hub, pupil)) >= MOST_ADULTS:
        raise bad_input("name", f"the list has {MOST_ADULTS} adults", "fewer of them")
    name = call.text("name", most=MOST_NAME)
    if not name:
        raise bad_input("name", "nothing", "the adult's name")
    contact = Contact(
        key or new_id("a"),
        name,
        call.text("phone", "", MOST_PHONE),
        call.text("relationship", "", MOST_NAME),
    )
    hub.directory.store.contacts.put(contact, pupil)
    never = call.flag("never", default=False)
    hub.order(c.SetContact(contact.id, pupil, never), call)
    return adults_of(hub, pupil)


def contact_remove(hub: Hub, call: Call) -> list[ContactLine]:
    """Take an adult off a pupil's list: the fact first, then the name."""
    pupil, key = _pupil(hub, call), call.text("id")
    hub.order(c.RemoveContact(key, pupil), call)
    hub.directory.store.contacts.remove(key, pupil)
    return adults_of(hub, pupil)


# ------------------------------------------------------------------------- the policy


def policy(hub: Hub, _call: Call) -> Policy:
    """Return clauses, and who may confiscate since when."""
    state = hub.core.state
    return Policy(
        [(k.clause, k.name, k.longer) for k in state.clauses.values()],
        [
            (
                each.staff,
                hub.directory.full(each.staff),
                f"{hub.core.calendar.local(each.at_us):%-d %B %Y}",
            )
            for each in state.authorities.values()
        ],
        [
            (staff.staff, hub.directory.full(staff.staff))
            for staff in state.staff.values()
            if staff.active and staff.staff not in state.authorities
        ],
    )


def authorise(hub: Hub, call: Call) -> Policy:
    """Let a member of staff confiscate, or not any more."""
    withdraw = call.flag("withdraw", default=False)
    hub.order(c.Authorise(call.text("staff"), withdraw), call)
    return policy(hub, call)


def clause(hub: Hub, call: Call) -> Policy:
    """Write, change or remove a clause."""
    order = c.SetClause(
        call.text("clause", most=20),
        call.text("name", "", MOST_NAME),
        call.flag("longer", default=False),
        call.flag("remove", default=False),
    )
    hub.order(order, call)
    return policy(hub, call)
