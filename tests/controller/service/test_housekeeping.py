"""A start replays minutes, not years."""

from __future__ import annotations

from controller.domain.tap_facts import StrangeCardsSeen
from controller.service import housekeeping


def test_rel_1_many_entries_and_nobody_there_then_the_state_is_written_down(
    rig, monkeypatch
):
    """REL-1: the next start begins at the snapshot and finds the same state."""
    monkeypatch.setattr(housekeeping, "SNAPSHOT_AFTER", 50)
    for _ in range(60):
        rig.hub.core.commit([StrangeCardsSeen("front", unknown=1)])
    assert rig.hub.core.journal.to_replay >= 50

    rig.run(housekeeping.LOOK_S + housekeeping.QUIET_S + 1)

    assert rig.hub.core.journal.to_replay < 50
    before = rig.hub.core.state.pupils
    rig.kill()
    assert rig.hub.core.state.pupils == before


def test_rel_1_while_somebody_stands_at_the_lockers_no_snapshot_is_written(
    rig, monkeypatch
):
    """REL-1: a tap does not wait for it."""
    monkeypatch.setattr(housekeeping, "SNAPSHOT_AFTER", 1)
    rig.run(housekeeping.LOOK_S)
    rig.hub.core.commit([StrangeCardsSeen("front", unknown=1)])
    before = rig.hub.core.journal.to_replay

    rig.run(1)

    assert rig.hub.core.journal.to_replay >= before
