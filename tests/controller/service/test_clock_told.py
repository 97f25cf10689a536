"""Whoever sets the clock is told that it is followed, however little (SIM-4)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from controller.domain.day_facts import SessionClosed
from controller.domain.people_facts import ClockMoved


@pytest.mark.parametrize(
    ("seconds", "entries"), [(0, 0), (1, 0), (-1, 0), (3, 1), (-3, 1)]
)
def test_sim_4_a_clock_that_was_set_is_told_once_also_where_it_is_no_entry(
    rig, seconds, entries
):
    """SIM-4: a second is no entry, and is followed all the same."""
    rig.run(1)
    rig.feed.clear()
    rig.world.set_clock(rig.world.time() + timedelta(seconds=seconds))
    rig.inbox.call(rig.loop.clock_was_set)
    rig.run(0)

    told = [event.clock for event in rig.feed if event.clock is not None]
    assert told == [rig.world.wall_clock.now_us()]
    assert len(rig.facts(ClockMoved)) == entries


def test_sim_4_the_last_that_is_told_of_a_new_hour_is_that_it_is_followed(rig):
    """SIM-4: what the hour brings is told before, so nobody looks too early."""
    rig.feed.clear()
    rig.clock_to("17:00")

    clock = next(k for k, e in enumerate(rig.feed) if e.clock is not None)
    topics = [topic for event in rig.feed for topic in event.changed or []]
    assert rig.facts(SessionClosed)
    assert "class:kestrels" in topics
    assert [event.changed for event in rig.feed[clock:] if event.changed] == []
