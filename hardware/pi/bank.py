"""One bank's hardware, opened whole: readers, strikes, contacts, lights.

Whoever calls this has decided what is behind the lines: real chips, gpiozero's mock
pins, or the simulated room. Nothing here can tell the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hardware.lines import LineName
from hardware.pi.contacts import ContactBank
from hardware.pi.lines import Lines
from hardware.pi.mfrc522_reader import Mfrc522Reader
from hardware.pi.signals import SignalBank, SignalLines
from hardware.pi.strikes import CutterThread, open_strikes
from hardware.ports import Clock, LockLimits
from hardware.pulses import PulseQueue
from hardware.taps import TapWatch

ALARM = 0
"""The alarm's place in its bank of contacts; compartments count from 1."""


@dataclass(frozen=True, slots=True)
class ReaderWiring:
    """One reader: SPI device and lines; ``reset_bit`` is BCM, ``None`` if tied high."""

    name: str
    bus: int
    device: int
    poll_hz: float = 20.0
    reset_bit: int | None = None
    light: LineName | None = None
    buzzer: LineName | None = None


@dataclass(frozen=True, slots=True)
class BankWiring:
    """What is wired where, and what locks and supply bear.

    Attributes:
        coils, contacts: by compartment.
        limits: of each lock, by compartment.
        budget_a: what the coils may draw together, amperes.
        gap_s: between the starts of two pulses.
        max_coils: powered at once.
        max_wait_s: an order that waits longer is given up, if a person waits with it.
        debounce_s: how long a contact must stand to count.
        active_low: compartments whose coil is powered while its line is low.
        alarm: the school's alarm contact, or None: a loop that opens is an alarm.
    """

    coils: Mapping[int, LineName]
    contacts: Mapping[int, LineName]
    limits: Mapping[int, LockLimits]
    readers: Sequence[ReaderWiring]
    budget_a: float
    gap_s: float
    max_coils: int
    max_wait_s: float
    debounce_s: float
    active_low: frozenset[int] = frozenset()
    alarm: LineName | None = None


class BankHardware:
    """The opened bank. Strikes come first, so that every coil is off at once (HW-2).

    Attributes:
        pulses: the power budget's queue.
        contacts: the doors'.
        alarm: the school's alarm, a bank of one contact, or of none.
        signals: lights and buzzers.
        buses: the readers' steps by SPI bus; one thread each.

    Raises:
        HardwareFault: a line cannot be opened; those before it are off and given back.
    """

    def __init__(
        self,
        wiring: BankWiring,
        lines: Lines,
        clock: Clock,
        wake: Callable[[], None],
    ) -> None:
        self._lines = lines
        self._readers: list[Mfrc522Reader] = []
        try:
            self.pulses = PulseQueue(
                open_strikes(lines, wiring.coils, wiring.active_low),
                wiring.limits,
                budget_a=wiring.budget_a,
                gap_s=wiring.gap_s,
                max_wait_s=wiring.max_wait_s,
                max_coils=wiring.max_coils,
                clock=clock,
            )
            self.contacts = ContactBank(
                lines,
                wiring.contacts,
                clock,
                wake=wake,
                settle_s=wiring.debounce_s,
            )
            self.alarm = ContactBank(
                lines,
                {ALARM: wiring.alarm} if wiring.alarm else {},
                clock,
                wake=wake,
                settle_s=wiring.debounce_s,
            )
            self.signals = SignalBank(lines, _signal_lines(wiring.readers), clock)
            self.buses = self._open_readers(wiring.readers, clock)
        except BaseException:
            lines.close()
            raise
        self._cutter = CutterThread(self.pulses.cutter, clock)

    def start_cutter(self) -> None:
        """Let the second thread guard the coils' deadlines."""
        self._cutter.start()

    def close(self) -> None:
        """Cut every coil and give the lines back; readers' threads have ended."""
        self.pulses.stop_all("stopped")
        self._cutter.stop()
        for reader in self._readers:
            reader.close()
        self._lines.close()

    def _open_readers(
        self, readers: Sequence[ReaderWiring], clock: Clock
    ) -> dict[int, list[TapWatch]]:
        buses: dict[int, list[TapWatch]] = {}
        for wired in readers:
            reader = Mfrc522Reader(
                wired.name, wired.bus, wired.device, clock, wired.reset_bit
            )
            self._readers.append(reader)
            watch = TapWatch(reader, clock, wired.poll_hz)
            buses.setdefault(wired.bus, []).append(watch)
        return buses


def _signal_lines(readers: Sequence[ReaderWiring]) -> dict[str, SignalLines]:
    return {
        each.name: SignalLines(light=each.light, buzzer=each.buzzer)
        for each in readers
        if each.light or each.buzzer
    }
