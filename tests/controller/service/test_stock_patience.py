"""REP-6: the doors of a stock-take wait for their coil, however weak the supply is."""

from __future__ import annotations

from controller.domain.door_facts import CAUSES
from controller.service.doorkeeper import PATIENCE
from tests.rig import opened

IMPATIENT = {"max_wait_s = 30": "max_wait_s = 1"}


def test_every_cause_of_an_order_says_how_long_it_waits():
    """HW-2: a cause that is added is decided."""
    assert set(PATIENCE) == set(CAUSES)


def test_rep_6_the_last_door_of_a_stock_take_still_has_its_turn(folder, cheap_hashes):
    """REP-6: orders of taps are given up after a second here; these are not."""
    with opened(folder / "rig", settings=IMPATIENT) as rig:
        rig.clock_to("10:30")
        rig.step_up("office")
        page = rig.ask("office", "stock_begin")
        doors = [row["n"] for row in page["rows"] if row["waits"]]
        for n in doors:
            rig.until(lambda n=n: rig.pull(n), within=30)
            rig.push(n)
