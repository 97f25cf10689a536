"""The heart of the controller: decide, write, then tell what was written.

One thread, the control loop, owns it. Whoever acts on what was written (coils, kiosk,
feed) is told through :attr:`Core.listeners`, after the commit and never before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from controller.domain.calendar import SchoolCalendar
from controller.domain.calendar_plain import from_plain
from controller.domain.context import NOBODY, Actor, Context, Layout, Timings, setting
from controller.domain.evolve import evolve
from controller.domain.facts import FACTS, Fact, When
from controller.domain.orders import Order
from controller.domain.policy import decide
from controller.domain.refusals import Refusal
from controller.domain.rules import RULE_SETTINGS
from controller.domain.state import State
from controller.domain.tap_facts import OrderRefused
from controller.journal.domain import Domain
from controller.journal.entry import Entry, Stamp
from controller.journal.journal import Journal
from hardware.ports import Clock, WallClock

WORDS_OF_NOBODY = frozenset({"ClassSet", "ClauseSet", "ClubSet", "SettingSet"})
"""Kinds whose bodies hold words, of a door sign, a policy, a club: nobody's own."""


def journal_domain() -> Domain[State]:
    """Return what the journal needs to know of the domain."""
    return Domain(
        facts=FACTS,
        initial=State(),
        evolve=evolve,
        when=When,
        exempt=WORDS_OF_NOBODY,
    )


@dataclass(frozen=True, slots=True)
class Committed:
    """What one commit made durable: facts with their entries, and both states."""

    facts: tuple[Fact, ...]
    entries: tuple[Entry, ...]
    before: State
    after: State


Listener = Callable[[Committed], None]


@dataclass(slots=True)
class Live:
    """What the loop knows that is not in the journal: coils and ages by monotonic time.

    Attributes:
        powered: orders whose coil is, or has just been, powered.
        opened_at: when each open door was opened, monotonic seconds.
    """

    powered: set[str] = field(default_factory=set)
    opened_at: dict[int, float] = field(default_factory=dict)


class Core:
    """State, journal and decisions.

    Args:
        journal: opened; this object is its only writer.
        layout: the bank as it was built.
        clock: monotonic.
        wall: for the record and for time windows.
        timezone: holds until a calendar is set.
    """

    def __init__(
        self,
        journal: Journal[State],
        layout: Layout,
        clock: Clock,
        wall: WallClock,
        timezone: str = "Europe/London",
    ) -> None:
        self.journal = journal
        self._layout = layout
        self.clock = clock
        self.wall = wall
        self.live = Live()
        self.listeners: list[Listener] = []
        self.timezone = timezone
        self._no_calendar = SchoolCalendar(timezone=timezone)
        self._calendar: tuple[Mapping[str, object], SchoolCalendar] | None = None

    @property
    def state(self) -> State:
        """What is so, by everything that is durable."""
        return self.journal.state

    @property
    def calendar(self) -> SchoolCalendar:
        """The school's calendar, parsed once each time it is set."""
        record = self.state.calendar.get("calendar")
        if record is None:
            return self._no_calendar
        if self._calendar is None or self._calendar[0] is not record.plain:
            self._calendar = (record.plain, from_plain(record.plain))
        return self._calendar[1]

    @property
    def layout(self) -> Layout:
        """The bank, with the rule of assignment as it is set on the page."""
        chosen = setting(self.state, "assignment", "bank")
        if chosen == "bank":
            return self._layout
        return Layout(self._layout.places, self._layout.columns, chosen)

    def rule(self, key: str) -> str:
        """Return the value of a rule that is set on the page, or its default."""
        return setting(self.state, key, RULE_SETTINGS[key].default)

    def context(self, actor: Actor = NOBODY) -> Context:
        """Return the moment, as a decision sees it."""
        now = self.clock.monotonic()
        numbers = count()
        epoch, seq = self.journal.tail.position

        def fresh(prefix: str) -> str:
            return f"{prefix}{epoch}-{seq + 1}-{next(numbers)}"

        return Context(
            at_us=self.wall.now_us(),
            clock=self.wall.state().value,
            calendar=self.calendar,
            layout=self.layout,
            fresh=fresh,
            actor=actor,
            powered=frozenset(self.live.powered),
            open_for_s={n: now - at for n, at in self.live.opened_at.items()},
            timings=Timings(left_open_s=float(self.rule("left_open_s"))),
        )

    def stamp(self) -> Stamp:
        """Return this moment by both clocks."""
        return Stamp(
            self.wall.now_us(),
            int(self.clock.monotonic() * 1e6),
            self.wall.state().value,
        )

    def commit(self, facts: Sequence[Fact]) -> Committed | None:
        """Make ``facts`` durable as one commit, then tell the listeners.

        Raises:
            JournalUnwritable: nothing was written and nobody was told.
        """
        if not facts:
            return None
        before = self.state
        entries = self.journal.append(facts, self.stamp())
        done = Committed(tuple(facts), tuple(entries), before, self.state)
        for listener in self.listeners:
            listener(done)
        return done

    def order(self, order: Order, actor: Actor) -> Refusal | Committed | None:
        """Decide an order of a person, write what came of it, return it.

        A refusal is written too: it is a fact. ``None``: nothing needed doing.

        Raises:
            JournalUnwritable: nothing was written; the order has not been done.
        """
        decision = decide(self.state, order, self.context(actor))
        if isinstance(decision, Refusal):
            name = type(order).__name__
            self.commit([OrderRefused(name, actor.person, decision.rule)])
            return decision
        return self.commit(decision)
