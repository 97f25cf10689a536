"""REP-6: what should be behind each door, open all empties, compare."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from controller.domain import orders as o
from controller.domain import stock
from controller.domain import today_orders as t
from controller.domain.day_facts import DeviceSaidIn
from controller.domain.door_facts import ReleaseOrdered
from controller.domain.refusals import Refusal
from controller.domain.release import lapsed
from tests.controller.domain.kit import (
    HEAD,
    KESTRELS,
    OFFICE,
    WRENS,
    a_full_school,
    a_school,
    kinds,
    ordered,
)


@pytest.fixture
def half():
    """Half past ten; p1 and p2 have handed in, p2's is held; door 3 is empty."""
    school = a_school()
    school.at("08:40")
    school.hand_in("p1", "p2")
    school.hold("p2")
    school.at("10:30")
    return school


def running(school):
    return stock.running(school.state).stock


def test_rep_6_only_doors_that_are_empty_by_the_record_open(half):
    """REP-6: a device, a held one, and nothing else stay shut."""
    done = half.order(t.BeginStock(), OFFICE)

    assert ordered(done) == [3, 4, 5, 6, 7, 8, 9, 10]
    assert done[0].doors == (3, 4, 5, 6, 7, 8, 9, 10)
    assert all(f.purpose == "check" for f in done if isinstance(f, ReleaseOrdered))


def test_cus_9_looking_changes_no_custody(half):
    """CUS-9 REP-6: doors open and shut; nobody handed in or collected."""
    before = half.state.custody
    half.order(t.BeginStock(), OFFICE)
    half.use(3, 4, 5)

    assert half.state.custody == before
    assert not half.state.collected


def test_rep_6_differences_are_recorded_and_asked_of_the_office(half):
    """REP-6: something behind an empty door, nothing behind a full one."""
    half.order(t.BeginStock(), OFFICE)
    half.use(3, 4, 5, 6, 7, 8, 9, 10)
    done = half.order(t.RecordStock(running(half), (2, 4), (3,), (1,)), OFFICE)

    assert kinds(done) == ["StockTaken", "QuestionRaised", "QuestionRaised"]
    assert set(half.asked) == {("stock-extra", ""), ("stock-missing", "p1")}
    (taken,) = half.state.stocks.values()
    assert (taken.agreed, taken.extra, taken.missing) == ((2, 4), (3,), (1,))
    assert half.state.custody["p1"], "the record does not change by itself"


@pytest.mark.parametrize(
    ("found", "rule"),
    [
        (((3,), (), (3,)), "bad-value"),
        (((), (), (3,)), "bad-value"),
        (((), (1,), ()), "bad-value"),
        (((99,), (), ()), "unknown"),
    ],
)
def test_rep_6_what_cannot_have_been_found_is_refused(half, found, rule):
    """REP-6: a door has one answer; nothing is missing from an empty door."""
    half.order(t.BeginStock(), OFFICE)
    assert half.order(t.RecordStock(running(half), *found), OFFICE) == Refusal(rule)


def test_rep_6_stopped_or_written_no_further_door_opens(half):
    """REP-6: what waits for its coil is given up."""
    half.order(t.BeginStock(), OFFICE)
    assert lapsed(half.state) == ()
    half.order(t.StopStock(running(half)), OFFICE)

    assert set(lapsed(half.state)) == set(half.state.orders)
    assert half.order(t.StopStock("k1"), OFFICE) == Refusal("unknown")


def test_rep_6_a_door_that_has_come_to_hold_something_does_not_open_any_more(half):
    """REP-6: the record says so before its coil's turn has come."""
    half.order(t.BeginStock(), OFFICE)
    half.tell(DeviceSaidIn("p3", 3, ("phone",)))

    (order,) = lapsed(half.state)
    assert half.state.orders[order].compartment == 3


def test_rep_6_one_at_a_time_and_none_in_an_evacuation(half):
    """REP-6 DAY-15."""
    half.order(t.BeginStock(), OFFICE)
    assert half.order(t.BeginStock(), HEAD) == Refusal("stock-running")
    half.order(t.StopStock(running(half)), OFFICE)
    half.order(o.Evacuate())
    assert half.order(t.BeginStock(), OFFICE) == Refusal("evacuated")


def test_rep_6_not_while_pupils_come_to_the_doors(half):
    """REP-6: a look must not come between a child and a door."""
    half.order(t.BeginOuting("kestrels", "trip"))
    assert half.order(t.BeginStock(), OFFICE) == Refusal("stock-later")
    half.order(t.MoveOuting(next(iter(half.state.outings)), "over"))
    for hour in ("09:00", "09:45"):
        half.at(hour)
        assert half.order(t.BeginStock(), OFFICE) == Refusal("stock-later")
    half.at("15:16")
    half.order(o.ReleaseClass("kestrels"))
    assert half.order(t.BeginStock(), OFFICE) == Refusal("stock-later")


PUPILS = [*KESTRELS, *WRENS]


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.sampled_from(PUPILS)),
    st.sets(st.sampled_from(PUPILS)),
    st.sets(st.sampled_from(PUPILS)),
)
def test_rep_6_no_stock_take_opens_a_door_with_something_behind_it(inside, held, late):
    """REP-6: whoever handed in, whatever is held, whoever comes while doors wait.

    Law: each order is for a door that the record calls empty, and one that has come to
    hold something while its order waited lapses.
    """
    school = a_school()
    school.at("08:40")
    school.hand_in(*sorted(inside))
    for pupil in sorted(inside & held):
        school.hold(pupil)
    school.at("10:30")
    done = school.order(t.BeginStock(), OFFICE)
    full = {c.compartment for c in school.state.custody.values()}
    full |= {h.door for h in school.state.holds.values()}
    assert not set(ordered(done)) & full

    for pupil in sorted(late - inside):
        came = school.order(o.VouchFor(pupil), OFFICE)
        if not isinstance(came, Refusal):
            school.use(came[0].compartment)
    now = {c.compartment for c in school.state.custody.values()}
    waiting = {o.order: o for o in school.state.orders.values() if o.cause == "stock"}
    still = set(waiting) - set(lapsed(school.state))
    assert not {waiting[order].compartment for order in still} & now


def test_rep_6_every_basis_counts_as_something_behind_the_door():
    """REP-6: a full school has nothing to open but its holding door."""
    assert ordered(a_full_school().order(t.BeginStock(), OFFICE)) == [9, 10]
