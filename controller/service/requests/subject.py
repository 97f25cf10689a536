"""Everything about one person, made beside the control loop (DAT-4)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from controller.domain.facts import FACTS
from controller.domain.people_facts import PersonExported
from controller.journal.codec import Codec
from controller.journal.reading import open_read_only
from controller.journal.searching import oldest_first
from controller.protocol.subject import Subject
from controller.service.calls import Call, Later, not_found
from controller.service.core import WORDS_OF_NOBODY
from controller.service.views.search import everything_about
from controller.service.views.subject import Source, make_parts

if TYPE_CHECKING:
    from controller.service.hub import Hub


def everything(hub: Hub, call: Call) -> Later:
    """Return everything about one person; that it was asked for is a fact.

    The fact is durable before anything is handed out.
    """
    person = call.text("person", most=40)
    if hub.directory.person(person) is None:
        raise not_found("person")
    hub.core.commit([PersonExported(person, call.actor.person)])
    source = Source(
        hub.core.state,
        hub.directory,
        hub.directory.store,
        hub.core.calendar,
        Codec(FACTS, exempt=WORDS_OF_NOBODY),
        hub.accounts.wall_ahead_us(),
    )
    search = everything_about(person)
    node, made_us = hub.core.journal.node, hub.core.wall.now_us()
    data = hub.measure().data

    def work() -> Subject:
        with open_read_only(data) as connection:
            read = partial(oldest_first, connection, node, search)
            parts, kept = make_parts(source, person, read)
        name = hub.directory.full(person)
        return Subject(person, name, source.at(made_us), parts, kept)

    return Later(work, lambda subject: subject)
