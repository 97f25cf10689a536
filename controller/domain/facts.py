"""All facts of the journal in one list; an entry's kind is the fact's class name.

Bodies hold ids, numbers and codes: no names, no free text, no UID (DAT-2). A fact is
never refused and never changed; a new field gets a default, a changed meaning a new
kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_args

from controller.domain.access_facts import AccessFact
from controller.domain.custody_facts import CustodyFact
from controller.domain.day_facts import DayFact
from controller.domain.door_facts import DoorFact
from controller.domain.people_facts import PeopleFact
from controller.domain.record_facts import RecordFact
from controller.domain.tap_facts import TapFact
from controller.domain.today_facts import TodayFact
from controller.domain.visitor_facts import VisitorFact

Fact = (
    DoorFact
    | TapFact
    | DayFact
    | PeopleFact
    | CustodyFact
    | AccessFact
    | RecordFact
    | TodayFact
    | VisitorFact
)

FACTS: Mapping[str, type] = MappingProxyType(
    {kind.__name__: kind for kind in get_args(Fact)}
)
"""Kind of an entry -> the class of its fact."""


@dataclass(frozen=True, slots=True)
class When:
    """Where and when a fact stands in the journal.

    Attributes:
        at_us: wall clock, UTC microseconds since 1970; may jump, orders nothing.
        epoch, seq: the position, which orders everything.
        clock: ``synced``, ``rtc`` or ``guessed``.
    """

    at_us: int
    epoch: int
    seq: int
    clock: str = "synced"
