"""What the journal is told of the domain, so that it need not know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from controller.journal.codec import Upcaster

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Domain(Generic[S]):
    """The facts and the fold that a journal keeps.

    Attributes:
        facts: kind of an entry to the frozen dataclass of its fact.
        initial: the state before the first fact: a frozen dataclass whose fields are
            tables, mappings from text keys to records.
        evolve: the state after a fact; pure, called with state, fact and when.
        when: makes evolve's third argument of ``at_us``, ``epoch``, ``seq``, ``clock``.
        state_version: raised whenever an older snapshot would no longer fit; replay
            then starts earlier, unless ``upcasters`` brings it up.
        upcasters: ``(kind, v)`` to the step from body version ``v`` to ``v + 1``; for
            snapshots the kind is ``"Snapshot"`` and ``v`` the state's version.
        exempt: kinds whose bodies may hold words because they are nobody's (DAT-2).
    """

    facts: Mapping[str, type]
    initial: S
    evolve: Callable[[S, Any, Any], S]
    when: Callable[..., Any]
    state_version: int = 1
    upcasters: Mapping[tuple[str, int], Upcaster] = field(default_factory=dict)
    exempt: frozenset[str] = frozenset()
