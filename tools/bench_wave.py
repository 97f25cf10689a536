"""A class's doors opened in one wave, against arithmetic. Virtual time."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.rig import Rig, opened
from tests.rig_cast import KLASS
from tools.bench_table import Row

PUPILS: Final = 30
MOST_TIMES: Final = 1.1
GIVES_UP_S: Final = 60.0


def wave_row(folder: Path) -> Row:
    """Release a whole class at once over the real drivers; no hand touches a door."""
    with opened(folder / "wave", pupils=PUPILS) as rig:
        rig.clock_to("08:40")
        rig.hand_in(*range(1, PUPILS + 1))
        rig.clock_to("15:15")
        before = _pulses(rig)
        ours_s = _release_s(rig)
        once = sum(_pulses(rig)[n] == before[n] + 1 for n in before)
        return _judged(rig, ours_s, once)


def _release_s(rig: Rig) -> float:
    """Release; return the seconds until the last coil is off again."""
    rig.step_up("teacher")
    began = rig.clock.monotonic()
    rig.ask("teacher", "release_class", class_id=KLASS, mode="all")
    rig.until(lambda: rig.coils_on)
    rig.until(lambda: not (rig.coils_on or rig.bank.pulses.waiting), GIVES_UP_S)
    return rig.clock.monotonic() - began


def _judged(rig: Rig, ours_s: float, once: int) -> Row:
    supply, lock = rig.config.supply, rig.config.limits[1]
    at_once = min(supply.max_coils, int(rig.config.budget_a / lock.current_a))
    sums_s = wave_s(PUPILS, lock.release_time_s, supply.gap_s, at_once)
    return Row(
        "wave",
        f"{ours_s:.2f} s = {ours_s / sums_s:.2f} ×; {once} doors once each, at most "
        f"{rig.world.supply.coils_on_max} coils at once",
        f"{lock.release_time_s:g} s each, {supply.gap_s:g} s apart, {at_once} at once: "
        f"{sums_s:.2f} s",
        ours_s <= MOST_TIMES * sums_s and once == PUPILS,
    )


def wave_s(doors: int, pulse_s: float, gap_s: float, at_once: int) -> float:
    """Return how long so many pulses take, by arithmetic alone.

    >>> wave_s(doors=5, pulse_s=2, gap_s=0.5, at_once=2)
    6.0
    """
    starts: list[float] = []
    for door in range(doors):
        after_gap = starts[-1] + gap_s if starts else 0.0
        after_pulse = starts[door - at_once] + pulse_s if door >= at_once else 0.0
        starts.append(max(after_gap, after_pulse))
    return starts[-1] + pulse_s


def _pulses(rig: Rig) -> dict[int, int]:
    return {n: rig.world.compartments[n].coil.pulses for n in range(1, PUPILS + 1)}
