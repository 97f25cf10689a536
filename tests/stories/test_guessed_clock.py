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
