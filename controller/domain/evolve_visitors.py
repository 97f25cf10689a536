"""How facts about visitors' day cards change the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from controller.domain import visitor_facts as f
from controller.domain.facts import When
from controller.domain.state import State, put
from controller.domain.visitor_records import Visitor


def _given(state: State, fact: f.VisitorCardGiven, when: When) -> State:
    date = "" if when.clock == "guessed" else state.the_bank.date
    visitor = Visitor(fact.visitor, fact.record, date, fact.by, when.at_us)
    return put(state, "visitors", fact.visitor, visitor)


def _ended(state: State, fact: f.VisitorCardEnded, when: When) -> State:
    now = state.visitors.get(fact.visitor)
    if now is None:
        return state
    over = replace(now, ended_us=when.at_us, ended_by=fact.by)
    return put(state, "visitors", fact.visitor, over)


VISITORS: Mapping[type, Callable[[State, Any, When], State]] = {
    f.VisitorCardGiven: _given,
    f.VisitorCardEnded: _ended,
}
