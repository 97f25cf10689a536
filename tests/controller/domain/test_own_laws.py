"""Laws of own devices, whatever sequence of taps, hands, coils, orders and days.

1. A door with an own device behind it is ordered open for its owner alone; besides, the
   office may give back what has stayed behind, and a check leaves it where it is.
2. No order for a pupil, of whatever cause, is for a door set aside; none of these is
   for a pupil's door.
3. No two own devices are behind one door, nor one behind a door that is in use else.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from controller.domain import door_facts as f
from controller.domain import doors, own
from controller.domain import orders as o
from controller.domain import own_orders as w
from controller.domain import people_facts as p
from controller.domain import today_orders as n
from controller.domain.custody_facts import OwnDeviceOut
from controller.domain.facts import Fact
from controller.domain.refusals import Refusal
from tests.controller.domain.kit import (
    KESTRELS,
    OFFICE,
    PUPIL_DOORS,
    STAFF,
    TEACHER,
    School,
    a_school,
)
from tests.controller.domain.test_own import DOORS, admit, with_own_doors

VISITORS = ("v7", "v8", "v9")
PUPILS = st.sampled_from(list(KESTRELS))
ANYBODY = st.sampled_from([*VISITORS, *KESTRELS, *(one.person for one in STAFF)])
BANK_DOORS = st.sampled_from([1, 2, *DOORS])
STAFF_OF = st.sampled_from(STAFF)
ORDERS: st.SearchStrategy[Any] = st.one_of(
    st.builds(o.ReleaseClass, st.just("kestrels"), st.sampled_from(["tap", "all"])),
    st.builds(o.VouchFor, PUPILS),
    st.just(o.Evacuate()),
    st.just(o.Resume()),
    st.builds(o.OpenForCheck, BANK_DOORS, st.just("check")),
    st.builds(o.SetInUse, BANK_DOORS, st.booleans()),
    st.builds(o.ClearFault, BANK_DOORS),
    st.builds(n.SwapDevices, PUPILS, PUPILS),
    st.just(n.BeginStock()),
    st.builds(w.GiveBackOwn, ANYBODY, st.booleans()),
    st.builds(w.EndVisitorCard, st.sampled_from(VISITORS)),
)
TIMES = st.sampled_from([time(7), time(8, 40), time(12), time(15, 20), time(22)])


class AnyOwnDevices(RuleBasedStateMachine):
    """Three visitors, seven colleagues, eight children, and two doors set aside."""

    school: School

    @initialize(first_free=st.booleans())
    def begin(self, first_free: bool) -> None:
        """Three visits of today; either kind of bank."""
        self.school = with_own_doors(a_school())
        if first_free:
            self.school.first_free()
        for visitor in VISITORS:
            admit(self.school, visitor, last="2027-07-01")
        self.checked = len(self.school.told)

    def lawful(self, facts: list[Fact], who: str) -> None:
        """Laws 1 and 2, of each order that ``who`` brought about."""
        for order in facts:
            if not isinstance(order, f.ReleaseOrdered):
                continue
            if order.purpose in own.PURPOSES:
                assert order.compartment in DOORS
                assert not order.pupil
                self.is_the_owners(order, who)
            elif order.purpose != "check" and order.cause != "stock":
                assert order.compartment in PUPIL_DOORS
            if order.cause == "stock":
                assert not own.behind(self.school.state, order.compartment)

    def is_the_owners(self, order: f.ReleaseOrdered, who: str) -> None:
        inside = own.behind(self.school.state, order.compartment)
        assert order.by == who
        if order.purpose == own.IN:
            assert inside is None or (inside.person == who and inside.quick_us)
        elif order.cause == "tap":
            assert inside is not None
            assert inside.person == who
        else:
            assert who in (OFFICE.person, "h1")
            assert inside is not None
            gone = own.has_gone(self.school.state, inside.person)
            assert inside.basis == "visitor" or gone

    # ------------------------------------------------------------------ what happens

    @rule(person=ANYBODY)
    def somebody_taps(self, person: str) -> None:
        self.lawful(list(self.school.tap(person).facts), person)

    @rule(by=STAFF_OF)
    def somebody_touches_my_own_device(self, by: Any) -> None:
        done = self.school.order(w.OpenOwnDoor(), by)
        if not isinstance(done, Refusal):
            self.lawful(done, by.person)

    @rule(order=ORDERS, by=STAFF_OF)
    def somebody_orders(self, order: Any, by: Any) -> None:
        done = self.school.order(order, by)
        if not isinstance(done, Refusal):
            self.lawful(done, by.person)

    @rule(n=BANK_DOORS)
    def a_coil_comes(self, n: int) -> None:
        self.school.power(n)

    @rule(n=BANK_DOORS)
    def a_hand_pulls(self, n: int) -> None:
        if not self.school.state.compartment(n).door.is_open:
            self.school.pull(n)

    @rule(n=BANK_DOORS, after_s=st.sampled_from([0.5, 5.0, 90.0]))
    def a_hand_pushes(self, n: int, after_s: float) -> None:
        """What has gone was opened for its owner, or given back by the office."""
        place = self.school.state.compartment(n)
        if not place.door.is_open:
            return
        for fact in self.school.push(n, after_s):
            if isinstance(fact, OwnDeviceOut):
                assert place.purpose == own.OUT
                assert place.by == (fact.by or fact.person)

    @rule(n=st.sampled_from(DOORS))
    def somebody_does_it_right(self, n: int) -> None:
        """The common case must be common here too."""
        if (
            self.school.state.orders
            and not self.school.state.compartment(n).door.is_open
        ):
            self.school.use(n)

    @rule()
    def nobody_pulls(self) -> None:
        self.school.miss()

    @rule(found=st.dictionaries(BANK_DOORS, st.booleans()))
    def the_controller_starts_again(self, found: dict[int, bool]) -> None:
        school = self.school
        school.powered.clear()
        school.tell(p.Started("1"))
        school.tell(*doors.at_start(school.state, found, school.context()))

    @rule(at=TIMES, days=st.sampled_from([0, 0, 0, 1]))
    def the_clock_moves(self, at: time, days: int) -> None:
        self.school.day += timedelta(days=days)
        self.school.local = at
        self.school.tick()
        assert self.school.tick() == [], "the clock says the same thing again and again"

    @rule(clock=st.sampled_from(["synced", "guessed"]))
    def the_clock_is_believed_otherwise(self, clock: str) -> None:
        self.school.clock = clock
        self.school.tick()

    @rule(visitor=st.sampled_from(VISITORS))
    def reception_gives_a_card_anew(self, visitor: str) -> None:
        record = self.school.state.visitors[visitor].record
        done = self.school.order(w.GiveVisitorCard(visitor, record), OFFICE)
        if not isinstance(done, Refusal):
            self.school.tell(p.CardEnrolled(f"c-{visitor}", visitor))

    @rule()
    def a_colleague_leaves_and_comes_back(self) -> None:
        self.school.tell(p.StaffLeft(TEACHER.person))
        self.school.tick()
        self.school.tell(p.StaffSet(TEACHER.person, TEACHER.roles, TEACHER.classes))

    @precondition(lambda self: self.school.state.questions)
    @rule(how=st.sampled_from(["handed-over", "kept"]), data=st.data())
    def the_office_closes_a_question(self, how: str, data: Any) -> None:
        question = data.draw(st.sampled_from(sorted(self.school.state.questions)))
        self.school.order(o.CloseQuestion(question, how), OFFICE)

    # -------------------------------------------------------------------- what holds

    @invariant()
    def each_own_device_has_its_door_alone(self) -> None:
        """Law 3."""
        if not hasattr(self, "school"):
            return
        state = self.school.state
        behind = [one.compartment for one in state.own.values()]
        assert len(behind) == len(set(behind))
        assert set(behind) <= set(DOORS)
        assert not set(behind) & {c.compartment for c in state.custody.values()}


AnyOwnDevices.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,  # the same days in CI each time
    suppress_health_check=list(HealthCheck),
)
TestAnyOwnDevices = AnyOwnDevices.TestCase
TestAnyOwnDevices.__doc__ = "CUS-1, REC-6: laws 1 to 3."
