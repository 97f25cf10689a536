"""Write, then act (HW-2, REL-1, REL-3): whatever is killed, and whenever."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from controller.client import RequestRefused
from controller.domain import door_facts as f
from controller.domain.day_facts import DeviceSaidIn
from controller.errors import JournalUnwritable
from controller.service.core import Core
from tests.rig import opened
from tests.rig_fixtures import quick_folder


class Killed(BaseException):
    """The process is gone at this very instruction."""


def durable_orders(rig) -> dict[int, int]:
    """Return by door how many orders another reader of the file finds in it."""
    path = rig.config.bank.data / "hometime.db"
    rows = sqlite3.connect(path)
    try:
        found = rows.execute(
            "SELECT body ->> 'compartment', count(*) FROM entry "
            "WHERE kind = 'ReleaseOrdered' GROUP BY 1"
        ).fetchall()
    finally:
        rows.close()
    return dict(found)


def watch_coils(rig) -> list[int]:
    """Hold every coil that is powered against what is durable at that instant."""
    powered: list[int] = []
    doors = {each.coil: each.n for each in rig.config.compartments}
    set_output = rig.world.set_output

    def held_against_the_file(line, level):
        if level and line in doors:
            n = doors[line]
            assert powered.count(n) < durable_orders(rig).get(n, 0), f"door {n}"
            powered.append(n)
        set_output(line, level)

    rig.world.set_output = held_against_the_file
    return powered


def unwritable(*_):
    raise JournalUnwritable("SQLITE_FULL")


# ------------------------------------------------------------------------------ HW-2


def test_hw_2_an_order_that_cannot_be_written_powers_no_coil(rig):
    """HW-2, REL-5: the disk is full; a tap opens nothing, the program ends."""
    rig.clock_to("08:40")
    rig.hub.core.journal.append = unwritable

    rig.world.put_card("front", rig.uid(1))
    rig.run(5)

    assert isinstance(rig.broken, JournalUnwritable)
    assert rig.taps == []
    assert [each.coil.pulses for each in rig.world.compartments.values()] == [0] * 11


def test_hw_2_a_request_that_cannot_be_written_is_answered_so(rig):
    """HW-2: 503, no coil, and the program ends."""
    rig.clock_to("15:16")
    rig.token("teacher")
    rig.hub.core.journal.append = unwritable

    fault = rig.refused("teacher", "release_class", class_id="kestrels")

    assert (fault.error, fault.status) == ("unwritable", 503)
    assert rig.broken is not None
    assert rig.coils_on == []


def test_hw_2_every_coil_is_off_at_start_whatever_was_before(rig):
    """HW-2: killed while a coil was powered; the level stays until the next start."""
    rig.clock_to("08:40")
    rig.tap(1)
    assert rig.coils_on == [1]

    rig.die()
    assert rig.coils_on == [1]
    rig.start()

    assert rig.coils_on == []
    assert rig.world.compartments[1].coil.pulses == 1
    rig.run(10)
    assert rig.world.compartments[1].coil.pulses == 1


def test_hw_2_every_coil_is_off_after_a_stop(rig):
    """HW-2: an orderly end cuts what is powered and says so in the record."""
    rig.clock_to("08:40")
    rig.tap(1)
    rig.stop()

    assert rig.coils_on == []
    rig.start()
    (pulse,) = rig.facts(f.BoltPulsed)
    assert (pulse.compartment, pulse.cut_by) == (1, "stopped")


ACTS = {
    "tap": lambda rig, n: rig.tap(n),
    "pull": lambda rig, n: rig.pull(n),
    "push": lambda rig, n: rig.push(n),
    "wait": lambda rig, n: rig.run(n / 3),
    "stranger": lambda rig, n: rig.tap(f"04FFEEDDCCBB{n:02X}"),
    "morning": lambda rig, _n: rig.clock_to("08:40"),
    "home": lambda rig, _n: rig.clock_to("15:16"),
    "release": lambda rig, _n: rig.ask(
        "teacher", "release_class", class_id="kestrels", mode="tap"
    ),
    "wave": lambda rig, _n: (
        rig.step_up("teacher"),
        rig.ask("teacher", "release_class", class_id="kestrels", mode="all"),
    ),
    "stop": lambda rig, _n: rig.ask("teacher", "release_stop", class_id="kestrels"),
    "vouch": lambda rig, n: rig.ask("teacher", "vouch", pupil=f"p{n:04d}"),
    "check": lambda rig, n: (
        rig.step_up("technician"),
        rig.ask("technician", "door_open", n=n, reason="check"),
    ),
    "evacuate": lambda rig, _n: rig.ask("office", "evacuate"),
    "resume": lambda rig, _n: rig.ask(
        "office", "resume", secret=rig.cast.adults["office"].pin
    ),
    "kill": lambda rig, _n: rig.kill(),
    "restart": lambda rig, _n: (rig.stop(), rig.start()),
}


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(ACTS)), st.integers(1, 3)),
        min_size=5,
        max_size=20,
    )
)
def test_hw_2_no_coil_is_powered_without_an_order_that_is_on_disk(cheap_hashes, acts):
    """HW-2: whatever is done in whatever order, and whatever is killed."""
    with (
        quick_folder() as folder,
        opened(folder / "rig", pupils=3) as rig,
    ):
        powered = watch_coils(rig)
        for name, n in [("morning", 1), ("tap", 1), *acts]:
            try:
                ACTS[name](rig, n)
            except RequestRefused:
                continue
        rig.until(lambda: not rig.state.orders, within=120)

        assert powered
        assert rig.coils_on == []


# ---------------------------------------------------------------------- REL-1, REL-3


def test_rel_3_an_order_cut_off_before_its_coil_is_marked_and_never_fired(rig):
    """REL-3: killed between the commit and the coil; the office is asked to look."""
    rig.clock_to("08:40")

    def die_after_the_commit(done):
        if any(isinstance(fact, f.ReleaseOrdered) for fact in done.facts):
            raise Killed

    rig.hub.core.listeners.insert(0, die_after_the_commit)
    rig.world.put_card("front", rig.uid(2))
    with pytest.raises(Killed):
        rig.run(1)
    rig.world.take_card("front", rig.uid(2))
    rig.kill()
    rig.run(10)

    assert [fact.compartment for fact in rig.facts(f.OutcomeUnknown)] == [2]
    assert rig.world.compartments[2].coil.pulses == 0
    assert rig.state.orders == {}
    (question,) = rig.ask("office", "desk")["questions"]
    assert question["compartment"] == 2
    assert "cut off before it knew" in question["words"]


def test_rel_3_a_pulse_cut_off_in_the_middle_is_marked_and_never_fired(rig):
    """REL-3: the coil was on, nobody knows whether the door was pulled."""
    rig.clock_to("08:40")
    rig.tap(2)
    rig.kill()
    rig.run(10)

    assert [fact.compartment for fact in rig.facts(f.OutcomeUnknown)] == [2]
    assert rig.world.compartments[2].coil.pulses == 1

    rig.kill()
    assert len(rig.facts(f.OutcomeUnknown)) == 1, "marked once"


def acknowledged(rig) -> list[tuple]:
    """Return every place in the journal that somebody was told of."""
    return [tuple(tap.entry) for tap in rig.taps if tap.entry]


def hashes(rig) -> dict[tuple, bytes]:
    """Return by place what the chain says there."""
    entries = rig.hub.core.journal.entries(limit=100_000)
    return {(e.node, e.epoch, e.seq): e.hash for e in entries}


STEPS = (
    lambda rig: rig.tap(1),
    lambda rig: rig.pull(1),
    lambda rig: rig.put(1),
    lambda rig: rig.push(1),
)


def hand_in(rig) -> None:
    for step in STEPS:
        step(rig)


@pytest.mark.parametrize("steps", range(5))
def test_rel_1_killed_after_any_step_of_a_hand_in_nothing_told_is_lost(rig, steps):
    """REL-1: and the child can go on where the program was killed."""
    rig.clock_to("08:40")
    for step in STEPS[:steps]:
        step(rig)
    before, told = hashes(rig), acknowledged(rig)

    rig.kill()

    after = hashes(rig)
    assert {place: after[place] for place in before} == before
    assert set(told) <= set(after)
    if steps < 4:
        rig.tap(1)
        rig.pull(1)
        rig.push(1)
    assert "p0001" in rig.state.custody


@pytest.mark.parametrize("which", [1, 2, 3])
@pytest.mark.parametrize("when", ["before", "after"])
def test_rel_1_killed_at_any_commit_of_a_hand_in_nothing_told_is_lost(
    rig, monkeypatch, which, when
):
    """REL-1: at the instruction before, and after, each commit."""
    rig.clock_to("08:40")
    commits = []
    commit = Core.commit

    def killing(self, facts):
        if not facts:
            return None
        commits.append(facts)
        if len(commits) == which and when == "before":
            raise Killed
        done = commit(self, facts)
        if len(commits) == which:
            raise Killed
        return done

    monkeypatch.setattr(Core, "commit", killing)
    with pytest.raises(Killed):
        hand_in(rig)
    monkeypatch.undo()
    before, told = hashes(rig), acknowledged(rig)
    rig.world.lay_cards("front", [])

    rig.kill()

    after = hashes(rig)
    assert {place: after[place] for place in before} == before
    assert set(told) <= set(after)
    assert rig.coils_on == []
    rig.run(3)
    if "p0001" not in rig.state.custody:
        rig.push(1)
        rig.tap(1)
        rig.pull(1)
        rig.push(1)
    assert "p0001" in rig.state.custody
    assert [s.pupil for s in rig.facts(DeviceSaidIn)] == ["p0001"]
