"""A small bank: two compartments on a wide board, one on the header."""

from __future__ import annotations

from hardware.lines import LineName
from hardware.ports import LockLimits
from hardware.twin.spec import CompartmentSpec, ReaderSpec, WorldSpec

COILS = {1: "room:locks:1", 2: "room:locks:2", 3: "header:17"}
CONTACTS = {1: "room:locks:101", 2: "room:locks:102", 3: "header:27"}
LOCK = LockLimits(current_a=0.65, release_time_s=0.6, max_on_s=1.0, min_off_s=1.0)
SPEC = WorldSpec(
    readers=(
        ReaderSpec(
            "front",
            bus=0,
            device=0,
            light_line="header:22",
            buzzer_line="header:23",
            reset_line="header:25",
        ),
    ),
    compartments=tuple(
        CompartmentSpec(n, COILS[n], CONTACTS[n], max_on_s=LOCK.max_on_s) for n in COILS
    ),
)


def named(lines):
    return {n: LineName.parse(line) for n, line in lines.items()}
