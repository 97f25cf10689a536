"""Home time in waves: within the power budget, stoppable, the next when doors are shut.

DAY-4, DAY-5.
"""

import pytest

from controller.domain import door_facts as f


@pytest.fixture
def in_class(class_rig):
    """Thirty phones in, 15:16, the teacher has stepped up."""
    rig = class_rig
    rig.clock_to("08:40")
    rig.hand_in(*range(1, 31), seconds=0)
    rig.clock_to("15:16")
    rig.step_up("teacher")
    return rig


def arithmetic_s(doors: int, rig) -> float:
    """Return when the last of ``doors`` coils is cut if nobody pulls, seconds.

    A coil starts a gap after the one before and once one of the allowed coils is free.
    """
    supply, lock = rig.config.supply, rig.config.limits[1]
    coils = min(supply.max_coils, int(rig.config.budget_a / lock.current_a))
    ends: list[float] = []
    start = 0.0
    for n in range(doors):
        free = ends[n - coils] if n >= coils else 0.0
        start = max(start + supply.gap_s if n else 0.0, free)
        ends.append(start + lock.release_time_s)
    return ends[-1]


def test_day_4_a_wave_of_thirty_doors_is_as_quick_as_the_supply_allows(in_class):
    """DAY-4, HW-2: at most 1.1 times the arithmetic of pulse, gap and budget."""
    rig = in_class
    wanted = arithmetic_s(30, rig)
    began = rig.clock.monotonic()

    rig.ask("teacher", "release_class", class_id="kestrels", mode="all")
    rig.until(lambda: len(rig.facts(f.BoltPulsed)) == 60, within=wanted * 2)
    took = rig.clock.monotonic() - began

    print(f"30 doors in one wave: {took:.2f} s, arithmetic {wanted:.2f} s")  # noqa: T201  the figure
    assert wanted <= took <= 1.1 * wanted
    assert rig.world.supply.coils_on_max <= rig.config.supply.max_coils
    assert rig.facts(f.ReleaseGivenUp) == [], "no order grew too old in the line"
    longest = max(c.coil.longest_s for c in rig.world.compartments.values())
    assert longest <= rig.config.limits[1].max_on_s


def test_day_4_tables_go_one_after_the_other_once_doors_are_shut(in_class):
    """DAY-4: five tables of six; the page shows the stops and a bar."""
    rig = in_class
    page = rig.ask("teacher", "release_class", class_id="kestrels", mode="tables")
    assert [stop["name"] for stop in page["release"]["waves"]] == [
        *("Otters", "Badgers", "Herons", "Foxes", "Hares")
    ]

    for table in range(5):
        doors = range(table * 6 + 1, table * 6 + 7)
        for n in doors:
            rig.until(lambda n=n: rig.world.compartments[n].bolt.is_retracted, 10)
            assert rig.pull(n)
            assert rig.world.take(n) == "phone"
        release = rig.ask("teacher", "class_page", class_id="kestrels")["release"]
        states = [stop["state"] for stop in release["waves"]]
        assert states == ["done"] * table + ["now"] + ["todo"] * (4 - table)
        for n in doors:
            rig.push(n)

    page = rig.ask("teacher", "class_page", class_id="kestrels")
    assert (page["release"]["collected"], page["release"]["total"]) == (30, 30)


def test_day_4_the_teacher_says_go_before_the_doors_are_shut(in_class):
    """DAY-4: one child dawdles; the others need not wait."""
    rig = in_class
    rig.ask("teacher", "release_class", class_id="kestrels", mode="tables")
    rig.until(lambda: rig.world.compartments[1].bolt.is_retracted, 10)
    rig.pull(1)
    rig.run(20)
    assert not rig.world.compartments[7].coil.pulses > 1, "door 1 stands open"

    rig.ask("teacher", "wave_next", class_id="kestrels")
    rig.until(lambda: rig.world.compartments[7].bolt.is_retracted, 10)


def test_day_4_stop_gives_up_what_waits_at_any_moment(in_class):
    """DAY-4: coils that are powered end by themselves, none starts any more."""
    rig = in_class
    rig.ask("teacher", "release_class", class_id="kestrels", mode="all")
    rig.run(1)
    pulses = len(rig.facts(f.BoltPulsed)) + len(rig.coils_on)
    rig.ask("teacher", "release_stop", class_id="kestrels")
    rig.run(20)

    assert len(rig.facts(f.BoltPulsed)) == pulses
    assert len(rig.facts(f.ReleaseGivenUp)) == 30 + 30 - pulses
    assert rig.tap(30).reason == "not-released"


def test_day_4_a_childs_own_tap_goes_before_the_wave(in_class):
    """DAY-4, DAY-14: somebody stands there."""
    rig = in_class
    rig.ask("teacher", "release_class", class_id="kestrels", mode="all")
    rig.run(0.3)
    assert rig.tap(30).result == "ordered"
    rig.until(lambda: rig.world.compartments[30].bolt.is_retracted, within=3)


def test_day_5_a_release_leaves_out_who_may_not_go_and_tells_how_many(in_class):
    """DAY-5: absent, left early, club, office; only the number before the PIN."""
    rig = in_class
    rig.ask("teacher", "mark", pupil="p0001", mark="left-early")
    rig.ask("teacher", "mark", pupil="p0002", mark="club", club="football")
    rig.ask("teacher", "mark", pupil="p0003", mark="office")
    page = rig.ask("teacher", "release_class", class_id="kestrels", mode="tap")

    assert page["stay_shut"] == 3
    assert page["left_out"] == []
    assert page["release"]["total"] == 27
    assert [rig.tap(n).reason for n in (1, 2, 3)] == [
        *("left-out", "at-club", "see-teacher")
    ]
    assert rig.tap(4).result == "ordered"
    pin = rig.cast.adults["teacher"].pin
    seen = rig.ask("teacher", "class_reasons", class_id="kestrels", pin=pin)
    assert any("at a club" in line for line in seen["left_out"])
    assert any(line.endswith(": office") for line in seen["left_out"])


def test_day_5_a_clubs_leader_releases_its_pupils(in_class):
    """DAY-5: when the club ends."""
    rig = in_class
    rig.ask("office", "mark", pupil="p0002", mark="club", club="football")
    rig.ask("teacher", "release_class", class_id="kestrels", mode="tap")
    assert rig.tap(2).reason == "at-club"
    rig.clock_to("16:15")
    assert rig.refused("cover", "release_club", club="football").status == 403

    rig.ask("teacher", "release_club", club="football")
    assert rig.tap(2).result == "ordered"
