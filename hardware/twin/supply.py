"""The 12 V supply of the coils: it sags under load and may fail."""

from __future__ import annotations

from collections.abc import Callable

from hardware.twin.spec import SupplySpec

# Of the nominal voltage: a 12 V solenoid pulls in from about 85 % and lets go below
# about a quarter (K: usual data-sheet figures, to be checked on the locks one buys).
PULL_IN = 0.85
HOLD = 0.25

SAGGING = 0.7  # what is left of the voltage under the fault "sag"


class Supply:
    """One supply and the coils that draw on it.

    Attributes:
        coils_on_max: most coils that were ever powered together.
        is_sagging: fault: a tired supply, too weak to move a bolt.
        is_out: fault: brown-out, no voltage at all.
        on_change: called whenever the voltage may have changed.
    """

    def __init__(self, spec: SupplySpec) -> None:
        self._spec = spec
        self._loads: dict[int, float] = {}
        self.coils_on_max = 0
        self.is_sagging = False
        self.is_out = False
        self.on_change: list[Callable[[], None]] = []

    def load(self, compartment: int, current_a: float) -> None:
        """Let a coil draw ``current_a``, amperes at nominal voltage; 0 is off."""
        if current_a > 0:
            self._loads[compartment] = current_a
        else:
            self._loads.pop(compartment, None)
        self.coils_on_max = max(self.coils_on_max, len(self._loads))
        self._tell()

    def fail(self, *, sagging: bool | None = None, out: bool | None = None) -> None:
        """Begin or end a fault; None leaves it as it is."""
        self.is_sagging = self.is_sagging if sagging is None else sagging
        self.is_out = self.is_out if out is None else out
        self._tell()

    @property
    def current_a(self) -> float:
        """What all powered coils ask for together."""
        return sum(self._loads.values())

    @property
    def voltage_v(self) -> float:
        """Voltage at the coils, volts."""
        if self.is_out or self.current_a > self._spec.limit_a:
            return 0.0
        nominal = self._spec.nominal_v * (SAGGING if self.is_sagging else 1.0)
        return max(0.0, nominal - self._spec.resistance_ohm * self.current_a)

    @property
    def moves_bolts(self) -> bool:
        """Whether a coil pulls a thrown bolt back."""
        return self.voltage_v >= PULL_IN * self._spec.nominal_v

    @property
    def holds_bolts(self) -> bool:
        """Whether a coil keeps a bolt that is back."""
        return self.voltage_v >= HOLD * self._spec.nominal_v

    def _tell(self) -> None:
        for told in self.on_change:
            told()
