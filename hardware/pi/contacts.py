"""Door contacts behind gpiozero inputs: edges wake us, a slow sweep mends lost ones.

A contact's loop is closed to ground while the door is shut, against a pull-up: a cut
wire, like an open door, reads high (HW-3).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

from gpiozero import InputDevice

from hardware.debounce import SETTLE_S, Debounce
from hardware.lines import LineName
from hardware.pi.lines import Lines
from hardware.ports import Clock, ContactEvent

SWEEP_S = 1.0  # an edge that nobody told is found within this


def _nobody() -> None:
    """Wake nobody."""


class _Contact:
    """One input and what is believed of it."""

    def __init__(
        self, compartment: int, device: InputDevice, told: Callable[[int, bool], None]
    ) -> None:
        self._compartment = compartment
        self._device = device
        self._told = told
        # gpiozero keeps a weak reference to its handler: this object is the strong one
        device.pin.edges = "both"
        device.pin.when_changed = self._edge

    @property
    def is_open(self) -> bool:
        """What the pin shows now."""
        return not self._device.is_active

    def _edge(self, _ticks: float, level: float) -> None:
        self._told(self._compartment, bool(level))  # high: the loop is open


class ContactBank:
    """The door contacts of one bank.

    Edges come from gpiozero's thread, or with mock pins at once from whoever moved the
    door; they only queue up, dated by our clock. All else belongs to the control loop.

    Args:
        lines: opens the inputs.
        names: line of each compartment's contact.
        clock: dates edges, is the ``now`` of :meth:`step`.
        wake: called at each edge, from any thread; it must not block.
        settle_s: how long a level must stand to count, 0.03 to 0.05.

    Raises:
        LineUnfit: a line that cannot be read.
        LineWithoutBoard: nothing reads such a line here.
    """

    def __init__(
        self,
        lines: Lines,
        names: Mapping[int, LineName],
        clock: Clock,
        *,
        wake: Callable[[], None] = _nobody,
        settle_s: float = SETTLE_S,
    ) -> None:
        self._clock = clock
        self._wake = wake
        self._edges: deque[tuple[int, bool, float]] = deque()
        for compartment, line in names.items():
            line.require_fit_for_contact(where=f"compartment {compartment}")
        self._contacts = {
            n: _Contact(n, lines.input(line), self._edge) for n, line in names.items()
        }
        now = clock.monotonic()
        self._next_sweep = now + SWEEP_S
        self._debounced = {
            n: Debounce(n, is_open=contact.is_open, at=now, settle_s=settle_s)
            for n, contact in self._contacts.items()
        }

    def initial(self) -> dict[int, bool]:
        """Return by compartment whether it is believed open, as of now."""
        return {n: contact.is_open for n, contact in self._debounced.items()}

    def step(self, now: float) -> list[ContactEvent]:
        """Return what has become certain by ``now``, by compartment, in its order."""
        events: list[ContactEvent] = []
        while self._edges:
            compartment, level, at = self._edges.popleft()
            events += self._debounced[compartment].sample(level, at)
        if now >= self._next_sweep:
            self._next_sweep = now + SWEEP_S
            for n, contact in self._contacts.items():
                events += self._debounced[n].sample(contact.is_open, now)
        for debounced in self._debounced.values():
            events += debounced.step(now)
        return events

    def next_due(self, now: float) -> float:
        """Return when :meth:`step` is wanted next, if no edge comes before."""
        if self._edges:
            return now
        due = [each.next_due() for each in self._debounced.values()]
        return min([self._next_sweep, *(at for at in due if at is not None)])

    def _edge(self, compartment: int, level: bool) -> None:  # noqa: FBT001  a level
        self._edges.append((compartment, level, self._clock.monotonic()))
        self._wake()
