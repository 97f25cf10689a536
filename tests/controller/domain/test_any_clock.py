"""DAY-11: whatever clocks and power do, a day that is vouched for holds its own alone.

True time passes while the school's clock is good, guessed, wrong, set by hand or lost
with the power, and people act. The walk knows when everything was said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from controller.domain import day_facts as d
from controller.domain import orders as o
from controller.domain import people_facts as p
from controller.domain import undated
from controller.domain.facts import Fact
from controller.domain.state import State
from controller.domain.undated import PARTS
from tests.controller.domain.kit import CALENDAR, MONDAY, OFFICE, School, roll
from tests.controller.domain.test_invariants import replayed

MINUTE_US = 60_000_000
DROP_OFF = time(8, 30)
PUPILS = st.sampled_from(["p1", "p2", "p3", "p7"])
CLASSES = st.sampled_from(["kestrels", "wrens"])
PASSES = st.sampled_from([20, 150, 420, 960, 1440, 3 * 1440])
"""Minutes: a play time, a morning, lessons, a night, a day, a weekend."""

ORDERS: st.SearchStrategy[Any] = st.one_of(
    st.builds(o.ReleaseClass, CLASSES),
    st.just(o.ReleaseClub("chess")),
    st.builds(o.EndSession, CLASSES),
    st.builds(o.ConfirmClass, CLASSES),
    st.builds(
        o.MarkPupil,
        PUPILS,
        st.sampled_from(["left-early", "club"]),
        st.just(""),
        st.just("chess"),
    ),
    st.builds(o.OpenDropOff, CLASSES),
    st.builds(o.CloseDropOff, CLASSES),
)

SAYS: dict[type, tuple[str, str]] = {
    d.PupilMarked: ("marks", "pupil"),
    d.DeviceCollected: ("collected", "pupil"),
    d.ReleaseStarted: ("releases", "release"),
    d.ClassConfirmed: ("confirmed", "klass"),
    d.DropOffOpened: ("by_hand", "klass"),
    d.DropOffClosed: ("by_hand", "klass"),
    d.SessionClosed: ("closed", "klass"),
}
"""Kind of a fact -> what it says, and the field that tells of whom."""

Said = tuple[str, str]
"""What was said: a table, or a part of a class's day, and the key in it."""


@dataclass
class ClockedSchool(School):
    """A school whose clock may be behind the true time.

    Attributes:
        true_us: the true time. behind_us: how far the clock is behind it.
        said: when each thing was said last, by the true time.
    """

    true_us: int = CALENDAR.instant(MONDAY, time(8, 0))
    behind_us: int = 0
    said: dict[Said, int] = field(default_factory=dict)

    @property
    def at_us(self) -> int:
        """The wall clock."""
        return self.true_us - self.behind_us

    def tell(self, *facts: Fact) -> list[Fact]:
        """Fold ``facts``, and remember when they were said."""
        for fact in facts:
            if key := said_by(fact):
                self.said[key] = self.true_us
        return super().tell(*facts)


def said_by(fact: Fact) -> Said | None:
    """Return what of a day's session ``fact`` says."""
    found = SAYS.get(type(fact))
    return (found[0], getattr(fact, found[1])) if found else None


def stands(state: State) -> set[Said]:
    """Return all that a page would show as said today."""
    tables = ("marks", "collected", "releases")
    rows = {(table, key) for table in tables for key in getattr(state, table)}
    days = state.class_days.values()
    parts = {
        ("confirmed", "confirmed_at_us"),
        ("by_hand", "by_hand"),
        ("closed", "closed"),
    }
    return rows | {
        (part, day.klass) for day in days for part, name in parts if getattr(day, name)
    }


class Walk:
    """A school, its clock and its power, from a Monday of the term on."""

    def __init__(self, clock: str) -> None:
        self.school = ClockedSchool(clock=clock)
        self.school.tell(*roll())
        self.school.tick()
        self.proven_from_us = self.school.true_us

    @property
    def today(self) -> str:
        """The true date."""
        return self.day_of(self.school.true_us)

    @staticmethod
    def day_of(true_us: int) -> str:
        """Return the date of an instant."""
        return CALENDAR.local(true_us).date().isoformat()

    # ------------------------------------------------------------------------ people

    def order(self, order: Any) -> None:
        """Let the office give an order."""
        self.school.order(order, OFFICE)

    def child(self, pupil: str) -> None:
        """Let a child hand in or collect, if its tap opens."""
        tap = self.school.tap(pupil)
        place = self.school.state.compartment(tap.compartment)
        if tap.result == "ordered" and not place.door.is_open:
            self.school.use(tap.compartment)

    def session(self, clock: str) -> None:
        """Let a morning and a home time be run by hand."""
        self.school.clock = clock if clock == "guessed" else self.school.clock
        self.order(o.OpenDropOff("kestrels"))
        self.child("p1")
        self.order(o.ConfirmClass("kestrels"))
        self.order(o.ReleaseClass("kestrels"))
        self.child("p1")

    # -------------------------------------------------------------- clocks and power

    def passes(self, minutes: int) -> None:
        """Let time pass."""
        self.school.true_us += minutes * MINUTE_US
        self.school.tick()

    def comes(self, at: time) -> None:
        """Let a time of day come: most things happen when there are people."""
        now = CALENDAR.local(self.school.true_us)
        day = now.date() + timedelta(days=0 if now.time() < at else 1)
        self.school.true_us = CALENDAR.instant(day, at)
        self.school.tick()

    def restart(self, _: None) -> None:
        """Kill the controller alone."""
        self.school.tell(p.Started("1", "cut"))
        self.school.tick()

    def off(self, how: tuple[int, str]) -> None:
        """Cut the power: the clock goes on where it was, or is right at once."""
        school, (minutes, clock) = self.school, how
        off_us = minutes * MINUTE_US
        school.true_us += off_us
        school.behind_us = 0 if clock == "synced" else school.behind_us + off_us
        school.clock = clock
        school.tell(p.Started("1", "cut", was_off=True))
        school.tick()
        self.proven_from_us = school.true_us

    def asleep(self, minutes: int) -> None:
        """Let time pass that the monotonic clock does not see: it looks like a step."""
        school, by_us = self.school, minutes * MINUTE_US
        school.true_us += by_us
        school.tell(p.ClockMoved(by_us // 1_000, school.clock))
        school.tick()
        self.proven_from_us = school.true_us

    def set_by_hand(self, minutes: int) -> None:
        """Set a guessed clock, nearer to the true time or further from it."""
        if self.school.clock != "guessed":
            return
        by_us = minutes * MINUTE_US
        self.school.behind_us -= by_us
        self.school.tell(p.ClockMoved(by_us // 1_000, "guessed"))
        if by_us > 0:
            self.proven_from_us = self.school.true_us

    def heard(self, _: None) -> None:
        """Let a time server be heard.

        What was said today stays: on a day begun before, all; else what is proven.
        """
        school, before = self.school, stands(self.school.state)
        if school.clock != "guessed":
            return
        begun = school.state.the_bank.date == self.today
        inside = set(school.state.custody)
        school.clock = "synced"
        school.tell(p.ClockMoved(school.behind_us // 1_000, school.clock))
        school.behind_us = 0
        ended = [said for fact in school.tick() if (said := said_by(fact))]
        before -= {(part, key) for _, key in ended for part in PARTS}  # by the clock
        kept = {one for one in before if begun or self.is_proven(one)}
        assert kept <= stands(school.state)
        assert inside == set(school.state.custody)

    def is_proven(self, one: Said) -> bool:
        """Whether one can know that it was said today."""
        today = CALENDAR.local(self.school.true_us).date()
        early = one[0] in ("marks", "by_hand")
        begins_us = CALENDAR.instant(today, time.min if early else DROP_OFF)
        may_be = early or CALENDAR.is_school_day(today)
        return may_be and self.school.said[one] >= max(begins_us, self.proven_from_us)

    # --------------------------------------------------------------------- what holds

    def check(self) -> None:
        """No release, confirmation, collection or mark of an earlier day is left."""
        if self.school.clock == "guessed":
            return
        assert not undated.is_any(self.school.state)
        assert self.school.state.the_bank.date == self.today
        for one in stands(self.school.state):
            assert self.day_of(self.school.said[one]) == self.today, one


TIMES = st.sampled_from([time(8, 0), time(8, 45), time(12, 0), time(15, 20)])
CLOCKS = st.sampled_from(["synced", "guessed", "guessed"])
STEPS: st.SearchStrategy[tuple[str, Any]] = st.one_of(
    st.tuples(st.just("session"), CLOCKS),
    st.tuples(st.just("order"), ORDERS),
    st.tuples(st.just("child"), PUPILS),
    st.tuples(st.just("passes"), PASSES),
    st.tuples(st.just("comes"), TIMES),
    st.tuples(st.just("off"), st.tuples(PASSES, CLOCKS)),
    st.tuples(st.just("asleep"), PASSES),
    st.tuples(st.just("set_by_hand"), st.sampled_from([-1440, -30, 30, 1440])),
    st.tuples(st.just("restart"), st.none()),
    st.tuples(st.just("heard"), st.none()),
)
BY_HAND, HEARD = ("session", "guessed"), ("heard", None)


@given(clock=CLOCKS, steps=st.lists(STEPS, min_size=3, max_size=16))
@example("synced", [BY_HAND, HEARD, ("passes", 1440)])
@example(
    "synced", [("comes", time(15, 20)), BY_HAND, ("off", (1440, "guessed")), HEARD]
)
@example("synced", [("comes", time(15, 20)), BY_HAND, ("asleep", 1440), HEARD])
@example("synced", [("comes", time(15, 20)), BY_HAND, ("passes", 1440), HEARD])
@example("guessed", [BY_HAND, ("off", (420, "guessed")), HEARD])
@settings(max_examples=500, deadline=None, derandomize=True)
def test_day_11_a_fresh_school_day_always_starts_clean(clock, steps):
    """DAY-11: and replay is fold."""
    walk = Walk(clock)

    for name, how in steps:
        walk.school.true_us += 1_000_000  # everything takes a moment
        getattr(walk, name)(how)
        walk.check()

    assert replayed(walk.school.told) == walk.school.state
