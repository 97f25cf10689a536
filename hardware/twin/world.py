"""The simulated room: readers, compartments, their supply, the clock on the wall.

It is what the pins and buses of the controller end at, and what hands act on. Nothing
in it knows pupils. It runs by the clock that it is given: one that a test moves, or the
machine's own in ``hometime room``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from hardware.errors import RoomRefused
from hardware.twin.clock import Timers
from hardware.twin.contact import SimContact
from hardware.twin.faults import FAULTS
from hardware.twin.mechanics import SimCompartment
from hardware.twin.mfrc522_chip import Mfrc522Chip
from hardware.twin.reader import SimReader
from hardware.twin.spec import WorldSpec
from hardware.twin.supply import Supply
from hardware.twin.wallclock import SimWallClock
from hardware.twin.wallet import Wallet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STATE_VERSION = 1

LevelTaker = Callable[[bool], None]


class World:
    """One room.

    Args:
        spec: what it is made of.
        clock: what it runs by.

    Attributes:
        readers: by name.
        compartments: by number.
        wallet: the cards that hands bring.
        alarm: the contact of the school's alarm.
        on_change: called after a hand, a card, a fault or the clock was moved.
    """

    def __init__(self, spec: WorldSpec, clock: Timers) -> None:
        self._clock = clock
        self.supply = Supply(spec.supply)
        self.wall_clock = SimWallClock(clock, spec.start_us)
        self.wallet = Wallet()
        self.readers = {
            each.name: SimReader(each, clock, self.wallet) for each in spec.readers
        }
        self.compartments = {
            each.n: SimCompartment(each, clock, self.supply)
            for each in spec.compartments
        }
        self.on_change: list[Callable[[], None]] = []
        self._faults: dict[tuple[str, str], None] = {}
        self._contacts = {
            each.contact_line: self.compartments[each.n].contact
            for each in spec.compartments
        }
        self.alarm = SimContact(clock)
        if spec.alarm_line:
            self._contacts[spec.alarm_line] = self.alarm
        self._outputs = _output_ends(spec, self)
        self._resting = {c.coil_line: c.active_low for c in spec.compartments}
        self._levels: dict[str, bool] = {}
        self.wall_clock.on_change.append(self._changed)

    # ------------------------------------------------------------------- the wires

    def set_output(self, line: str, level: bool) -> None:  # noqa: FBT001  a level
        """Take the level that a pin drives; a line that ends nowhere is harmless."""
        self._levels[line] = level
        if taker := self._outputs.get(line):
            taker(level)

    def release(self, line: str) -> None:
        """Let ``line`` float: the resistor at its end decides the level."""
        self.set_output(line, self._resting.get(line, False))
        del self._levels[line]

    def output(self, line: str) -> bool:
        """Return the level of an output, the resistor's while nobody drives it."""
        return self._levels.get(line, self._resting.get(line, False))

    def loop_is_closed(self, line: str) -> bool:
        """Return whether the loop on ``line`` is closed; a line to nowhere is open."""
        contact = self._contacts.get(line)
        return contact is not None and contact.loop_is_closed

    def watch(self, line: str, told: LevelTaker) -> Callable[[], None]:
        """Call ``told`` with each new :meth:`loop_is_closed`; return how to stop it."""
        contact = self._contacts.get(line)
        if contact is None:
            return lambda: None
        contact.on_change.append(told)
        return lambda: contact.on_change.remove(told)

    def chip(self, bus: int, device: int) -> Mfrc522Chip | None:
        """Return the chip at an SPI address, None if nothing is wired there."""
        for reader in self.readers.values():
            if (reader.spec.bus, reader.spec.device) == (bus, device):
                return reader.chip
        return None

    def lose_power(self) -> None:
        """Let everything that hangs on the Pi go dark and come back (a power cut)."""
        for line in list(self._levels):
            self.release(line)
        for reader in self.readers.values():
            reader.chip.brown_out()

    # ------------------------------------------------------------------- the hands

    def compartment(self, n: int) -> SimCompartment:
        """Return compartment ``n``.

        Raises:
            RoomRefused: ``no-such-compartment``.
        """
        if n not in self.compartments:
            raise RoomRefused("no-such-compartment", f"there is no compartment {n!r}")
        return self.compartments[n]

    def reader(self, name: str) -> SimReader:
        """Return the reader called ``name``.

        Raises:
            RoomRefused: ``no-such-reader``.
        """
        if name not in self.readers:
            raise RoomRefused("no-such-reader", f"there is no reader {name!r}")
        return self.readers[name]

    def pull(self, n: int) -> bool:
        """Let a hand pull door ``n``; return whether it moved."""
        outcome = self.compartment(n).pull()
        self._changed()
        return outcome

    def push(self, n: int) -> bool:
        """Let a hand push door ``n`` shut; return whether it moved."""
        outcome = self.compartment(n).push()
        self._changed()
        return outcome

    def put(self, n: int, label: str) -> None:
        """Lay a device into compartment ``n``, whose door must be open."""
        self.compartment(n).put(label)
        self._changed()

    def take(self, n: int) -> str | None:
        """Take the device on top out of compartment ``n``, whose door must be open."""
        outcome = self.compartment(n).take()
        self._changed()
        return outcome

    def lay_cards(self, reader: str, uids: list[str]) -> None:
        """Let exactly these cards lie on a reader from now on."""
        self.reader(reader).lay(uids)
        self._changed()

    def put_card(self, reader: str, uid: str) -> Callable[[], None]:
        """Bring a card into a reader's field; gone if the room is started again.

        Returns:
            What takes this very card out again, unless it has gone, or lies there by
            then.
        """
        at = self.reader(reader)
        card = at.put(uid)
        return lambda: at.let_go(card)

    def take_card(self, reader: str, uid: str) -> None:
        """Take a card out of a reader's field."""
        self.reader(reader).take(uid)
        self._changed()

    def clone_card(self, uid: str, *, memory: bool) -> str:
        """Copy a card; return the name that the copy goes by."""
        name = self.wallet.clone(uid, memory=memory)
        self._changed()
        return name

    def make_card(self, uid: str, kind: str) -> None:
        """Let a card be a fresh one of ``kind``, from when it comes next."""
        self.wallet.make(uid, kind)
        self._changed()

    def time(self) -> datetime:
        """Return what the clock on the wall shows, UTC."""
        return EPOCH + timedelta(microseconds=self.wall_clock.now_us())

    def set_clock(self, at: datetime) -> None:
        """Set the clock on the wall; ``at`` knows its zone."""
        self.wall_clock.set((at - EPOCH) // timedelta(microseconds=1))

    # ------------------------------------------------------------------ the faults

    def fault(self, kind: str, on: str | int | None, *, active: bool) -> None:
        """Begin or end a fault (SIM-3); twice the same is once.

        Args:
            kind: a key of :data:`hardware.twin.faults.FAULTS`.
            on: reader's name or compartment's number; what is not several needs none.
            active: False mends it.

        Raises:
            RoomRefused: ``unknown-fault``, or no such place.
        """
        place = (kind, "" if on is None else str(on))
        if kind not in FAULTS:
            known = ", ".join(sorted(FAULTS))
            raise RoomRefused("unknown-fault", f"no fault {kind!r}; known: {known}")
        FAULTS[kind](self, place[1], active)
        if active:
            self._faults[place] = None
        else:
            self._faults.pop(place, None)
        self._changed()

    # --------------------------------------------------------------- looking at it

    def as_dict(self) -> dict[str, Any]:
        """Return the room as ``GET /twin/world`` shows it (design.md, "Contract")."""
        return {
            "clock": self.time().isoformat(timespec="milliseconds"),
            "clock_state": self.wall_clock.state().value,
            "compartments": [_shown(each) for each in self.compartments.values()],
            "readers": [
                {
                    "name": name,
                    "cards": reader.uids,
                    "light": reader.light_is_on,
                    "buzzer": reader.buzzer_is_on,
                    "looks": reader.looks,
                }
                for name, reader in self.readers.items()
            ],
            "supply": {
                "coils_on_max": self.supply.coils_on_max,
                "voltage_v": round(self.supply.voltage_v, 2),
            },
            "faults": [{"kind": kind, "on": on} for kind, on in self._faults],
        }

    def state(self) -> dict[str, Any]:
        """Return what outlives the process; :meth:`restore` is the way back.

        Coils are not part of it: an output is low when a board comes back.
        """
        return {
            "v": STATE_VERSION,
            "wall_us": self.wall_clock.now_us(),
            "coils_on_max": self.supply.coils_on_max,
            "compartments": {
                str(each.n): {
                    "open": each.door_is_open,
                    "devices": each.devices,
                    "pulses": each.coil.pulses,
                    "longest_s": each.coil.longest_s,
                }
                for each in self.compartments.values()
            },
            "cards": self.wallet.state(),
            "readers": {name: list(r.lying) for name, r in self.readers.items()},
            "faults": [list(fault) for fault in self._faults],
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on where an earlier run was; what the spec no longer has is left out."""
        self.supply.coils_on_max = state["coils_on_max"]
        for n, was in state["compartments"].items():
            if each := self.compartments.get(int(n)):
                each.stand(is_open=was["open"])
                each.devices = list(was["devices"])
                each.coil.restore(pulses=was["pulses"], longest_s=was["longest_s"])
        self.wallet.restore(state.get("cards", {}))
        for name, uids in state["readers"].items():
            if name in self.readers:
                self.readers[name].lay(uids)
        for kind, on in state["faults"]:
            with suppress(RoomRefused):
                self.fault(kind, on or None, active=True)
        self.wall_clock.set(state["wall_us"])

    def _changed(self) -> None:
        for told in self.on_change:
            told()


def _output_ends(spec: WorldSpec, world: World) -> dict[str, LevelTaker]:
    """Return what each output line ends at."""
    ends: dict[str, LevelTaker] = {}
    for each in spec.compartments:
        coil = world.compartments[each.n].coil
        ends[each.coil_line] = coil.drive_inverted if each.active_low else coil.drive
    for beside in spec.readers:
        reader = world.readers[beside.name]
        ends[beside.light_line] = reader.take_light
        ends[beside.buzzer_line] = reader.take_buzzer
        ends[beside.reset_line] = reader.take_reset
    ends.pop("", None)
    return ends


def _shown(compartment: SimCompartment) -> dict[str, Any]:
    return {
        "n": compartment.n,
        "door": "open" if compartment.door_is_open else "closed",
        "bolt": "retracted" if compartment.bolt.is_retracted else "thrown",
        "coil": compartment.coil.is_on,
        "coil_on_s_max": round(compartment.coil.longest_s, 4),
        "coil_pulses": compartment.coil.pulses,
        "device": compartment.devices[-1] if compartment.devices else None,
        "devices": compartment.devices.copy(),
    }
