"""Evacuate (DAY-15): one touch, and the kiosk says "Leave it. Go."."""

from itertools import pairwise

import pytest

from controller.domain import day_facts as d
from controller.domain import door_facts as f
from controller.errors import JournalUnwritable


@pytest.fixture
def home_time(class_rig):
    """Thirty phones in; the class is released in one wave, coils are at work."""
    rig = class_rig
    rig.clock_to("08:40")
    rig.hand_in(*range(1, 13), seconds=0)
    rig.clock_to("15:16")
    rig.step_up("teacher")
    rig.token("office")
    rig.ask("teacher", "release_class", class_id="kestrels", mode="all")
    rig.run(0.5)
    assert rig.coils_on
    return rig


def leaves(rig) -> None:
    """Hold everything that an evacuation means against the bank."""
    assert rig.coils_on == []
    pulses = {n: each.coil.pulses for n, each in rig.world.compartments.items()}
    assert rig.tap(12).reason == "evacuated"
    rig.run(15)
    assert pulses == {n: c.coil.pulses for n, c in rig.world.compartments.items()}
    assert rig.hub.kiosk.show.screen == "leave"
    assert rig.ask("nobody", "board")["evacuated"] is True


def test_day_15_from_the_page_coils_are_cut_and_waves_stop(home_time):
    """DAY-15: at once; what waited for its coil is given up."""
    rig = home_time
    board = rig.ask("office", "evacuate")
    assert rig.coils_on == []
    assert board["evacuated"] is True

    leaves(rig)
    given_up = {fact.why for fact in rig.facts(f.ReleaseGivenUp)}
    assert given_up == {"evacuated"}
    assert [type(x) for x in rig.facts(d.Evacuated)] == [d.Evacuated]
    assert rig.state.orders == {}


def test_day_15_from_the_bank_with_card_and_pin(home_time):
    """DAY-15: for whoever stands there; every role may, the technician too."""
    rig = home_time
    rig.tap("technician")
    rig.ask("kiosk", "bank_pin", pin=rig.cast.adults["technician"].pin)
    rig.ask("kiosk", "bank_act", act="evacuate")

    leaves(rig)


def test_day_15_open_doors_are_listed_and_staff_resume(home_time):
    """DAY-15: after the all-clear; the release goes on by a new one."""
    rig = home_time
    n = rig.coils_on[0]
    rig.pull(n)
    rig.ask("office", "evacuate")
    page = rig.ask("teacher", "class_page", class_id="kestrels")
    assert page["open_doors"] == [n]
    assert page["evacuated_since"] == "15:16"
    assert page["can"] == ["resume"]

    refused = rig.refused("office", "resume", secret="000001")
    assert refused.error == "wrong-secret"
    rig.ask("office", "resume", secret=rig.cast.adults["office"].pin)
    assert rig.ask("nobody", "board")["evacuated"] is False
    assert rig.hub.kiosk.show.screen == "waiting"
    rig.ask("teacher", "release_class", class_id="kestrels", mode="tap")
    assert rig.tap(12).result == "ordered"


def test_day_15_it_holds_over_a_kill(home_time):
    """DAY-15, REL-1: the alarm goes on while the program restarts."""
    rig = home_time
    rig.ask("office", "evacuate")
    rig.kill()

    leaves(rig)


@pytest.mark.parametrize(
    ("who", "do", "args"),
    [
        ("teacher", "release_class", {"class_id": "kestrels", "mode": "tap"}),
        ("teacher", "vouch", {"pupil": "p0012"}),
        ("technician", "door_open", {"n": 12, "reason": "check"}),
        ("teacher", "wave_next", {"class_id": "kestrels"}),
    ],
)
def test_day_15_meanwhile_nothing_opens_for_anybody(home_time, who, do, args):
    """DAY-15: neither from the page."""
    rig = home_time
    rig.step_up(who)
    rig.ask("office", "evacuate")
    rig.refused(who, do, **args)

    leaves(rig)


def test_day_15_twice_is_once(home_time):
    """DAY-15: everybody presses it."""
    rig = home_time
    rig.ask("office", "evacuate")
    rig.ask("teacher", "evacuate")

    assert len(rig.facts(d.Evacuated)) == 1


def test_day_15_it_cuts_the_coils_also_with_a_full_disk(home_time):
    """DAY-15, REL-5: nothing can be written; cutting needs no entry."""
    rig = home_time

    def unwritable(*_):
        raise JournalUnwritable("SQLITE_FULL")

    rig.hub.core.journal.append = unwritable
    rig.stop = lambda _why: None  # cut at once, not only by the program's end
    fault = rig.refused("office", "evacuate")

    assert fault.status == 503
    assert rig.coils_on == []
    rig.run(10)
    assert rig.coils_on == []


def test_day_15_at_the_bank_it_cuts_the_coils_also_with_a_full_disk(home_time):
    """DAY-15, REL-5: also where the alarm is raised with card and PIN."""
    rig = home_time
    rig.tap("teacher")
    rig.ask("kiosk", "bank_pin", pin=rig.cast.adults["teacher"].pin)

    def unwritable(*_):
        raise JournalUnwritable("SQLITE_FULL")

    rig.hub.core.journal.append = unwritable
    rig.stop = lambda _why: None
    assert rig.refused("kiosk", "bank_act", act="evacuate").status == 503

    assert rig.coils_on == []


def test_sec_2_nobody_who_is_not_signed_in_evacuates(home_time):
    """SEC-2: an alarm that anybody on the network can raise is no alarm."""
    rig = home_time
    assert rig.refused("nobody", "evacuate").status == 401
    assert rig.refused("kiosk", "bank_act", act="evacuate").status == 409
    assert rig.coils_on


def lit(rig, seconds: float = 4.0) -> list[bool]:
    """Return the reader's light, looked at every tenth of a second."""
    seen = []
    for _ in range(round(seconds * 10)):
        rig.run(0.1)
        seen.append(rig.world.readers["front"].light_is_on)
    return seen


def changes(seen: list[bool]) -> int:
    return sum(a != b for a, b in pairwise(seen))


def test_day_15_the_light_at_the_reader_says_leave_until_staff_resume(rig):
    """DAY-15: half a second on, half off; a screen may be away, or face a wall."""
    assert all(lit(rig))
    rig.ask("office", "evacuate")
    seen = lit(rig)
    assert sum(seen) == pytest.approx(len(seen) / 2, abs=2)
    assert changes(seen) == pytest.approx(8, abs=1)

    rig.ask("office", "resume", secret=rig.cast.adults["office"].pin)
    rig.run(0.5)
    assert all(lit(rig))


def test_day_15_the_light_says_leave_again_after_a_tap_and_after_a_restart(rig):
    """DAY-15 REL-3: as the kiosk does."""
    rig.ask("office", "evacuate")
    rig.tap(1)
    rig.run(1)
    assert changes(lit(rig)) == pytest.approx(8, abs=1)

    rig.kill()
    assert changes(lit(rig)) == pytest.approx(8, abs=1)


def test_day_15_a_dead_reader_says_so_and_leave_once_it_is_back(rig):
    """DAY-15 HW-4: who is to leave is told by the kiosk; who mends it looks here."""
    rig.world.fault("unplugged-reader", "front", active=True)
    rig.run(2)
    rig.ask("office", "evacuate")
    assert sum(lit(rig)) == pytest.approx(4, abs=2)

    rig.world.fault("unplugged-reader", "front", active=False)
    rig.run(2)
    assert changes(lit(rig)) == pytest.approx(8, abs=1)
