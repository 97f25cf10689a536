"""Every fault of the outside world that hardware can report.

Message: where, what was found against what was wanted, with the number and unit.
"""

from __future__ import annotations

from typing import ClassVar


class HardwareFault(Exception):
    """Base of everything in this file.

    Attributes:
        code: short and stable, for the journal and the site.
        remedy: what a technician does about it.
    """

    code: ClassVar[str] = "hardware"
    remedy: ClassVar[str] = ""


# ------------------------------------------------------------------------ lines


class LineNameWrong(HardwareFault):
    """A configuration names a line that no chip of that kind has."""

    code = "line-name-wrong"
    remedy = "Write header:17 (BCM), i2c-1:0x20:3 or, in the twin, room:locks:3."

    def __init__(self, where: str, found: str, wanted: str) -> None:
        super().__init__(f"{where}: {found!r} names no line, wanted {wanted}")


class LineUnfit(HardwareFault):
    """A line exists but must not, or cannot, do what the configuration asks."""

    code = "line-unfit"
    remedy = "Use another line; docs/reference lists which are fit for what."

    def __init__(self, where: str, line: str, why: str) -> None:
        super().__init__(f"{where}: {line} {why}")


class LineWithoutBoard(HardwareFault):
    """A line's bus has no back end here, or the back end does not start."""

    code = "line-without-board"
    remedy = "Check the line's bus and address, and that the board is connected."

    def __init__(self, line: str, found: str) -> None:
        super().__init__(f"line {line}: {found}")


# ------------------------------------------------------------ strikes and coils


class LockLimitsWrong(HardwareFault):
    """A lock's figures contradict each other or the supply."""

    code = "lock-limits-wrong"
    remedy = "Take current, longest on time and rest from the lock's data sheet."

    def __init__(self, compartment: int, *, found: str, wanted: str) -> None:
        super().__init__(f"compartment {compartment}: {found}, wanted {wanted}")


class CoilFailed(HardwareFault):
    """The output of a coil could not be driven; its state is not known."""

    code = "coil-failed"
    remedy = "Check the board that drives this lock; take the compartment out of use."

    def __init__(self, line: str, *, ordered: str, found: str) -> None:
        super().__init__(f"line {line}: could not be switched {ordered}, {found}")


# ---------------------------------------------------------------------- readers


class ReaderDead(HardwareFault):
    """A reader does not answer, or has lost its configuration: it sees no card.

    The next poll tries to bring it back. Each cause is a class of its own.

    Attributes:
        cause: short and stable, for the journal; finer than ``code``.
    """

    code = "reader-dead"
    cause: ClassVar[str] = "unknown"

    def __init__(self, reader: str, found: str) -> None:
        super().__init__(f"reader {reader}: {found}")


class ReaderSilent(ReaderDead):
    """Every register reads 00 or FF: nothing drives the wire back to us."""

    cause = "no-answer"
    remedy = "Check the reader's 3.3 V, ground and the four SPI wires."


class ReaderReset(ReaderDead):
    """The chip answers but its registers are not as we left them: it was reset."""

    cause = "reset"
    remedy = "Check the reader's 3.3 V supply and its RST wire for a loose contact."


class ReaderStuck(ReaderDead):
    """The chip keeps its registers but no longer carries out what it is told."""

    cause = "stuck"
    remedy = "Switch the reader's supply off and on; replace it if this returns."


class ReaderUnreachable(ReaderDead):
    """The operating system does not let us at the reader's bus."""

    cause = "spi-failed"
    remedy = "Look into the kernel's log (dmesg) and check the SPI wires."


class SpiMissing(ReaderUnreachable):
    """There is no such SPI bus, or no such device on it."""

    cause = "spi-missing"
    remedy = "Set dtparam=spi=on in config.txt and reboot; check bus and device."


class SpiDenied(ReaderUnreachable):
    """The bus is there, but not for this user."""

    cause = "spi-denied"
    remedy = "Put the service's user into the group spi and start it again."


class SpidevMissing(ReaderUnreachable):
    """There is no module called ``spidev``."""

    cause = "spidev-missing"
    remedy = "Install Debian's python3-spidev and make setup again."


# ------------------------------------------------------------ the simulated room


class RoomRefused(HardwareFault):
    """What was asked of the simulated room is impossible there.

    Attributes:
        reason: short and stable, the ``error`` of the room's answer.
    """

    code = "room-refused"
    remedy = "See docs/reference/room-socket.md for what may be asked."

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class RoomBusy(HardwareFault):
    """Another room already serves this socket."""

    code = "room-busy"
    remedy = "Stop the other demo, or give this one a folder of its own with --data."

    def __init__(self, path: str) -> None:
        super().__init__(f"room socket {path}: another room answers on it")


class RoomGone(HardwareFault):
    """The simulated room does not answer."""

    code = "room-gone"
    remedy = "Start the demo again; the room keeps its state in the same folder."

    def __init__(self, path: str, found: str) -> None:
        super().__init__(f"room socket {path}: {found}")
