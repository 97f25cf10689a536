"""The six names of RPi.GPIO that the ``mfrc522`` package uses, over gpiozero.

The package imports ``RPi.GPIO`` for one thing: to hold a reader's reset wire high. That
library drives no Pi 5 and fights with gpiozero over pins. So while the package is being
imported, and only then, these names stand in its place; afterwards ``sys.modules`` is
as it was, because gpiozero looks for RPi.GPIO too.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Final

BCM: Final = 11  # RPi.GPIO's own number for this numbering
OUT: Final = 0
NO_PIN: Final = None
"""A reader whose reset wire is tied to 3.3 V, or is not the library's affair."""

_lines: dict[int, Any] = {}  # gpiozero has no annotations
_importing = threading.Lock()  # readers of two buses may open at the same moment


def getmode() -> int:
    """Say that the numbering is BCM, so that nobody sets another."""
    return BCM


def setmode(_mode: int) -> None:
    """Do nothing: gpiozero's numbers are BCM."""


def setup(pin: int | None, _direction: int) -> None:
    """Take ``pin`` as an output that is high, unless it is :data:`NO_PIN`."""
    if pin is NO_PIN or pin in _lines:
        return
    from gpiozero import OutputDevice  # noqa: PLC0415  no pin factory unless needed

    _lines[pin] = OutputDevice(pin, initial_value=True)


def output(pin: int | None, level: int) -> None:
    """Drive ``pin``."""
    if pin is not NO_PIN:
        _lines[pin].value = bool(level)


def cleanup(pin: int | None = None) -> None:
    """Give ``pin`` back; without one do nothing: other pins are not the library's."""
    if pin is not NO_PIN and pin in _lines:
        _lines.pop(pin).close()


@contextmanager
def in_place_of_rpi_gpio() -> Iterator[None]:
    """Let ``import RPi.GPIO`` find this module within the block."""
    package = ModuleType("RPi")
    package.GPIO = sys.modules[__name__]  # type: ignore[attr-defined]  # made by hand
    ours = {"RPi": package, "RPi.GPIO": sys.modules[__name__]}
    with _importing:
        before = {name: sys.modules.get(name) for name in ours}
        sys.modules.update(ours)
        try:
            yield
        finally:
            _restore(before)


def _restore(modules: Mapping[str, ModuleType | None]) -> None:
    for name, module in modules.items():
        if module is None:
            del sys.modules[name]
        else:
            sys.modules[name] = module
