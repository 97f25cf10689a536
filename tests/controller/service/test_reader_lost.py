"""A dead reader never looks like "no card": told everywhere, back by itself (HW-4)."""

from itertools import pairwise

import pytest

from controller.domain.tap_facts import ReaderLost, ReaderRestored

FAULTS = ("unplugged-reader", "deaf-reader")


def readers_part(rig) -> dict:
    health = rig.ask("technician", "health")
    return next(part for part in health["parts"] if part["key"] == "readers")


def light_s(rig, seconds: float = 4.0) -> float:
    """Return how long the reader's light was on in so many seconds."""
    lit = 0
    for _ in range(int(seconds / 0.05)):
        rig.run(0.05)
        lit += rig.world.readers["front"].light_is_on
    return lit * 0.05


def blinks(rig, seconds: float = 4.0) -> int:
    """Return how often the reader's light changed in so many seconds."""
    seen = []
    for _ in range(int(seconds / 0.05)):
        rig.run(0.05)
        seen.append(rig.world.readers["front"].light_is_on)
    return sum(a != b for a, b in pairwise(seen))


@pytest.mark.parametrize("kind", FAULTS)
def test_hw_4_an_unplugged_reader_is_told_within_five_seconds(rig, kind):
    """HW-4: in the journal, on health page and board, in the feed, by its light."""
    rig.run(1)
    steady = blinks(rig)
    told = len(rig.feed)

    rig.world.fault(kind, "front", active=True)
    took = rig.until(lambda: rig.facts(ReaderLost), within=5)

    assert took <= 5
    assert readers_part(rig)["ok"] is False
    assert not rig.ask("technician", "health")["ready"]
    assert rig.ask("nobody", "board")["readers_out"] == ["front"]
    topics = [t for event in rig.feed[told:] for t in event.changed or []]
    assert "health" in topics
    boards = [event.board for event in rig.feed[told:] if event.board]
    assert boards[-1].readers_out == ["front"]
    assert blinks(rig) > steady + 2
    assert len(rig.facts(ReaderLost)) == 1, "once, however long it lasts"


@pytest.mark.parametrize("kind", FAULTS)
def test_hw_4_a_reader_that_is_plugged_in_again_comes_back_by_itself(rig, kind):
    """HW-4: nobody restarts anything; the next tap opens."""
    rig.clock_to("08:40")
    rig.world.fault(kind, "front", active=True)
    rig.run(20)
    rig.world.fault(kind, "front", active=False)

    rig.until(lambda: rig.facts(ReaderRestored), within=5)

    assert readers_part(rig)["ok"] is True
    assert rig.ask("nobody", "board")["readers_out"] == []
    rig.hand_in(1)


def test_hw_4_a_reader_that_works_is_lit_from_the_start_and_again_when_it_is_back(rig):
    """HW-4: its light says the same of a reader, whatever has been before."""
    rig.clock_to("08:40")
    assert light_s(rig) == pytest.approx(4)
    rig.hand_in(1)

    rig.world.fault("unplugged-reader", "front", active=True)
    rig.run(2)
    assert light_s(rig) == pytest.approx(0.4, abs=0.1)
    rig.stop()
    rig.start()
    assert light_s(rig) == pytest.approx(0.4, abs=0.1)
    rig.world.fault("unplugged-reader", "front", active=False)
    rig.until(lambda: rig.facts(ReaderRestored), within=5)

    assert light_s(rig) == pytest.approx(4)


def test_hw_4_a_brown_out_is_over_at_once_and_written_down(rig):
    """HW-4: the chip lost its configuration; it is told, mended, and reads again."""
    rig.clock_to("08:40")
    rig.world.fault("brown-out", "front", active=True)
    rig.run(5)

    assert [fact.cause for fact in rig.facts(ReaderLost)] == ["reset"]
    assert len(rig.facts(ReaderRestored)) == 1
    rig.hand_in(1)


def test_hw_4_a_reader_that_was_dead_before_the_start_is_told_too(rig):
    """HW-4: the lead came off over night, with the program down."""
    rig.stop()
    rig.world.fault("unplugged-reader", "front", active=True)
    rig.start()

    rig.until(lambda: rig.facts(ReaderLost), within=5)

    assert rig.ask("nobody", "board")["readers_out"] == ["front"]


def test_hw_4_a_reader_mended_while_the_program_was_down_is_back(rig):
    """HW-4: what the record says of a reader is asked anew after a start."""
    rig.world.fault("unplugged-reader", "front", active=True)
    rig.run(3)
    rig.die()
    rig.world.fault("unplugged-reader", "front", active=False)
    rig.start()
    rig.run(5)

    assert readers_part(rig)["ok"] is True
    assert rig.ask("nobody", "board")["readers_out"] == []


def test_hw_4_a_reader_still_dead_after_a_restart_is_lost_once(rig):
    """HW-4: the record does not flap with each start."""
    rig.world.fault("unplugged-reader", "front", active=True)
    rig.run(3)
    rig.kill()
    rig.run(10)

    assert rig.ask("nobody", "board")["readers_out"] == ["front"]
    assert len(rig.facts(ReaderLost)) == 1
    assert rig.facts(ReaderRestored) == []
