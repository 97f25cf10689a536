"""DAY-11: no time source since the boot. Nothing opens by itself; staff run the day."""

from controller.domain import people_facts as p


def test_day_11_a_day_by_hand_and_the_network_back_at_noon(rig):
    """DAY-11: staff begin and end drop-off and home time; the page says so."""
    rig.world.fault("guessed-clock", None, active=True)
    rig.run(1)
    rig.clock_to("08:40")
    page = rig.ask("teacher", "class_page", class_id="kestrels")
    assert page["by_hand"] is True
    assert rig.ask("nobody", "board")["clock"] == "guessed"
    assert not rig.ask("technician", "health")["ready"]
    assert rig.tap(1).reason == "by-hand"

    rig.ask("teacher", "drop_off_start", class_id="kestrels")
    rig.hand_in(1, 2, 3)
    rig.clock_to("11:00")
    rig.hand_in(4)
    rig.ask("teacher", "drop_off_end", class_id="kestrels")
    assert rig.tap(5).reason == "by-hand"

    rig.clock_to("23:59")
    rig.run(2)
    rig.clock_to("2026-11-24 00:01")
    rig.run(2)
    assert len(rig.state.custody) == 4, "midnight of a guessed clock ends no day"

    rig.ask("teacher", "release_class", class_id="kestrels")
    rig.collect(1)

    rig.world.fault("guessed-clock", None, active=False)
    rig.clock_to("2026-11-23 15:16")
    rig.run(2)
    assert rig.ask("teacher", "class_page", class_id="kestrels")["by_hand"] is False
    assert [fact.state for fact in rig.facts(p.ClockMoved)][-1] == "synced"
    rig.collect(2, 3, 4)


def test_day_11_at_the_bank_too_drop_off_begins_by_hand(rig):
    """DAY-11: with card and PIN, where the network is what failed."""
    rig.world.fault("guessed-clock", None, active=True)
    rig.token("kiosk")
    rig.clock_to("08:40")
    rig.tap("teacher")
    shown = rig.ask("kiosk", "bank_pin", pin=rig.cast.adults["teacher"].pin)
    assert "drop-off-start:kestrels" in shown["acts"]

    rig.ask("kiosk", "bank_act", act="drop-off-start:kestrels")
    rig.ask("kiosk", "bank_done")
    rig.hand_in(1)


def test_day_11_every_entry_says_how_far_the_clock_can_be_believed(rig):
    """DAY-11: synced, rtc, guessed."""
    for kind, word in (("guessed-clock", "guessed"), ("rtc-clock", "rtc")):
        rig.world.fault(kind, None, active=True)
        rig.run(1)
        rig.tap("teacher")
        (entry,) = rig.hub.core.journal.entries(limit=1, newest_first=True)
        assert entry.clock == word
        rig.world.fault(kind, None, active=False)
        rig.run(1)


def test_day_11_a_clock_that_only_the_chip_keeps_is_good_enough(rig):
    """DAY-11: right, though nobody has set it lately."""
    rig.world.fault("rtc-clock", None, active=True)
    rig.run(1)
    rig.clock_to("08:40")
    rig.hand_in(1)


def home_time_by_hand(rig) -> None:
    """Confirm, mark, release, and let one pupil collect."""
    rig.ask("teacher", "confirm_class", class_id="kestrels", except_pupils=[])
    rig.ask("teacher", "mark", pupil="p0005", mark="absent")
    rig.ask("teacher", "release_class", class_id="kestrels")
    rig.collect(1)


def session(rig) -> tuple[str, str, set[str]]:
    """Return when the page says released and confirmed, and what its tiles say."""
    page = rig.ask("teacher", "class_page", class_id="kestrels")
    tiles = [tile for group in page["groups"] for tile in group["tiles"]]
    released = page["release"]["began"] if page["release"] else ""
    return released, page["confirmed"], {tile["state"] for tile in tiles}


def test_day_11_the_morning_after_shows_nothing_of_a_home_time_by_hand(rig):
    """DAY-11: the power blinked in the afternoon; the clock came back the same day."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2)
    rig.clock_to("15:15")
    rig.world.fault("guessed-clock", None, active=True)
    rig.kill()
    home_time_by_hand(rig)
    rig.world.fault("guessed-clock", None, active=False)
    rig.run(1)
    released, confirmed, tiles = session(rig)
    assert (released, confirmed) == ("15:15", "15:15")
    assert "collected" in tiles

    rig.clock_to("2026-11-24 08:00")
    rig.run(1)

    assert session(rig) == ("", "", {"expected", "left-behind"})
    assert rig.tap(2).reason == "before-drop-off"
    rig.clock_to("08:40")
    assert rig.tap(3).result == "ordered"


def test_day_11_a_clock_that_was_set_while_no_controller_ran_is_noticed(rig):
    """DAY-11, REL-1: a morning by hand, the process restarted as the time came in."""
    rig.world.fault("guessed-clock", None, active=True)
    rig.clock_to("2026-11-20 17:05")
    rig.ask("teacher", "drop_off_start", class_id="kestrels")
    rig.hand_in(1, 2)
    rig.ask("teacher", "confirm_class", class_id="kestrels", except_pupils=[])
    rig.ask("teacher", "mark", pupil="p0005", mark="absent")
    rig.die()
    rig.world.fault("guessed-clock", None, active=False)
    rig.world.set_clock(rig.world.time().replace(day=24, hour=9, minute=10))
    rig.start()
    rig.run(1)

    assert session(rig)[1] == "09:10"
    assert set(rig.state.marks) == {"p0005"}
    assert {one.date for one in rig.state.custody.values()} == {"2026-11-24"}
    assert rig.tap(3).result == "ordered"


def test_day_11_a_night_without_power_under_a_guessed_clock_leaves_nothing(
    rig, monkeypatch
):
    """DAY-11: the clock went on where it stopped, and nobody can say for how long."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2)
    rig.world.fault("guessed-clock", None, active=True)
    rig.clock_to("15:15")
    home_time_by_hand(rig)
    monkeypatch.setattr("controller.service.assembly._boot_id", lambda: "next")
    rig.kill()
    assert rig.tap(2).result == "ordered", "children stand there"
    rig.world.fault("guessed-clock", None, active=False)

    rig.clock_to("2026-11-24 09:40")
    rig.run(1)

    assert session(rig) == ("", "", {"expected", "left-behind"})


def test_day_11_a_tap_just_as_the_clock_is_believed_is_of_the_day_it_is(rig):
    """DAY-11: the day is found before anything else is done."""
    rig.world.fault("guessed-clock", None, active=True)
    rig.run(1)
    rig.ask("teacher", "drop_off_start", class_id="kestrels")
    assert rig.tap(1).result == "ordered"
    assert rig.pull(1)
    rig.put(1)
    rig.world.set_clock(rig.world.time().replace(day=24, hour=9, minute=10))
    rig.world.fault("guessed-clock", None, active=False)
    assert rig.push(1)

    assert rig.state.custody["p0001"].date == "2026-11-24"
    assert not rig.state.questions
