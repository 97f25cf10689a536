"""When a door contact is believed (HW-3)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hardware.debounce import CHATTER_MOVES, CHATTER_WINDOW_S, QUIET_S, Debounce
from hardware.ports import ContactChanged, ContactChattering, ContactSettled

OPEN, SHUT = True, False
SETTLE_S = 0.04


def a_shut_door():
    return Debounce(7, is_open=SHUT, at=0.0, settle_s=SETTLE_S)


def test_hw_3_a_level_counts_once_it_has_stood():
    """HW-3."""
    contact = a_shut_door()

    assert contact.sample(OPEN, 1.0) == []
    assert contact.step(1.039) == []
    assert contact.step(1.04) == [ContactChanged(7, OPEN, 1.0)]
    assert contact.step(9.0) == []


def test_hw_3_a_bounce_is_one_change_dated_at_its_last_edge():
    """HW-3: the bounce of one slam."""
    contact = a_shut_door()

    for millisecond, level in enumerate([OPEN, SHUT, OPEN, SHUT, OPEN]):
        assert contact.sample(level, 1 + millisecond / 1000) == []

    assert contact.step(1.043) == []
    assert contact.step(1.044) == [ContactChanged(7, OPEN, 1.004)]


def test_a_touch_shorter_than_the_settling_time_is_nothing():
    contact = a_shut_door()
    contact.sample(OPEN, 1.0)
    contact.sample(SHUT, 1.02)

    assert contact.next_due() is None
    assert contact.step(9.0) == []


def test_a_late_step_loses_no_change():
    """The loop was busy while a door opened and shut again."""
    contact = a_shut_door()
    contact.sample(OPEN, 1.0)

    assert contact.sample(SHUT, 2.0) == [ContactChanged(7, OPEN, 1.0)]
    assert contact.step(2.04) == [ContactChanged(7, SHUT, 2.0)]


def test_an_edge_that_is_told_after_a_later_look_does_not_turn_time_back():
    contact = a_shut_door()
    contact.sample(OPEN, 1.0)
    contact.sample(SHUT, 0.9)
    contact.sample(OPEN, 0.95)

    assert contact.next_due() == 1.04


def test_hw_3_a_loose_wire_is_told_once_and_believed_after_a_quiet_time():
    """HW-3: chattering is latched."""
    contact = a_shut_door()
    told = []
    for tenth in range(600):
        told += contact.sample(tenth % 2 == 0, 1 + tenth / 10)

    chattering = [e for e in told if isinstance(e, ContactChattering)]
    assert chattering == [ContactChattering(7, CHATTER_MOVES, 2.1)]
    assert len(told) == CHATTER_MOVES
    last_edge = 1 + 599 / 10
    assert contact.step(last_edge + QUIET_S - 0.01) == []
    assert contact.step(last_edge + QUIET_S) == [
        ContactSettled(7, SHUT, last_edge + QUIET_S)
    ]


def test_a_wire_too_quick_to_settle_is_chattering_too():
    contact = a_shut_door()
    told = []
    for edge in range(200):
        told += contact.sample(edge % 2 == 0, 1 + edge * 0.02)

    assert [type(event) for event in told] == [ContactChattering]


def test_a_door_in_a_childs_hands_is_no_loose_wire():
    contact = a_shut_door()
    told = []
    for move in range(40):
        at = 1 + move * 0.7
        for bounce in range(5):
            told += contact.sample((move + bounce) % 2 == 0, at + bounce / 1000)

    told += contact.step(100)
    assert len(told) == 40
    assert {type(event) for event in told} == {ContactChanged}


def test_after_chattering_a_contact_is_believed_as_before():
    contact = a_shut_door()
    for edge in range(400):
        contact.sample(edge % 2 == 0, 1 + edge * 0.002)
    told = contact.step(50)
    assert [type(event) for event in told] == [ContactSettled]

    contact.sample(OPEN, told[0].at)
    assert contact.step(60) == [ContactChanged(7, OPEN, told[0].at)]


samples = st.lists(st.tuples(st.booleans(), st.floats(0, 0.2)), max_size=200)


@given(samples)
def test_the_events_tell_the_level_that_is_believed_in_the_end(history):
    contact = a_shut_door()
    at, told, level = 0.0, [], SHUT
    for level, wait_s in history:
        at += wait_s
        told += contact.sample(level, at)
    told += contact.step(at + CHATTER_WINDOW_S + QUIET_S)

    assert contact.is_open == level
    believed = SHUT
    for event in told:
        if not isinstance(event, ContactChattering):
            assert event.is_open != believed or isinstance(event, ContactSettled)
            believed = event.is_open
    assert believed == level
    assert [event.at for event in told] == sorted(event.at for event in told)


@given(samples)
def test_a_change_is_told_only_after_the_level_has_stood(history):
    contact = a_shut_door()
    at, edges, level = 0.0, [], SHUT
    for new, wait_s in history:
        at += wait_s
        for event in contact.sample(new, at):
            if isinstance(event, ContactChanged):
                assert event.at in edges
                assert not [e for e in edges if event.at < e < event.at + SETTLE_S]
        if new != level:
            level = new
            edges.append(at)
