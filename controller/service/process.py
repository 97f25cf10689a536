"""The controller as a process: stores, hardware, threads, and an orderly end.

The order of starting is the order of safety: strikes are opened first, so every coil is
off before a file is touched (HW-2); the journal next; people; then the socket, and
"ready" only once a whole step of the loop has been done.
"""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial

import msgspec

from controller.config.schema import Config
from controller.errors import JournalError, JournalUnwritable
from controller.protocol import Answer, FeedEvent, Request
from controller.service.assembly import (
    Bank,
    Controller,
    Surroundings,
    Watch,
    assemble,
)
from controller.service.hub import Hub
from controller.service.loop import Inbox, Loop
from controller.service.notify import Notifier, watchdog_period_s
from controller.service.slow import SlowWorker
from controller.service.sockets import Connection, SocketServer

log = logging.getLogger(__name__)

HEAD_S = 0.5
"""How often the signed head is brought up to the journal, off the tap's path."""

READER_NAP_S = 0.2
"""Longest nap of a reader's thread, so that it ends soon after it is told to."""


class ControllerProcess:
    """One controller, from start to end."""

    def __init__(self, config: Config, around: Surroundings, version: str) -> None:
        self._config = config
        self._around = around
        self._version = version
        self._inbox = Inbox()
        self._slow = SlowWorker()
        self._stopping = threading.Event()
        self._notifier = Notifier.from_environment(os.environ)
        self._encode = msgspec.json.Encoder().encode
        self._decode = msgspec.json.Decoder(Request).decode
        self._broken: BaseException | None = None
        self._loop: Loop | None = None

    def clock_was_set(self) -> None:
        """Follow a wall clock that was set; from any thread."""

        def follow() -> None:
            if self._loop is not None:
                self._loop.clock_was_set()
            self._around.clock_followed()

        self._inbox.call(follow)

    def stop(self) -> None:
        """Let :meth:`run` end; from any thread or a signal's handler."""
        self._stopping.set()
        self._inbox.wake()

    def run(self) -> None:
        """Start, serve until :meth:`stop`, end in order.

        Raises:
            HometimeError: it cannot start, or the journal could not be written; every
                coil is off.
        """
        with ExitStack() as ends:
            bank = self._around.open_bank(self._inbox.wake)
            ends.callback(bank.close)
            bank.start_cutter()
            parts = assemble(
                self._config,
                bank,
                self._around,
                ends,
                inbox=self._inbox,
                slow=self._slow,
                after_step=self._feed_watchdog(),
            )
            self._serve(bank, parts, ends)
        if self._broken is not None:
            raise self._broken

    # ---------------------------------------------------------------------- serving

    def _feed_watchdog(self) -> Callable[[float], None]:
        period = watchdog_period_s(os.environ, os.getpid())
        if period is None:
            return lambda _now: None
        due = 0.0

        def feed(now: float) -> None:
            nonlocal due
            if now >= due and self._slow.is_healthy:
                due = now + period
                self._notifier.watchdog()

        return feed

    def _serve(self, bank: Bank, parts: Controller, ends: ExitStack) -> None:
        hub, loop = parts.hub, parts.loop
        loop.begin(self._version)
        self._loop = loop
        self._slow.start()
        ends.callback(self._slow.stop)
        if postman := hub.mail.postman:
            postman.start()
            ends.callback(postman.stop)
        server = SocketServer(self._config.bank.socket, self._take_line)
        self._server, self._hub = server, hub
        loop.step(self._around.clock.monotonic())
        threads = [
            self._thread("socket", server.run),
            self._thread("head", partial(self._write_heads, hub)),
            *(
                self._thread(f"spi{bus}", partial(self._watch, watches))
                for bus, watches in bank.buses.items()
            ),
        ]
        for thread in threads:
            thread.start()
        # What starting left behind is 1 MB; what is left stays, and need not be looked
        # through again while somebody stands at a reader.
        gc.collect()
        gc.freeze()
        self._notifier.ready()
        try:
            loop.run(self._stopping)
        except JournalUnwritable as error:
            self._broken = error
        finally:
            self._end(loop, server, threads)

    def _end(
        self, loop: Loop, server: SocketServer, threads: list[threading.Thread]
    ) -> None:
        self._notifier.stopping()
        self._stopping.set()
        loop.end("failure" if self._broken else "asked")
        server.stop()
        for thread in threads:
            thread.join()

    def _thread(self, name: str, body: Callable[[], None]) -> threading.Thread:
        """Return a thread whose unforeseen end is the program's: systemd restarts it.

        A reader that nobody polls any more would look like "no card" for ever.
        """

        def run() -> None:
            try:
                body()
            except BaseException as error:
                log.exception("thread %s ended", name)
                self._broken = self._broken or error
                self.stop()

        return threading.Thread(target=run, name=name)

    def _watch(self, watches: Sequence[Watch]) -> None:
        """The body of one SPI bus's thread."""
        clock = self._around.clock
        while not self._stopping.is_set():
            for watch in watches:
                for event in watch.step(clock.monotonic()):
                    self._inbox.tap(event)
            nap = min(READER_NAP_S, *(watch.due_in() for watch in watches))
            self._stopping.wait(nap)

    def _write_heads(self, hub: Hub) -> None:
        """The body of the thread that signs the journal's head."""
        writer = hub.core.journal.head_writer
        while not self._stopping.wait(HEAD_S):
            try:
                writer.step(self._around.clock.monotonic())
            except JournalError:
                log.exception("the signed head cannot be written")

    # ----------------------------------------------------------------------- socket

    def _take_line(self, connection: Connection, line: bytes) -> bool:
        """Take one line of a client, in the socket's thread; False hangs up."""
        try:
            request = self._decode(line)
        except (msgspec.MsgspecError, RecursionError):
            return False
        if request.do == "feed":
            self._inbox.call(lambda: self._subscribe(connection))
            return True

        def reply(answer: Answer) -> None:
            self._server.send(connection, self._encode(answer) + b"\n")

        self._inbox.request(request, reply)
        return True

    def _subscribe(self, connection: Connection) -> None:
        def sink(event: FeedEvent) -> None:
            self._server.send(connection, self._encode(event) + b"\n")

        connection.on_close.append(
            lambda: self._inbox.call(lambda: self._hub.feed.leave(sink))
        )
        self._hub.feed.subscribe(sink)
