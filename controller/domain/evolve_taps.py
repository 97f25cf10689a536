"""How facts about readers change the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from controller.domain import tap_facts as f
from controller.domain.card_tokens import CARDS
from controller.domain.facts import When
from controller.domain.state import ReaderState, State, put


def _lost(state: State, fact: f.ReaderLost, when: When) -> State:
    now = state.readers.get(fact.reader) or ReaderState(fact.reader)
    lost = replace(
        now,
        lost_since_us=when.at_us,
        cause=fact.cause,
        times_lost=now.times_lost + 1,
    )
    return put(state, "readers", fact.reader, lost)


def _restored(state: State, fact: f.ReaderRestored, _when: When) -> State:
    now = state.readers.get(fact.reader) or ReaderState(fact.reader)
    return put(state, "readers", fact.reader, replace(now, lost_since_us=0, cause=""))


TAPS: Mapping[type, Callable[[State, Any, When], State]] = {
    **CARDS,
    f.ReaderLost: _lost,
    f.ReaderRestored: _restored,
}
