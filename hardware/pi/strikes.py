"""Strikes behind gpiozero outputs, and the thread that cuts their coils in time."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping

from gpiozero import OutputDevice

from hardware.cutter import Cutter
from hardware.errors import CoilFailed
from hardware.lines import LineName
from hardware.pi.lines import Lines
from hardware.ports import Clock


class Strike:
    """Implements :class:`hardware.ports.Coil`: one output that drives one coil.

    Args:
        line: its name, for messages.
        output: opened, off.
    """

    def __init__(self, line: LineName, output: OutputDevice) -> None:
        self._line = line
        self._output = output

    def on(self) -> None:
        """Power the coil.

        Raises:
            CoilFailed: the chip did not take the order; the coil's state is unknown.
        """
        try:
            self._output.on()
        except Exception as found:
            raise CoilFailed(str(self._line), ordered="on", found=str(found)) from found

    def off(self) -> None:
        """Cut the coil.

        Raises:
            CoilFailed: the chip did not take the order; the coil's state is unknown.
        """
        try:
            self._output.off()
        except Exception as found:
            raise CoilFailed(
                str(self._line), ordered="off", found=str(found)
            ) from found

    @property
    def is_on(self) -> bool:
        """Whether the output is driven now."""
        return bool(self._output.value)


def open_strikes(
    lines: Lines, names: Mapping[int, LineName], active_low: Collection[int] = ()
) -> dict[int, Strike]:
    """Open the strike of each compartment, its coil off (HW-2).

    Args:
        lines: opens the outputs.
        names: line of each compartment's coil.
        active_low: compartments whose driver powers the coil at a low level. Such a
            coil may be on for an instant as it is opened (gpiozero 2.0.1, tried).

    Raises:
        LineUnfit: a line that may be driven before our program runs.
        LineWithoutBoard: nothing drives such a line here.
    """
    for compartment, line in names.items():
        line.require_fit_for_lock(where=f"compartment {compartment}")
    return {
        n: Strike(line, lines.output(line, active_high=n not in active_low))
        for n, line in names.items()
    }


class CutterThread:
    """Calls :meth:`hardware.cutter.Cutter.step` at each deadline, in its own thread.

    Args:
        cutter: whose deadlines; its ``wake`` becomes this thread's.
        clock: must be the one that the deadlines were taken from.
    """

    def __init__(self, cutter: Cutter, clock: Clock) -> None:
        self._cutter = cutter
        self._clock = clock
        self._news = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="cutter", daemon=True)
        cutter.wake = self._news.set

    def start(self) -> None:
        """Begin to cut."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread, if it ever began; what is powered is the caller's to cut."""
        self._stopping = True
        self._news.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping:
            self._news.clear()
            self._cutter.step(self._clock.monotonic())
            due = self._cutter.next_due()
            wait_s = None if due is None else due - self._clock.monotonic()
            if wait_s is None or wait_s > 0:
                self._news.wait(wait_s)
