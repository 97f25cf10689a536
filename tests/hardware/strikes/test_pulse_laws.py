"""The laws of HW-2 over random orders, openings, stops and late loops."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as st

from hardware.ports import (
    LockLimits,
    Patience,
    PulseDropped,
    PulseEnded,
    PulseStarted,
)
from hardware.pulses import PulseQueue
from hardware.twin.clock import VirtualClock

COMPARTMENTS = range(1, 6)
BUDGET_A = 2.0
GAP_S = 0.15
MAX_WAIT_S = 2.5

LIMITS = {
    n: LockLimits(
        current_a=[0.5, 0.65, 1.0, 2.0, 0.7][n - 1],
        release_time_s=[0.5, 0.3, 1.0, 0.4, 0.8][n - 1],
        max_on_s=1.0,
        min_off_s=[0.5, 2.0, 0.0, 1.0, 3.0][n - 1],
    )
    for n in COMPARTMENTS
}


class MeteredCoil:
    """A coil that remembers each stretch of current."""

    def __init__(self, clock):
        self._clock = clock
        self._since = None
        self.stretches = []

    @property
    def is_on(self):
        return self._since is not None

    def on(self):
        assert not self.is_on
        self._since = self._clock.monotonic()

    def off(self):
        if self._since is not None:
            self.stretches.append((self._since, self._clock.monotonic()))
            self._since = None


class Bench:
    """A queue on virtual time; the second thread is punctual, the loop is not."""

    def __init__(self, max_coils=None):
        self.clock = VirtualClock()
        self.coils = {n: MeteredCoil(self.clock) for n in COMPARTMENTS}
        self.queue = PulseQueue(
            self.coils,
            LIMITS,
            budget_a=BUDGET_A,
            gap_s=GAP_S,
            max_wait_s=MAX_WAIT_S,
            max_coils=max_coils,
            clock=self.clock,
        )
        self.orders = {}
        self.events = []
        self.most_on = 0

    def order(self, compartment, patience):
        order = f"o{len(self.orders)}"
        self.orders[order] = compartment, patience
        self.queue.order(order, compartment, patience)

    def step(self):
        self.events += self.queue.step(self.clock.monotonic())
        on = [n for n in COMPARTMENTS if self.coils[n].is_on]
        self.most_on = max(self.most_on, len(on))
        assert sum(LIMITS[n].current_a for n in on) <= BUDGET_A + 1e-9

    def let_pass(self, seconds):
        """Time passes; only the cutter's thread is awake."""
        end = self.clock.monotonic() + seconds
        while (due := self.queue.cutter.next_due()) is not None and due <= end:
            self.clock.advance_to(due)
            self.queue.cutter.step(due)
        self.clock.advance_to(end)

    def run_dry(self):
        """The loop is punctual from now on; returns when nothing is to be done."""
        for _ in range(1000):
            due = self.queue.next_due(self.clock.monotonic())
            if due is None:
                return
            self.let_pass(due - self.clock.monotonic())
            self.step()
        raise AssertionError("the queue never comes to rest")


compartments = st.sampled_from(COMPARTMENTS)
orders = st.tuples(st.just("order"), compartments, st.sampled_from(Patience))
acts = st.lists(
    st.one_of(
        orders,
        orders,  # as often as all that follow
        orders,
        orders,
        orders,
        st.tuples(st.just("pass"), st.floats(0, 3)),
        st.tuples(st.just("step")),
        st.tuples(st.just("opened"), compartments),
        st.tuples(st.just("stop")),
        st.tuples(st.just("drop"), st.integers(0, 20)),
    ),
    min_size=5,
    max_size=40,
)


def play(bench, history):
    for act, *what in history:
        if act == "order":
            bench.order(*what)
        elif act == "pass":
            bench.let_pass(*what)
        elif act == "step":
            bench.step()
        elif act == "opened":
            bench.queue.door_opened(what[0], bench.clock.monotonic())
        elif act == "stop":
            bench.events += bench.queue.stop_all("stopped")
            assert not any(coil.is_on for coil in bench.coils.values())
        elif act == "drop":
            bench.events += bench.queue.drop([f"o{what[0]}"])
    bench.run_dry()


@given(acts, st.sampled_from([None, 1, 2]))
def test_hw_2_budget_duty_and_rest_hold_whatever_happens(history, max_coils):
    """HW-2: current, time on, rest and gap."""
    bench = Bench(max_coils)

    play(bench, history)

    starts = []
    for n, coil in bench.coils.items():
        assert not coil.is_on
        for on, off in coil.stretches:
            assert off - on <= LIMITS[n].release_time_s + 1e-9
            starts.append(on)
        for (_, off), (on, _) in zip(coil.stretches, coil.stretches[1:], strict=False):
            assert on - off >= LIMITS[n].min_off_s - 1e-9
    starts.sort()
    for earlier, later in itertools.pairwise(starts):
        assert later - earlier >= GAP_S - 1e-9
    assert bench.most_on <= (max_coils or len(COMPARTMENTS))


@given(acts)
def test_hw_2_every_order_ends_exactly_once(history):
    """HW-2: and no coil is powered without one."""
    bench = Bench()

    play(bench, history)

    ends = Counter(e.order for e in bench.events if not isinstance(e, PulseStarted))
    assert ends == Counter(dict.fromkeys(bench.orders, 1))
    started = [e for e in bench.events if isinstance(e, PulseStarted)]
    ended = [e for e in bench.events if isinstance(e, PulseEnded)]
    assert sorted(e.order for e in started) == sorted(e.order for e in ended)
    assert len(started) == sum(len(coil.stretches) for coil in bench.coils.values())


@given(acts)
def test_events_tell_what_the_coils_did(history):
    bench = Bench()

    play(bench, history)

    told = defaultdict(list)
    on = {}
    for event in bench.events:
        assert bench.orders[event.order][0] == event.compartment
        if isinstance(event, PulseStarted):
            on[event.order] = event.at
        elif isinstance(event, PulseEnded):
            told[event.compartment].append((on[event.order], event.at))
            assert event.on_ms == round((event.at - on[event.order]) * 1000)
    assert told == {n: c.stretches for n, c in bench.coils.items() if c.stretches}


@given(acts)
def test_first_come_first_served(history):
    """A short order overtakes, and one whose fellow waits for its own coil."""
    bench = Bench()

    play(bench, history)

    started = [e for e in bench.events if isinstance(e, PulseStarted)]
    by_compartment = defaultdict(list)
    for event in started:
        by_compartment[event.compartment].append(event)
    number = {order: index for index, order in enumerate(bench.orders)}
    for events in by_compartment.values():
        for patience in Patience:
            same = [e.order for e in events if bench.orders[e.order][1] is patience]
            assert same == sorted(same, key=number.__getitem__)


@given(st.permutations(list(COMPARTMENTS)))
def test_orders_for_different_doors_start_in_the_order_given(order):
    bench = Bench()
    for n in order:
        bench.order(n, Patience.LASTING)

    bench.run_dry()

    started = [e.compartment for e in bench.events if isinstance(e, PulseStarted)]
    assert started == order


@given(acts)
def test_day_4_only_an_order_whose_person_may_have_gone_grows_too_old(history):
    """DAY-4, HW-2: and then no door opens for it."""
    bench = Bench()
    asked = {}
    for act in history:
        if act[0] == "order":
            asked[f"o{len(asked)}"] = bench.clock.monotonic()
        play_one(bench, act)
    bench.run_dry()

    for event in bench.events:
        waited_s = event.at - asked[event.order]
        short = bench.orders[event.order][1] is Patience.SHORT
        if isinstance(event, PulseStarted) and short:
            assert waited_s < MAX_WAIT_S + 1e-9
        if isinstance(event, PulseDropped) and event.why == "too-old":
            assert short
            assert waited_s >= MAX_WAIT_S - 1e-9


def play_one(bench, act):
    if act[0] == "order":
        bench.order(*act[1:])
    elif act[0] == "pass":
        bench.let_pass(act[1])
    elif act[0] == "step":
        bench.step()
