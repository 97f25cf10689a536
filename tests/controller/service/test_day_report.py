"""DAY-6, DAY-11, CUS-10: the proof of a day: whose day it is, and what was held."""

from __future__ import annotations

import pytest

from tests.rig_desk import desk_rig, hand_over, set_policy, take_away, to_safe

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"


def report(rig, day: str, who: str = "office") -> dict:
    """Ask for a day's proof."""
    return rig.ask(who, "day_report", day=day)


def results(rig, day: str) -> dict[int, str]:
    """Return what came of each door that day."""
    return {one["compartment"]: one["result"] for one in report(rig, day)["lines"]}


def test_day_6_in_the_middle_of_the_day_only_what_is_so_is_counted(rig):
    """DAY-6: nobody has collected yet, and nothing says "0 from 0 doors"."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2)
    rig.clock_to("12:00")

    told = report(rig, MONDAY)

    assert told["summary"] == ["2 still in."]
    assert told["days"] == [MONDAY]


def test_day_6_the_collected_come_first(rig):
    """DAY-6: children and doors, then what is open."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2, 3)
    rig.clock_to("15:16")
    rig.ask("teacher", "release_class", class_id="kestrels")
    rig.collect(1)

    assert report(rig, MONDAY)["summary"] == ["1 collected from 1 door.", "2 still in."]


def test_day_11_a_home_time_under_a_guessed_clock_is_of_the_day_it_is_found_to_be(rig):
    """DAY-11, DAY-6: the guess said Tuesday; the clock came back on Monday."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2)
    rig.world.fault("guessed-clock", None, active=True)
    rig.clock_to("2026-11-24 03:10")
    rig.ask("teacher", "release_class", class_id="kestrels")
    rig.collect(1)

    rig.world.fault("guessed-clock", None, active=False)
    rig.clock_to("2026-11-23 15:30")
    rig.run(1)

    assert results(rig, MONDAY) == {1: "collected", 2: "still in"}
    assert report(rig, TUESDAY)["lines"] == []


def test_day_11_what_waits_for_its_date_is_found_on_the_next_day_too(rig):
    """DAY-11: the power came back a day later; Monday's home time stays Monday's."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2)
    rig.world.fault("guessed-clock", None, active=True)
    rig.clock_to("15:16")
    rig.ask("teacher", "release_class", class_id="kestrels")
    rig.collect(1)
    rig.world.fault("guessed-clock", None, active=False)
    rig.clock_to("2026-11-24 08:00")
    rig.run(1)
    rig.clock_to("2026-11-24 08:40")
    rig.hand_in(3)

    assert results(rig, MONDAY) == {1: "collected", 2: "still in"}
    assert set(results(rig, TUESDAY)) == {2, 3}, "left behind, and handed in"
    assert report(rig, TUESDAY)["days"] == [TUESDAY, MONDAY]


def test_day_11_a_morning_by_hand_agrees_with_what_the_program_makes_of_it(rig):
    """DAY-11: hand-ins before the clock is known are of the day that the state says."""
    rig.world.fault("guessed-clock", None, active=True)
    rig.run(1)
    rig.clock_to("2026-11-22 08:40")
    rig.ask("teacher", "drop_off_start", class_id="kestrels")
    rig.hand_in(1, 2)
    rig.world.fault("guessed-clock", None, active=False)
    rig.clock_to("2026-11-23 08:45")
    rig.run(1)

    dates = {custody.date for custody in rig.state.custody.values()}
    assert dates == {MONDAY}
    assert results(rig, MONDAY) == {1: "still in", 2: "still in"}


def test_rep_3_a_day_that_begins_twice_is_told_by_the_clock(rig):
    """REP-3, DAY-11: "a new day began" would be wrong the second time."""
    words = {
        line["words"] for line in rig.ask("office", "journal", kind="DayBegan")["lines"]
    }

    assert words == {"By the clock it is Monday 23 November 2026"}


@pytest.fixture
def desk(folder, cheap_hashes):
    """A bank with an office's desk."""
    with desk_rig(folder) as rig:
        yield rig


def test_cus_10_held_handed_over_and_overdue_stand_in_the_proof(desk):
    """CUS-10, DAY-6: with the entry that says so; overdue on the present day alone."""
    desk.clock_to("10:00")
    first, second = take_away(desk, 1), take_away(desk, 2)
    to_safe(desk, first)
    to_safe(desk, second)
    desk.clock_to("15:20")
    given = hand_over(desk, first)
    desk.ask("office", "handover_finish", id=given["id"], signed="paper")

    monday = report(desk, MONDAY)["held"]

    assert [(one["what"], one["name"].split()[0]) for one in monday] == [
        ("held", "Amina"),
        ("held", "Oliver"),
        ("handed-over", "Amina"),
    ]
    assert monday[0]["words"] == "Phone: confiscated, clause 4.2, by Teresa Stonecrop"
    assert all(len(one["place"]) == 2 for one in monday)
    desk.clock_to("2026-11-24 10:00")
    desk.run(1)
    (late,) = report(desk, TUESDAY)["held"]
    assert (late["what"], late["name"].split()[0]) == ("overdue", "Oliver")
    assert late["at"] == "Monday 23 November"
    assert "overdue" not in {one["what"] for one in report(desk, MONDAY)["held"]}


def test_cus_6_what_is_sealed_is_not_in_the_offices_proof(rig):
    """CUS-6: the office reads "held" at the door and no more; the lead reads why."""
    set_policy(rig)
    rig.clock_to("08:40")
    rig.hand_in(1)
    rig.ask("teacher", "concern_raise", about="pupil", person="p0001", reason="Fig")

    assert report(rig, MONDAY)["held"] == []
    assert results(rig, MONDAY) == {1: "held"}
    (known,) = report(rig, MONDAY, "dsl")["held"]
    assert "afeguarding" in known["words"]
