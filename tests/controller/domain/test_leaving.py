"""DAY-7, DAY-16: leaving early, a device for a sibling, two devices mixed up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.domain import orders as o
from controller.domain import today_facts as f
from controller.domain import today_orders as t
from controller.domain.custody import has_ended
from controller.domain.custody_facts import ContactSet
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.refusals import Refusal
from controller.domain.today_facts import DevicesSwapped
from tests.controller.domain.kit import (
    HEAD,
    KESTRELS,
    OFFICE,
    OTHER_TEACHER,
    WRENS,
    a_full_school,
    kinds,
    ordered,
)


@pytest.fixture
def full():
    """Ten in the morning, every device handed in; a mother on p1's list."""
    school = a_full_school()
    school.tell(ContactSet("a1", "p1", never=False, by="o1"))
    school.tell(ContactSet("a2", "p1", never=True, by="o1"))
    return school


def leave(school, pupil="p1", whom="adult", by=OFFICE, **more):
    return school.order(t.LeaveEarly(pupil, whom, **more), by)


# ------------------------------------------------------------------------- left early


def test_day_7_leaving_early_marks_opens_and_says_with_whom(full):
    """DAY-7: one act; the device goes out, the class release leaves the pupil out."""
    done = leave(full, contact="a1")
    full.use(1)

    assert kinds(done) == ["LeftWith", "PupilMarked", "ReleaseOrdered"]
    assert done[0] == f.LeftWith("p1", "adult", "o1", "a1")
    assert "p1" in full.state.collected
    full.at("15:16")
    full.order(o.ReleaseClass("kestrels"))
    (release,) = full.state.releases.values()
    assert [(one.pupil, one.why) for one in release.left_out] == [("p1", "left-early")]


@pytest.mark.parametrize("whom", ["alone", "other"])
def test_dat_2_an_adult_stands_in_the_entry_only_if_of_the_list(full, whom):
    """DAT-2: a name without a blank looks like an id."""
    assert leave(full, whom=whom, contact="Amina", note="t1")[0].contact == ""


def test_day_7_with_nothing_in_it_is_only_written(full):
    """DAY-7: no device today, and still somebody asks who took the child."""
    full.at("15:16")
    full.order(o.ReleaseClass("kestrels"))
    full.collect("p1")
    assert kinds(leave(full, contact="a1")) == ["LeftWith", "PupilMarked"]


def test_day_7_asked_for_again_the_door_opens_again_and_the_mark_stays(full):
    """DAY-7: nobody pulled the first time."""
    leave(full, contact="a1")
    full.miss()

    assert kinds(leave(full, contact="a1")) == ["LeftWith", "ReleaseOrdered"]


def test_cus_5_leaving_early_ends_a_same_day_confiscation(full):
    """CUS-5 DAY-7: the hold stays a hold; its planned end has come."""
    hold = full.hold("p1")
    done = leave(full, contact="a1")

    assert kinds(done) == ["LeftWith", "PupilMarked"], "its door is the desk's to open"
    assert has_ended(full.state, full.state.holds[hold], full.context(OFFICE))


@pytest.mark.parametrize(
    ("order", "rule"),
    [
        ({"contact": "a2"}, "never-release"),
        ({"contact": "a9"}, "not-on-list"),
        ({"contact": ""}, "not-on-list"),
        ({"pupil": "p2", "contact": "a1"}, "not-on-list"),
        ({"whom": "other"}, "needs-words"),
        ({"whom": "stranger"}, "bad-value"),
        ({"pupil": "p99", "whom": "alone"}, "unknown"),
    ],
)
def test_cus_4_nobody_is_handed_to_whom_the_list_does_not_have(full, order, rule):
    """CUS-4 DAY-7: and nothing opens."""
    before = full.state

    assert leave(full, **order) == Refusal(rule)
    assert full.state == before


def test_day_15_in_an_evacuation_nobody_is_sent_to_a_door(full):
    """DAY-15."""
    full.order(o.Evacuate())
    assert leave(full, contact="a1") == Refusal("evacuated")


# ---------------------------------------------------------------------------- siblings


def test_day_16_a_device_goes_home_with_a_named_sibling(full):
    """DAY-16: at home time, on the teacher's word; the record says who carries it."""
    full.at("15:16")
    done = full.order(t.HandToSibling("p1", "p7"))
    full.use(1)

    assert done[0] == f.GivenToSibling("p1", "p7", "t1")
    assert ordered(done) == [1]
    assert "p1" in full.state.collected
    assert "p7" in full.state.custody


@pytest.mark.parametrize(
    ("order", "rule"),
    [
        (t.HandToSibling("p1", "p1"), "unknown"),
        (t.HandToSibling("p1", "p99"), "unknown"),
        (t.HandToSibling("p7", "p1"), "not-your-class"),
    ],
)
def test_sec_3_a_sibling_is_another_pupil(full, order, rule):
    """SEC-3 DAY-16."""
    full.at("15:16")
    assert full.order(order) == Refusal(rule)


def test_day_3_a_sibling_is_no_way_around_the_hour(full):
    """DAY-3 DAY-16: in lessons the office may, the teacher may not."""
    assert full.order(t.HandToSibling("p1", "p7")) == Refusal("lessons")
    assert ordered(full.order(t.HandToSibling("p1", "p7"), OFFICE)) == [1]


def test_day_16_while_devices_are_handed_in_none_goes_home(full):
    """DAY-16 DAY-2: in the window an adult's word hands in, and does not give back."""
    full.at("09:00")
    assert full.order(t.HandToSibling("p1", "p7"), OFFICE) == Refusal("lessons")


def test_day_16_a_held_device_goes_with_nobody(full):
    """DAY-16 CUS-4: a sibling is no permitted adult."""
    full.hold("p1")
    full.at("15:16")
    assert full.order(t.HandToSibling("p1", "p7")) == Refusal("nothing-in")


# ------------------------------------------------------------------------------ mix-up


def test_day_16_two_devices_in_each_others_doors_are_swapped_in_one_act(full):
    """DAY-16: afterwards each pupil's tap opens where the own device is."""
    (fact,) = full.order(t.SwapDevices("p1", "p2"))

    assert fact == f.DevicesSwapped("p1", 2, "p2", 1, "t1")
    full.at("15:16")
    full.order(o.ReleaseClass("kestrels"))
    assert full.tap("p1").compartment == 2
    full.use(2)
    assert full.tap("p2").compartment == 1


def test_day_16_it_is_mostly_noticed_by_whoever_collects_first(full):
    """DAY-16: p1 found p2's device, put it back and shut the door."""
    full.at("15:16")
    full.order(o.ReleaseClass("kestrels"))
    full.collect("p1")

    full.order(t.SwapDevices("p1", "p2"))

    assert "p1" not in full.state.collected
    assert full.tap("p1").compartment == 2
    full.use(2)
    assert full.tap("p2").compartment == 1


def test_day_16_what_is_held_open_or_gone_is_not_swapped(full):
    """DAY-16: a held device stays where the record has it."""
    full.hold("p1")
    assert full.order(t.SwapDevices("p1", "p2")) == Refusal("nothing-in")
    full.order(o.VouchFor("p3"), HEAD)
    assert full.order(t.SwapDevices("p3", "p4")) == Refusal("door-is-open")
    assert full.order(t.SwapDevices("p2", "p2")) == Refusal("unknown")
    assert full.order(t.SwapDevices("p2", "p7")) == Refusal("not-your-class")
    assert full.order(t.SwapDevices("p2", "p7"), OTHER_TEACHER) == Refusal(
        "not-your-class"
    )


def test_day_16_a_door_that_somebody_else_has_meanwhile_is_not_swapped(full):
    """DAY-16: p1 has collected, p6's device lies behind that door now."""
    full.at("15:16")
    full.order(o.ReleaseClass("kestrels"))
    full.collect("p1")
    full.tell(DevicesSwapped("p6", 1, "p5", 5, "t1"))

    assert full.order(t.SwapDevices("p1", "p2")) == Refusal("taken")


def test_day_16_two_who_have_both_collected_swap_by_hand(full):
    """DAY-16: nothing of theirs is in the school's custody any more."""
    full.at("15:16")
    full.order(o.ReleaseClass("kestrels"))
    full.collect("p1", "p2")
    assert full.order(t.SwapDevices("p1", "p2")) == Refusal("nothing-in")


PUPILS = st.sampled_from([*KESTRELS, *WRENS])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("swap"), PUPILS, PUPILS),
        st.tuples(st.just("sibling"), PUPILS, PUPILS),
        st.tuples(st.just("collect"), PUPILS, PUPILS),
        st.tuples(st.just("hold"), PUPILS, PUPILS),
        st.tuples(st.just("early"), PUPILS, PUPILS),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_day_16_no_swap_ever_opens_or_moves_a_third_childs_device(steps):
    """DAY-16: whatever is swapped, held, collected: a door is one device's, and stays.

    Law: a swap leaves everybody else's place as it was, no two devices share a door,
    and each order opens the door of the pupil it names.
    """
    school = a_full_school()
    school.at("15:16")
    school.order(o.ReleaseClass("kestrels"))
    for what, first, second in steps:
        before = school.state
        done = act(school, what, first, second)
        after = school.state
        for fact in done if isinstance(done, list) else ():
            if isinstance(fact, ReleaseOrdered):
                where = before.custody.get(fact.pupil) or before.collected[fact.pupil]
                assert where.compartment == fact.compartment
        if what == "swap":
            others = set(before.custody) - {first, second}
            assert all(after.custody[p] == before.custody[p] for p in others)
            assert after.holds == before.holds
        doors = [c.compartment for c in after.custody.values()]
        doors += [h.door for h in after.holds.values()]
        assert len(doors) == len(set(doors))


def act(school, what, first, second):
    if what == "swap":
        return school.order(t.SwapDevices(first, second), OFFICE)
    if what == "sibling":
        return school.order(t.HandToSibling(first, second), OFFICE)
    if what == "early":
        return leave(school, first, "alone")
    if what == "hold" and first in school.state.custody and not school.state.orders:
        return school.hold(first)
    if what == "collect":
        tap = school.tap(first)
        if tap.compartment:
            school.use(tap.compartment)
        return list(tap.facts)
    return None
