"""What passers-by may see: numbers and pictures, nobody's name (DAT-8, DAT-2)."""

from controller.protocol import Board, KioskShow
from tests.rig import encode


def a_day(rig) -> None:
    """A day with everything in it that a screen could tell."""
    rig.clock_to("08:40")
    rig.hand_in(1, 2, 3, 4)
    rig.tap("04FFFFFFFFFFFF")
    rig.ask("teacher", "mark", pupil="p0005", mark="absent")
    rig.ask("teacher", "mark", pupil="p0002", mark="office")
    rig.ask("teacher", "confirm_class", class_id="kestrels", except_pupils=[])
    rig.ask("teacher", "card_replace", id="p0006")
    rig.tap("04ABABABABAB01")
    rig.clock_to("12:00")
    rig.tap(1)
    rig.tap(2)
    rig.clock_to("15:16")
    rig.tap("teacher")
    rig.ask("kiosk", "bank_pin", pin=rig.cast.adults["teacher"].pin)
    rig.ask("kiosk", "bank_act", act="release:kestrels")
    rig.collect(1)
    rig.tap(2)
    rig.tap(5)
    rig.ask("leadership", "evacuate")
    rig.tap(3)
    rig.clock_to("17:30")


def test_dat_8_the_feed_names_nobody(rig):
    """DAT-8: every byte that crossed the feed on a whole day."""
    a_day(rig)
    wire = b"\n".join(rig.wire)

    assert len(rig.wire) > 50
    assert [name for name in rig.cast.all_names if name.encode() in wire] == []
    ids = [child.id for child in rig.cast.everybody]
    assert [pupil for pupil in ids if pupil.encode() in wire] == [], "nor an id"
    cards = [child.uid for child in rig.cast.everybody]
    assert [uid for uid in cards if uid.encode() in wire] == [], "nor a card"


def test_dat_8_board_and_kiosk_name_nobody(rig):
    """DAT-8: what the two public requests answer."""
    a_day(rig)
    rig.ask("leadership", "resume", secret=rig.cast.adults["leadership"].pin)
    shown = encode(
        [
            rig.ask("nobody", "board"),
            rig.ask("kiosk", "kiosk", bank="kestrels-bank"),
        ]
    ).decode()

    assert [name for name in rig.cast.all_names if name in shown] == []


def test_dat_8_the_board_knows_three_words_for_a_door(rig):
    """DAT-8: held, marked, absent: the door looks like any other."""
    a_day(rig)
    boards = [event.board for event in rig.feed if event.board]
    words = {door.state for board in boards for door in board.doors}

    assert words <= {"shut", "open", "broken"}
    assert set(Board.__struct_fields__) == {
        *("bank", "class_name", "year", "columns", "at_us", "clock", "timezone"),
        *("school_day", "phase", "stops", "next_label", "next_at_us", "doors"),
        *("evacuated", "readers_out", "blocks"),
    }, "a new field of the public board has to be judged here"


def test_day_3_the_kiosk_gives_a_child_no_reason(rig):
    """DAY-3, DAT-8: kind words only; why is on the staff's page."""
    a_day(rig)
    shows = [event.kiosk for event in rig.feed if event.kiosk]

    assert set(KioskShow.__struct_fields__) == {
        *("screen", "serial", "compartment", "also", "home_time", "language"),
        *("ask_off", "sound", "seconds", "pin_until_us", "acts", "unlocked"),
        *("own",),  # for whom a staff card was read: a door, no PIN
        *("witness", "doors"),  # acts and door numbers, after card and PIN of staff
        *("said",),  # that an act of staff is done, after card and PIN, to whom did it
    }, "a new field of the public kiosk has to be judged here"
    assert {show.sound for show in shows} <= {"", "soft"}, "the same for everybody"
    screens = {show.screen for show in shows}
    assert {"opened", "notnow", "teacher", "unknown-card", "leave"} <= screens


def test_day_3_every_tap_sounds_the_same(rig):
    """DAY-3: no scolding buzzer: opened, refused, unknown, held."""
    rig.clock_to("08:40")
    sounds = []
    for who in (1, "04FFFFFFFFFFFF"):
        rig.tap(who)
        sounds.append(rig.hub.kiosk.show.sound)
    rig.clock_to("12:00")
    rig.tap(2)
    sounds.append(rig.hub.kiosk.show.sound)

    assert sounds == ["soft"] * 3


def test_dat_8_a_name_is_gone_from_the_kiosk_after_seconds(rig):
    """DAT-8: whatever it shows, it goes back to waiting by itself."""
    rig.clock_to("08:40")
    rig.tap(1)
    assert rig.hub.kiosk.show.screen == "opened"
    rig.run(12.1)
    assert rig.hub.kiosk.show.screen == "waiting"


def test_day_14_the_kiosk_shows_the_newest_door_and_those_still_open(rig):
    """DAY-14: three children at three doors, each sees a number."""
    rig.clock_to("08:40")
    for n in (1, 2, 3):
        rig.tap(n)
        rig.pull(n)

    assert rig.hub.kiosk.show.compartment == 3
    assert rig.hub.kiosk.show.also == [2, 1]
    rig.push(1)
    assert rig.hub.kiosk.show.also == [2]


def test_dat_2_no_name_card_or_text_is_in_the_journals_files(rig):
    """DAT-2: every byte of hometime.db and its log after a whole day."""
    a_day(rig)
    rig.hub.core.journal.head_writer.flush()
    secret = [name.encode() for name in rig.cast.all_names]
    secret += [child.uid.encode() for child in rig.cast.everybody]
    secret += [bytes.fromhex(child.uid) for child in rig.cast.everybody]
    secret += [a.password.encode() for a in rig.cast.adults.values()]
    found = {
        name
        for name, data in rig.files()
        for each in secret
        if each.lower() in data.lower() and not name.startswith("people.db")
    }
    assert found == set()

    people = b"".join(d for name, d in rig.files() if name.startswith("people.db"))
    assert all(name.encode() in people for name in rig.cast.all_names)
    assert not any(a.password.encode() in people for a in rig.cast.adults.values())
    assert not any(a.pin.encode() in people for a in rig.cast.adults.values())


def test_dat_2_the_log_names_nobody(rig, caplog):
    """DAT-2: stderr goes to systemd's journal, which nobody erases."""
    caplog.set_level("DEBUG")
    a_day(rig)
    rig.kill()

    assert [name for name in rig.cast.all_names if name in caplog.text] == []
    assert [c.uid for c in rig.cast.everybody if c.uid in caplog.text] == []
