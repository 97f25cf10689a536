"""Laws that hold whatever children, doors, staff and clocks do, in any order.

A machine walks the pure rules at random: taps, hands, coils that come or do not, orders
of every kind by everybody, marks, the clock either way, guessed or not, restarts.
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

from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.domain import doors, outings
from controller.domain import orders as o
from controller.domain import people_facts as p
from controller.domain import today_orders as n
from controller.domain.evolve import evolve
from controller.domain.facts import FACTS, Fact, When
from controller.domain.refusals import Refusal
from controller.domain.school_day import Phase
from controller.domain.state import State
from controller.domain.ways import LEFT_OUT_MARKS
from controller.journal.codec import Codec, is_plain
from tests.controller.domain.kit import (
    KESTRELS,
    STAFF,
    WRENS,
    School,
    a_school,
)

PUPILS = st.sampled_from([*KESTRELS, *WRENS])
DOORS = st.integers(1, 10)
WAYS = st.sampled_from(["in", "out"])
CLASSES = st.sampled_from(["kestrels", "wrens", "owls"])
MARKS = st.sampled_from(["none", "absent", "left-early", "club", "office"])
TIMES = st.sampled_from(
    [time(h, m) for h in (7, 8, 9, 10, 12, 15, 16, 17) for m in (0, 20, 35, 50)]
)
ORDERS: st.SearchStrategy[Any] = st.one_of(
    st.builds(
        o.ReleaseClass, CLASSES, st.sampled_from(["tap", "tables", "rows", "all"])
    ),
    st.just(o.ReleaseClub("chess")),
    st.just(o.RemoveClub("chess")),
    st.builds(o.OpenNextWave, CLASSES),
    st.builds(o.StopRelease, CLASSES),
    st.builds(o.EndSession, CLASSES),
    st.builds(o.ConfirmClass, CLASSES),
    st.builds(
        o.MarkPupil, PUPILS, MARKS, st.sampled_from(["", "13:00"]), st.just("chess")
    ),
    st.builds(o.UnmarkPupil, PUPILS),
    st.builds(o.VouchFor, PUPILS),
    st.builds(o.OpenDropOff, CLASSES),
    st.builds(o.CloseDropOff, CLASSES),
    st.just(o.Evacuate()),
    st.just(o.Resume()),
    st.builds(o.OpenForCheck, DOORS, st.just("check")),
    st.builds(o.ClearFault, DOORS),
    st.builds(o.SetInUse, DOORS, st.booleans()),
    st.builds(o.ExplainByKey, DOORS),
    st.builds(o.SetPupil, PUPILS, DOORS, st.sampled_from([None, "elm", "Row 1"])),
    st.builds(o.ReportCardLost, PUPILS),
    st.builds(o.SetRule, st.just("school.name"), st.sampled_from(["Étoile", "A B"])),
    st.builds(n.BeginOuting, CLASSES, st.just("trip")),
    st.builds(n.LeaveEarly, PUPILS, st.just("alone")),
    st.builds(n.HandToSibling, PUPILS, PUPILS),
    st.builds(n.SwapDevices, PUPILS, PUPILS),
    st.just(n.BeginStock()),
    st.builds(
        n.EnterFromPaper,
        st.sampled_from(["2026-11-23", "2026-11-24"]),
        st.tuples(st.builds(n.PaperLine, PUPILS, WAYS, st.just("08:00"), DOORS)),
    ),
)
STAFF_OF = st.sampled_from(STAFF)
WORDS_OF_NOBODY = {"ClassSet", "ClubSet", "SettingSet"}


class AnySchoolDay(RuleBasedStateMachine):
    """The school, its bank and everybody in it."""

    school: School

    @initialize(first_free=st.booleans())
    def begin(self, first_free: bool) -> None:
        """Either kind of bank."""
        self.school = a_school()
        if first_free:
            self.school.first_free()
        self.seen = len(self.school.told)

    # ------------------------------------------------------------------- what happens

    @rule(pupil=PUPILS)
    def a_pupil_taps(self, pupil: str) -> None:
        """Law (a) and (e): what a tap may order."""
        before = self.school.state
        context = self.school.context()
        tap = self.school.tap(pupil)
        made = [fact for fact in tap.facts if isinstance(fact, f.ReleaseOrdered)]
        if before.the_bank.evacuated_us:
            assert not made, "a tap opened a door in an evacuation"
        for order in made:
            assert order.pupil == pupil
            assert is_allowed(before, order, context), order

    @rule(order=ORDERS, by=st.sampled_from(STAFF))
    def somebody_orders(self, order: Any, by: Any) -> None:
        """Law (e): not even staff open a door in an evacuation."""
        evacuated = self.school.state.the_bank.evacuated_us
        done = self.school.order(order, by)
        if evacuated and not isinstance(done, Refusal):
            assert not [one for one in done if isinstance(one, f.ReleaseOrdered)]

    @precondition(lambda self: self.school.state.outings)
    @rule(stage=st.sampled_from(["taking", "away", "returning", "over"]), by=STAFF_OF)
    def an_outing_goes_on(self, stage: str, by: Any) -> None:
        """DAY-7: what went out is what was meant, what came back is what went out."""
        for outing in list(self.school.state.outings):
            self.school.order(n.MoveOuting(outing, stage), by)
        for one in self.school.state.outings.values():
            assert set(one.back) <= set(one.out) <= set(one.pupils)
            assert len(one.out) - len(one.back) == len(one.missing)

    @precondition(lambda self: self.school.state.stocks)
    @rule()
    def a_stock_take_is_stopped(self) -> None:
        for one in self.school.state.stocks.values():
            self.school.order(n.StopStock(one.stock), STAFF[3])

    @rule(n=DOORS)
    def a_coil_comes(self, n: int) -> None:
        self.school.power(n)

    @rule(n=DOORS)
    def a_hand_pulls(self, n: int) -> None:
        if not self.school.state.compartment(n).door.is_open:
            self.school.pull(n)

    @rule(n=DOORS, after_s=st.sampled_from([0.5, 5.0, 90.0]))
    def a_hand_pushes(self, n: int, after_s: float) -> None:
        if self.school.state.compartment(n).door.is_open:
            self.school.push(n, after_s)

    @rule(pupil=PUPILS, n=DOORS)
    def a_child_does_it_right(self, pupil: str, n: int) -> None:
        """Tap, pull, push; the common case must be common here too."""
        tap = self.school.tap(pupil)
        if tap.result == "ordered":
            place = self.school.state.compartment(tap.compartment)
            if not place.door.is_open:
                self.school.use(tap.compartment)

    @rule()
    def nobody_pulls(self) -> None:
        self.school.miss()

    @rule()
    def orders_are_given_up(self) -> None:
        for order in list(self.school.state.orders.values()):
            given_up = f.ReleaseGivenUp(order.order, order.compartment, "stopped")
            self.school.tell(given_up)

    @rule(found=st.dictionaries(DOORS, st.booleans()))
    def the_controller_starts_again(self, found: dict[int, bool]) -> None:
        school = self.school
        school.powered.clear()
        school.tell(p.Started("1"))
        school.tell(*doors.at_start(school.state, found, school.context()))
        assert not school.state.orders

    @rule()
    def doors_are_left_open(self) -> None:
        school = self.school
        school.tell(*doors.left_open(school.state, school.context(open_s=70)))

    @rule(at=TIMES, days=st.sampled_from([0, 0, 0, 0, 0, 1, -1, 5]))
    def the_clock_moves(self, at: time, days: int) -> None:
        self.school.day += timedelta(days=days)
        self.school.local = at
        self.school.tick()
        assert self.school.tick() == [], "the clock says the same thing again and again"

    @rule(clock=st.sampled_from(["synced", "rtc", "guessed"]))
    def the_clock_is_believed_otherwise(self, clock: str) -> None:
        self.school.clock = clock
        self.school.tick()

    @precondition(lambda self: self.school.state.questions)
    @rule(how=st.sampled_from(["handed-over", "kept", "explained"]), data=st.data())
    def the_office_closes_a_question(self, how: str, data: Any) -> None:
        question = data.draw(st.sampled_from(sorted(self.school.state.questions)))
        self.school.order(o.CloseQuestion(question, how), STAFF[3])

    @rule(pupil=PUPILS)
    def a_pupil_leaves_the_roll(self, pupil: str) -> None:
        self.school.tell(p.PupilLeft(pupil))

    @rule(pupil=PUPILS, klass=st.sampled_from(["kestrels", "wrens"]), n=DOORS)
    def a_roll_is_imported(self, pupil: str, klass: str, n: int) -> None:
        """Even one that gives two pupils one door, or a door that is none of theirs."""
        self.school.tell(p.PupilSet(pupil, klass, "elm", n))
        self.school.tell(p.CardEnrolled(f"c-{pupil}", pupil))

    # --------------------------------------------------------------------- what holds

    @invariant()
    def no_two_devices_in_one_compartment(self) -> None:
        """Law (b)."""
        inside = [one.compartment for one in self.school.state.custody.values()]
        assert len(inside) == len(set(inside))

    @invariant()
    def what_was_told_is_lawful(self) -> None:
        """Laws (d) and (f), fact by fact; law (c) by having come so far."""
        codec = Codec(FACTS, exempt=WORDS_OF_NOBODY)
        for fact, _ in self.school.told[self.seen :]:
            kind, body = codec.encode(fact)
            assert kind in WORDS_OF_NOBODY or is_plain(body)
            if isinstance(fact, d.ReleaseStarted):
                self.nobody_marked_is_in(fact)
        self.seen = len(self.school.told)

    def nobody_marked_is_in(self, release: d.ReleaseStarted) -> None:
        """Law (f): a class release never includes a marked pupil."""
        marks = self.school.state.marks
        meant = {pupil for wave in release.waves for pupil in wave.pupils}
        marked = {m.pupil for m in marks.values() if m.mark in LEFT_OUT_MARKS}
        at_club = {m.pupil for m in marks.values() if m.club and m.club == release.club}
        assert not meant & marked - at_club
        assert not meant & {one.pupil for one in release.left_out}

    @invariant()
    def an_order_that_waits_has_its_door(self) -> None:
        """A door that waits for a hand has an order, and knows which."""
        state = self.school.state
        waited_for = {order.compartment for order in state.orders.values()}
        for place in state.compartments.values():
            if place.door.value == "ordered":
                assert place.n in waited_for, place

    def teardown(self) -> None:
        """Law (g): replay of what was encoded gives an equal state."""
        if hasattr(self, "school"):
            assert replayed(self.school.told) == self.school.state


def is_allowed(state: State, order: f.ReleaseOrdered, context: Any) -> bool:
    """Whether a tap could lawfully have been given this order (law a)."""
    pupil = state.pupils[order.pupil]
    phase = context.calendar.phase(pupil.klass, context.at_us)
    day = state.class_days.get(pupil.klass)
    by_hand = day.by_hand if day else ""
    if order.purpose == "in":
        outing = outings.outing_of(state, order.pupil, context)
        if outing and outing.stage == "returning" and order.pupil in outing.out:
            return True
        window = phase in (Phase.DROP_OFF, Phase.LATE) and not context.is_guessed
        return by_hand == "open" or (window and by_hand != "shut")
    if order.purpose != "out":
        return False
    mark = state.marks.get(order.pupil)
    outing = outings.outing_of(state, order.pupil, context)
    if outing and outing.stage == "taking" and not order.release:
        return not (mark and mark.mark in outings.KEPT_BACK)
    for release in state.releases.values():
        theirs = release.klass == pupil.klass and not (mark and mark.mark == "club")
        clubs = mark is not None and mark.mark == "club" and mark.club == release.club
        if release.state == "running" and (theirs or clubs):
            marked = mark is not None and mark.mark in LEFT_OUT_MARKS
            return release.release == order.release and (clubs or not marked)
    return False


def replayed(told: list[tuple[Fact, When]]) -> State:
    """Return what the journal's codec and the fold make of what was told."""
    codec = Codec(FACTS, exempt=WORDS_OF_NOBODY)
    state = State()
    for fact, when in told:
        state = evolve(state, codec.decode(*codec.encode(fact)), when)
    return state


AnySchoolDay.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=60,
    deadline=None,
    derandomize=True,  # the same days in CI each time
    suppress_health_check=list(HealthCheck),
)
TestAnySchoolDay = AnySchoolDay.TestCase
TestAnySchoolDay.__doc__ = "HW-2, DAY-3, DAY-5, DAY-15, DAT-2, REL-3: laws (a) to (g)."
