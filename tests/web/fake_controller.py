"""A controller's socket with canned answers, for tests of views alone.

It speaks the protocol and decides nothing. Tokens are names of roles: who signs in as
``teacher`` gets the token ``teacher``. ``answers`` maps a request to a function of its
arguments that returns the value, or a ``Fault``.

Days are walked through with the real controller, in ``tests/stories``.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from controller.domain.rights import rights_of
from controller.protocol import (
    Answer,
    Board,
    BoardDoor,
    Fault,
    FeedEvent,
    KioskShow,
    Me,
    Request,
    SignedIn,
    Stop,
)

AT_US = 1_795_445_520_000_000
"""2026-11-23T14:52Z: lessons, 23 minutes before home time."""

MINUTE_US = 60_000_000
PASSWORD = "correct horse battery"
CODE = "135246"
STARTING_CODE = "K7QX-M2PD"
KIOSK_TOKEN = "kiosk-token"
ROLES = ("teacher", "cover", "office", "leadership", "dsl", "technician")
SIGNED_OUT = Fault("signed-out", "You are signed out.", "Sign in again.", 401)

STOPS = [
    Stop("08:30", "phones-in", "done"),
    Stop("10:00", "lessons", "now"),
    Stop("15:15", "home-time", "todo"),
    Stop("16:15", "clubs-end", "todo"),
]


def a_board(**changes: Any) -> Board:
    """Return the board of the mock-up: 36 doors, two open, one out of order."""
    states = {9: "open", 22: "open", 17: "broken"}
    plain = {
        "bank": "front",
        "class_name": "Kestrels",
        "year": "Year 4",
        "columns": 6,
        "at_us": AT_US,
        "clock": "synced",
        "timezone": "Europe/London",
        "school_day": True,
        "phase": "lessons",
        "stops": STOPS,
        "next_label": "home-time",
        "next_at_us": AT_US + 23 * MINUTE_US,
        "doors": [BoardDoor(n, states.get(n, "shut")) for n in range(1, 37)],
        "evacuated": False,
        "readers_out": [],
    }
    return Board(**(plain | changes))


def a_person(role: str, **changes: Any) -> Me:
    """Return who holds the token ``role``."""
    plain = {
        "id": f"s-{role}",
        "name": "Ms Example",
        "username": role,
        "roles": [role],
        "rights": rights_of((role,)),
        "classes": ["kestrels"],
        "stepped_up_until_us": 0,
        "must_change": False,
        "has_pin": True,
        "has_card": True,
    }
    return Me(**(plain | changes))


class FakeController:
    """Listens on ``path`` until :meth:`stop`; :meth:`start` again is a restart.

    Attributes:
        answers: what each request gets.
        asked: every request that came, oldest first.
        people: who holds which token.
        board, kiosk: what a feed begins with.
        secret: what ``step_up`` and the bank's PIN want.
        must_start: whether the first account is still to be made.
    """

    def __init__(
        self, path: Path, answers: dict[str, Callable[..., Any]] | None = None
    ):
        self.path = path
        self.asked: list[Request] = []
        self.people = {role: a_person(role) for role in ROLES}
        self.board = a_board()
        self.kiosk = KioskShow("waiting", 1)
        self.secret = "246810"
        self.must_start = False
        self.answers = self._own_answers() | (answers or {})
        self._feeds: list[socket.socket] = []
        self._ends: list[socket.socket] = []
        self._lock = threading.Lock()
        self._listening: socket.socket | None = None

    # ------------------------------------------------------------- its answers

    def _own_answers(self) -> dict[str, Callable[..., Any]]:
        return {
            "board": lambda: self.board,
            "first_start_needed": lambda: self.must_start,
            "first_start": self._first_start,
            "sign_in": self._sign_in,
            "sign_in_code": self._sign_in_code,
            "sign_out": lambda: None,
            "lock": lambda: None,
            "kiosk": lambda bank: self.kiosk,
            "bank_pin": self._bank_pin,
            "bank_act": lambda act: KioskShow("waiting", 51),
            "bank_done": lambda: KioskShow("waiting", 52),
            "kiosk_pair": lambda bank: {"token": KIOSK_TOKEN},
        }

    def _sign_in(
        self, username: str, password: str, remote: str, browser: str, code: str = ""
    ) -> Any:
        if username not in self.people or password != PASSWORD:
            return Fault(
                "wrong-sign-in",
                "Username and password do not match.",
                "Try again.",
                401,
            )
        if not self.people[username].has_second_factor or code == CODE:
            return SignedIn(username, self.people[username])
        return Fault("second-factor-needed", "Now the code.", "", 401, [username])

    def _sign_in_code(self, ticket: str, code: str, remote: str, browser: str) -> Any:
        if ticket not in self.people:
            return Fault("sign-in-over", "This took too long.", "Sign in again.", 401)
        if code != CODE:
            return Fault("wrong-second-factor", "That code is not right.", "Wait.", 401)
        return SignedIn(ticket, self.people[ticket])

    def _first_start(self, code: str, username: str, password: str, **_: str) -> Any:
        if code != STARTING_CODE:
            return Fault(
                "wrong-code", "That is not the starting code.", "Try again.", 422
            )
        self.must_start = False
        return SignedIn("leadership", self.people["leadership"])

    def _bank_pin(self, pin: str) -> Any:
        if pin != self.secret:
            return Fault("wrong-secret", "That PIN is not right.", "Try again.", 403)
        return KioskShow("staff", 50, acts=["release:kestrels"], unlocked=True)

    def _step_up(self, token: str, secret: str) -> Any:
        if secret != self.secret:
            return Fault("wrong-secret", "That is not right.", "Try again.", 403)
        self.people[token].stepped_up_until_us = self.board.at_us + 300_000_000
        return self.people[token]

    def _answer(self, request: Request) -> Answer:
        self.asked.append(request)
        value = self._value(request)
        if isinstance(value, Fault):
            return Answer(request.id, fault=value)
        return Answer(request.id, value)

    def _value(self, request: Request) -> Any:
        public = {"board", "sign_in", "sign_in_code"}
        public |= {"first_start_needed", "first_start"}
        known = request.token in self.people or request.token == KIOSK_TOKEN
        if request.do not in public and not known:
            return SIGNED_OUT
        at_the_bank = request.do in {"kiosk", "bank_pin", "bank_act", "bank_done"}
        if at_the_bank and request.token != KIOSK_TOKEN:
            return Fault("not-a-kiosk", "This is no kiosk.", "Pair it.", 403)
        if request.do == "me":
            return self.people[request.token]
        if request.do == "step_up":
            return self._step_up(request.token, **request.args)
        if request.do not in self.answers:
            return Fault("no-such-request", "There is no such request.", status=404)
        return self.answers[request.do](**request.args)

    # ---------------------------------------------------------------- the socket

    def start(self) -> FakeController:
        """Listen; return self."""
        self.path.unlink(missing_ok=True)
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listening.bind(str(self.path))
        self._listening.listen(64)
        threading.Thread(
            target=self._accept, args=(self._listening,), daemon=True
        ).start()
        return self

    def stop(self) -> None:
        """Close everything at once, as a kill would."""
        listening, self._listening = self._listening, None
        if listening is not None:
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            listening.close()
        with self._lock:
            ends, self._ends, self._feeds = self._ends, [], []
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def push(self, **event: Any) -> None:
        """Send one event to every feed; new feeds begin with its board and kiosk."""
        self.board = event.get("board", self.board)
        self.kiosk = event.get("kiosk", self.kiosk)
        line = msgspec.json.encode(FeedEvent(**event)) + b"\n"
        with self._lock:
            for feed in self._feeds:
                with contextlib.suppress(OSError):
                    feed.sendall(line)

    def count(self, do: str) -> int:
        """Return how many requests ``do`` have come."""
        return sum(request.do == do for request in self.asked)

    def last(self, do: str) -> Request:
        """Return the newest request ``do``."""
        return [request for request in self.asked if request.do == do][-1]

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                end, _ = listening.accept()
            except OSError:
                return
            with self._lock:
                self._ends.append(end)
            threading.Thread(target=self._serve, args=(end,), daemon=True).start()

    def _serve(self, end: socket.socket) -> None:
        with contextlib.suppress(OSError), end, end.makefile("rb") as lines:
            for line in lines:
                request = msgspec.json.decode(line, type=Request)
                if request.do == "feed":
                    self._begin_feed(end)
                    continue
                end.sendall(msgspec.json.encode(self._answer(request)) + b"\n")

    def _begin_feed(self, end: socket.socket) -> None:
        first = FeedEvent(board=self.board), FeedEvent(kiosk=self.kiosk)
        with self._lock:
            for event in first:
                end.sendall(msgspec.json.encode(event) + b"\n")
            self._feeds.append(end)
