"""Faults on demand (SIM-3): what may break in the room, and on what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hardware.errors import RoomRefused
from hardware.ports import ClockState
from hardware.twin.mechanics import SimCompartment
from hardware.twin.reader import SimReader

if TYPE_CHECKING:
    from hardware.twin.world import World

Breaker = Callable[["World", str, bool], None]


def _of_reader(breaks: Callable[..., None]) -> Breaker:
    def breaker(world: World, on: str, active: bool) -> None:  # noqa: FBT001  as FAULTS
        breaks(world.reader(on), active=active)

    return breaker


def _of_compartment(breaks: Callable[[SimCompartment, bool], None]) -> Breaker:
    def breaker(world: World, on: str, active: bool) -> None:  # noqa: FBT001  as FAULTS
        if not on.isdecimal():
            raise RoomRefused("no-such-compartment", f"{on!r} is no compartment")
        breaks(world.compartment(int(on)), active)

    return breaker


def _stick(*, closed: bool | None = None) -> Breaker:
    """Stick at a level, None: at the present one."""

    def breaks(compartment: SimCompartment, active: bool) -> None:  # noqa: FBT001  as FAULTS
        contact = compartment.contact
        level = contact.loop_is_closed if closed is None else closed
        contact.stick(closed=level if active else None)

    return _of_compartment(breaks)


def _brown_out(world: World, on: str, active: bool) -> None:  # noqa: FBT001  as FAULTS
    if on in world.readers:
        world.readers[on].brown_out(active=active)
    else:
        world.supply.fail(out=active)


def _tear(world: World, _on: str, active: bool) -> None:  # noqa: FBT001  as FAULTS
    world.wallet.tears = active


def _sag(world: World, _on: str, active: bool) -> None:  # noqa: FBT001  as FAULTS
    world.supply.fail(sagging=active)


def _alarm(world: World, _on: str, active: bool) -> None:  # noqa: FBT001  as FAULTS
    world.alarm.move(is_open=active)


def _believed(state: ClockState) -> Breaker:
    def breaker(world: World, _on: str, active: bool) -> None:  # noqa: FBT001  as FAULTS
        world.wall_clock.believe(state if active else ClockState.SYNCED)

    return breaker


FAULTS: Mapping[str, Breaker] = {
    # on a reader, by name
    "deaf-reader": _of_reader(SimReader.deafen),
    "unplugged-reader": _of_reader(SimReader.unplug),
    "broken-antenna": _of_reader(SimReader.break_antenna),
    "two-cards": _of_reader(SimReader.crowd),
    "card-at-edge": _of_reader(SimReader.hold_at_edge),
    # on a compartment, by number
    "jammed-bolt": _of_compartment(lambda each, active: each.bolt.jam(jammed=active)),
    "stuck-contact": _stick(),
    "contact-stuck-open": _stick(closed=False),
    "contact-stuck-shut": _stick(closed=True),
    "chattering-contact": _of_compartment(
        lambda each, active: each.contact.chatter(active=active)
    ),
    # on the room
    "torn-write": _tear,  # of cards that come from now on
    "brown-out": _brown_out,  # of the coils; on a reader's name, of that chip
    "sagging-supply": _sag,
    "alarm": _alarm,
    "guessed-clock": _believed(ClockState.GUESSED),
    "rtc-clock": _believed(ClockState.RTC),
}
