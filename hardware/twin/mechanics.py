"""Coils, bolts, doors and hands: what is behind the pins.

A hand cannot open a bolted door. A coil that is powered pulls its bolt back against a
spring, after a travel time and if the supply is strong enough; when the coil is cut the
spring throws it again. The bolt is a latch: its bevelled end gives way when a hand
pushes the door shut. Everything that takes time is asked of the clock beforehand, so
nothing here waits.

The lock board has a monostable that cuts a coil by itself after 1.2 times the lock's
``max_on_s``. On a wall that is the layer that bounds everything (docs/decisions/0007);
in the room it also stands for systemd's ``ExecStopPost``, which a demo has not: a level
stays on the Pi's pin when the controller is killed, as on Raspberry Pi OS, and the coil
goes cold all the same.
"""

from __future__ import annotations

from collections.abc import Callable

from hardware.errors import RoomRefused
from hardware.twin.clock import Timers
from hardware.twin.contact import SimContact
from hardware.twin.spec import CompartmentSpec
from hardware.twin.supply import Supply

# Bolts of small solenoids travel 20 to 30 ms (our choice within what their data sheets
# say of pull-in times).
TRAVEL_S = 0.025

MONOSTABLE = 1.2  # times max_on_s: late enough to stay out of the program's way


class SimBolt:
    """A sprung bolt: thrown unless its coil holds it back.

    Attributes:
        is_retracted: where it stands; on its way it counts as where it came from.
        is_jammed: it stays where it is whatever coil, spring or hand do.
    """

    def __init__(self, clock: Timers) -> None:
        self._clock = clock
        self._is_pulled = False
        self._journey = 0
        self.is_retracted = False
        self.is_jammed = False
        self.on_move: list[Callable[[], None]] = []

    def pull(self, *, pulled: bool) -> None:
        """Begin to follow the coil (true) or the spring (false)."""
        if pulled != self._is_pulled:
            self._is_pulled = pulled
            self._set_off()

    def jam(self, *, jammed: bool) -> None:
        """Stick where it is, or come loose again and follow what pulls."""
        self.is_jammed = jammed
        self._set_off()

    def _set_off(self) -> None:
        self._journey += 1
        journey = self._journey
        arrival = self._clock.monotonic() + TRAVEL_S
        self._clock.call_at(arrival, lambda: self._arrive(journey))

    def _arrive(self, journey: int) -> None:
        if journey != self._journey or self.is_jammed:
            return
        if self.is_retracted != self._is_pulled:
            self.is_retracted = self._is_pulled
            for told in self.on_move:
                told()


class SimCoil:
    """The coil of one strike with its driver and monostable.

    Attributes:
        pulses: times that current began to flow.
    """

    def __init__(self, spec: CompartmentSpec, clock: Timers, supply: Supply) -> None:
        self._spec = spec
        self._clock = clock
        self._supply = supply
        self._level = False
        self._on_since: float | None = None
        self._longest_s = 0.0
        self.pulses = 0

    @property
    def is_on(self) -> bool:
        """Whether current flows."""
        return self._on_since is not None

    @property
    def longest_s(self) -> float:
        """Longest time it was powered at a stretch, the present one included."""
        if self._on_since is None:
            return self._longest_s
        return max(self._longest_s, self._clock.monotonic() - self._on_since)

    def drive(self, level: bool) -> None:  # noqa: FBT001  a level
        """Take the level of the line; only a rising edge starts the monostable."""
        if level == self._level:
            return
        self._level = level
        if level:
            self._begin()
        else:
            self._end()

    def drive_inverted(self, level: bool) -> None:  # noqa: FBT001  a level
        """Take the level of a line whose driver powers the coil at a low level."""
        self.drive(not level)

    def restore(self, *, pulses: int, longest_s: float) -> None:
        """Take over the counters of an earlier run of the room."""
        self.pulses, self._longest_s = pulses, longest_s

    def _begin(self) -> None:
        self._on_since = self._clock.monotonic()
        self.pulses += 1
        pulse = self.pulses
        runs_out = self._on_since + self._spec.max_on_s * MONOSTABLE
        self._clock.call_at(runs_out, lambda: self._run_out(pulse))
        self._supply.load(self._spec.n, self._spec.current_a)

    def _run_out(self, pulse: int) -> None:
        if pulse == self.pulses:
            self._end()

    def _end(self) -> None:
        self._longest_s = self.longest_s
        self._on_since = None
        self._supply.load(self._spec.n, 0.0)


class SimCompartment:
    """One compartment and the hands before it.

    Attributes:
        devices: labels of what lies in it, the last one on top.
    """

    def __init__(self, spec: CompartmentSpec, clock: Timers, supply: Supply) -> None:
        self.n = spec.n
        self.coil = SimCoil(spec, clock, supply)
        self.bolt = SimBolt(clock)
        self.contact = SimContact(clock)
        self.door_is_open = False
        self.devices: list[str] = []
        self._supply = supply
        supply.on_change.append(self._follow_supply)

    def _follow_supply(self) -> None:
        holds = self._supply.moves_bolts or (
            self.bolt.is_retracted and self._supply.holds_bolts
        )
        self.bolt.pull(pulled=self.coil.is_on and holds)

    def pull(self) -> bool:
        """Let a hand pull the door; return whether it moved."""
        if self.door_is_open or not self.bolt.is_retracted:
            return False
        self.stand(is_open=True)
        return True

    def push(self) -> bool:
        """Let a hand push the door shut; return whether it moved.

        A jammed bolt that stands out does not give way: the door stays open.
        """
        blocked = self.bolt.is_jammed and not self.bolt.is_retracted
        if not self.door_is_open or blocked:
            return False
        self.stand(is_open=False)
        return True

    def stand(self, *, is_open: bool) -> None:
        """Put the door where it is said to be, however it came there."""
        self.door_is_open = is_open
        self.contact.move(is_open=is_open)

    def put(self, label: str) -> None:
        """Lay a device in.

        Raises:
            RoomRefused: ``door-shut``; nothing was laid in.
        """
        self._require_open_door()
        self.devices.append(label)

    def take(self) -> str | None:
        """Take the device on top out; None if there is none.

        Raises:
            RoomRefused: ``door-shut``; nothing was taken.
        """
        self._require_open_door()
        return self.devices.pop() if self.devices else None

    def _require_open_door(self) -> None:
        if not self.door_is_open:
            raise RoomRefused(
                "door-shut", f"compartment {self.n}: no hand goes through a shut door"
            )
