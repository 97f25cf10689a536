"""A small school to try the rules on: two classes, eight pupils, a bank, a clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from itertools import count

from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.domain import doors
from controller.domain import orders as o
from controller.domain import people_facts as p
from controller.domain.calendar import SchoolCalendar, Term
from controller.domain.context import NOBODY, Actor, Context, Layout, Place
from controller.domain.custody_facts import DeviceHeld
from controller.domain.custody_records import door_place
from controller.domain.day import tick
from controller.domain.evolve import evolve
from controller.domain.facts import Fact, When
from controller.domain.policy import decide
from controller.domain.refusals import Refusal
from controller.domain.release import due
from controller.domain.state import State
from controller.domain.taps import TapDecision, decide_tap

MONDAY = date(2026, 11, 23)
CALENDAR = SchoolCalendar(terms=(Term(date(2026, 9, 2), date(2026, 12, 18)),))
PUPIL_DOORS, HOLDING_DOOR = range(1, 10), 10

BANK = Layout(
    {
        **{n: Place(n) for n in PUPIL_DOORS},
        HOLDING_DOOR: Place(HOLDING_DOOR, "holding"),
    },
    columns=3,
)

KESTRELS = {"p1": "oak", "p2": "oak", "p3": "ash", "p4": "ash", "p5": "", "p6": "ash"}
"""Year 4, with their tables; each pupil's fixed door has the number of the id."""
WRENS = {"p7": "", "p8": ""}

TEACHER = Actor("t1", ("teacher",), ("kestrels",))
OTHER_TEACHER = Actor("t2", ("teacher",), ("wrens",))
COVER = Actor("v1", ("cover",), ("kestrels",))
OFFICE = Actor("o1", ("office",))
HEAD = Actor("h1", ("leadership",))
DSL = Actor("d1", ("dsl",))
TECHNICIAN = Actor("x1", ("technician",))
STAFF = (TEACHER, OTHER_TEACHER, COVER, OFFICE, HEAD, DSL, TECHNICIAN)


def roll() -> Iterable[Fact]:
    """Yield what makes this school."""
    yield p.ClassSet("kestrels", "Kestrels", "Year 4")
    yield p.ClassSet("wrens", "Wrens", "Year 1")
    for klass, pupils in (("kestrels", KESTRELS), ("wrens", WRENS)):
        for pupil, group in pupils.items():
            yield p.PupilSet(pupil, klass, group, int(pupil[1:]))
            yield p.CardEnrolled(f"c-{pupil}", pupil)
    for one in STAFF:
        yield p.StaffSet(one.person, one.roles, one.classes)
        yield p.CardEnrolled(f"c-{one.person}", one.person)
    yield p.ClubSet("chess", "Chess", "16:15", TEACHER.person)


@dataclass
class School:
    """The pure rules with a state, a clock and hands.

    Attributes:
        state: folded from everything in ``told``.
        told: every fact so far, with where it stands.
        day, clock: what the wall clock says and how far it is believed.
    """

    state: State = field(default_factory=State)
    told: list[tuple[Fact, When]] = field(default_factory=list)
    day: date = MONDAY
    local: time = time(8, 0)
    clock: str = "synced"
    calendar: SchoolCalendar = CALENDAR
    layout: Layout = BANK
    powered: set[str] = field(default_factory=set)
    _ids: count[int] = field(default_factory=count)

    @property
    def at_us(self) -> int:
        """The wall clock."""
        return self.calendar.instant(self.day, self.local)

    def context(self, actor: Actor = NOBODY, open_s: float = 5.0) -> Context:
        """Return the moment as a decision sees it."""
        return Context(
            at_us=self.at_us,
            clock=self.clock,
            calendar=self.calendar,
            layout=self.layout,
            fresh=lambda prefix: f"{prefix}{next(self._ids)}",
            actor=actor,
            powered=frozenset(self.powered),
            open_for_s={
                c.n: open_s for c in self.state.compartments.values() if c.door.is_open
            },
        )

    def tell(self, *facts: Fact) -> list[Fact]:
        """Fold ``facts`` and return them."""
        for fact in facts:
            when = When(self.at_us, 1, len(self.told) + 1, self.clock)
            self.state = evolve(self.state, fact, when)
            self.told.append((fact, when))
        return list(facts)

    # ------------------------------------------------------------------- the clock

    def at(self, hm: str, *, days: int = 0) -> list[Fact]:
        """Let it be ``hm``, so many days later, and do what the clock does."""
        self.day += timedelta(days=days)
        self.local = time.fromisoformat(hm)
        return self.tick()

    def tick(self) -> list[Fact]:
        """Do what is due, as the control loop does."""
        done: list[Fact] = []
        for _ in range(3):  # a new day; what is due on it; what follows from that
            done += self.tell(*tick(self.state, self.context()))
            done += self.tell(*due(self.state, self.context()))
        return done

    # ------------------------------------------------------------------ people's acts

    def tap(self, person: str) -> TapDecision:
        """Present a person's card."""
        decision = decide_tap(self.state, "front", f"c-{person}", self.context())
        self.tell(*decision.facts)
        return decision

    def order(self, order: o.Order, by: Actor = TEACHER) -> Refusal | list[Fact]:
        """Give an order."""
        decision = decide(self.state, order, self.context(by))
        if isinstance(decision, Refusal):
            return decision
        return self.tell(*decision)

    def hold(self, pupil: str, basis: str = "confiscated") -> str:
        """Hold a pupil's device behind its door; return the hold's id."""
        inside = self.state.custody[pupil]
        name = f"h-{pupil}"
        place = door_place(inside.compartment)
        self.tell(
            DeviceHeld(name, basis, pupil, inside.kinds, place, "h1", deposit=True)
        )
        return name

    # ------------------------------------------------------------------ doors and hands

    def power(self, *numbers: int) -> None:
        """Power the coil of each waiting order, of these doors or of all."""
        for order in self.state.orders.values():
            if not numbers or order.compartment in numbers:
                self.powered.add(order.order)

    def pull(self, n: int) -> list[Fact]:
        """Open a door; its contact tells."""
        return self.tell(*doors.opened(self.state, n, self.context()))

    def push(self, n: int, after_s: float = 5.0) -> list[Fact]:
        """Shut a door so long after it was opened."""
        return self.tell(*doors.shut(self.state, n, self.context(open_s=after_s)))

    def use(self, *numbers: int, after_s: float = 5.0) -> list[Fact]:
        """Let the coils come, then open and shut these doors."""
        self.power(*numbers)
        done: list[Fact] = []
        for n in numbers:
            done += [*self.pull(n), *self.push(n, after_s)]
        return done

    def miss(self) -> list[Fact]:
        """Power every waiting order and let nobody pull."""
        done: list[Fact] = []
        for order in list(self.state.orders.values()):
            self.tell(
                *doors.pulse_ended(
                    self.state, order.order, order.compartment, 500, "time"
                )
            )
            done += self.tell(*doors.not_opened(self.state, order.order))
        return done

    def hand_in(self, *pupils: str) -> None:
        """Tap and use the door, for each; drop-off must be open."""
        for pupil in pupils:
            decision = self.tap(pupil)
            assert decision.result == "ordered", decision
            self.use(decision.compartment)

    def collect(self, *pupils: str) -> None:
        """Tap and use the door at home time, for each."""
        self.hand_in(*pupils)

    # ------------------------------------------------------------------------ seeing

    @property
    def inside(self) -> set[str]:
        """Pupils whose device is behind a door."""
        return set(self.state.custody)

    @property
    def asked(self) -> list[tuple[str, str]]:
        """The office's open questions: about, pupil."""
        return [(q.about, q.pupil) for q in self.state.questions.values()]

    def first_free(self) -> None:
        """Let nobody have a fixed door."""
        self.layout = replace(self.layout, assignment="first-free")
        for pupil in list(self.state.pupils.values()):
            self.tell(p.PupilSet(pupil.pupil, pupil.klass, pupil.group, 0))


def kinds(facts: Iterable[Fact]) -> list[str]:
    """Return the kinds of ``facts``, in order."""
    return [type(fact).__name__ for fact in facts]


def ordered(facts: Iterable[Fact]) -> list[int]:
    """Return the doors that ``facts`` order to be opened."""
    return [fact.compartment for fact in facts if isinstance(fact, f.ReleaseOrdered)]


def a_school() -> School:
    """Return the school on a Monday of the autumn term, at eight in the morning."""
    school = School()
    school.tell(*roll())
    school.tick()
    return school


def a_full_school() -> School:
    """Return the school at ten, with every device handed in."""
    school = a_school()
    school.at("08:40")
    school.hand_in(*KESTRELS, *WRENS)
    school.at("10:30")
    return school


def collected(facts: Iterable[Fact]) -> list[str]:
    """Return whose devices ``facts`` say are collected."""
    return [fact.pupil for fact in facts if isinstance(fact, d.DeviceCollected)]
