"""SIM-3, DAY-15: the feed tells of each order that is over without an opening."""

from __future__ import annotations

from controller.domain import door_facts as f
from tests.rig import opened


def unopened(rig) -> list[list[str]]:
    return [event.unopened for event in rig.feed if event.unopened]


def test_sim_3_a_tap_names_its_order_and_the_feed_tells_that_nobody_opened(rig):
    """SIM-3: once it is in the journal; no name, no card, only the order."""
    rig.clock_to("08:40")
    rig.world.fault("jammed-bolt", 2, active=True)

    order = rig.tap(2).order
    assert [fact.order for fact in rig.facts(f.ReleaseOrdered)] == [order]
    assert unopened(rig) == []
    rig.until(lambda: rig.facts(f.NeverOpened), within=5)
    rig.run(0.1)

    assert unopened(rig) == [[order, "never-opened"]]


def test_day_15_an_order_that_an_evacuation_took_out_is_told_with_its_why(
    folder, cheap_hashes
):
    """DAY-15: one coil at a time, so the second order waits; the first was cut."""
    one_coil = {"max_coils = 4": "max_coils = 1"}
    with opened(folder / "rig", pupils=2, settings=one_coil) as rig:
        rig.clock_to("08:40")
        cut, waits = rig.tap(1).order, rig.tap(2).order
        assert rig.bank.pulses.waiting == (waits,)

        rig.ask("office", "evacuate")
        rig.run(1)

        assert unopened(rig) == [[waits, "evacuated"], [cut, "never-opened"]]


def test_a_door_that_is_opened_is_no_such_news(rig):
    rig.clock_to("08:40")
    rig.hand_in(1)

    assert unopened(rig) == []
    assert rig.tap("office").order == ""
