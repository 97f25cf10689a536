"""gpiozero pins whose other end is the simulated room, in this process or another.

A back end beside the real ones: gpiozero's mock pins, with the header's pins or a wide
simulated board's, that obey physics. What differs from a bare mock pin:

* opening an output drives its level out, also the low one, as a real chip does;
* an output that is closed floats, and the resistor at the gate decides;
* an input shows its loop: closed pulls it to ground, open leaves it to the pull-up;
* contacts bounce, as they do.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Protocol

from gpiozero import Device
from gpiozero.compat import frozendict
from gpiozero.pins import BoardInfo, HeaderInfo, PinInfo
from gpiozero.pins.mock import MockFactory, MockPin

from hardware.lines import ROOM_BITS
from hardware.ports import Clock


class Wires(Protocol):
    """What the pins' other ends are: a world, or a connection to one."""

    def set_output(self, line: str, level: bool) -> None:  # noqa: FBT001  a level
        """Drive ``line``."""

    def release(self, line: str) -> None:
        """Let ``line`` float."""

    def loop_is_closed(self, line: str) -> bool:
        """Return whether the loop between ``line`` and ground is closed."""

    def watch(self, line: str, told: Callable[[bool], None]) -> Callable[[], None]:
        """Call ``told`` with each change of the loop; return how to end that."""


class TwinPin(MockPin):  # type: ignore[misc]  # gpiozero has no annotations
    """One pin of :class:`TwinFactory`."""

    _state: float

    def __init__(self, factory: TwinFactory, info: PinInfo) -> None:
        self._line = f"{factory.board}:{int(info.name[4:])}"
        self._unwatch: Callable[[], None] | None = None
        super().__init__(factory, info)

    def close(self) -> None:
        """Let the line float and hear nothing any more."""
        super().close()
        self._stop_watching()

    def _set_function(self, value: str) -> None:
        was_output = self._function == "output"
        if value == "output":
            self._stop_watching()
        super()._set_function(value)
        if was_output and value == "input":
            self._factory.wires.release(self._line)

    def _set_state(self, value: float) -> None:
        super()._set_state(value)
        self._factory.wires.set_output(self._line, bool(value))

    def _set_pull(self, value: str) -> None:
        super()._set_pull(value)
        if value != "floating":
            self._start_watching()

    def _start_watching(self) -> None:
        if self._unwatch is None:
            self._unwatch = self._factory.wires.watch(self._line, self._follow)
        self._follow(self._factory.wires.loop_is_closed(self._line))

    def _stop_watching(self) -> None:
        if self._unwatch is not None:
            self._unwatch()
            self._unwatch = None

    def _follow(self, closed: bool) -> None:  # noqa: FBT001  a level
        if not closed and self._pull == "up":
            self.drive_high()
        else:
            self.drive_low()

    def _change_state(self, value: float) -> bool:
        """Take a level; unlike the base, keep no list of all that ever were."""
        if self._state == value:
            return False
        self._state = value
        self._last_change = self._factory.ticks()
        return True


class TwinFactory(MockFactory):  # type: ignore[misc]  # gpiozero has no annotations
    """Pins of one board of the simulated room.

    Args:
        board: ``header``, or a wide board as ``room:locks``.
        wires: the other end.
        clock: dates the edges.
    """

    def __init__(self, board: str, wires: Wires, clock: Clock) -> None:
        super().__init__(pin_class=TwinPin)
        self.board = board
        self.wires = wires
        self._clock = clock

    def ticks(self) -> float:
        """Return seconds of the room's clock."""
        return self._clock.monotonic()

    def _get_board_info(self) -> Any:  # noqa: ANN401  gpiozero has no annotations
        if self.board == "header":
            return super()._get_board_info()
        return wide_board(len(ROOM_BITS))


def twin_makers(wires: Wires, clock: Clock) -> dict[str, Callable[[str], TwinFactory]]:
    """Return makers for :class:`hardware.pi.lines.Lines`: header and wide boards.

    The header's factory becomes gpiozero's own, so that whoever opens a pin without
    naming a factory (a reader's reset) ends in the room too.
    """

    def header(board: str) -> TwinFactory:
        factory = Device.pin_factory = TwinFactory(board, wires, clock)
        return factory

    return {"header": header, "room": lambda board: TwinFactory(board, wires, clock)}


@functools.cache
def wide_board(bits: int) -> BoardInfo:
    """Describe to gpiozero a board of ``bits`` lines that is no Raspberry Pi.

    One description serves every board: it is frozen, and a start asks for three.
    """
    pins = frozendict({bit + 1: _pin(bit) for bit in range(bits)})
    header = HeaderInfo(name="ROOM", rows=bits, columns=1, pins=pins)
    unknown = dict.fromkeys(BoardInfo._fields, "")
    return BoardInfo(**(unknown | {"headers": frozendict({"ROOM": header})}))


def _pin(bit: int) -> PinInfo:
    return PinInfo(
        number=bit + 1,
        name=f"GPIO{bit}",
        names=frozenset({bit, str(bit), f"GPIO{bit}"}),
        pull="",
        row=bit + 1,
        col=1,
        interfaces=frozenset({"gpio"}),
    )
