"""What one may ask of the room: hands, cards, clock, faults, and a look at it all.

Each call is one type that says what it wants and what it does, so that a wrong one is
refused with the place of its mistake before anything moves.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec

from hardware.errors import RoomRefused
from hardware.twin.world import World

# How long a pushed door may take to be bolted, and the controller to follow the clock.
FOLLOW_S = 2.0

FIRST_YEAR, LAST_YEAR = 2000, 2100  # what tables of summer time are good for
TEN_YEARS_S = 10 * 366 * 86_400

Seconds = Annotated[float, msgspec.Meta(ge=0, le=60)]
Leap = Annotated[float, msgspec.Meta(ge=-TEN_YEARS_S, le=TEN_YEARS_S)]
Result = dict[str, Any]


class Asked:
    """A world that one connection calls on, and what a call may wait for there.

    Args:
        world: the room.
        moved: its lock; notified when a bolt moved, a reader looked, or a clock's
            follower acknowledged.
        clock_is_followed: whether whoever reads the clock goes by it now.
        is_over: whether the room stops: nobody waits any more.

    Attributes:
        held: takes each card away that this connection's hand holds to a reader.
    """

    def __init__(
        self,
        world: World,
        moved: threading.Condition,
        clock_is_followed: Callable[[], bool],
        is_over: Callable[[], bool],
    ) -> None:
        self.world = world
        self.clock_is_followed = clock_is_followed
        self.held: list[Callable[[], None]] = []
        self._is_over = is_over
        self._moved = moved

    def answer(self, line: bytes) -> Result:
        """Carry out one call, from any thread.

        Raises:
            RoomRefused: it cannot be; ``bad-call`` if it is none.
        """
        try:
            call = _decoder.decode(line)
        except (msgspec.MsgspecError, RecursionError) as found:
            raise RoomRefused("bad-call", str(found)) from found
        with self._moved:
            return call.carry_out(self)

    def wait(self, reached: Callable[[], bool], timeout_s: float) -> bool:
        """Let others move the room until ``reached``; return whether it was."""
        self._moved.wait_for(lambda: self._is_over() or reached(), timeout_s)
        return reached()

    def let_go(self) -> None:
        """Take away what the hand holds: whoever it belongs to has hung up."""
        with self._moved:
            for take_away in self.held:
                take_away()


class _Call(msgspec.Struct, tag_field="call", forbid_unknown_fields=True):
    """Base of all calls; ``call`` names which."""


class ShowWorld(_Call, tag="world"):
    """Show the room."""

    def carry_out(self, asked: Asked) -> Result:
        """Look."""
        return asked.world.as_dict()


class LayCards(_Call, tag="cards"):
    """Let exactly these cards lie on a reader from now on."""

    reader: str
    uids: list[str]

    def carry_out(self, asked: Asked) -> Result:
        """Take away and lay down."""
        asked.world.lay_cards(self.reader, self.uids)
        return {}


class PutCard(_Call, tag="put_card"):
    """Bring a card into the field; a held one leaves with the connection at the latest.

    So whoever is killed in the midst of a tap leaves no card before the reader.
    """

    reader: str
    uid: str
    held: bool = False

    def carry_out(self, asked: Asked) -> Result:
        """Bring it; tell how many others are in the field already."""
        beside = len(asked.world.reader(self.reader).uids)
        take_away = asked.world.put_card(self.reader, self.uid)
        if self.held:
            asked.held.append(take_away)
        return {"beside": beside}


class TakeCard(_Call, tag="take_card"):
    """Take a card out of the field."""

    reader: str
    uid: str

    def carry_out(self, asked: Asked) -> Result:
        """Take it."""
        asked.world.take_card(self.reader, self.uid)
        return {}


class CloneCard(_Call, tag="clone_card"):
    """Copy a card, with what is written on it or without."""

    uid: str
    memory: bool = True

    def carry_out(self, asked: Asked) -> Result:
        """Copy it."""
        return {"uid": asked.world.clone_card(self.uid, memory=self.memory)}


class MakeCard(_Call, tag="make_card"):
    """Let a card be a fresh one of another kind."""

    uid: str
    kind: str

    def carry_out(self, asked: Asked) -> Result:
        """Make it."""
        asked.world.make_card(self.uid, self.kind)
        return {}


class WaitLooks(_Call, tag="wait_looks"):
    """Wait until the reader has looked into its field so many times more."""

    reader: str
    looks: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    timeout_s: Seconds = FOLLOW_S

    def carry_out(self, asked: Asked) -> Result:
        """Wait."""
        reader = asked.world.reader(self.reader)
        wanted = reader.looks + self.looks
        reached = asked.wait(lambda: reader.looks >= wanted, self.timeout_s)
        return {"reached": reached}


class MoveDoor(_Call, tag="door"):
    """Let a hand pull or push a door; a pushed one is bolted when this answers."""

    compartment: int
    do: Literal["pull", "push"]

    def carry_out(self, asked: Asked) -> Result:
        """Move it, if it moves."""
        if self.do == "pull":
            return {"moved": asked.world.pull(self.compartment)}
        moved = asked.world.push(self.compartment)
        bolt = asked.world.compartment(self.compartment).bolt
        if moved and not bolt.is_jammed:
            asked.wait(lambda: not bolt.is_retracted, FOLLOW_S)
        return {"moved": moved}


class MoveDevice(_Call, tag="device"):
    """Put a device in, or take the one on top out."""

    compartment: int
    do: Literal["put", "take"]
    label: str | None = None

    def carry_out(self, asked: Asked) -> Result:
        """Reach through the open door."""
        if self.do == "take":
            return {"device": asked.world.take(self.compartment)}
        if not self.label:
            raise RoomRefused("bad-call", "a device to be put in wants a label")
        asked.world.put(self.compartment, self.label)
        return {"device": self.label}


class SetClock(_Call, tag="clock"):
    """Set the wall clock, or move it on; one of the two."""

    at: datetime | None = None
    advance_s: Leap | None = None

    def carry_out(self, asked: Asked) -> Result:
        """Set it, and wait until the controller goes by it."""
        match self:
            case SetClock(at=datetime(tzinfo=None)):
                raise RoomRefused("bad-call", "at wants a zone: 2026-11-23T08:40:00Z")
            case SetClock(at=datetime() as at, advance_s=None):
                to = _as_utc(at)
            case SetClock(at=None, advance_s=float(seconds)):
                to = asked.world.time() + timedelta(seconds=seconds)
            case _:
                raise RoomRefused("bad-call", "the clock wants at or advance_s")
        if not FIRST_YEAR <= to.year <= LAST_YEAR:
            raise RoomRefused(
                "bad-call", f"the clock goes from {FIRST_YEAR} to {LAST_YEAR}"
            )
        asked.world.set_clock(to)
        followed = asked.wait(asked.clock_is_followed, FOLLOW_S)
        return {"clock": asked.world.as_dict()["clock"], "followed": followed}


def _as_utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError:  # before the year 1 or after 9999, once its zone is taken off
        return datetime.min.replace(tzinfo=UTC)


class SetFault(_Call, tag="faults"):
    """Begin or end a fault."""

    kind: str
    on: str | int | None = None
    active: bool = True

    def carry_out(self, asked: Asked) -> Result:
        """Break it, or mend it."""
        asked.world.fault(self.kind, self.on, active=self.active)
        return {}


class WaitBolt(_Call, tag="wait_bolt"):
    """Wait until a bolt is back, or thrown."""

    compartment: int
    retracted: bool
    timeout_s: Seconds = FOLLOW_S

    def carry_out(self, asked: Asked) -> Result:
        """Wait."""
        bolt = asked.world.compartment(self.compartment).bolt
        wanted = self.retracted
        reached = asked.wait(lambda: bolt.is_retracted is wanted, self.timeout_s)
        return {"reached": reached}


Call = (
    ShowWorld
    | LayCards
    | PutCard
    | TakeCard
    | CloneCard
    | MakeCard
    | WaitLooks
    | MoveDoor
    | MoveDevice
    | SetClock
    | SetFault
    | WaitBolt
)

_decoder: msgspec.json.Decoder[Call] = msgspec.json.Decoder(Call)
