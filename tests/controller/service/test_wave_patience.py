"""DAY-4: orders of a wave wait for their coil while the wave runs, and no longer."""

from __future__ import annotations

from collections import Counter

import pytest

from controller.domain import door_facts as f
from controller.service.doorkeeper import PATIENCE
from hardware.ports import Patience
from tests.rig import opened

DOORS = range(1, 13)
WEAK = {"max_coils = 4": "max_coils = 1", "max_wait_s = 30": "max_wait_s = 3"}
"""A supply that bears one coil: the twelfth door waits 22 s, and a tap 3 s at most."""


@pytest.fixture
def weak(folder, cheap_hashes):
    """Twelve phones in, 15:16, one coil at a time, the teacher has stepped up."""
    with opened(folder / "rig", pupils=len(DOORS), settings=WEAK) as rig:
        rig.clock_to("08:40")
        rig.hand_in(*DOORS, seconds=0)
        rig.clock_to("15:16")
        rig.step_up("teacher")
        yield rig


def pulses(rig) -> dict[int, int]:
    return {n: rig.world.compartments[n].coil.pulses for n in DOORS}


def wave(rig) -> dict[int, int]:
    """Release all at once; return how often each coil was powered until then."""
    before = pulses(rig)
    rig.ask("teacher", "release_class", class_id="kestrels", mode="all")
    return before


def since(rig, before: dict[int, int]) -> dict[int, int]:
    return {n: pulses(rig)[n] - before[n] for n in DOORS}


def given_up(rig) -> Counter:
    return Counter(fact.why for fact in rig.facts(f.ReleaseGivenUp))


def test_day_4_the_last_door_through_one_coil_has_its_turn_once(weak):
    """DAY-4, HW-2: twelve doors take 24 s where a tap waits no longer than 3 s."""
    before = wave(weak)

    weak.until(lambda: not weak.state.orders, within=40)
    weak.run(5)

    assert since(weak, before) == dict.fromkeys(DOORS, 1)
    assert weak.facts(f.ReleaseGivenUp) == []
    assert weak.world.supply.coils_on_max == 1


def test_day_14_a_childs_order_is_still_given_up_when_the_child_has_gone(weak):
    """DAY-14: three tap, one coil; the third door does not open for nobody."""
    weak.ask("teacher", "release_class", class_id="kestrels", mode="tap")
    before = pulses(weak)
    assert [weak.tap(n).result for n in (1, 2, 3)] == ["ordered"] * 3

    weak.run(10)

    assert given_up(weak) == {"too-old": 1}
    assert [since(weak, before)[n] for n in (1, 2, 3)] == [1, 1, 0]


@pytest.mark.parametrize("by", ["release_stop", "release_end", "evacuate"])
def test_day_4_day_15_what_waits_is_taken_out_at_once(weak, by):
    """DAY-4, DAY-15: stopped, ended or evacuated in the middle, nothing starts more."""
    before = wave(weak)
    weak.run(5)
    started = since(weak, before)
    who = {} if by == "evacuate" else {"class_id": "kestrels"}

    weak.ask("teacher", by, **who)
    assert weak.bank.pulses.waiting == ()
    weak.run(40)

    assert since(weak, before) == started
    assert 1 <= sum(started.values()) <= 3
    ended = sum(given_up(weak).values()) + len(weak.facts(f.NeverOpened))
    assert ended == len(DOORS)
    assert weak.state.orders == {}


def test_rel_3_a_wave_that_was_cut_short_by_a_crash_is_not_fired_again(weak):
    """REL-3: each order that waited is said to be unknown; no coil moves by itself."""
    before = wave(weak)
    weak.run(5)
    waited = len(weak.bank.pulses.waiting)
    assert waited > len(DOORS) / 2

    weak.kill()
    started = since(weak, before)
    weak.run(60)

    assert since(weak, before) == started
    assert len(weak.facts(f.OutcomeUnknown)) >= waited
    assert weak.bank.pulses.waiting == ()


@pytest.mark.parametrize("mark", ["office", "left-early"])
def test_day_5_a_pupil_marked_while_the_wave_waits_is_passed_over(weak, mark):
    """DAY-5: the last door waits for 22 s, time enough for the office to call."""
    before = wave(weak)
    weak.run(1)

    weak.ask("office", "mark", pupil="p0012", mark=mark)
    weak.until(lambda: not weak.state.orders, within=40)

    assert since(weak, before) == dict.fromkeys(DOORS, 1) | {12: 0}
    assert given_up(weak) == {"stopped": 1}


def test_day_4_a_door_that_its_pupil_opened_meanwhile_gets_no_second_turn(weak):
    """DAY-4, DAY-14: the own tap went first; the wave's order has no more use."""
    before = wave(weak)
    weak.run(0.3)
    assert weak.tap(12).result == "ordered"
    weak.until(lambda: weak.world.compartments[12].bolt.is_retracted, within=5)
    assert weak.pull(12)
    weak.take(12)
    weak.push(12)

    weak.until(lambda: not weak.state.orders, within=40)

    assert since(weak, before) == dict.fromkeys(DOORS, 1)


def test_every_cause_of_an_order_says_whether_somebody_stands_there():
    """DAY-4, DAY-14: a new cause has to be thought about."""
    assert {cause for cause, wait in PATIENCE.items() if wait is Patience.LASTING} == {
        "wave",
        "stock",
    }
    assert set(PATIENCE) == set(f.CAUSES)
