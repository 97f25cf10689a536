"""The day that is played, in a browser over a room on paper (``twin_stage.js``)."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

STAGE = (Path(__file__).parent / "twin_stage.js").read_text(encoding="utf-8")
MORNING = {"result": "refused", "reason": "not-released"}
SILENCE = {"result": "unanswered"}


@pytest.fixture
def play(page, served):
    """A function that plays the day with what a test wants; returns what came of it."""
    page.goto(f"{served.url}/sign-in")
    script = STAGE.replace("export async function", "async function")
    page.evaluate(f"() => {{ {script}; window.play = play; }}")
    return lambda **wants: page.evaluate("wants => play(wants)", wants)


def told(day, name):
    return [words for said, *words in day["told"] if said == name]


def failures(day):
    return {pupil["door"]: said for pupil, said in told(day, "failed")}


def test_sim_4_the_whole_class_has_its_phones_at_the_end(play):
    """SIM-4 DAY-1 DAY-3 DAY-4: in, turned away at noon, home."""
    day = play(doors=6)

    assert told(day, "step") == [["phones-in"], ["lessons"], ["home-time"]]
    assert day["inside"] == day["open"] == []
    assert [at[11:16] for at in day["clocks"]] == ["08:31", "12:00", "15:15"]
    assert told(day, "count")[-1] == [6, 6]
    assert len(told(day, "turnedAway")) == 3
    assert failures(day) == {}
    assert told(day, "ended") == [[False]]


def test_day_14_three_doors_at_once_and_no_more(play):
    """DAY-14: the reader is free while hands are at the doors."""
    assert play(doors=12)["mostOpen"] == 3


def test_day_4_the_class_is_released_by_a_teacher_and_by_nobody_else(play):
    """DAY-4: the first child is turned away; the page calls the teacher and waits."""
    day = play(answers={"1": [{"result": "opened"}, MORNING | {"release": True}]})

    calls = [why for [why] in told(day, "teacher")]
    assert calls.count("not-released") == 1
    assert calls[-1] is None
    assert day["inside"] == []
    assert failures(day) == {}


def test_day_4_in_a_wave_doors_open_without_a_tap(play):
    """DAY-4: the child sees the bolt go back and collects."""
    wave = {"result": "refused", "reason": "wave-to-come", "wave": [2, 3]}
    day = play(
        at="2026-11-23T15:20:00+00:00",
        inside=[1, 2, 3],
        answers={"1": [wave | {"release": True}]},
    )

    assert day["inside"] == []
    assert set(day["taps"]) == {1}


def test_sim_4_a_child_who_pulls_too_late_taps_again(play):
    """SIM-4: the bolt was back in place; nobody is given up after one try."""
    day = play(pulls={"2": [False]})

    assert day["inside"] == []
    assert day["taps"].count(2) > 2
    assert failures(day) == {}


def test_sim_4_what_did_not_go_well_is_told(play):
    """SIM-4: by door, with the reason; the others have their day."""
    broken = {"result": "refused", "reason": "out-of-order"}
    day = play(answers={"2": [broken]}, pulls={"3": [False] * 3}, forgets=[4])

    found = failures(day)
    assert found[2]["reason"] == "out-of-order"
    assert found[3]["error"] == "too-late"
    assert "did not record" in found[4]["message"]
    assert 1 not in found


def test_sim_3_a_dead_reader_pauses_the_day_and_loses_nobody(play):
    """SIM-3: three taps without an answer; once it goes on everybody is in."""
    day = play(answers={n: [SILENCE, SILENCE] for n in "1234"})

    assert told(day, "paused")
    assert failures(day) == {}
    assert told(day, "ended") == [[False]]


def test_day_10_on_a_holiday_the_next_school_day_is_taken(play):
    """DAY-10: Friday is a holiday, so it is Monday."""
    day = play(
        at="2026-11-26T17:00:00+00:00",
        answers={"1": [{"result": "refused", "reason": "no-school"}]},
    )

    assert [at[:10] for at in day["clocks"]][:2] == ["2026-11-27", "2026-11-30"]
    assert failures(day) == {}


def test_day_10_in_the_holidays_it_says_so_and_stops(play):
    """DAY-10: ten weekdays without school are no day to play."""
    no = {"result": "refused", "reason": "no-school"}
    day = play(answers={"1": [no] * 11})

    assert told(day, "halted") == [[no]]
    assert told(day, "ended") == [[True]]


def test_sim_4_stopped_nobody_new_comes_and_no_door_stays_open(play):
    """SIM-4: whoever stands at a door shuts it."""
    day = play(doors=12, stopAt="count")

    assert day["taps"] == []
    assert day["open"] == []
    assert told(day, "ended") == [[True]]


def test_sim_4_those_whose_phone_is_in_need_not_come_again(play):
    """SIM-4: begun anew in the middle of the morning, it counts them too."""
    day = play(at="2026-11-23T08:50:00Z", inside=[1, 2])

    assert told(day, "count")[0] == [2, 4]
    assert [4, 4] in told(day, "count")
    assert day["taps"][:2] == [3, 4]


@pytest.mark.parametrize(
    ("now", "phones", "step", "at"),
    [
        ("2026-11-23T08:25:00Z", [], "phones-in", "2026-11-23T08:31"),
        ("2026-11-23T08:50:00Z", [1], "phones-in", None),
        ("2026-11-23T09:40:00Z", [], "phones-in", "2026-11-24T08:31"),
        ("2026-11-23T11:00:00Z", [1], "lessons", "2026-11-23T12:00"),
        ("2026-11-23T15:20:00Z", [1], "home-time", None),
        ("2026-11-23T15:50:00Z", [1], "phones-in", "2026-11-24T08:31"),
        ("2026-11-27T15:50:00Z", [], "phones-in", "2026-11-30T08:31"),
        ("2026-11-28T08:25:00Z", [], "phones-in", "2026-11-30T08:31"),
    ],
)
def test_sim_4_the_day_is_taken_up_where_it_stands(play, now, phones, step, at):
    """SIM-4: this morning, or where the phones that are in stand, or the next one."""
    day = play(at=now, inside=phones, stopAt="count")

    assert told(day, "step") == [[step]]
    assert [clock[:16] for clock in day["clocks"]] == ([at] if at else [])


def test_day_10_times_are_the_schools_in_summer_too(page, served):
    """DAY-10: 08:31 in June is 07:31 UTC."""
    page.goto(f"{served.url}/sign-in")
    instant = """([day, at]) => import("/static/js/twin_time.js")
        .then(({ instant }) => instant(day, at, "Europe/London"))"""

    assert page.evaluate(instant, ["2027-06-07", "08:31"]).startswith(
        "2027-06-07T07:31"
    )


def test_sim_4_without_a_room_it_says_so_and_does_nothing(play):
    """SIM-4: the simulated room is not there."""
    gone = {"error": "no-room", "message": "The simulated room does not answer."}
    day = play(world=gone)

    assert told(day, "halted") == [[gone]]
    assert day["taps"] == []
