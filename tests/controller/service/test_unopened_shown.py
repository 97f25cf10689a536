"""DAY-4: the class page says which doors of a wave stayed shut, and no more."""

from __future__ import annotations

import pytest


@pytest.fixture
def home_time(rig):
    """Eight phones in, 15:16; one table of six, one of two."""
    rig.clock_to("08:40")
    rig.hand_in(*range(1, 9))
    rig.clock_to("15:16")
    rig.step_up("teacher")
    return rig


def page(rig):
    return rig.ask("teacher", "class_page", class_id="kestrels")


def tiles(rig):
    return {t["compartment"]: t for g in page(rig)["groups"] for t in g["tiles"]}


def stayed_shut(rig) -> list[int]:
    return sorted(n for n, tile in tiles(rig).items() if tile.get("unopened"))


def wave(rig, mode: str = "all") -> None:
    rig.ask("teacher", "release_class", class_id="kestrels", mode=mode)


def test_day_4_a_jammed_bolt_and_a_child_that_was_called_away_are_told(home_time):
    """DAY-4: once their turn is over; the others have gone by then."""
    rig = home_time
    rig.world.fault("jammed-bolt", 2, active=True)
    wave(rig)
    assert stayed_shut(rig) == []
    for n in (1, 3, 4, 5, 6, 7):
        rig.until(lambda n=n: rig.world.compartments[n].bolt.is_retracted, within=10)
        rig.pull(n)
        rig.world.take(n)
        rig.push(n)
    rig.until(lambda: not rig.state.orders, within=10)

    assert stayed_shut(rig) == [2, 8]
    assert {tiles(rig)[n]["state"] for n in (2, 8)} == {"said"}

    rig.collect(8)
    assert stayed_shut(rig) == [2]


def test_day_4_the_page_is_told_to_look_again_when_a_door_stayed_shut(home_time):
    """DAY-4: nobody reloads a page at home time."""
    rig = home_time
    wave(rig)
    rig.run(1)
    seen = len(rig.feed)
    rig.until(lambda: not rig.state.orders, within=20)
    rig.run(0.1)

    told = [topic for event in rig.feed[seen:] for topic in event.changed or []]
    assert "class:kestrels" in told


def test_day_5_a_device_that_is_to_stay_says_nothing_about_its_door(home_time):
    """DAY-5, WEB-8: marked while the wave ran; the tile is covered like any other."""
    rig = home_time
    wave(rig)
    rig.ask("office", "mark", pupil="p0008", mark="office")
    rig.until(lambda: not rig.state.orders, within=20)

    assert 8 not in stayed_shut(rig)
    assert tiles(rig)[8]["state"] == "covered"


def test_day_4_hw_3_after_three_tries_the_tile_says_that_the_device_is_inside(
    home_time,
):
    """HW-3: the tap still opens, if the bolt moves; the tile says what to do."""
    rig = home_time
    rig.world.fault("jammed-bolt", 2, active=True)
    wave(rig)
    rig.until(lambda: not rig.state.orders, within=20)
    for _ in range(2):
        assert rig.tap(2).result == "ordered"
        rig.until(lambda: not rig.state.orders, within=10)

    assert "with the device inside" in tiles(rig)[2]["note"]
    assert stayed_shut(rig) == list(range(1, 9))
