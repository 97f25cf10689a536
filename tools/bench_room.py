"""The room's process, run in this one, so that its wires can be watched to the µs.

It is the code of ``hometime room`` behind the same socket. What is added are three
looks: when a poll calls for cards, when the card has been told to halt, when a coil is
powered. All are taken in the room, so the controller runs as it always does.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hardware.twin.attendance import Room
from hardware.twin.mfrc522_chip import Mfrc522Chip
from hardware.twin.mfrc522_registers import Reg
from hardware.twin.room_client import RoomClient
from hardware.twin.spec import WorldSpec
from hardware.twin.store import Store

COIL_S: Final = 5.0
"""Longest that a tap may take to power a coil; beyond it the benchmark gives up."""

SHORT_FRAME: Final = [Reg.BIT_FRAMING << 1, 7]
"""The first of a poll: seven bits are to be sent."""

SELECT: Final = 0x93  # of cascade level 1 (ISO/IEC 14443-3, table 7)
HLTA: Final = 0x50


@dataclass(slots=True)
class Tap:
    """When what happened, monotonic seconds; 0 until then.

    Attributes:
        entered: the card came into the field.
        polled: the poll that found it began.
        read: its whole UID was read and it was told to halt.
        powered: a coil was.
    """

    entered: float = 0.0
    polled: float = 0.0
    read: float = 0.0
    powered: float = 0.0


class ReaderEye:
    """Sees from a chip's pins what its driver does."""

    def __init__(self, chip: Mfrc522Chip) -> None:
        self._transfer = chip.transfer
        self._poll_began = 0.0
        self.tap = Tap(polled=1, read=1)
        chip.transfer = self._watched  # type: ignore[method-assign]  # the pins' watcher

    def _watched(self, data: Sequence[int]) -> list[int]:
        if data[0] == SHORT_FRAME[0] and list(data) == SHORT_FRAME:
            self._poll_began = time.monotonic()
        elif data[0] == Reg.FIFO_DATA << 1 and data[1] in (SELECT, HLTA):
            self._see(data[1])
        return self._transfer(data)

    def _see(self, command: int) -> None:
        tap = self.tap
        if command == SELECT and not tap.polled:
            tap.polled = self._poll_began
        elif command == HLTA and tap.polled and not tap.read:
            tap.read = time.monotonic()


class WatchedRoom:
    """A room that serves its socket, and what is seen in it.

    Args:
        spec: what it is made of.
        folder: where its socket and state go.
    """

    def __init__(self, spec: WorldSpec, folder: Path) -> None:
        self.socket_path = folder / "room.sock"
        self._room = Room(spec, Store(folder / "room.json"))
        self._client = RoomClient(self.socket_path)
        self.world = self._room.world
        self._powered = threading.Event()
        self._tap = Tap(powered=1)
        self.world.supply.on_change.append(self._supply_changed)
        first = next(iter(self.world.readers))
        self._eye = ReaderEye(self.world.readers[first].chip)
        self._reader = first

    def start(self) -> None:
        """Let time run and take connections."""
        self.socket_path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.socket_path))
        self._listener.listen(64)
        self._taker = threading.Thread(
            target=self._room.take_connections, args=(self._listener,), daemon=True
        )
        self._room.start()
        self._taker.start()

    def stop(self) -> None:
        """Hang up on everybody."""
        self._room.stop()
        with socket.socket(socket.AF_UNIX) as knock:
            knock.connect(str(self.socket_path))
        self._taker.join()
        self._listener.close()

    def call(self, call: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
        """Make one call on the room (docs/reference/room-socket.md)."""
        return self._client.call(call, **arguments)

    def tap(self, uid: str) -> Tap:
        """Hold a card to the first reader until a coil is powered; no coil is yet.

        Raises:
            TimeoutError: none was.
        """
        tap = self.expect()
        self.call("put_card", reader=self._reader, uid=uid)
        try:
            if not self._powered.wait(COIL_S):
                raise TimeoutError(f"no coil within {COIL_S:g} s of a tap")
        finally:
            self.call("take_card", reader=self._reader, uid=uid)
        return tap

    def expect(self) -> Tap:
        """Return what will be filled in with the next tap, from now on."""
        self._powered.clear()
        self._eye.tap = self._tap = Tap(entered=time.monotonic())
        return self._tap

    def _supply_changed(self) -> None:
        if not self._tap.powered and self.world.supply.current_a > 0:
            self._tap.powered = time.monotonic()
            self._powered.set()
