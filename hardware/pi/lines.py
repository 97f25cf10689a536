"""From the name of a line to a gpiozero device on it.

Each board (the header, one expander, one simulated board) has one pin factory. A new
kind of board is a new maker handed to :class:`Lines`, and no change elsewhere.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping

from gpiozero import Device, Factory, GPIOZeroError, InputDevice, OutputDevice

from hardware.errors import LineWithoutBoard
from hardware.lines import LineName

FactoryMaker = Callable[[str], Factory]
"""Makes the pin factory of a board, from its name as ``i2c-1:0x20``."""


def header_factory(_board: str = "header") -> Factory:
    """Return gpiozero's own factory: lgpio on a Pi, or what GPIOZERO_PIN_FACTORY says.

    lgpio makes a FIFO in the current directory, on import, unless LG_WD names another.
    """
    os.environ.setdefault("LG_WD", tempfile.gettempdir())
    Device.ensure_pin_factory()
    return Device.pin_factory


class Lines:
    """All lines in use, by name.

    Args:
        makers: by bus (``header``, ``i2c-1``, ``room``); the header's default is
            :func:`header_factory`.
    """

    def __init__(self, makers: Mapping[str, FactoryMaker] | None = None) -> None:
        self._makers = {"header": header_factory} | dict(makers or {})
        self._factories: dict[str, Factory] = {}
        self._outputs: list[OutputDevice] = []
        self._inputs: list[InputDevice] = []

    def output(self, line: LineName, *, active_high: bool = True) -> OutputDevice:
        """Open an output, off.

        Args:
            line: which.
            active_high: False drives a low level for "on". Such a line is on for an
                instant while it is opened (gpiozero 2.0.1, tried): locks want a driver
                that is active high.

        Raises:
            LineWithoutBoard: nothing drives this line here, or it is in use.
        """
        factory = self._factory(line)
        try:
            device = OutputDevice(
                line.bit, active_high=active_high, pin_factory=factory
            )
        except GPIOZeroError as found:
            raise LineWithoutBoard(str(line), str(found)) from found
        self._outputs.append(device)
        return device

    def input(self, line: LineName) -> InputDevice:
        """Open an input with its pull-up; active is a loop closed to ground.

        Raises:
            LineWithoutBoard: nothing reads this line here, or it is in use.
        """
        factory = self._factory(line)
        try:
            device = InputDevice(line.bit, pull_up=True, pin_factory=factory)
        except GPIOZeroError as found:
            raise LineWithoutBoard(str(line), str(found)) from found
        self._inputs.append(device)
        return device

    def close(self) -> None:
        """Switch every output off, then give the lines back.

        Only closing the factory frees a line, and a line that was given back floats
        (gpiozero issue 1146): gates want pull-downs.
        """
        for output in self._outputs:
            if not output.closed:
                output.off()
        for device in [*self._outputs, *self._inputs]:
            device.close()
        for factory in self._factories.values():
            factory.close()
            if Device.pin_factory is factory:
                Device.pin_factory = None
        self._outputs.clear()
        self._inputs.clear()
        self._factories.clear()

    def _factory(self, line: LineName) -> Factory:
        if line.board not in self._factories:
            maker = self._makers.get(line.bus)
            if maker is None:
                raise LineWithoutBoard(str(line), f"no bus {line.bus} here")
            self._factories[line.board] = _made(maker, line)
        return self._factories[line.board]


def _made(maker: FactoryMaker, line: LineName) -> Factory:
    try:
        return maker(line.board)
    except (GPIOZeroError, OSError, ImportError) as found:
        raise LineWithoutBoard(str(line), str(found)) from found
