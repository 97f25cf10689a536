"""DAY-9: forgotten, lost, replaced and unknown cards."""

from __future__ import annotations

from controller.domain import orders as o
from controller.domain import people_facts as p
from controller.domain.refusals import Refusal
from controller.domain.taps import UNKNOWN, decide_tap
from tests.controller.domain.kit import COVER, HEAD, OFFICE, TEACHER, kinds, ordered


def test_day_9_given_drop_off_when_vouched_then_the_own_door_opens(school):
    """DAY-9: a forgotten card in the morning; no reader is occupied."""
    school.at("08:40")

    (order,) = school.order(o.VouchFor("p3"), TEACHER)
    school.use(3)

    assert (order.purpose, order.cause, order.by) == ("in", "vouch", "t1")
    assert school.inside == {"p3"}


def test_day_9_a_lost_card_is_dead_at_once(full):
    """DAY-9: with the class released, it opens nothing and shows nothing."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))

    told = full.order(o.ReportCardLost("p3"), TEACHER)

    assert told == [p.CardRevoked("c-p3", "lost", "t1")]
    assert full.tap("p3") == UNKNOWN
    assert full.order(o.ReportCardLost("p3"), TEACHER) == Refusal("unknown")


def test_day_9_a_replacement_opens_the_same_door(full):
    """DAY-9: enrolled by one tap."""
    full.order(o.ReportCardLost("p3"), TEACHER)
    full.tell(p.CardEnrolled("c-new", "p3", "t1"))
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))

    tap = decide_tap(full.state, "front", "c-new", full.context())

    assert tap.compartment == 3


def test_day_9_a_colleagues_lost_card_is_dead_at_once_too(school):
    """DAY-9: whoever is told of it may say so."""
    told = school.order(o.ReportCardLost("t1"), OFFICE)

    assert kinds(told) == ["CardRevoked"]
    assert school.tap("t1") == UNKNOWN


def test_day_9_a_card_that_nobody_enrolled_shows_nothing(school):
    """DAY-9: no entry of its own, no person, no door."""
    school.at("08:40")

    assert school.tap("nobody") == UNKNOWN
    assert UNKNOWN.facts == ()


def test_day_9_a_card_of_somebody_who_left_shows_nothing(school):
    """DAY-9: pupils and staff alike."""
    school.at("08:40")
    school.tell(p.PupilLeft("p3"), p.StaffLeft("t1"))

    assert school.tap("p3") == UNKNOWN
    assert school.tap("t1") == UNKNOWN


def test_acc_5_a_staff_card_alone_opens_nothing(full):
    """ACC-5: it asks for the PIN, and is written down."""
    tap = full.tap("t1")

    assert tap.result == "staff"
    assert kinds(tap.facts) == ["CardTapped"]


def test_day_9_vouching_is_for_the_own_class(school):
    """DAY-9: a cover teacher vouches while the class is hers."""
    school.at("08:40")

    assert school.order(o.VouchFor("p7"), COVER) == Refusal("not-your-class")
    assert ordered(school.order(o.VouchFor("p3"), COVER)) == [3]


def test_day_9_an_early_end_in_the_window_lets_the_next_hand_in(full):
    """DAY-9: a release ended by mistake does not turn the morning's word around."""
    full.at("08:40", days=1)
    full.order(o.ReleaseClass("wrens"), HEAD)
    full.order(o.EndSession("wrens"), HEAD)
    full.tell(p.PupilSet("p9", "wrens", "", 9))

    (order,) = full.order(o.VouchFor("p9"), OFFICE)

    assert order.purpose == "in"
