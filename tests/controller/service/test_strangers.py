"""Cards that point to nobody: told at the bank, folded in the journal (ACC-7)."""

import pytest

from controller.domain.tap_facts import StrangeCardsSeen
from hardware.ports import CardSeen, Tapped


def flood(rig, taps: int, seconds: float) -> None:
    """Let so many unknown cards be read in so many seconds."""
    for number in range(taps):
        uid = b"\x04\xff" + number.to_bytes(5, "big")
        rig.inbox.tap(Tapped("front", CardSeen(uid, 0x0044, 0x00)))
        rig.run(seconds / taps)


def counted(rig) -> int:
    return sum(fact.unknown for fact in rig.facts(StrangeCardsSeen))


def test_acc_7_a_thousand_unknown_cards_in_a_minute_are_two_entries(rig):
    """ACC-7: one entry at once, one at the minute's end; none is forgotten."""
    rig.run(1)
    before = rig.entries

    flood(rig, 1_000, 59)
    assert rig.entries - before == 1
    rig.run(2)

    assert rig.entries - before == 2
    assert counted(rig) == 1_000
    assert len(rig.taps) == 1_000, "each is told at the bank"


def test_acc_7_what_is_still_folded_is_written_at_the_end(rig):
    """ACC-7: an orderly stop loses no count."""
    flood(rig, 10, 1)
    rig.stop()
    rig.start()

    assert counted(rig) == 10


@pytest.mark.parametrize(
    ("uid", "word", "screen"),
    [
        ("04FFEEDDCCBBAA", "unknown", "unknown-card"),
        ("04A1B2C3", "unknown", "unknown-card"),
        ("04FFEEDDCCBBAA998877", "unknown", "unknown-card"),
        ("08A1B2C3", "random-uid", "unknown-card"),
    ],
)
def test_acc_7_a_card_of_nobody_opens_nothing_and_shows_nothing(rig, uid, word, screen):
    """ACC-7, DAY-9: 4, 7 and 10 bytes; a random UID is told apart."""
    rig.clock_to("08:40")
    outcome = rig.tap(uid)

    assert (outcome.result, outcome.compartment) == (word, 0)
    assert rig.hub.kiosk.show.screen == screen
    assert rig.coils_on == []


def test_acc_7_two_cards_are_told_one_at_a_time(rig):
    """ACC-7: which of them was meant is nobody's guess."""
    rig.clock_to("08:40")
    rig.world.lay_cards("front", [rig.uid(1), rig.uid(2)])
    rig.run(1)

    assert [tap.result for tap in rig.taps] == ["two-cards"]
    assert rig.hub.kiosk.show.screen == "one-card"
    assert rig.coils_on == []


def test_acc_7_a_card_left_on_the_reader_all_morning_is_one_tap(rig):
    """ACC-7: however long it lies there."""
    rig.clock_to("12:00")
    rig.world.lay_cards("front", [rig.uid(1)])
    rig.run(20)

    assert [tap.result for tap in rig.taps] == ["refused"]


def test_acc_7_a_card_of_another_length_is_another_card(rig):
    """ACC-7: whole UIDs are compared: no prefix of a card is the card."""
    rig.clock_to("08:40")

    assert rig.tap(rig.uid(1)[:8]).result == "unknown"
    assert rig.tap(rig.uid(1) + "000000").result == "unknown"
