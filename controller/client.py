"""How the site, and commands beside a running controller, speak with it."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from controller.protocol import Answer, Fault, FeedEvent, Request

_T = TypeVar("_T")

ANSWER_S = 20.0
"""How long an answer is waited for: password hashing queues behind other sign-ins."""

FEED_SILENCE_S = 12.0
"""A feed that is silent for longer than two beats of 5 s is dead."""

_encoder = msgspec.json.Encoder()
_answers = msgspec.json.Decoder(Answer)
_events = msgspec.json.Decoder(FeedEvent)


class ControllerDown(Exception):
    """The controller does not answer. What was asked may or may not have been done."""


class RequestRefused(Exception):
    """The controller answered with a fault; nothing was changed."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Client:
    """A client of the controller's socket; any thread may use it.

    Each thread has a connection of its own, which is opened anew after a loss.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ids = count(1)
        self._local = threading.local()

    def ask(self, do: str, /, token: str = "", **args: Any) -> Any:  # noqa: ANN401  as the request says
        """Send one request and return the answer's value.

        Raises:
            ControllerDown: no connection, or no answer within :data:`ANSWER_S`.
            RequestRefused: the controller's fault, with its words.
        """
        request = Request(next(self._ids), do, token, args)
        try:
            answer = self._exchange(request)
        except OSError as error:
            self.close()
            raise ControllerDown(str(self._path)) from error
        if answer.fault is not None:
            raise RequestRefused(answer.fault)
        return answer.value

    def ask_as(self, kind: type[_T], do: str, /, token: str = "", **args: Any) -> _T:  # noqa: ANN401  as the request says
        """Send one request and return the answer's value as ``kind``."""
        return msgspec.convert(self.ask(do, token, **args), kind)

    def feed(self) -> Iterator[FeedEvent]:
        """Yield the live feed until the connection is lost or silent.

        Raises:
            ControllerDown: there is no connection to begin with.
        """
        try:
            with _connect(self._path, FEED_SILENCE_S) as end:
                end.sendall(_encoder.encode(Request(0, "feed")) + b"\n")
                with end.makefile("rb") as lines:
                    for line in lines:
                        yield _events.decode(line)
        except OSError as error:
            raise ControllerDown(str(self._path)) from error

    def close(self) -> None:
        """Close this thread's connection."""
        end = getattr(self._local, "end", None)
        if end is not None:
            self._local.end = None
            self._local.lines.close()
            end.close()

    def _drop_if_dead(self) -> None:
        """Close a connection whose controller has ended since the last answer.

        Between two requests nothing is ever due, so anything to read is its end.
        Without this each thread's first request after a restart would be lost.
        """
        end = getattr(self._local, "end", None)
        if end is not None and select.select([end], [], [], 0)[0]:
            self.close()

    def _exchange(self, request: Request) -> Answer:
        self._drop_if_dead()
        if getattr(self._local, "end", None) is None:
            self._local.end = _connect(self._path, ANSWER_S)
            self._local.lines = self._local.end.makefile("rb")
        self._local.end.sendall(_encoder.encode(request) + b"\n")
        while True:
            line = self._local.lines.readline()
            if not line:
                raise ConnectionResetError(str(self._path))
            answer = _answers.decode(line)
            if answer.id == request.id:
                return answer


def _connect(path: Path, timeout_s: float) -> socket.socket:
    end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    end.settimeout(timeout_s)
    try:
        end.connect(str(path))
    except OSError:
        end.close()
        raise
    return end
