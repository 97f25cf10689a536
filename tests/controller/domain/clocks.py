"""A clock that was wrong and is put right, for the school of the kit."""

from __future__ import annotations

from datetime import time, timedelta

from controller.domain.facts import Fact
from controller.domain.people_facts import ClockMoved
from tests.controller.domain.kit import School


def found(school: School, hm: str, *, days: int = 0) -> list[Fact]:
    """Put the clock right, and believe it from now on, as the loop does.

    No time passes; what the clock's new day asks for is done and returned.
    """
    wrong_us = school.at_us
    school.day += timedelta(days=days)
    school.local, school.clock = time.fromisoformat(hm), "synced"
    school.tell(ClockMoved((school.at_us - wrong_us) // 1_000, school.clock))
    return school.tick()
