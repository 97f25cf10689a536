"""The live feed: every subscriber is told what is on disk, never more.

Subscribers are sinks that take a message and never block; one that cannot keep up is
dropped by its owner and comes back with a whole new board.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.domain import people_facts as p
from controller.domain import tap_facts as t
from controller.domain import today_facts as n
from controller.domain.card_facts import CardFact
from controller.domain.custody_facts import (
    CustodyFact,
    HandedOver,
    OwnDeviceIn,
    OwnDeviceOut,
)
from controller.domain.facts import Fact
from controller.domain.record_facts import RecordFact
from controller.domain.record_rights import class_of
from controller.domain.state import State
from controller.domain.visitor_facts import VisitorFact
from controller.protocol import Board, FeedEvent, KioskShow, TapOutcome
from controller.service.core import Committed

Sink = Callable[[FeedEvent], None]

BEAT_S = 5.0
"""A silent feed is a dead controller: the site waits for two of these."""


class Feed:
    """Tells subscribers of changes; boards of one moment are told once.

    Args:
        board: makes the public state.
        kiosk: gives what the kiosk shows.
    """

    def __init__(
        self, board: Callable[[], Board], kiosk: Callable[[], KioskShow]
    ) -> None:
        self._board = board
        self._kiosk = kiosk
        self._sinks: list[Sink] = []
        self._last: Board | None = None
        self._stale = False
        self._topics: dict[str, None] = {}
        self._next_beat = 0.0
        self._last_minute = -1

    def subscribe(self, sink: Sink) -> None:
        """Add a subscriber; it gets the whole public state at once."""
        sink(FeedEvent(board=self._board()))
        sink(FeedEvent(kiosk=self._kiosk()))
        self._sinks.append(sink)

    def leave(self, sink: Sink) -> None:
        """Remove a subscriber."""
        if sink in self._sinks:
            self._sinks.remove(sink)

    def on_commit(self, done: Committed) -> None:
        """Note what a commit changed; :meth:`step` tells it."""
        self._stale = True
        for fact in done.facts:
            for topic in topics(fact, done.after):
                self._topics[topic] = None
            self._tell_door(fact)

    def tap(self, outcome: TapOutcome) -> None:
        """Tell the outcome of a tap."""
        self.tell(FeedEvent(tap=outcome))

    def gone(self, reader: str) -> None:
        """Tell that a reader's field is empty again."""
        self.tell(FeedEvent(gone=reader))

    def kiosk(self, show: KioskShow) -> None:
        """Tell what the kiosk shows now."""
        self.tell(FeedEvent(kiosk=show))

    def changed(self, *names: str) -> None:
        """Tell topics at the next step, for changes that are no entry."""
        for topic in names:
            self._topics[topic] = None

    def clock_moved(self, at_us: int) -> None:
        """Tell that the wall clock was moved."""
        self._stale = True
        self.step_now()
        self.tell(FeedEvent(clock=at_us))

    def step(self, now: float, at_us: int) -> None:
        """Tell what has changed since the last step, and that we are alive."""
        minute = at_us // 60_000_000
        if minute != self._last_minute:
            self._last_minute = minute
            self._stale = True
        self.step_now()
        if now >= self._next_beat:
            self._next_beat = now + BEAT_S
            self.tell(FeedEvent(beat=at_us))

    def step_now(self) -> None:
        """Tell what is waiting to be told."""
        if self._stale and self._sinks:
            self.tell(FeedEvent(board=self._board()))
        self._stale = False
        if self._topics:
            self.tell(FeedEvent(changed=list(self._topics)))
            self._topics = {}

    def tell(self, event: FeedEvent) -> None:
        """Give ``event`` to every subscriber."""
        for sink in tuple(self._sinks):
            sink(event)

    def _tell_door(self, fact: Fact) -> None:
        match fact:
            case f.DoorOpened(n, _) | f.DoorForced(n, _):
                self.tell(FeedEvent(door=[n, True]))
            case f.DoorShut(n, _):
                self.tell(FeedEvent(door=[n, False]))
            case f.DoorFound(n, is_open):
                self.tell(FeedEvent(door=[n, is_open]))
            case f.NeverOpened(order, _):
                self.tell(FeedEvent(unopened=[order, "never-opened"]))
            case f.ReleaseGivenUp(order, _, why):
                self.tell(FeedEvent(unopened=[order, why]))


_EVERY_CLASS = (d.DayBegan, d.Evacuated, d.Resumed, p.CalendarSet, p.SettingSet)
_SHEET = (n.SheetLeft, n.SheetStuck)
_HEALTH = (
    f.FaultLatched,
    f.FaultCleared,
    f.TakenOutOfUse,
    f.PutBackInUse,
    f.OpenedByKey,
    f.DoorForced,
    f.DoorFound,
    t.ReaderLost,
    t.ReaderRestored,
    *get_args(CardFact),
    p.Started,
    p.ClockMoved,
    *_SHEET,
)
_PEOPLE = (
    p.PupilSet,
    p.PupilLeft,
    p.CardEnrolled,
    p.CardRevoked,
    *get_args(CardFact),
    p.RollImported,
    p.ClassSet,
)
_ACCOUNTS = (p.StaffSet, p.StaffLeft, p.CardEnrolled, p.CardRevoked)
_DESK = (
    *(d.QuestionRaised, d.QuestionClosed, d.DeviceCollected),
    *get_args(CustodyFact),
)


_COVERS = (n.CoverGiven, n.CoverEnded, *_ACCOUNTS)
_VISITORS = (
    *get_args(VisitorFact),
    *(OwnDeviceIn, OwnDeviceOut, p.CardEnrolled, p.CardRevoked),
    *get_args(RecordFact),
    *(d.QuestionClosed, f.DoorOpened, f.DoorShut),
)
_STOCK = (
    *(n.StockBegan, n.StockTaken, n.StockStopped),
    *(f.ReleaseOrdered, f.DoorOpened, f.DoorShut, f.NeverOpened, f.ReleaseGivenUp),
)


def topics(fact: Fact, state: State) -> list[str]:
    """Return whose pages a fact changes."""
    found = ["journal", *_class_topics(fact, state)]
    for topic, kinds in (
        ("health", _HEALTH),
        ("people", _PEOPLE),
        ("accounts", _ACCOUNTS),
        ("desk", _DESK),
        ("records", get_args(RecordFact)),
        ("covers", _COVERS),
        ("visitors", _VISITORS),
        ("sheet", _SHEET),
        ("stock", _STOCK),
        ("settings", (p.SettingSet, p.CalendarSet, p.ClubSet, p.KioskPaired)),
    ):
        if isinstance(fact, kinds):
            found.append(topic)
    return found


def _class_topics(fact: Fact, state: State) -> list[str]:
    if isinstance(fact, _EVERY_CLASS):
        return [f"class:{klass}" for klass in state.classes]
    klass = getattr(fact, "klass", "") or _class_of_record(fact, state)
    if klass:
        return [f"class:{klass}"]
    if isinstance(fact, n.OutingMoved | n.OutingOver | n.DevicesSwapped):
        return _classes_aside(fact, state)
    if isinstance(fact, HandedOver):
        return _classes_given(fact, state)
    pupil = state.pupils.get(_pupil_of(fact, state))
    return [f"class:{pupil.klass}"] if pupil else _release_topics(fact, state)


def _classes_given(fact: HandedOver, state: State) -> list[str]:
    """Return the classes whose pupils have a device no more that was held."""
    over = [p for p in state.past_holds.values() if p.handover == fact.handover]
    pupils = [state.pupils.get(past.hold.person) for past in over]
    return list({f"class:{pupil.klass}": None for pupil in pupils if pupil})


def _classes_aside(
    fact: n.OutingMoved | n.OutingOver | n.DevicesSwapped, state: State
) -> list[str]:
    if isinstance(fact, n.DevicesSwapped):
        both = (state.pupils.get(p) for p in (fact.first, fact.second))
        return list({f"class:{pupil.klass}": None for pupil in both if pupil})
    outing = state.outings.get(fact.outing)
    return [f"class:{outing.klass}"] if outing else []


def _class_of_record(fact: Fact, state: State) -> str:
    record = state.records.get(fact.record) if isinstance(fact, RecordFact) else None
    return (class_of(state, record.about) or "") if record else ""


def _pupil_of(fact: Fact, state: State) -> str:
    pupil: str = getattr(fact, "pupil", "") or getattr(fact, "person", "")
    if pupil or not hasattr(fact, "compartment"):
        return pupil
    n: int = fact.compartment
    inside = [c.pupil for c in state.custody.values() if c.compartment == n]
    gone = [c.pupil for c in state.collected.values() if c.compartment == n]
    fixed = [q.pupil for q in state.pupils.values() if q.compartment == n]
    return next(iter([*inside, *gone, *fixed]), "")


def _release_topics(fact: Fact, state: State) -> list[str]:
    release = state.releases.get(getattr(fact, "release", ""))
    return [f"class:{release.klass}"] if release and release.klass else []
