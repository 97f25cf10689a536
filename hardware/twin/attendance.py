"""Who is connected to the room, and what each connection does to the world.

One thread a connection; what they do to the world is under one lock.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import Any

from hardware.errors import RoomRefused
from hardware.twin.calls import Asked
from hardware.twin.clock import RunningClock
from hardware.twin.mfrc522_chip import Mfrc522Chip
from hardware.twin.spec import WorldSpec
from hardware.twin.store import Store
from hardware.twin.wire import SPI_HEAD, JsonLines, accepted, refusal
from hardware.twin.world import World

STOP_S = 0.5  # how long the connections' threads together may take to end


class Room:
    """A world, its running clock, and all who are connected to it."""

    def __init__(self, spec: WorldSpec, store: Store) -> None:
        self._clock = RunningClock()
        self._store = store
        self.world = World(spec, self._clock)
        if (state := store.load()) is not None:
            self.world.restore(state)
        self._moved = threading.Condition(self._clock.lock)
        self._connections: dict[JsonLines, threading.Thread] = {}
        self._followers: dict[JsonLines, int] = {}  # last change acknowledged
        self._clock_changes = 0
        self._stopping = False
        self._cards_changed = False
        self._tell_each_other()

    def _tell_each_other(self) -> None:
        for compartment in self.world.compartments.values():
            compartment.bolt.on_move.append(self._moved.notify_all)
        for reader in self.world.readers.values():
            reader.on_look.append(self._reader_looked)
        self.world.wall_clock.on_change.append(self._clock_changed)
        self.world.on_change.append(self.save)
        self.world.wallet.on_change.append(self._card_changed)

    def start(self) -> None:
        """Let time run."""
        self.save()
        self._clock.start()

    def stop(self) -> None:
        """Hang up on everybody, stop the time, save."""
        with self._moved:
            self._stopping = True
            self._moved.notify_all()
            connections = dict(self._connections)
        for lines in connections:
            lines.hang_up()
        self._clock.stop()
        end = self._clock.monotonic() + STOP_S
        for thread in connections.values():
            thread.join(max(0.0, end - self._clock.monotonic()))
        self.save()

    def save(self) -> None:
        """Write down where the room is."""
        with self._moved:
            self._store.save(self.world.state())

    def _card_changed(self) -> None:
        """Note it, with the chip's lock held: do not wait."""
        self._cards_changed = True

    def _save_cards(self) -> None:
        """Write down what a chip has written, before it says so."""
        if self._cards_changed:
            self._cards_changed = False
            self.save()

    # ----------------------------------------------------------------- connections

    def take_connections(self, listener: socket.socket) -> None:
        """Give each connection a thread, until the room stops."""
        while True:
            sock, _ = listener.accept()
            lines = accepted(sock)
            with self._moved:
                if self._stopping:
                    lines.close()
                    return
                thread = threading.Thread(target=self._attend, args=(lines,))
                self._connections[lines] = thread
            thread.daemon = True
            thread.start()

    def _attend(self, lines: JsonLines) -> None:
        try:
            hello = lines.receive()
            if hello is not None:
                self._serve(lines, hello)
        except OSError:
            pass  # it hung up, or takes nothing: its levels stay as on a real pin
        finally:
            with self._moved:
                self._connections.pop(lines, None)
                self._followers.pop(lines, None)
                self._moved.notify_all()
            lines.close()

    def _serve(self, lines: JsonLines, hello: dict[str, Any]) -> None:
        match hello:
            case {"hello": "spi", "bus": int(bus), "device": int(device)}:
                chip = self.world.chip(bus, device)
                if chip is None:
                    where = f"SPI bus {bus}, device {device}"
                    lines.send(refusal("no-such-chip", f"nothing is wired to {where}"))
                    return
                lines.send({"ok": True})
                serve_spi(lines.sock, chip, self._save_cards)
            case {"hello": "pins"}:
                lines.send({"ok": True})
                self._serve_pins(lines)
            case {"hello": "clock"}:
                lines.send({"ok": True})
                self._serve_clock(lines)
            case {"hello": "calls"}:
                lines.send({"ok": True})
                self._serve_calls(lines)
            case _:
                lines.send(refusal("bad-hello", "wanted spi, pins, clock or calls"))

    def _serve_calls(self, lines: JsonLines) -> None:
        asked = Asked(
            self.world, self._moved, self._clock_is_followed, lambda: self._stopping
        )
        try:
            while line := lines.receive_line():
                lines.send(_answered(asked, line))
        finally:
            asked.let_go()

    def _serve_pins(self, lines: JsonLines) -> None:
        unwatch: dict[str, Callable[[], None]] = {}
        try:
            while message := lines.receive():
                with self._moved:
                    self._take_pin_message(lines, message, unwatch)
        finally:
            with self._moved:
                for end in unwatch.values():
                    end()

    def _take_pin_message(
        self,
        lines: JsonLines,
        message: dict[str, Any],
        unwatch: dict[str, Callable[[], None]],
    ) -> None:
        match message:
            case {"out": str(line), "level": bool(level)}:
                self.world.set_output(line, level)
            case {"release": str(line)}:
                self.world.release(line)
            case {"watch": str(line)}:

                def tell(closed: bool) -> None:  # noqa: FBT001  a level
                    _try_send(lines, {"line": line, "closed": closed})

                if line not in unwatch:
                    unwatch[line] = self.world.watch(line, tell)
                tell(self.world.loop_is_closed(line))
            case {"unwatch": str(line)} if line in unwatch:
                unwatch.pop(line)()

    # ---------------------------------------------------------------- the wall clock

    def _serve_clock(self, lines: JsonLines) -> None:
        with self._moved:
            self._followers[lines] = -1
            _try_send(lines, self._clock_message())
        while message := lines.receive():
            if isinstance(change := message.get("ack"), int):
                with self._moved:
                    self._followers[lines] = change
                    self._moved.notify_all()

    def _clock_changed(self) -> None:
        self._clock_changes += 1
        for lines in self._followers:
            _try_send(lines, self._clock_message())

    def _clock_message(self) -> dict[str, Any]:
        return {
            "change": self._clock_changes,
            "lead_us": self.world.wall_clock.lead_us,
            "state": self.world.wall_clock.state().value,
        }

    def _clock_is_followed(self) -> bool:
        acknowledged = self._followers.values()
        return bool(acknowledged) and min(acknowledged) >= self._clock_changes

    def _reader_looked(self) -> None:
        """Tell who waits for it. Called with the chip's lock held: do not wait."""
        if self._moved.acquire(blocking=False):
            self._moved.notify_all()
            self._moved.release()


def _answered(asked: Asked, line: bytes) -> dict[str, Any]:
    try:
        return {"ok": True, "result": asked.answer(line)}
    except RoomRefused as refused:
        return refusal(refused.reason, str(refused))


def serve_spi(
    sock: socket.socket, chip: Mfrc522Chip, before_answer: Callable[[], None]
) -> None:
    """Answer SPI transfers until the other end is gone.

    Each is two bytes of length and that many bytes; the answer is as many bytes. Those
    that came together are answered together.
    """
    rest = b""
    head = SPI_HEAD.size
    while more := sock.recv(65536):
        rest += more
        answer = b""
        while len(rest) >= head:
            end = head + SPI_HEAD.unpack_from(rest)[0]
            if len(rest) < end:
                break
            answer += bytes(chip.transfer(rest[head:end]))
            rest = rest[end:]
        before_answer()
        sock.sendall(answer)


def _try_send(lines: JsonLines, message: dict[str, Any]) -> None:
    """Tell one peer; one that is gone or hangs is hung up on, the others go on."""
    try:
        lines.send(message)
    except OSError:
        lines.hang_up()
