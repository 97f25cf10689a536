"""DAY-10: closing early is asked for over the socket."""

from controller.domain.tap_facts import OrderRefused


def test_day_10_a_closure_in_the_past_is_refused_and_recorded(rig):
    """DAY-10, WEB-6: with its rule, in plain words; the calendar stays as it was."""
    rig.clock_to("13:20")
    before = rig.ask("office", "settings")["calendar"]

    fault = rig.refused("office", "early_closure", home_time="13:00")

    assert (fault.status, fault.details) == (409, ["closure-past"])
    assert fault.message.startswith("13:00 is past: it is 13:20 now.")
    assert "to close at once" in fault.remedy
    assert rig.ask("office", "settings")["calendar"] == before
    (told,) = rig.facts(OrderRefused)
    assert (told.order, told.rule) == ("CloseEarly", "closure-past")


def test_day_10_the_present_minute_closes_at_once(rig):
    """DAY-10: home time is now; a tap needs the class's release, as ever."""
    rig.clock_to("08:40")
    rig.hand_in(1)
    rig.clock_to("11:05")

    view = rig.ask("office", "early_closure", home_time="11:05")

    assert view["next_days"][0][-1].endswith("11:05")
    assert rig.tap(1).reason == "not-released"
    rig.ask("teacher", "release_class", class_id="kestrels")
    rig.collect(1)
