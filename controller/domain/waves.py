"""What has become of a wave whose turn has come (DAY-4, DAY-6)."""

from __future__ import annotations

from controller.domain.context import Context
from controller.domain.release import plan
from controller.domain.state import Release, State


def unopened(state: State, release: Release, context: Context) -> tuple[str, ...]:
    """Return whose door had its turn in a wave and stayed shut, by door.

    Nobody pulled it, its bolt did not move, its coil could not be driven, or the
    program was killed: the contact tells no more than that it is shut. Whoever may not
    have the device now (marked, held) is not among them, nor whoever has an order that
    waits. A release by tap has no turns. None once a release is over: what is left
    then is on the office's list.
    """
    if release.state != "running":
        return ()
    had_turn = {p for wave in release.waves[: release.wave + 1] for p in wave.pupils}
    waiting = {order.pupil for order in state.orders.values()}
    opened = {c.pupil for c in state.compartments.values() if c.door.is_open}
    inside = (p for w in plan(state, release.klass, "all", context) for p in w.pupils)
    return tuple(p for p in inside if p in had_turn - waiting - opened)
