"""DAY-4: home time in waves, by tables, by rows, or all at once."""

from __future__ import annotations

from controller.domain import door_facts as f
from controller.domain import orders as o
from controller.domain.refusals import Refusal
from tests.controller.domain.kit import OFFICE, TEACHER, kinds, ordered


def names_and_pupils(told) -> list[tuple[str, tuple[str, ...]]]:
    """Return the waves that a release begins with."""
    return [(wave.name, wave.pupils) for wave in told[0].waves]


def test_day_4_tables_go_one_after_the_other_and_who_has_none_goes_last(full):
    """DAY-4: a table's name is the wave's."""
    full.at("15:15")

    told = full.order(o.ReleaseClass("kestrels", "tables"))

    assert names_and_pupils(told) == [
        ("oak", ("p1", "p2")),
        ("ash", ("p3", "p4", "p6")),
        ("", ("p5",)),
    ]


def test_day_4_rows_are_the_banks_from_the_top(full):
    """DAY-4: three doors in a row."""
    full.at("15:15")

    told = full.order(o.ReleaseClass("kestrels", "rows"))

    assert names_and_pupils(told) == [
        ("row-1", ("p1", "p2", "p3")),
        ("row-2", ("p4", "p5", "p6")),
    ]


def test_day_4_rows_of_a_first_free_bank_are_where_the_devices_are(school):
    """DAY-4: not where pupils stand in the register."""
    school.first_free()
    school.at("08:40")
    school.hand_in("p5", "p4", "p3", "p2")
    school.at("15:15")

    told = school.order(o.ReleaseClass("kestrels", "rows"))

    assert names_and_pupils(told) == [("row-1", ("p5", "p4", "p3")), ("row-2", ("p2",))]


def test_day_4_the_first_wave_is_ordered_at_once_and_the_teacher_vouches(full):
    """DAY-4: each order names release, wave and who answers for it."""
    full.at("15:15")

    told = full.order(o.ReleaseClass("kestrels", "tables"), TEACHER)

    assert kinds(told) == ["ReleaseStarted", "WaveStarted", *["ReleaseOrdered"] * 2]
    first = told[2]
    assert (first.pupil, first.cause, first.by, first.wave) == ("p1", "wave", "t1", 0)


def test_day_4_all_is_one_wave(full):
    """DAY-4: the power budget's queue does the rest."""
    full.at("15:15")

    told = full.order(o.ReleaseClass("kestrels", "all"))

    assert ordered(told) == [1, 2, 3, 4, 5, 6]


def test_day_4_the_next_wave_waits_until_each_door_was_opened_and_shut(full):
    """DAY-4: not while one is ordered, not while one stands open."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "tables"))
    assert full.tick() == []
    full.use(1)
    assert full.tick() == []
    full.power()
    full.pull(2)
    assert full.tick() == []

    full.push(2)
    told = full.tick()

    assert ordered(told) == [3, 4, 6]
    assert told[0].by == ""
    assert {fact.by for fact in told if isinstance(fact, f.ReleaseOrdered)} == {"t1"}


def test_day_4_a_door_that_nobody_opened_does_not_hold_up_the_rest(full):
    """DAY-4: its child was called away; the next table goes."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "tables"))
    full.use(1)

    full.miss()

    assert ordered(full.tick()) == [3, 4, 6]


def test_day_4_the_teacher_may_say_go_before_the_doors_are_shut(full):
    """DAY-4: "the next waits until the doors are shut or the teacher says go"."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "tables"))

    told = full.order(o.OpenNextWave("kestrels"))

    assert told[0].by == "t1"
    assert ordered(told) == [3, 4, 6]


def test_day_4_after_the_last_wave_there_is_no_next(full):
    """DAY-4: go, go, and no more."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "tables"))
    full.order(o.OpenNextWave("kestrels"))
    full.order(o.OpenNextWave("kestrels"))

    assert full.order(o.OpenNextWave("kestrels")) == Refusal("no-more-waves")


def test_day_4_whose_wave_is_to_come_may_not_tap_ahead(full):
    """DAY-4: and whose wave has come may tap as well."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "tables"))

    assert full.tap("p3").rule == "wave-to-come"
    assert full.tap("p1").result == "ordered"


def test_day_4_given_a_stop_then_no_wave_follows(full):
    """DAY-4: stoppable at any moment."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "tables"))
    full.use(1, 2)
    full.order(o.StopRelease("kestrels"))

    assert full.tick() == []
    assert full.order(o.OpenNextWave("kestrels")) == Refusal("not-running")


def test_day_4_a_running_wave_release_is_not_begun_twice(full):
    """DAY-4: two teachers, two presses."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "tables"))

    for mode in ("tap", "tables", "rows", "all"):
        again = full.order(o.ReleaseClass("kestrels", mode))
        assert again == Refusal("already-released")


def test_day_4_a_tap_release_has_no_next_wave(full):
    """DAY-4: each child taps."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels"))

    assert full.order(o.OpenNextWave("kestrels")) == Refusal("not-running")


def test_day_4_waves_without_anybody_are_not_begun(school):
    """DAY-4: nobody has handed in."""
    school.at("15:15")

    refused = school.order(o.ReleaseClass("kestrels", "all"))

    assert refused == Refusal("nobody-to-release")


def test_day_4_who_is_marked_after_the_start_is_passed_over(full):
    """DAY-4, DAY-5: a wave is a teacher's word; the office's came in between."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "tables"))
    full.order(o.MarkPupil("p3", "office"), OFFICE)

    told = full.order(o.OpenNextWave("kestrels"))

    assert ordered(told) == [4, 6]


def test_day_4_who_has_collected_before_the_wave_is_passed_over(full):
    """DAY-4: on an adult's word, say; no empty door springs open."""
    full.at("15:15")
    full.order(o.ReleaseClass("kestrels", "tables"))
    full.order(o.VouchFor("p3"))
    full.use(3)

    assert ordered(full.order(o.OpenNextWave("kestrels"))) == [4, 6]


def test_day_4_a_wave_goes_on_past_a_door_with_a_fault(full):
    """DAY-4: the faulty door is tried, and does not hold up the next wave."""
    full.tell(f.FaultLatched("door:1", "not-opening"))
    full.at("15:15")

    told = full.order(o.ReleaseClass("kestrels", "tables"))
    full.use(2)
    full.miss()

    assert ordered(told) == [1, 2]
    assert ordered(full.tick()) == [3, 4, 6]


def test_day_4_a_wave_orders_a_door_whose_contact_says_open(full):
    """DAY-4, HW-3: a cut wire does not leave a child without the phone."""
    full.pull(1)
    full.at("15:15")

    told = full.order(o.ReleaseClass("kestrels", "tables"))

    assert ordered(told) == [1, 2]


def test_day_4_a_wave_does_not_order_the_door_that_its_pupil_has_open(full):
    """DAY-4: on the teacher's word a moment before."""
    full.at("15:15")
    full.order(o.VouchFor("p1"))
    full.power()
    full.pull(1)

    told = full.order(o.ReleaseClass("kestrels", "tables"))

    assert ordered(told) == [2]
