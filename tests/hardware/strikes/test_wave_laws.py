"""DAY-4 over any supply: each door of a wave has one turn, and none after a stop."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from hardware.ports import LockLimits, Patience, PulseEnded, PulseStarted
from hardware.pulses import PulseQueue
from hardware.twin.clock import VirtualClock

MOST_DOORS = 60

locks = st.builds(
    lambda current_a, release_time_s, spare_s, min_off_s: LockLimits(
        current_a, release_time_s, release_time_s + spare_s, min_off_s
    ),
    current_a=st.floats(0.1, 2.0),
    release_time_s=st.floats(0.05, 3.0),
    spare_s=st.floats(0, 1.0),
    min_off_s=st.floats(0, 5.0),
)


class Coil:
    """A coil that counts."""

    def __init__(self):
        self.pulses, self.is_on = 0, False

    def on(self):
        self.pulses, self.is_on = self.pulses + 1, True

    def off(self):
        self.is_on = False


class Wave:
    """A wave that waits before a supply of any strength, on virtual time."""

    def __init__(self, data):
        doors = range(1, data.draw(st.integers(1, MOST_DOORS), "doors") + 1)
        lock = data.draw(locks, "lock")
        self.clock = VirtualClock()
        self.coils = {n: Coil() for n in doors}
        self.queue = PulseQueue(
            self.coils,
            dict.fromkeys(doors, lock),
            budget_a=lock.current_a * data.draw(st.floats(1, MOST_DOORS), "budget"),
            gap_s=data.draw(st.floats(0, 2), "gap_s"),
            max_wait_s=data.draw(st.floats(0.01, 5), "max_wait_s"),
            max_coils=data.draw(st.none() | st.integers(1, 5), "max_coils"),
            clock=self.clock,
        )
        self.events = []
        for n in doors:
            self.queue.order(f"wave {n}", n, Patience.LASTING)

    def run(self, until=float("inf")):
        """Step whenever the queue wants it, until it rests or the time has come."""
        now = self.clock.monotonic
        while (due := self.queue.next_due(now())) is not None and due <= until:
            assert due < float("inf"), "an order waits for nothing"
            self.clock.advance_to(due)
            self.events += self.queue.step(due)

    @property
    def pulses(self):
        """How often each door's coil was powered."""
        return Counter({n: coil.pulses for n, coil in self.coils.items()})


taps = st.lists(st.tuples(st.floats(0, 60), st.integers(1, MOST_DOORS)), max_size=10)
moments = st.floats(0, 100)


@given(st.data())
def test_day_4_each_door_of_a_wave_is_pulsed_exactly_once(data):
    """DAY-4, HW-2: whatever budget, pulse, gap and number of doors."""
    wave = Wave(data)

    wave.run()

    assert wave.pulses == Counter(dict.fromkeys(wave.coils, 1))
    assert {e.why for e in wave.events if isinstance(e, PulseEnded)} == {"time"}


@given(st.data(), taps)
def test_day_4_taps_in_between_take_no_door_of_a_wave_its_turn(data, taps):
    """DAY-4, DAY-14: a tap goes first, may grow too old, and the wave is for all."""
    wave = Wave(data)
    for number, (at, n) in enumerate(sorted(taps)):
        wave.run(until=at)
        wave.clock.advance_to(at)
        if n in wave.coils:
            wave.queue.order(f"tap {number}", n, Patience.SHORT)

    wave.run()

    started = [e.order for e in wave.events if isinstance(e, PulseStarted)]
    of_wave = [order for order in started if order.startswith("wave")]
    assert Counter(of_wave) == Counter(f"wave {n}" for n in wave.coils)


@given(st.data(), moments, st.booleans())
def test_day_4_day_15_no_coil_of_a_wave_is_powered_after_it_was_stopped(
    data, stopped_at, evacuated
):
    """DAY-4, DAY-15: at any moment; those before it had their turn once."""
    wave = Wave(data)
    wave.run(until=stopped_at)
    wave.clock.advance_to(stopped_at)
    before = wave.pulses
    waited = wave.queue.waiting

    if evacuated:
        wave.events += wave.queue.stop_all("evacuated")
    else:
        wave.events += wave.queue.drop([f"wave {n}" for n in wave.coils])
    wave.run()

    assert wave.pulses == before
    assert max(before.values()) <= 1
    assert sum(before.values()) + len(waited) == len(wave.coils)
    assert wave.queue.waiting == ()
    assert not any(coil.is_on for coil in wave.coils.values())
    ends = Counter(e.order for e in wave.events if not isinstance(e, PulseStarted))
    assert ends == Counter(f"wave {n}" for n in wave.coils)
