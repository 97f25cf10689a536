"""What the simulated room is made of: a plain description, from a configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

START_US = (
    1_795_422_300_000_000  # 2026-11-23T08:25Z, the demo's first morning (design.md)
)


@dataclass(frozen=True, slots=True)
class ReaderSpec:
    """One reader beside the bank.

    Attributes:
        name: as the controller and the ``/twin`` calls name it.
        bus: SPI bus.
        device: chip select on that bus.
        light_line: its light, or empty.
        buzzer_line: its buzzer, or empty.
        reset_line: its reset pin (NRSTPD), or empty where it is tied high.
    """

    name: str
    bus: int
    device: int
    light_line: str = ""
    buzzer_line: str = ""
    reset_line: str = ""


@dataclass(frozen=True, slots=True)
class CompartmentSpec:
    """One compartment: a lock, a door, a contact.

    Attributes:
        n: its number.
        coil_line: high powers the coil; while nobody drives it, a pull-down keeps it
            off.
        contact_line: a closed loop to ground means a shut door.
        current_a: what the coil draws at the supply's nominal voltage.
        max_on_s: what the lock bears; the lock board's monostable is set to 1.2 times
            this.
        active_low: the driver powers the coil at a low level; a pull-up at its gate
            keeps the coil off while nobody drives the line.
    """

    n: int
    coil_line: str
    contact_line: str
    current_a: float = 0.65  # a common 12 V cabinet lock; they draw 0.5 to 2 A
    max_on_s: float = 2.0
    active_low: bool = False


@dataclass(frozen=True, slots=True)
class SupplySpec:
    """The supply of the coils.

    Attributes:
        nominal_v: without load, volts.
        resistance_ohm: of the supply and its leads together.
        limit_a: current beyond which it switches to hiccup: no lock moves.
    """

    nominal_v: float = 12.0
    resistance_ohm: float = 0.1
    limit_a: float = 5.0


@dataclass(frozen=True, slots=True)
class WorldSpec:
    """A room: readers, compartments, one supply, the wall clock at the first start.

    ``alarm_line`` is the school's alarm contact, a loop that opens; or empty.
    """

    readers: tuple[ReaderSpec, ...] = ()
    compartments: tuple[CompartmentSpec, ...] = ()
    supply: SupplySpec = field(default_factory=SupplySpec)
    start_us: int = START_US
    alarm_line: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return JSON's types only; :meth:`from_dict` is the way back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """Build a spec from what :meth:`as_dict` returned."""
        return cls(
            readers=tuple(ReaderSpec(**each) for each in plain["readers"]),
            compartments=tuple(
                CompartmentSpec(**each) for each in plain["compartments"]
            ),
            supply=SupplySpec(**plain["supply"]),
            start_us=plain["start_us"],
            alarm_line=plain.get("alarm_line", ""),
        )
