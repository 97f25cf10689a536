"""Lights and buzzers beside the readers, through gpiozero, without its threads.

Nothing here scolds (DAY-3): every tap that was heard gets the same short soft sound,
whatever becomes of it, and no other signal sounds at all. What the light says, the page
and the kiosk say too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from gpiozero import OutputDevice

from hardware.lines import LineName
from hardware.pi.lines import Lines
from hardware.ports import Clock, Signal


class _Lamp(Enum):
    """What is driven, at most, in one phase of a pattern."""

    DARK = (False, False)
    LIT = (True, False)
    SOUNDING = (True, True)


_FOR_EVER = float("inf")

_Pattern = tuple[tuple[_Lamp, float], ...]

# Phases and their seconds; a pattern is repeated. Our choice: a sound of 60 ms is heard
# across a classroom's noise by who stands there and by nobody else; no light flashes
# more than three times a second (WCAG 2.2, 2.3.1).
_PATTERNS: Mapping[Signal, _Pattern] = {
    Signal.READY: ((_Lamp.LIT, _FOR_EVER),),
    Signal.HEARD: ((_Lamp.SOUNDING, 0.06), (_Lamp.DARK, 0.14), (_Lamp.LIT, 0.3)),
    Signal.FAULT: ((_Lamp.LIT, 0.2), (_Lamp.DARK, 1.8)),
    Signal.LEAVE: ((_Lamp.LIT, 0.5), (_Lamp.DARK, 0.5)),
}
_DARK: _Pattern = ((_Lamp.DARK, _FOR_EVER),)
"""Before anything has been said."""


@dataclass(frozen=True, slots=True)
class SignalLines:
    """Where one reader's light and buzzer are; None where there is none."""

    light: LineName | None = None
    buzzer: LineName | None = None


class _Beside:
    """Light and buzzer of one reader."""

    def __init__(self, light: OutputDevice | None, buzzer: OutputDevice | None) -> None:
        self._light = light
        self._buzzer = buzzer
        self._steady = _DARK
        self._phases: list[tuple[_Lamp, float]] = []
        self.until = _FOR_EVER

    def show(self, signal: Signal, now: float) -> None:
        """Begin a signal; a tap's is said once, the others stay."""
        pattern = _PATTERNS[signal]
        if signal is not Signal.HEARD:
            self._steady = pattern
        self._begin(pattern, now)

    def step(self, now: float) -> None:
        """Go on to the phase of ``now``."""
        while now >= self.until:
            if not self._phases:
                self._begin(self._steady, self.until)
            else:
                self._drive(self.until)

    def _begin(self, pattern: _Pattern, now: float) -> None:
        self._phases = list(pattern)
        self._drive(now)

    def _drive(self, now: float) -> None:
        lamp, seconds = self._phases.pop(0)
        self.until = now + seconds
        for device, level in zip((self._light, self._buzzer), lamp.value, strict=True):
            if device is not None:
                device.value = level


class SignalBank:
    """Implements :class:`hardware.ports.Signals`. A reader without lines is dark.

    Args:
        lines: opens the outputs, off.
        beside: the lines of each reader, by its name.
        clock: says when a signal begins.
    """

    def __init__(
        self, lines: Lines, beside: Mapping[str, SignalLines], clock: Clock
    ) -> None:
        self._clock = clock
        self._beside = {
            reader: _Beside(
                lines.output(names.light) if names.light else None,
                lines.output(names.buzzer) if names.buzzer else None,
            )
            for reader, names in beside.items()
        }

    def show(self, reader: str, signal: Signal) -> None:
        """Begin ``signal`` now. After a tap's, the one before is shown again."""
        if reader in self._beside:
            self._beside[reader].show(signal, self._clock.monotonic())

    def step(self, now: float) -> None:
        """Advance blinking and sounding to ``now``."""
        for each in self._beside.values():
            each.step(now)

    def next_due(self, now: float) -> float | None:
        """Return when :meth:`step` is wanted next, None while nothing changes."""
        due = min((each.until for each in self._beside.values()), default=_FOR_EVER)
        return None if due == _FOR_EVER else max(now, due)
