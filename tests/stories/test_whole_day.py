"""One class's day from the first tap to the office's list, with its proof (DAY-6)."""

import pytest

from controller.domain import day_facts as d


@pytest.fixture
def day(rig):
    """Seven of eight hand in; one is absent; the class is confirmed."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2, 3, 4, 5, 6, 7)
    rig.ask("teacher", "mark", pupil="p0008", mark="absent")
    rig.ask("teacher", "confirm_class", class_id="kestrels", except_pupils=["p0007"])
    return rig


def tiles(rig, role: str = "teacher") -> dict[str, dict]:
    page = rig.ask(role, "class_page", class_id="kestrels")
    return {t["pupil"]: t for group in page["groups"] for t in group["tiles"]}


def test_day_1_a_device_is_said_to_be_in_until_an_adult_has_seen_the_class(day):
    """DAY-1: one touch, naming exceptions."""
    states = {pupil: tile["state"] for pupil, tile in tiles(day).items()}

    assert states == {
        **{f"p000{n}": "in" for n in range(1, 7)},
        "p0007": "said",
        "p0008": "covered",
    }


def test_day_3_at_noon_a_tap_opens_nothing_and_staff_read_the_rule(day):
    """DAY-3: the kiosk says until when."""
    day.clock_to("12:00")
    assert day.tap(1).reason == "lessons"
    assert (day.hub.kiosk.show.screen, day.hub.kiosk.show.home_time) == (
        *("notnow", "15:15"),
    )
    (told,) = day.ask("teacher", "class_page", class_id="kestrels")["refused_today"]
    assert "(rule: lessons)" in told
    assert "Amina" not in told, "the page may be on a whiteboard"


def test_day_6_the_proof_of_a_day(day):
    """DAY-6: asked, pulsed, seen open, seen shut, collected; what is left is a list."""
    day.clock_to("15:16")
    day.ask("teacher", "release_class", class_id="kestrels")
    day.collect(1, 2, 3)
    day.tap(4)  # called away: the bolt is back for its time, nobody pulls
    day.run(5)
    day.clock_to("17:30")
    day.run(1)

    assert [fact.klass for fact in day.facts(d.SessionClosed)] == ["kestrels", "wrens"]
    report = day.ask("leadership", "day_report", day="2026-11-23")
    lines = {line["compartment"]: line for line in report["lines"]}
    for n in (1, 2, 3):
        assert lines[n]["result"] == "collected"
        asked, pulsed = lines[n]["asked"], lines[n]["pulsed"]
        assert asked <= lines[n]["opened"] <= lines[n]["shut"]
        assert asked <= pulsed
    assert lines[4]["result"] == "never opened"
    left = day.ask("office", "desk")["left_behind"]
    assert sorted(line["compartment"] for line in left) == [4, 5, 6, 7]
    assert all("Quillfeather" in line["name"] for line in left)
    assert {tiles(day)[f"p000{n}"]["state"] for n in (4, 5, 6, 7)} <= {
        *("in", "said", "left-behind"),
    }
    assert day.tap(4).reason == "home-time-over"


def test_day_6_a_device_that_stays_over_the_weekend_is_marked_so(day):
    """DAY-6: Friday to Monday; then the office hands it back."""
    day.clock_to("2026-11-27 17:30")
    day.run(1)
    day.clock_to("2026-11-30 08:40")
    day.run(1)

    left = day.ask("office", "desk")["left_behind"]
    assert len(left) == 7
    question = left[0]
    assert question["nights"] >= 3
    assert question["weekend"] is True
    assert tiles(day)["p0001"]["state"] == "left-behind"
    day.ask("office", "question_close", id=question["id"], how="handed-over")
    assert len(day.ask("office", "desk")["left_behind"]) == 6


def test_day_6_the_session_closes_itself_also_when_the_power_was_off(day):
    """DAY-6: the Pi was dead from two o'clock until the next morning."""
    day.clock_to("14:00")
    day.die()
    day.world.set_clock(day.world.time().replace(day=24, hour=8, minute=40))
    day.start()
    day.run(1)

    assert len(day.state.custody) == 7
    assert tiles(day)["p0001"]["state"] == "left-behind"
    day.clock_to("15:16")
    day.ask("teacher", "release_class", class_id="kestrels")
    day.collect(1)


def test_day_2_late_and_twice_in_the_window(rig):
    """DAY-2: until ten; a second tap reopens the pupil's own door."""
    rig.clock_to("09:55")
    rig.hand_in(1)
    assert rig.tap(1).compartment == 1
    rig.pull(1)
    rig.push(1)
    rig.clock_to("10:01")
    assert rig.tap(2).reason == "lessons"
    assert [fact.pupil for fact in rig.facts(d.DeviceSaidIn)] == ["p0001"]


def test_day_9_a_teacher_vouches_for_a_forgotten_card(rig):
    """DAY-9: two touches on the page; the reader is not needed."""
    rig.clock_to("08:40")
    rig.ask("teacher", "vouch", pupil="p0003")
    rig.until(lambda: rig.world.compartments[3].bolt.is_retracted)
    rig.pull(3)
    rig.put(3)
    rig.push(3)

    assert tiles(rig)["p0003"]["state"] == "said"


def test_day_10_on_a_day_without_school_nothing_opens_for_a_pupil(rig):
    """DAY-10: Saturday, Christmas."""
    for day in ("2026-11-28", "2026-12-25"):
        rig.clock_to(f"{day} 08:40")
        assert rig.tap(1).reason == "no-school"
    rig.clock_to("2026-11-30 08:40")
    rig.hand_in(1)


def test_day_10_an_early_closure_moves_home_time_today_only(rig):
    """DAY-10: snow at noon."""
    rig.clock_to("08:40")
    rig.hand_in(1)
    rig.clock_to("12:00")
    view = rig.ask("office", "early_closure", home_time="13:00")
    assert view["next_days"][0][-1].endswith("13:00")
    rig.clock_to("13:01")
    assert rig.tap(1).reason == "not-released"
    assert view["next_days"][1][-1].endswith("15:15")


def test_day_2_a_wrong_clock_set_back_loses_nothing(day):
    """DAY-11: the wall clock orders nothing."""
    day.clock_to("08:35")
    day.clock_to("2026-11-20 12:00")
    day.clock_to("2026-11-23 15:16")
    day.ask("teacher", "release_class", class_id="kestrels")
    day.collect(1, 2)


def test_a_whole_day_replays_to_what_it_was(day):
    """REL-1: from zero, after everything, the same rows."""
    day.clock_to("15:16")
    day.ask("teacher", "release_class", class_id="kestrels")
    day.collect(1, 2, 3)
    day.clock_to("17:30")
    before = day.state

    assert day.hub.core.journal.rebuild().differing == ()
    day.kill()
    after = day.state
    assert after.custody == before.custody
    assert after.collected == before.collected
    assert after.questions == before.questions
